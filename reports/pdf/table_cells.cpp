#include "reports/pdf/table_cells.hpp"

#include <algorithm>

#include "reports/document/typography.hpp"
#include "reports/pdf/paragraph.hpp"
#include "reports/values/thousands.hpp"

namespace kaskad::reports::pdf {
namespace {

const std::string& text_of(Undefined reason, const Document& document) {
  static const std::string none;
  const auto& reasons = document.reasons;
  const auto found = std::find_if(reasons.begin(), reasons.end(), [&](const auto& r) { return r.first == reason; });
  return found == reasons.end() ? none : found->second;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Byte of the decimal mark: the last comma or point between digits; the end for a whole number.
std::size_t decimal_mark(const std::string& text, bool comma) {
  const std::size_t at = text.rfind(comma ? ',' : '.');
  const bool between = at != std::string::npos && at > 0 && at + 1 < text.size() && is_digit(text[at - 1]);
  return between ? at : text.size();
}

struct Aligned {
  const Shaped* shaped = nullptr;
  double before = 0, after = 0;
};
Aligned aligned_at(Press& press, const Font& font, const std::string& text, std::size_t byte) {
  Aligned aligned;
  aligned.shaped = &press.shape(font, text, true);
  aligned.before = width_to(*aligned.shaped, byte);
  aligned.after = aligned.shaped->width - aligned.before;
  return aligned;
}

bool has_comma(const Press& press) { return press.document.language.substr(0, 2) == "ru"; }

Aligned aligned_number(Press& press, const Font& font, const std::string& text) {
  return aligned_at(press, font, text, decimal_mark(text, has_comma(press)));
}

/// Text of an interval and the byte of its dash.
struct RangeText {
  std::string text;
  std::size_t dash = 0;
};
RangeText range_text(const Press& press, const Quantity& q) {
  const std::string lo = press.format.limit(q, q.estimate.lo);
  const std::string hi = press.format.limit(q, q.estimate.hi);
  const bool is_signed = q.is_difference || rounded(q.estimate.lo, q.decimals + 2) < 0;
  const std::string& pattern = is_signed ? press.document.words.range_signed : press.document.words.range;
  return {filled(pattern, {{"lo", lo}, {"hi", hi}}), pattern.find("{lo}") + lo.size()};
}

void set_value(NumberCell& cell, const Aligned& a) {
  cell.value = a.shaped;
  cell.before = a.before;
  cell.after = a.after;
}

NumberCell missing_cell(Press& press, Undefined reason, const TableType& type, ReasonMarks& marks) {
  NumberCell cell;
  cell.missing = true;
  set_value(cell, aligned_at(press, type.text(false, kGrey).font, press.document.words.missing,
                             press.document.words.missing.size()));
  const std::string mark = marks.mark(reason);
  if (!mark.empty()) cell.mark = &press.shape(type.mark(), mark, true);
  return cell;
}

std::string grouped(const Press& press, const Cell::Number& number, std::string text) {
  return number.thousands ? with_thousands(std::move(text), press.format) : text;
}

}  // namespace

std::string ReasonMarks::mark(Undefined reason) {
  if (text_of(reason, document_).empty()) return {};
  auto found = std::find(used_.begin(), used_.end(), reason);
  if (found == used_.end()) found = used_.insert(used_.end(), reason);
  return std::string(1, char('a' + (found - used_.begin())));
}

std::vector<std::pair<std::string, std::string>> ReasonMarks::explained() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    all.emplace_back(std::string(1, char('a' + i)), text_of(used_[i], document_));
  }
  return all;
}

NumberCell number_cell(Press& press, const Cell::Number& number, const TableType& type, bool bold, ReasonMarks& marks) {
  const Quantity& q = number.quantity;
  const Font font = type.text(bold).font;
  NumberCell cell;
  // How few participants there are is not told where a figure is withheld for that reason.
  if (number.show == Cell::Show::n && !hides_n(q.estimate.reason)) {
    set_value(cell, aligned_number(press, font, grouped(press, number, press.format.count(q.estimate.n))));
    return cell;
  }
  if (!q.estimate.defined()) return missing_cell(press, q.estimate.reason, type, marks);
  const bool with_value = number.show != Cell::Show::interval;
  if (with_value) set_value(cell, aligned_number(press, font, grouped(press, number, press.format.plain(q))));
  if (number.show == Cell::Show::value) return cell;
  if (!q.estimate.has_interval()) {
    if (!with_value) set_value(cell, aligned_number(press, font, "—"));
    return cell;
  }
  const RangeText range = range_text(press, q);
  const Font range_font = with_value ? Font{Family::sans, type.size * 0.86, false, false, kGrey} : font;
  const Aligned a = aligned_at(press, range_font, range.text, range.dash);
  cell.range = a.shaped;
  cell.range_before = a.before;
  cell.range_after = a.after;
  return cell;
}

bool is_number_text(const Runs& runs) {
  if (runs.size() != 1 || !runs[0].footnote.empty() || !runs[0].link.empty() || runs[0].text.empty()) return false;
  const std::string& text = runs[0].text;
  const bool starts = is_digit(text[0]) || text[0] == '+' || text.substr(0, 3) == "−";
  return starts && is_digit(text.back()) && text.size() < 24;
}

NumberCell number_cell(Press& press, const std::string& text, const TableType& type, bool bold) {
  NumberCell cell;
  set_value(cell, aligned_number(press, type.text(bold).font, text));
  return cell;
}

std::string picture_text(const Press& press, const Cell& cell) {
  const auto told = [&](const Quantity& q) {
    return q.estimate.defined() ? press.format.with_unit(q) : press.document.words.missing;
  };
  if (const auto* bar = std::get_if<Cell::Bar>(&cell.is)) {
    const std::string interval = press.format.interval(bar->quantity);
    return told(bar->quantity) + (interval.empty() ? "" : " " + interval);
  }
  std::string text;
  for (const Quantity& point : std::get<Cell::Spark>(cell.is).points) text += (text.empty() ? "" : "; ") + told(point);
  return text;
}

Picture cell_picture(const Cell& cell, double width, double height) {
  if (const auto* spark = std::get_if<Cell::Spark>(&cell.is)) return sparkline(spark->points, width, height, kAccent);
  const auto& bar = std::get<Cell::Bar>(cell.is);
  return interval_bar(bar.quantity, bar.lo, bar.hi, bar.reference, width, height, kAccent);
}

}  // namespace kaskad::reports::pdf
