// A table some of whose rows have come back corrected.
#include <algorithm>
#include <unordered_map>

#include "engine/intake/corrections.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

/// What has changed in a row. Only this is kept: cells that came back as they went may name a pupil.
struct Change {
  std::vector<std::pair<std::size_t, std::string>> cells;  ///< Column from 0, text.
  std::size_t columns = 0;
  bool whole = false;  ///< The row could not be told into fields: all of it is taken over.
  bool withdrawn = false;
};
using Changes = std::unordered_map<std::uint64_t, Change>;  ///< By locator.

constexpr std::string_view kWithdrawn = "withdrawn";

class CorrectedReader : public RowReader {
 public:
  CorrectedReader(std::unique_ptr<RowReader> source, const Changes& changes, std::size_t least_columns)
      : source_(std::move(source)), changes_(changes), least_columns_(least_columns) {}

  bool next(Row& row) override {
    if (!source_->next(row)) return false;
    const auto change = changes_.find(row.locator);
    if (change == changes_.end()) return true;
    apply(change->second, row);
    return true;
  }
  std::int64_t passed() const override { return source_->passed(); }

 private:
  void apply(const Change& change, Row& row) {
    const std::size_t kept = change.whole ? 0 : row.size;
    fields_.assign(std::max({row.size, change.columns, least_columns_}), std::string_view());
    std::copy(row.fields, row.fields + kept, fields_.begin());
    for (const auto& [column, text] : change.cells) fields_[column] = text;
    while (fields_.size() > least_columns_ && fields_.back().empty()) fields_.pop_back();
    row.fields = fields_.data();
    row.size = fields_.size();
    row.unclosed_column = 0;
    if (change.withdrawn) row.left_out = kWithdrawn;
  }

  std::unique_ptr<RowReader> source_;
  const Changes& changes_;
  std::size_t least_columns_;
  std::vector<std::string_view> fields_;
};

class CorrectedTable : public Table {
 public:
  CorrectedTable(std::unique_ptr<Table> source, Changes changes)
      : source_(std::move(source)), changes_(std::move(changes)) {}

  const std::vector<std::string>& heads() const override { return source_->heads(); }
  const std::string& sheet() const override { return source_->sheet(); }
  std::int64_t rows_before() const override { return source_->rows_before(); }
  std::size_t chunks() const override { return source_->chunks(); }
  std::unique_ptr<RowReader> read(std::size_t chunk) const override { return corrected(source_->read(chunk)); }
  std::unique_ptr<RowReader> read_at(std::uint64_t locator) const override {
    return corrected(source_->read_at(locator));
  }
  void release(std::size_t chunk) const override { source_->release(chunk); }
  bool fixed_width() const override { return source_->fixed_width(); }

 private:
  std::unique_ptr<RowReader> corrected(std::unique_ptr<RowReader> rows) const {
    return std::make_unique<CorrectedReader>(std::move(rows), changes_, heads().size());
  }

  std::unique_ptr<Table> source_;
  Changes changes_;
};

std::vector<std::string> cells_of(const Row& row) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < row.size; ++i) cells.emplace_back(trimmed(row[i]));
  return cells;
}

Change change_of(const Row& row, const std::vector<std::string>& before, const ReturnedRow& returned) {
  Change change;
  change.columns = returned.cells.size();
  change.whole = row.unclosed_column > 0;
  change.withdrawn =
      std::all_of(returned.cells.begin(), returned.cells.end(), [](const std::string& c) { return c.empty(); });
  for (std::size_t i = 0; i < returned.cells.size(); ++i) {
    const bool same = i < before.size() ? before[i] == returned.cells[i] : returned.cells[i].empty();
    if (!same || change.whole) change.cells.emplace_back(i, returned.cells[i]);
  }
  return change;
}

CorrectedRow::State state_of(const Change& change, const std::vector<std::string>& before,
                             const ReturnedRow& returned) {
  if (change.withdrawn) return CorrectedRow::State::withdrawn;
  if (!change.whole) return change.cells.empty() ? CorrectedRow::State::unchanged : CorrectedRow::State::changed;
  return row_print(returned.school, returned.cells) == row_print(returned.school, before)
             ? CorrectedRow::State::unchanged
             : CorrectedRow::State::changed;
}

class Corrector {
 public:
  Corrector(std::string file, CorrectionLog& log) : file_(std::move(file)), log_(log) {}

  std::unique_ptr<Table> correct(std::unique_ptr<Table> table, std::map<std::int64_t, ReturnedRow> rows) {
    std::int64_t before = table->rows_before();
    for (std::size_t chunk = 0; chunk < table->chunks(); ++chunk) {
      const std::unique_ptr<RowReader> reader = table->read(chunk);
      Row row;
      while (reader->next(row)) {
        const auto returned = rows.find(before + row.number);
        if (returned == rows.end()) continue;
        take(row, returned->first, returned->second, table->sheet());
        rows.erase(returned);
      }
      before += reader->passed();
      table->release(chunk);
    }
    for (const auto& [number, row] : rows) note(row, number, table->sheet(), CorrectedRow::State::stale);
    if (changes_.empty()) return table;
    return std::make_unique<CorrectedTable>(std::move(table), std::move(changes_));
  }

 private:
  void take(const Row& row, std::int64_t number, const ReturnedRow& returned, const std::string& sheet) {
    const std::vector<std::string> before = cells_of(row);
    const std::string print = row_print(returned.school, before);
    // The source itself has been corrected meanwhile.
    if (print != returned.print && print == row_print(returned.school, returned.cells)) return;
    if (print != returned.print) return note(returned, number, sheet, CorrectedRow::State::stale);
    Change change = change_of(row, before, returned);
    const CorrectedRow::State state = state_of(change, before, returned);
    note(returned, number, sheet, state);
    if (state != CorrectedRow::State::unchanged) changes_.emplace(row.locator, std::move(change));
  }

  void note(const ReturnedRow& returned, std::int64_t number, const std::string& sheet, CorrectedRow::State state) {
    CorrectedRow row;
    row.workbook = returned.workbook;
    row.place.file = file_;
    row.place.sheet = sheet;
    row.place.row = number;
    row.state = state;
    log_.note(std::move(row));
  }

  std::string file_;
  CorrectionLog& log_;
  Changes changes_;
};

}  // namespace

TableWrap corrected_tables(const Corrections& corrections, const std::string& file, CorrectionLog& log) {
  return [&corrections, file, &log](std::unique_ptr<Table> table) {
    if (!corrections.speak_of(file, table->sheet())) return table;
    std::map<std::int64_t, ReturnedRow> rows = corrections.rows_of(file, table->sheet());
    return Corrector(file, log).correct(std::move(table), std::move(rows));
  };
}

}  // namespace kaskad::intake
