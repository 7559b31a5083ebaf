// What is said of one source while it is read: the ledger of its rows and its diagnostics.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/intake/fields.hpp"

namespace kaskad::intake {

/// A source keeps so many diagnostics of one code; the rest go to the run's overflow, or are counted in
/// "more-of-the-same". It bounds the memory of a file whose every row is wrong in the same way.
inline constexpr std::int64_t kMostOfACode = 100'000;

/// So many different texts of one chunk get a suggestion: looking for the nearest of a thousand schools is slow, and a
/// file whose every row is unknown needs another remedy. Counted by chunk, so that threads change nothing.
inline constexpr std::size_t kMostSuggestions = 200;

/// Of one chunk, with rows counted within it, or, after `append`, of the whole source. Codes are string literals.
class Report {
 public:
  Report() = default;
  Report(std::string file, std::string sheet) : file_(std::move(file)), sheet_(std::move(sheet)) {}
  /// A report that nobody reads, for reading a row once more.
  static Report silent();

  void start_row(std::int64_t number) {
    row_ = number;
    row_error_ = {};
    told_of_row_.clear();
    ++read_;
  }
  /// A defect of the row in a field. `make_args` is called only when the diagnostic will be kept.
  template <class MakeArgs>
  void error(std::string_view code, const Field& field, const MakeArgs& make_args) {
    if (row_error_.empty()) row_error_ = code;
    if (is_wanted(code, field)) keep(Severity::error, code, field, make_args());
  }
  template <class MakeArgs>
  void warn(std::string_view code, const Field& field, const MakeArgs& make_args) {
    if (is_wanted(code, field)) keep(Severity::warning, code, field, make_args());
  }
  template <class MakeArgs>
  void note(std::string_view code, const Field& field, const MakeArgs& make_args) {
    if (is_wanted(code, field)) keep(Severity::note, code, field, make_args());
  }
  /// A note that says of a text what it was taken for: once a source, at its first row.
  template <class MakeArgs>
  void note_once(std::string_view code, std::string_view text, const Field& field, const MakeArgs& make_args) {
    if (silent_ || !noted_.emplace(text).second) return;
    keep(Severity::note, code, field, make_args());
    first_notes_.emplace_back(text, diagnostics_.size() - 1);
  }
  /// About the source as a whole.
  void error_of_source(std::string_view code, const Field& field, Args args);

  /// What `find` says that a text may mean, or "none": the texts' select word.
  template <class Find>
  std::string suggestion_for(std::string_view text, const Find& find) {
    const auto known = suggestions_.find(text);
    if (known != suggestions_.end()) return known->second;
    if (suggestions_.size() == kMostSuggestions) return "none";
    return suggestions_.emplace(text, find()).first->second;
  }
  /// Takes what is beyond kMostOfACode; must outlive the report. A chunk’s report keeps all of it for `append`.
  using Overflow = std::function<void(Diagnostic&&)>;
  void set_overflow(const Overflow* overflow) { overflow_ = overflow != nullptr && *overflow ? overflow : nullptr; }
  void keep_all() { keeps_all_ = true; }
  /// Codes of which enough has been told before this chunk: they are counted, and no more.
  void mute(std::vector<std::string_view> codes) { muted_ = std::move(codes); }
  /// How many diagnostics of each code there were.
  const std::vector<std::pair<std::string_view, std::int64_t>>& told() const { return told_; }

  bool row_is_sound() const { return row_error_.empty(); }
  void forgive_row() { row_error_ = {}; }
  void count_row() { ++counted_; }
  void reject_row() { add(rejected_, row_error_, 1); }
  void leave_out_row(std::string_view reason) { add(left_out_, reason, 1); }
  /// Ends a row that is counted if nothing was wrong with it.
  bool close_row();
  /// A counted row turns out to be defective.
  void turn_down_counted_row(std::string_view code);
  /// Another row says the same later.
  void leave_out_counted_row(std::string_view reason);
  void reject_rows(std::string_view code, std::int64_t rows);
  /// Rows of a sheet that holds no such table.
  void pass_over_rows(std::int64_t rows);
  void absorb(const DirtCounts& counts);

  /// Rows of this school are noted with what they carry; of none unless set.
  void follow(std::optional<SchoolId> school) { follows_ = school; }
  std::optional<SchoolId> follows() const { return follows_; }
  void carry(const CellKey& cell, int field = -1) {
    if (follows_ && cell.school == *follows_) followed_.push_back({row_, cell, field});
  }
  /// What a row was counted for is taken back.
  void let_go(std::int64_t row, const CellKey& cell);

  /// `number` in this report's rows; for diagnostics that come after the row.
  void go_to_row(std::int64_t number) {
    row_ = number;
    told_of_row_.clear();
  }
  std::int64_t row() const { return row_; }
  /// Of a field in this row, or of the source as a whole where the field is a constant.
  Place place_of(const Field& field) const;
  void append(Report&& chunk, std::int64_t rows_before);
  void finish();  ///< Adds "more-of-the-same" where there is no overflow.

  Diagnostics take_diagnostics() { return std::move(diagnostics_); }
  Diagnostics& diagnostics() { return diagnostics_; }
  void give_counts(SourceLedger& ledger) const;

 private:
  using Counts = std::vector<std::pair<std::string_view, std::int64_t>>;
  static std::int64_t& count_of(Counts& counts, std::string_view code);
  static void add(Counts& counts, std::string_view code, std::int64_t n) { count_of(counts, code) += n; }
  bool is_wanted(std::string_view code, const Field& field);
  void keep(Severity severity, std::string_view code, const Field& field, Args args);

  std::string file_;
  std::string sheet_;
  bool silent_ = false;
  bool keeps_all_ = false;
  const Overflow* overflow_ = nullptr;
  std::int64_t row_ = 0;
  std::string_view row_error_;
  std::int64_t read_ = 0;
  std::int64_t counted_ = 0;
  Counts rejected_;
  Counts left_out_;
  DirtCounts absorbed_{};
  Counts told_;
  std::vector<std::string_view> muted_;
  std::optional<SchoolId> follows_;
  std::vector<FollowedRow> followed_;
  TextMap<std::string> suggestions_;
  std::vector<std::pair<std::string_view, int>> told_of_row_;  ///< Code and column: once a row is enough.
  std::vector<std::pair<std::string_view, std::string>> told_of_constants_;
  std::set<std::string, std::less<>> noted_;
  std::vector<std::pair<std::string, std::size_t>> first_notes_;  ///< Texts and places in diagnostics_.
  Diagnostics diagnostics_;
};

}  // namespace kaskad::intake
