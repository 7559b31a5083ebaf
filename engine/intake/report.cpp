#include "engine/intake/report.hpp"

#include <algorithm>
#include <cassert>

namespace kaskad::intake {
namespace {

/// Defects of a constant of the project file hold for the whole source: row 0.
bool same_constant(const Diagnostic& a, const Diagnostic& b) {
  return a.place.row == 0 && b.place.row == 0 && a.message.code == b.message.code && a.place.field == b.place.field;
}

}  // namespace

Report Report::silent() {
  Report report;
  report.silent_ = true;
  return report;
}

std::int64_t& Report::count_of(Counts& counts, std::string_view code) {
  const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.first == code; });
  return found != counts.end() ? found->second : counts.emplace_back(code, 0).second;
}

bool Report::is_wanted(std::string_view code, const Field& field) {
  if (silent_) return false;
  if (field.is_constant()) {
    const bool told = std::any_of(told_of_constants_.begin(), told_of_constants_.end(),
                                  [&](const auto& t) { return t.first == code && t.second == field.name; });
    if (!told) told_of_constants_.emplace_back(code, field.name);
    return !told;
  }
  const std::pair here(code, field.column);
  if (std::find(told_of_row_.begin(), told_of_row_.end(), here) != told_of_row_.end()) return false;
  told_of_row_.push_back(here);
  const bool room = ++count_of(told_, code) <= kMostOfACode || keeps_all_ || overflow_ != nullptr;
  return room && std::find(muted_.begin(), muted_.end(), code) == muted_.end();
}

void Report::keep(Severity severity, std::string_view code, const Field& field, Args args) {
  Diagnostic d;
  d.severity = severity;
  d.place = place_of(field);
  d.message = {std::string(code), std::move(args)};
  const auto told = std::find_if(told_.begin(), told_.end(), [&](const auto& c) { return c.first == code; });
  const bool beyond = d.place.row > 0 && told != told_.end() && told->second > kMostOfACode;
  if (beyond && overflow_ != nullptr) {
    (*overflow_)(std::move(d));
  } else {
    diagnostics_.push_back(std::move(d));
  }
}

Place Report::place_of(const Field& field) const {
  return {file_, sheet_, field.is_constant() ? 0 : row_, field.shown_column,
          field.shown_column > 0 ? field.head : field.name};
}

void Report::error_of_source(std::string_view code, const Field& field, Args args) {
  row_ = 0;
  keep(Severity::error, code, field, std::move(args));
}

bool Report::close_row() {
  row_is_sound() ? count_row() : reject_row();
  return row_is_sound();
}

void Report::turn_down_counted_row(std::string_view code) {
  assert(counted_ > 0);
  --counted_;
  add(rejected_, code, 1);
}

void Report::leave_out_counted_row(std::string_view reason) {
  assert(counted_ > 0);
  --counted_;
  add(left_out_, reason, 1);
}

void Report::let_go(std::int64_t row, const CellKey& cell) {
  if (!follows_ || cell.school != *follows_) return;
  const auto found = std::find_if(followed_.begin(), followed_.end(),
                                  [&](const FollowedRow& f) { return f.row == row && f.cell == cell; });
  if (found != followed_.end()) followed_.erase(found);
}

void Report::absorb(const DirtCounts& counts) {
  std::transform(absorbed_.begin(), absorbed_.end(), counts.begin(), absorbed_.begin(), std::plus<>());
}

void Report::reject_rows(std::string_view code, std::int64_t rows) {
  if (rows == 0) return;
  read_ += rows;
  add(rejected_, code, rows);
}

void Report::pass_over_rows(std::int64_t rows) {
  if (rows == 0) return;
  read_ += rows;
  add(left_out_, "other-sheet", rows);
}

void Report::append(Report&& chunk, std::int64_t rows_before) {
  read_ += chunk.read_;
  counted_ += chunk.counted_;
  for (const auto& [code, n] : chunk.rejected_) add(rejected_, code, n);
  for (const auto& [code, n] : chunk.left_out_) add(left_out_, code, n);
  absorb(chunk.absorbed_);
  for (FollowedRow f : chunk.followed_) {
    f.row += rows_before;
    followed_.push_back(f);
  }
  Counts room;
  for (const auto& [code, n] : chunk.told_) room.emplace_back(code, kMostOfACode - count_of(told_, code));
  for (const auto& [code, n] : chunk.told_) add(told_, code, n);
  std::set<std::size_t> first_notes;
  std::set<std::size_t> known_notes;
  for (const auto& [text, at] : chunk.first_notes_) {
    (noted_.insert(text).second ? first_notes : known_notes).insert(at);
  }
  for (std::size_t i = 0; i < chunk.diagnostics_.size(); ++i) {
    Diagnostic& d = chunk.diagnostics_[i];
    if (known_notes.count(i) > 0) continue;
    if (d.place.row == 0) {
      const bool told = std::any_of(diagnostics_.begin(), diagnostics_.end(),
                                    [&](const Diagnostic& other) { return same_constant(d, other); });
      if (told) continue;
    } else {
      const bool beyond = first_notes.count(i) == 0 && --count_of(room, d.message.code) < 0;
      if (beyond && overflow_ == nullptr) continue;
      d.place.row += rows_before;
      if (beyond) {
        (*overflow_)(std::move(d));
        continue;
      }
    }
    diagnostics_.push_back(std::move(d));
  }
}

void Report::finish() {
  if (overflow_ != nullptr) return;
  for (const auto& [code, n] : told_) {
    if (n <= kMostOfACode) continue;
    Diagnostic d;
    d.severity = Severity::note;
    d.place.file = file_;
    d.place.sheet = sheet_;
    d.message = {"more-of-the-same", {{"code", std::string(code)}, {"n", n - kMostOfACode}}};
    diagnostics_.push_back(std::move(d));
  }
}

void Report::give_counts(SourceLedger& ledger) const {
  ledger.read = read_;
  ledger.followed = followed_;
  ledger.counted = counted_;
  for (const auto& [code, n] : rejected_) {
    if (n > 0) ledger.rejected[std::string(code)] += n;
  }
  for (const auto& [reason, n] : left_out_) ledger.left_out[std::string(reason)] += n;
  for (std::size_t i = 0; i < absorbed_.size(); ++i) {
    if (absorbed_[i] > 0) ledger.absorbed[std::string(kDirtNames[i])] += absorbed_[i];
  }
}

}  // namespace kaskad::intake
