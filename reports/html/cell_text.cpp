#include "reports/html/cell_text.hpp"

#include "reports/document/typography.hpp"
#include "reports/values/thousands.hpp"

namespace kaskad::reports::html {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string number_text(const Page& page, const Cell::Number& number) {
  const Quantity& q = number.quantity;
  const auto grouped = [&](std::string text) {
    return number.thousands ? with_thousands(std::move(text), page.format) : text;
  };
  const bool is_count = number.show == Cell::Show::n && !hides_n(q.estimate.reason);
  if (is_count) return grouped(page.format.count(q.estimate.n));
  if (!q.estimate.defined()) return {};
  return number.show == Cell::Show::interval ? range_text(page, q) : grouped(page.format.plain(q));
}

std::string range_text(const Page& page, const Quantity& q) {
  if (!q.estimate.has_interval()) return "—";
  const bool is_signed = q.is_difference || rounded(q.estimate.lo, q.decimals + 2) < 0;
  const Words& words = page.document.words;
  return filled(is_signed ? words.range_signed : words.range,
                {{"lo", page.format.limit(q, q.estimate.lo)}, {"hi", page.format.limit(q, q.estimate.hi)}});
}

std::size_t fraction_size(const std::string& text, bool comma) {
  const std::size_t at = text.rfind(comma ? ',' : '.');
  const bool between = at != std::string::npos && at > 0 && at + 1 < text.size() && is_digit(text[at - 1]);
  return between ? text.size() - at : 0;
}

}  // namespace kaskad::reports::html
