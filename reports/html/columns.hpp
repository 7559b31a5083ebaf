// How the width of a table is shared by its columns. Private to this room.
#pragma once

#include <vector>

#include "reports/html/page.hpp"

namespace kaskad::reports::html {

struct ColumnPlan {
  std::vector<double> shares;  ///< Of the table's width; they add up to 1.
  bool broad = false;          ///< Too wide for the column of text, however its texts are broken.
};

/// Neighbouring columns of numbers under heads of one length (years, waves) are equally wide. `sortable`: the heads
/// have a mark after them.
ColumnPlan plan_columns(const Page& page, const Table& table, bool sortable);

}  // namespace kaskad::reports::html
