#include "reports/charts/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace kaskad::reports {
namespace {

constexpr double kSlack = 1e-9;  // In steps: 0.3/0.1 is not a whole number in binary, yet needs no further tick.

/// m · 10^k with m of 1, 2, 5.
struct Step {
  int mantissa = 1;
  int exponent = 0;
  double value() const { return times(1); }
  /// i·m·10^k by one rounding for small k: 3 · 0.1 is written 3 / 10.
  double times(double i) const {
    const double power = std::pow(10.0, std::abs(exponent));
    return exponent >= 0 ? i * mantissa * power : i * mantissa / power;
  }
  Step next() const {
    if (mantissa == 1) return {2, exponent};
    if (mantissa == 2) return {5, exponent};
    return {1, exponent + 1};
  }
};

double first_index(double lo, double step) { return std::floor(lo / step + kSlack); }
double last_index(double hi, double step) { return std::ceil(hi / step - kSlack); }

Range widened(double lo, double hi) {
  const double magnitude = std::max(std::abs(lo), std::abs(hi));
  if (hi - lo > magnitude * 1e-10) return {lo, hi};
  const double half = magnitude > 0 ? magnitude / 10 : 1;
  return {lo - half, hi + half};
}

Step step_for(const Range& range, int most) {
  Step step{1, static_cast<int>(std::floor(std::log10((range.hi - range.lo) / most)))};
  while (last_index(range.hi, step.value()) - first_index(range.lo, step.value()) + 1 > most) step = step.next();
  return step;
}

Ticks ticks_by(const Range& range, const Step& step) {
  Ticks ticks{step.value(), std::max(0, -step.exponent), {}};
  const double last = last_index(range.hi, ticks.step);
  for (double i = first_index(range.lo, ticks.step); i <= last; ++i) ticks.at.push_back(step.times(i) + 0.0);
  return ticks;
}

Range padded(const Range& seen) {
  const Range wide = widened(seen.lo, seen.hi);
  const double pad = (wide.hi - wide.lo) / 20;
  return {wide.lo - pad, wide.hi + pad};
}

std::string superscript(int value) {
  constexpr std::array<std::string_view, 10> kDigits = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = value < 0 ? "⁻" : "";
  for (const char digit : std::to_string(std::abs(value))) text += kDigits.at(static_cast<std::size_t>(digit - '0'));
  return text;
}

/// Power of ten, a multiple of three, taken out of labels that would be too long; 0 for usual numbers.
int shared_exponent(const Ticks& ticks) {
  const double largest = std::max(std::abs(ticks.lo()), std::abs(ticks.hi()));
  if (largest < 1e7 && ticks.decimals <= 4) return 0;
  return static_cast<int>(std::floor(std::log10(largest) / 3)) * 3;
}

double without_power(double value, int exponent) {
  const double power = std::pow(10.0, std::abs(exponent));
  return exponent >= 0 ? value / power : value * power;
}

int decimals_after(const Ticks& ticks, int exponent) {
  const double step = without_power(ticks.step, exponent);
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - kSlack)), 0, 9);
}

}  // namespace

void Range::add(double value) {
  if (!std::isfinite(value)) return;
  const bool first = empty();
  lo = first ? value : std::min(lo, value);
  hi = first ? value : std::max(hi, value);
}

void Range::add(const Quantity& q) {
  if (!q.estimate.defined()) return;
  add(q.estimate.value);
  if (!q.estimate.has_interval()) return;
  add(q.estimate.lo);
  add(q.estimate.hi);
}

Ticks nice_ticks(double lo, double hi, int most) {
  const Range range = widened(lo, hi);
  return ticks_by(range, step_for(range, most));
}

Range axis_range(Range range, const Unit& unit, const AxisRule& rule) {
  if (range.empty()) range = {0, 1};
  if (rule.from_zero) range.add(0.0);
  if (rule.from_zero && range.lo == range.hi) range.hi = 1;
  Range axis = rule.from_zero ? widened(range.lo, range.hi) : padded(range);
  // The end of an interval a hair below zero is worth no further tick: it reaches as little beyond the axis.
  if (range.lo < 0 && range.lo > -range.hi / 50) range.lo = 0;
  if (range.lo >= 0) axis.lo = std::max(axis.lo, 0.0);
  if (range.lo >= 0 && range.lo < range.hi / 3) axis.lo = 0;
  if (range.hi <= 0 && range.lo < 0) axis.hi = std::min(axis.hi, 0.0);
  if (unit == Unit::percent && range.hi <= 100) axis.hi = std::min(axis.hi, 100.0);
  return axis;
}

Ticks ticks_for(const Range& range, const Unit& unit, const AxisRule& rule) {
  const Range axis = axis_range(range, unit, rule);
  Step step = step_for(axis, rule.most);
  if (rule.whole && step.exponent < 0) step = {1, 0};
  return ticks_by(axis, step);
}

Ticks inner_ticks(const Range& range, int most) {
  const Range wide = widened(range.lo, range.hi);
  Ticks ticks = nice_ticks(wide.lo, wide.hi, most + 2);
  const double slack = ticks.step * kSlack;
  const auto outside = [&](double t) { return t < wide.lo - slack || t > wide.hi + slack; };
  ticks.at.erase(std::remove_if(ticks.at.begin(), ticks.at.end(), outside), ticks.at.end());
  return ticks;
}

TickLabels tick_labels(const Ticks& ticks, const NumberFormat& format, bool with_sign) {
  TickLabels labels;
  const int exponent = shared_exponent(ticks);
  const int decimals = exponent == 0 ? ticks.decimals : decimals_after(ticks, exponent);
  if (exponent != 0) labels.multiplier = "×10" + superscript(exponent);
  for (const double value : ticks.at)
    labels.text.push_back(format.number(without_power(value, exponent), decimals, with_sign && value != 0));
  return labels;
}

std::string short_number(const Quantity& q, const NumberFormat& format) {
  const double magnitude = std::abs(q.estimate.value);
  const int exponent = magnitude > 0 ? static_cast<int>(std::floor(std::log10(magnitude) / 3)) * 3 : 0;
  const std::string number = format.number(without_power(q.estimate.value, exponent), 1, q.is_difference);
  return exponent == 0 ? number : number + "×10" + superscript(exponent);
}

}  // namespace kaskad::reports
