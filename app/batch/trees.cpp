#include "app/batch/trees.hpp"

#include "reports/content/report_data.hpp"

namespace kaskad::app {

using reports::Value;

std::shared_ptr<const Value> Trees::of(DataTree tree, std::size_t entity) const {
  if (tree == DataTree::school)
    return std::make_shared<const Value>(reports::school_data(briefing_, static_cast<SchoolId>(entity)));
  if (tree == DataTree::municipality)
    return std::make_shared<const Value>(reports::municipality_data(briefing_, entity));
  std::call_once(once_, [&] { region_ = std::make_shared<const Value>(reports::region_data(briefing_)); });
  return region_;
}

std::shared_ptr<const Value> Trees::of(const Piece& piece) const {
  const std::optional<DataTree> tree = piece.spec->row().tree;
  return tree ? of(*tree, piece.entity) : nullptr;
}

}  // namespace kaskad::app
