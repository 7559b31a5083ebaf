#include "engine/intake/returned.hpp"

#include <map>
#include <set>
#include <tuple>

namespace kaskad {
namespace {

using RowPlace = std::tuple<std::string, std::string, std::int64_t>;

RowPlace row_of(const Place& place) { return {place.file, place.sheet, place.row}; }

void count(CorrectedRow::State state, bool defective, ReturnedWorkbook& book) {
  switch (state) {
    case CorrectedRow::State::changed:
      ++(defective ? book.still_wrong : book.corrected);
      break;
    case CorrectedRow::State::withdrawn:
      ++book.withdrawn;
      break;
    case CorrectedRow::State::unchanged:
      ++book.unchanged;
      break;
    case CorrectedRow::State::stale:
      ++book.stale;
      break;
  }
}

}  // namespace

std::vector<ReturnedWorkbook> returned_workbooks(const Dataset& data) {
  std::set<RowPlace> returned, defective;
  for (const CorrectedRow& row : data.corrections) returned.insert(row_of(row.place));
  for (const Diagnostic& d : data.diagnostics) {
    const bool defect = d.severity != Severity::note && d.message.code != "returned-row-stale";
    if (defect && returned.count(row_of(d.place)) > 0) defective.insert(row_of(d.place));
  }
  std::map<std::string, ReturnedWorkbook> books;
  for (const CorrectedRow& row : data.corrections) {
    ReturnedWorkbook& book = books[row.workbook];
    book.workbook = row.workbook;
    count(row.state, defective.count(row_of(row.place)) > 0, book);
  }
  std::vector<ReturnedWorkbook> out;
  for (const auto& [name, book] : books) out.push_back(book);
  return out;
}

Diagnostics stale_rows(const Dataset& data) {
  Diagnostics out;
  for (const CorrectedRow& row : data.corrections) {
    if (row.state != CorrectedRow::State::stale) continue;
    Diagnostic d;
    d.severity = Severity::warning;
    d.place = row.place;
    d.message = {"returned-row-stale", {{"workbook", row.workbook}}};
    out.push_back(std::move(d));
  }
  return out;
}

}  // namespace kaskad
