// Any table of data, as a researcher has it: named columns of numbers or of categories, some cells missing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace kaskad::frame {

/// A code that stands for a missing category.
inline constexpr int kMissing = -1;

struct Column {
  std::string name;
  bool categorical = false;
  /// Of a numeric column: a cell as the double nearest to its text. NaN = missing, ±infinity = not usable.
  std::vector<double> numbers;
  /// What the decimal text exceeds `numbers` by (below half a unit in its last place), so that numbers with many
  /// leading digits in common can be centred without loss. Empty where all texts are doubles.
  std::vector<double> tails;
  std::vector<int> codes;           ///< Of a categorical column: index into `levels`, or kMissing.
  std::vector<std::string> levels;  ///< In ascending order of bytes, as R sorts them in the C locale.

  bool missing(std::size_t row) const { return categorical ? codes[row] == kMissing : numbers[row] != numbers[row]; }
};

struct Frame {
  std::string file;                       ///< As the user named it.
  std::vector<Column> columns;            ///< In the order of the file; names may repeat.
  std::vector<std::int64_t> row_numbers;  ///< As a spreadsheet program shows them.
  std::int64_t defective = 0;             ///< Rows of the file that could not be read; not in the columns.

  std::size_t rows() const { return row_numbers.size(); }
  std::int64_t rows_read() const { return static_cast<std::int64_t>(rows()) + defective; }
};

/// The column of this name, of this very spelling. Fails with "asked-unknown-column" {column, nearest} or, if the head
/// has the name twice, "asked-column-twice" {column}.
Expected<const Column*> find_column(const Frame& frame, std::string_view name);

/// Number of levels, and whether the column holds nothing at all.
bool all_missing(const Column& column);

}  // namespace kaskad::frame
