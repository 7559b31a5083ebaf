#include "reports/html/columns.hpp"

#include <algorithm>
#include <numeric>

#include "reports/document/typography.hpp"
#include "reports/html/cell_text.hpp"
#include "reports/html/measure.hpp"

namespace kaskad::reports::html {
namespace {

// In sizes of the table's type, as the style has them.
constexpr double kPadding = 1.22;  // 2 × 0.5rem
constexpr double kPicture = 6.6;   // 5.4rem
constexpr double kSortMark = 1.1;
constexpr double kMark = 0.5;        // The letter of a reason.
constexpr double kSmall = 0.88;      // Type of intervals.
constexpr double kSlack = 0.5;       // Other fonts are a little wider.
constexpr double kLongestText = 22;  // A longer text asks for no more: it takes several lines.
constexpr double kRowHead = 7.3;     // 6rem: row heads are at least so wide.
constexpr double kRoom = 51;         // 44rem less the paddings of the page.

double em(std::string_view text, bool bold) {
  Font font;
  font.size = 1;
  font.bold = bold;
  return text_width(text, font);
}

/// What a column needs: with its texts in one line, and with a break at every space.
struct Need {
  double natural = 0, least = 0;

  void take(double natural_width, double least_width) {
    natural = std::max(natural, natural_width);
    least = std::max(least, least_width);
  }
};

double longest_word(std::string_view text, bool bold) {
  double longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    longest = std::max(longest, em(text.substr(0, end), bold));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

void take_text(std::string_view text, bool bold, const Page& page, Need& need) {
  const std::string bound = with_bound_words(text, page.document.language);
  need.take(std::min(em(bound, bold) + kSlack, kLongestText), longest_word(bound, bold));
}

/// A head may take three lines.
void take_head(const Column& column, const Page& page, double mark, Need& need) {
  const std::string bound = with_bound_words(column.head, page.document.language);
  const double word = longest_word(bound, true) + mark;
  need.take(std::max(word, em(bound, true) / 3), word);
}

void take_number(const Cell::Number& number, bool bold, const Page& page, Need& need) {
  const std::string text = number_text(page, number);
  double width = text.empty() ? em(page.document.words.missing, bold) + kMark : em(text, bold);
  const bool ranged = number.show == Cell::Show::value_and_interval && number.quantity.estimate.has_interval();
  if (ranged) width = std::max(width, kSmall * em(range_text(page, number.quantity), bold));
  need.take(width, width);
}

void take_cell(const Cell& cell, bool bold, const Page& page, Need& need) {
  if (const auto* runs = std::get_if<Runs>(&cell.is)) return take_text(plain_text(*runs), bold, page, need);
  if (const auto* number = std::get_if<Cell::Number>(&cell.is)) return take_number(*number, bold, page, need);
  need.take(kPicture, kPicture);
}

Need need_of(const Page& page, const Table& table, std::size_t c, bool sortable) {
  Need need;
  take_head(table.columns[c], page, sortable ? kSortMark : 0, need);
  for (const Row& row : table.rows) {
    const bool has_cell = row.kind != Row::Kind::group && c < row.cells.size();
    if (has_cell) take_cell(row.cells[c], row.kind == Row::Kind::total, page, need);
  }
  if (c == 0 && table.columns[c].kind == ColumnKind::text) need.take(kRowHead, kRowHead);
  need.natural += kPadding;
  need.least += kPadding;
  return need;
}

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_alike(const Column& a, const Column& b) {
  return a.kind == ColumnKind::number && b.kind == ColumnKind::number && letters(a.head) == letters(b.head);
}

void even_out(const Table& table, std::vector<double>& widths) {
  for (std::size_t begin = 0, end = 0; begin < widths.size(); begin = end) {
    for (end = begin + 1; end < widths.size() && is_alike(table.columns[begin], table.columns[end]);) ++end;
    const auto first = widths.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = widths.begin() + static_cast<std::ptrdiff_t>(end);
    std::fill(first, last, *std::max_element(first, last));
  }
}

/// Columns with a share of their own have it; the others divide the rest as they need it.
std::vector<double> shares_of(const Table& table, const std::vector<double>& widths) {
  double given = 0, needed = 0;
  for (std::size_t c = 0; c < widths.size(); ++c)
    (table.columns[c].width > 0 ? given : needed) += table.columns[c].width > 0 ? table.columns[c].width : widths[c];
  const double rest = needed > 0 ? std::max(1 - given, 0.1) : 0;
  std::vector<double> shares;
  for (std::size_t c = 0; c < widths.size(); ++c)
    shares.push_back(table.columns[c].width > 0 ? table.columns[c].width : rest * widths[c] / needed);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace

ColumnPlan plan_columns(const Page& page, const Table& table, bool sortable) {
  std::vector<double> widths;
  double least = 0;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Need need = need_of(page, table, c, sortable);
    widths.push_back(need.natural);
    least += need.least;
  }
  even_out(table, widths);
  return {shares_of(table, widths), least > kRoom};
}

}  // namespace kaskad::reports::html
