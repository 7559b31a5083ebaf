// What a cell of a table says: a number with all its digits, a missing value, or a category.
#pragma once

#include <string_view>

namespace kaskad::frame {

/// Blank, NA, N/A, NaN, NULL, ".", "-", «нет данных», «н/д», #N/A and their like, in any case of letters.
bool is_missing_word(std::string_view text);

struct CellNumber {
  double value = 0;  ///< Nearest double; ±infinity for Inf, -Infinity and numbers beyond a double's range.
  double tail = 0;  ///< The text's value − `value`, where both are finite and the text has at most 18 digits; else 0.
  bool good = false;
};

/// As intake reads numbers (decimal comma or point, spaces between digits, «−», per cent sign), with infinity besides.
CellNumber read_number(std::string_view text);

}  // namespace kaskad::frame
