// All that the check has found, and whose it is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/check/overflow.hpp"
#include "app/project/project.hpp"
#include "engine/base/texts.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/intake/file_rows.hpp"
#include "engine/intake/returned.hpp"

namespace kaskad::app {

/// What is asked for; empty = all.
struct FindingsFilter {
  std::string school;  ///< Id.
  std::string file;    ///< As the project names it, its last part, or a pattern with * and ?.

  bool wants_file(const std::string& name) const;
};

/// A diagnostic and the school that it concerns; nothing: none, or it is not known which.
struct Remark {
  Diagnostic diagnostic;
  std::optional<SchoolId> school;
};

/// Remarks of one severity and code.
struct RemarkKind {
  Severity severity = Severity::error;
  std::string code;
  std::int64_t n = 0;                    ///< With those that are only counted.
  std::vector<const Remark*> remarks{};  ///< In the order of their places.
};

/// A source, and what was said of it as a whole.
struct SourceFindings {
  const SourceLedger* ledger = nullptr;
  std::vector<const Diagnostic*> matches{};  ///< Notes that a name was taken for a school or a municipality.
  std::int64_t errors = 0, warnings = 0;     ///< With those that are only counted.
};

class Findings {
 public:
  /// `data` and `overflow` must outlive this. The data's diagnostics stay where they are.
  Findings(const Dataset& data, const Overflow& overflow, const intake::FileRows& rows, const FindingsFilter& filter);
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;

  const Dataset& data() const { return data_; }
  const Overflow& overflow() const { return overflow_; }
  const std::vector<Remark>& remarks() const { return remarks_; }
  /// The school's id, or nothing.
  std::string school_id(const Remark& remark) const;
  std::int64_t count(Severity severity) const;
  bool has_errors() const { return count(Severity::error) > 0; }
  /// Errors first, the most frequent first.
  const std::vector<RemarkKind>& kinds() const { return kinds_; }
  const std::vector<SourceFindings>& sources() const { return sources_; }
  const std::vector<ReturnedWorkbook>& returned() const { return returned_; }

 private:
  void find_owners(const intake::FileRows& rows);
  void find_moved_rows(const std::string& file, const intake::FileRow& row);
  void sort_kinds();
  void sort_sources(const FindingsFilter& filter);

  const Dataset& data_;
  const Overflow& overflow_;
  std::vector<Remark> remarks_;
  std::vector<RemarkKind> kinds_;
  std::vector<SourceFindings> sources_;
  std::vector<ReturnedWorkbook> returned_;
};

/// By severity and code; errors first, the most frequent first. The remarks must outlive the kinds.
std::vector<RemarkKind> group_remarks(const std::vector<Remark>& remarks);
void sort_by_weight(std::vector<RemarkKind>& kinds);

/// Sources whose rows are the same although their bytes are not: warnings "same-rows". Reads such files once more.
Diagnostics find_same_rows(const Dataset& data, const intake::FileRows& rows);

/// The diagnostic's words and what to do about it; the latter may be empty.
std::string message_of(const Diagnostic& d, const Texts& texts);
std::string hint_of(const Diagnostic& d, const Texts& texts);
/// What a school can do about it, which knows no project file; the hint where that says so already.
std::string advice_of(const Diagnostic& d, const Texts& texts);
/// A kind in few words: as in the ledger, else as its first remark says.
std::string title_of(const RemarkKind& kind, const Texts& texts);
/// «Гимназия № 1» or «Школа 12».
std::string name_of(const School& school, const Texts& texts);
/// An ISO date as it is written in the language.
std::string date_text(const std::string& iso, const Texts& texts);
/// "results.csv [sheet]"
std::string file_text(const std::string& file, const std::string& sheet);
std::string_view severity_name(Severity severity);

}  // namespace kaskad::app
