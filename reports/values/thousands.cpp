#include "reports/values/thousands.hpp"

#include <algorithm>
#include <cmath>

namespace kaskad::reports {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string with_thousands(std::string printed, const NumberFormat& format) {
  const auto first = std::find_if(printed.begin(), printed.end(), is_digit);
  const auto last = std::find_if_not(first, printed.end(), is_digit);
  const bool is_four = last - first == 4;
  if (is_four)
    printed.insert(static_cast<std::size_t>(first - printed.begin()) + 1, format.language() == "ru" ? "\u00A0" : ",");
  return printed;
}

bool has_five_digits(double value, int decimals) {
  const double unit = std::pow(10.0, decimals);
  return std::isfinite(value) && std::round(std::fabs(value) * unit) / unit >= 10000;
}

}  // namespace kaskad::reports
