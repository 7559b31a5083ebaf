// Cells of a table before they have a place: shaped numbers with the point at which they are aligned.
#pragma once

#include <string>
#include <vector>

#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// Type of one table; a table that is too wide is set in a smaller size.
struct TableType {
  double size = 9;
  double gap_share = 1.4;  ///< White between columns, in sizes of the type.
  bool stacked = false;    ///< Intervals stand below their values, not beside them.
  double leading() const { return size * 12 / 9; }
  double gap() const { return size * gap_share; }
  double range_gap() const { return size * 0.7; }  ///< Between a number and its interval.
  double row_minimum() const { return kGrid; }     ///< 5 mm.
  TextStyle text(bool bold = false, Color color = kBlack) const {
    return {{Family::sans, size, bold, false, color}, leading(), false, true, true, 0, true};
  }
  Font mark() const { return {Family::sans, size * 0.72, false, false, kGrey}; }
};

/// Letters a, b… for the reasons of missing figures in the order in which a table first needs them.
class ReasonMarks {
 public:
  explicit ReasonMarks(const Document& document) : document_(document) {}
  /// Empty when the document has no text for the reason.
  std::string mark(Undefined reason);
  /// Letter and text of each reason used.
  std::vector<std::pair<std::string, std::string>> explained() const;

 private:
  const Document& document_;
  std::vector<Undefined> used_;
};

/// A number stands with its decimal mark under those above it; its interval with the dash under the dashes.
struct NumberCell {
  const Shaped* value = nullptr;
  double before = 0, after = 0;  ///< Widths left and right of the alignment point.
  const Shaped* range = nullptr;
  double range_before = 0, range_after = 0;
  bool missing = false;
  const Shaped* mark = nullptr;  ///< Raised letter of the reason.
};

NumberCell number_cell(Press& press, const Cell::Number& number, const TableType& type, bool bold, ReasonMarks& marks);
/// A text that is a number («2019», «12,5»), to be aligned with the numbers of its column; false when it is not one.
bool is_number_text(const Runs& runs);
NumberCell number_cell(Press& press, const std::string& text, const TableType& type, bool bold);

/// A small picture as wide as the column gives.
Picture cell_picture(const Cell& cell, double width, double height);
/// What it shows, in numbers.
std::string picture_text(const Press& press, const Cell& cell);
inline constexpr double kSparkWidth = 64;
inline constexpr double kBarWidth = 84;

}  // namespace kaskad::reports::pdf
