// From one row of a pupils' file to the results in it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/cube/outcome.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {

/// The fields of a results file, bound to its columns.
struct ResultFields {
  struct Single {
    Field procedure;
    Field subject;
    Field grade;
    std::array<Field, kOutcomes> outcomes;
  };
  Field school;
  Field year;
  Field pupil;
  Field absent;
  std::vector<Single> results;  ///< One in a tidy file, several in a wide one.
  struct Task {
    Field field;
    TaskId id = 0;
    int maximum = 0;  ///< 0 = not stated.
    std::string level;
  };
  std::vector<Task> tasks;     ///< Of a file with one result in a row.
  bool absorbs = false;        ///< The table is tidy: nobody has absorbed its dirt yet.
  bool by_names = false;       ///< Pupils have no code but a hash of their names: namesakes elsewhere are others.
  std::optional<int> maximum;  ///< Of the primary score, where the file's title states it: it wins over the scale's.
};

/// Nothing when a required column is missing; every row has then been rejected.
std::optional<ResultFields> bind_results(OpenSource& source);

/// Counts a result, or takes it back.
void count_result(const PupilResult& result, CubeBuilder& cube, CubeBuilder::CellIndex cell, std::int64_t times);

/// The highest score of any known scale is far below; it keeps a slip of the keyboard from making a huge histogram.
inline constexpr int kHighestScore = 1000;

/// Not shared between threads.
class ResultsParser {
 public:
  ResultsParser(const ResultFields& fields, const SourceSpec& spec, const Vocabulary& vocabulary,
                const SchoolIndex& schools);

  /// The sound results of a whole row, which may be none; then the row has an error or all its outcomes are blank.
  const std::vector<PupilResult>& parse(const Row& row, Report& report);
  /// The last row is of a year that the source does not want.
  bool filtered() const { return filtered_; }
  /// Of the row just parsed; empty when not given.
  std::string_view pupil(const Row& row) const { return fields_.pupil.text(row); }

 private:
  struct Limits {
    std::array<int, kOutcomes> lowest{};
    std::array<int, kOutcomes> highest{};
    std::optional<std::array<int, 3>> borders;  ///< Upper primary scores of marks 2, 3, 4.
    const std::map<std::string, int>* statuses = nullptr;
  };
  enum class Reading : std::uint8_t { blank, value, defect };

  /// The five fields of a sound key as they stand in the file: rows of a school stand together, so that the next rows
  /// mostly repeat some of them.
  class KnownKey {
   public:
    bool matches(const Row& row, const std::array<int, 5>& columns) const;
    void remember(const Row& row, const std::array<int, 5>& columns, const CellKey& key, const Limits& limits);
    const CellKey& key() const { return key_; }
    const Limits& limits() const { return *limits_; }

   private:
    std::array<std::string, 5> texts_;
    CellKey key_;
    const Limits* limits_ = nullptr;
  };

  static constexpr std::size_t kKnownKeys = 64;
  /// Where the row’s key would stand among the known ones.
  KnownKey& slot_of(const Row& row);
  bool parse_like_known(const Row& row, Report& report);
  bool is_absent_row(const Row& row) const;
  bool is_absence(std::string_view text) const;
  bool has_outcome(const ResultFields::Single& single, const Row& row) const;
  void parse_single(const ResultFields::Single& single, const Row& row, std::optional<SchoolId> school,
                    std::optional<int> year, Report& report);
  bool read_outcomes(const ResultFields::Single& single, const Row& row, const Limits& limits, PupilResult& result,
                     Report& report);
  Reading read_outcome(Outcome outcome, const Field& field, const Row& row, const Limits& limits, int& value,
                       Report& report) const;
  const Limits& limits_of(const CellKey& key);
  Limits find_limits(const CellKey& key) const;

  const ResultFields& fields_;
  const SourceSpec& spec_;
  const Vocabulary& vocabulary_;
  SchoolReader school_;
  YearReader year_;
  std::vector<ProcedureReader> procedures_;  ///< One a result, so that each remembers its own last word.
  std::vector<SubjectReader> subjects_;
  std::vector<GradeReader> grades_;
  std::vector<std::string> folded_absences_;
  std::vector<PupilResult> results_;
  std::array<int, 5> key_columns_{};  ///< Of school, year, procedure, subject, grade; 0 = constant or not given.
  std::array<KnownKey, kKnownKeys> known_keys_;  ///< Of files with one result in a row.
  bool filtered_ = false;
  std::uint64_t limits_key_ = ~std::uint64_t{0};
  const Limits* limits_ = nullptr;
  std::unordered_map<std::uint64_t, Limits> known_limits_;
};

}  // namespace kaskad::intake
