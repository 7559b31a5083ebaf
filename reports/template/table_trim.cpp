#include "reports/template/table_trim.hpp"

#include <algorithm>

namespace kaskad::reports {
namespace {

/// Also the figure that its method does not give: every such row would only repeat the note.
bool is_empty(const Cell& cell) {
  const auto* number = std::get_if<Cell::Number>(&cell.is);
  if (number != nullptr) return number->quantity.estimate.reason == Undefined::no_method;
  const Runs* runs = std::get_if<Runs>(&cell.is);
  return runs != nullptr && std::all_of(runs->begin(), runs->end(), [](const Run& run) { return run.text.empty(); });
}

/// None of a text.
std::vector<const Quantity*> figures_in(const Cell& cell) {
  std::vector<const Quantity*> out;
  if (const auto* number = std::get_if<Cell::Number>(&cell.is)) out.push_back(&number->quantity);
  if (const auto* bar = std::get_if<Cell::Bar>(&cell.is)) out.push_back(&bar->quantity);
  if (const auto* spark = std::get_if<Cell::Spark>(&cell.is)) {
    for (const Quantity& q : spark->points) out.push_back(&q);
  }
  return out;
}

}  // namespace

std::vector<bool> drop_empty_columns(Table& table, std::vector<bool> stays) {
  for (const Row& row : table.rows) {
    for (std::size_t c = 0; row.kind != Row::Kind::group && c < row.cells.size(); ++c)
      stays[c] = stays[c] || !is_empty(row.cells[c]);
  }
  if (std::find(stays.begin(), stays.end(), true) == stays.end()) return std::vector<bool>(stays.size(), true);
  const auto dropped_from = [&](auto& items) {
    std::size_t at = 0;
    items.erase(std::remove_if(items.begin(), items.end(), [&](const auto&) { return !stays[at++]; }), items.end());
  };
  dropped_from(table.columns);
  for (Row& row : table.rows) {
    if (row.kind != Row::Kind::group) dropped_from(row.cells);
  }
  return stays;
}

std::vector<Undefined> reasons_of_nothing(const Table& table) {
  std::vector<Undefined> reasons;
  for (const Row& row : table.rows) {
    for (std::size_t c = 1; row.kind != Row::Kind::group && c < row.cells.size(); ++c) {
      const auto figures = figures_in(row.cells[c]);
      if (figures.empty() && !is_empty(row.cells[c])) return {};
      for (const Quantity* q : figures) {
        if (q->estimate.defined()) return {};
        if (std::find(reasons.begin(), reasons.end(), q->estimate.reason) == reasons.end())
          reasons.push_back(q->estimate.reason);
      }
    }
  }
  return reasons;
}

}  // namespace kaskad::reports
