// The fields that say to which cell a row belongs, shared by pupils' results, summaries and context.
#pragma once

#include <optional>
#include <string_view>

#include "engine/intake/lookups.hpp"
#include "engine/intake/report.hpp"

namespace kaskad::intake {

/// Reads one kind of word each, reporting what is unknown. Not shared between threads: they remember the words met.
class SchoolReader {
 public:
  explicit SchoolReader(const SchoolIndex& index) : index_(&index) {}
  /// `year` is that of the row; it matters only to crosswalks. What was not matched by its id is told once.
  std::optional<SchoolId> read(const Field& field, const Field& year, const Row& row, Report& report);

 private:
  std::optional<FoundSchool> find(std::string_view text, std::string_view year);

  const SchoolIndex* index_;
  Memo<FoundSchool> memo_;
};

class YearReader {
 public:
  explicit YearReader(const std::vector<int>& years) : years_(&years) {}
  std::optional<int> read(const Field& field, const Row& row, Report& report);

 private:
  const std::vector<int>* years_;
  Memo<int> memo_;
};

class ProcedureReader {
 public:
  explicit ProcedureReader(const Vocabulary& vocabulary) : vocabulary_(&vocabulary) {}
  std::optional<ProcedureId> read(const Field& field, const Row& row, Report& report);

 private:
  const Vocabulary* vocabulary_;
  Memo<ProcedureId> memo_;
};

class SubjectReader {
 public:
  explicit SubjectReader(const Vocabulary& vocabulary) : vocabulary_(&vocabulary) {}
  std::optional<SubjectId> read(const Field& field, const Row& row, Report& report);

 private:
  const Vocabulary* vocabulary_;
  Memo<SubjectId> memo_;
};

/// 1..12; 0 when blank or not given.
class GradeReader {
 public:
  std::optional<int> read(const Field& field, const Row& row, Report& report);

 private:
  Memo<int> memo_;
};

/// False, with a diagnostic, when a required text is blank.
bool is_filled(std::string_view text, const Field& field, Report& report);

void report_unknown_school(std::string_view text, const Field& field, const SchoolIndex& index, Report& report);

}  // namespace kaskad::intake
