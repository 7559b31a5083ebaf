#include "reports/document/entity_check.hpp"

#include <algorithm>

#include "reports/charts/each_figure.hpp"

namespace kaskad::reports {
namespace {

class Inspector {
 public:
  explicit Inspector(const Document& document) : owners_(document.owners) {}

  void inspect(const Blocks& blocks) {
    for (const Block& block : blocks) std::visit([&](const auto& is) { inspect_block(is); }, block.is);
  }

  void inspect(const std::string& place, Owner owner) {
    const bool plain = owner == kPlainCount;
    if (!plain && std::find(owners_.begin(), owners_.end(), owner) == owners_.end()) found.push_back({place, owner});
  }

  std::vector<ForeignFigure> found;

 private:
  void inspect_block(const ListBlock& list) {
    for (const Blocks& item : list.items) inspect(item);
  }
  void inspect_block(const Note& note) { inspect(note.blocks); }
  void inspect_block(const Columns& columns) {
    for (const Blocks& column : columns.columns) inspect(column);
  }
  void inspect_block(const Cards& cards) {
    for (const auto& card : cards.cards) inspect(card.label, card.value.owner);
  }
  void inspect_block(const Table& table) {
    for (const Row& row : table.rows) {
      for (const Cell& cell : row.cells) std::visit([&](const auto& is) { inspect_cell(table, is); }, cell.is);
    }
  }
  void inspect_block(const Figure& figure) {
    each_figure(figure.chart, [&](SeriesRole role, const Quantity& q) {
      const bool own = role == SeriesRole::school || role == SeriesRole::municipality;
      if (own && q.owner != owners_.front())
        found.push_back({figure.caption, q.owner});
      else
        inspect(figure.caption, q.owner);
    });
  }
  template <typename Other>
  void inspect_block(const Other&) {}

  void inspect_cell(const Table& table, const Cell::Number& cell) { inspect(table.caption, cell.quantity.owner); }
  void inspect_cell(const Table& table, const Cell::Bar& cell) { inspect(table.caption, cell.quantity.owner); }
  void inspect_cell(const Table& table, const Cell::Spark& cell) {
    for (const Quantity& q : cell.points) inspect(table.caption, q.owner);
  }
  void inspect_cell(const Table&, const Runs&) {}

  const std::vector<Owner>& owners_;
};

}  // namespace

std::vector<ForeignFigure> foreign_figures(const Document& document) {
  if (document.owners.empty()) return {};
  Inspector inspector(document);
  inspector.inspect(document.blocks);
  for (const TextOwner& text : document.text_owners)
    inspector.inspect(text.file + ":" + std::to_string(text.line), text.owner);
  return std::move(inspector.found);
}

Expected<void> check_entity(const Document& document) {
  const auto found = foreign_figures(document);
  if (found.empty()) return {};
  return failure(
      "foreign-figure",
      {{"entity", document.entity}, {"place", found.front().place}, {"n", static_cast<std::int64_t>(found.size())}});
}

}  // namespace kaskad::reports
