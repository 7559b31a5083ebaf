#include "reports/pdf/line_breaking.hpp"

#include <algorithm>
#include <limits>

namespace kaskad::reports::pdf {
namespace {

constexpr double kTooWide = 1e15;          // Only when there is no other way.
constexpr double kWorst = 1e5;             // Badness of a line that cannot be filled.
constexpr double kTwoHyphens = 5000;       // Lines after each other that end with a hyphen.
constexpr double kHyphenBeforeLast = 8e5;  // The last word of a paragraph is not divided.
constexpr double kShortLast = 1e5;
constexpr double kRaggedSlack = 0.5;  // Of the width: as bad as a space grown to its limit.

/// Sums over boxes, so that any line's measures are differences.
struct Sums {
  std::vector<double> natural;  ///< Widths and spaces of the boxes before.
  std::vector<double> space;
};

double cube(double x) { return x * x * x; }

Sums sums_of(const std::vector<Box>& boxes) {
  Sums sums{{0}, {0}};
  for (const Box& box : boxes) {
    sums.natural.push_back(sums.natural.back() + box.width + box.space);
    sums.space.push_back(sums.space.back() + box.space);
  }
  return sums;
}

struct Measure {
  double natural = 0;
  double space = 0;
};

Measure measure(const std::vector<Box>& boxes, const Sums& sums, std::size_t from, std::size_t to) {
  const Box& last = boxes[to - 1];
  const double hyphen = to == boxes.size() ? 0 : last.hyphen;
  return {sums.natural[to] - sums.natural[from] - last.space + hyphen, sums.space[to] - sums.space[from] - last.space};
}

double badness(const Measure& line, double width, bool justified, bool is_last) {
  const double slack = width - line.natural;
  if (slack < -1e-6) {
    const double shrink = justified ? line.space * kSpaceShrinks : 0;
    if (shrink < -slack) return kTooWide;
    return 100 * cube(-slack / shrink);
  }
  if (is_last) return 0;
  const double stretch = justified ? line.space * kSpaceGrows : width * kRaggedSlack;
  if (stretch <= 0) return kWorst;  // a lone word cannot be spread at all
  return std::min(kWorst, 100 * cube(slack / stretch));
}

double demerits(const std::vector<Box>& boxes, const Measure& line, std::size_t from, std::size_t to, double width,
                bool justified) {
  const bool is_last = to == boxes.size();
  const double bad = badness(line, width, justified, is_last);
  if (bad >= kTooWide) return kTooWide * (1 + (line.natural - width) / width);
  const double penalty = is_last ? 0 : boxes[to - 1].penalty;
  double sum = (1 + bad) * (1 + bad) + penalty * penalty;
  const bool after_hyphen = from > 0 && boxes[from - 1].hyphen > 0;
  if (after_hyphen && !is_last && boxes[to - 1].hyphen > 0) sum += kTwoHyphens;
  if (after_hyphen && is_last) sum += kHyphenBeforeLast;
  if (is_last && from > 0 && line.natural < 0.12 * width) sum += kShortLast;
  return sum;
}

}  // namespace

std::vector<std::size_t> break_lines(const std::vector<Box>& boxes, double width, bool justified) {
  const std::size_t count = boxes.size();
  if (count == 0) return {};
  const Sums sums = sums_of(boxes);
  const auto breaks_before = [&](std::size_t i) { return i == 0 || boxes[i - 1].may_break; };
  std::vector<double> best(count + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> previous(count + 1, 0);
  best[0] = 0;
  for (std::size_t to = 1; to <= count; ++to) {
    if (to < count && !boxes[to - 1].may_break) continue;
    for (std::size_t from = to; from-- > 0;) {
      if (!breaks_before(from)) continue;
      const Measure line = measure(boxes, sums, from, to);
      const double total = best[from] + demerits(boxes, line, from, to, width, justified);
      if (total < best[to]) {
        best[to] = total;
        previous[to] = from;
      }
      if (line.natural - line.space * kSpaceShrinks > width && best[to] < kTooWide) break;
      if (line.natural > 3 * width) break;
    }
  }
  std::vector<std::size_t> ends;
  for (std::size_t at = count; at > 0; at = previous[at]) ends.push_back(at);
  std::reverse(ends.begin(), ends.end());
  return ends;
}

}  // namespace kaskad::reports::pdf
