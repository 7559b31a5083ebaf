#include <cassert>
#include <charconv>
#include <cmath>
#include <string>

#include "reports/values/quantity.hpp"

namespace kaskad::reports {
namespace {

/// digits × 10^(exponent − digits.size() + 1): the first digit stands at 10^exponent.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

Decimal shortest_decimal(double magnitude) {
  char text[40];
  const auto end = std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific).ptr;
  const std::string all(text, end);
  const std::size_t mark = all.find('e');
  Decimal d;
  d.digits = all.substr(0, 1) + (mark > 2 ? all.substr(2, mark - 2) : "");
  const char* first = text + mark + (all[mark + 1] == '+' ? 2 : 1);
  std::from_chars(first, end, d.exponent);
  return d;
}

void add_one(std::string& digits) {
  std::size_t i = digits.size();
  while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
  if (i > 0) {
    ++digits[i - 1];
  } else {
    digits.insert(0, 1, '1');
  }
}

/// The whole number of units of 10^−decimals nearest to the value, halves upwards.
std::string scaled(const Decimal& d, int decimals) {
  const int kept = d.exponent + 1 + decimals;
  const int size = static_cast<int>(d.digits.size());
  if (kept < 0) return "0";
  if (kept >= size) return d.digits + std::string(kept - size, '0');
  std::string digits = d.digits.substr(0, kept);
  if (d.digits[kept] >= '5') add_one(digits);
  return digits.empty() ? "0" : digits;
}

}  // namespace

std::string rounded_text(double value, int decimals) {
  assert(std::isfinite(value) && decimals >= 0);
  std::string text = scaled(shortest_decimal(std::fabs(value)), decimals);
  const std::size_t places = static_cast<std::size_t>(decimals);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  const bool zero = text.find_first_not_of('0') == std::string::npos;
  if (places > 0) text.insert(text.size() - places, 1, '.');
  return value < 0 && !zero ? "-" + text : text;
}

double rounded(double value, int decimals) {
  if (!std::isfinite(value)) return value;
  const std::string text = rounded_text(value, decimals);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

}  // namespace kaskad::reports
