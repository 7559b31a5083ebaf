// What of a table says nothing and is not printed. Private to this room.
#pragma once

#include <vector>

#include "reports/document/document.hpp"

namespace kaskad::reports {

/// Takes away the columns that no row fills, but for those that stay anyway (one truth a column); nor does a table lose
/// all of them. Which of them have stayed.
std::vector<bool> drop_empty_columns(Table& table, std::vector<bool> stays);

/// Why no cell beside the names of the rows says anything: reasons in the order of the cells. Empty where one does.
std::vector<Undefined> reasons_of_nothing(const Table& table);

}  // namespace kaskad::reports
