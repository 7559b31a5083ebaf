#include "engine/stats/simultaneous.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/estimate.hpp"
#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

/// √(χ²/df) at the middles of equal parts of its distribution.
std::vector<double> roots_of_chi_squared(double df) {
  constexpr int kParts = 512;
  std::vector<double> out;
  for (int i = 0; i < kParts; ++i) out.push_back(std::sqrt(chi_squared_quantile((i + 0.5) / kParts, df) / df));
  return out;
}

double share_up_to(const std::vector<double>& rising, double x) {
  return static_cast<double>(std::upper_bound(rising.begin(), rising.end(), x) - rising.begin()) /
         static_cast<double>(rising.size());
}

double draws_quantile(const std::vector<double>& rising, double level) {
  const auto rank = static_cast<std::size_t>(std::ceil(level * static_cast<double>(rising.size())));
  return rising[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

double simultaneous_quantile(const std::vector<double>& greatest, double df, double level) {
  if (greatest.empty() || !(df > 0)) return kNaN;
  double low = draws_quantile(greatest, level);
  if (std::isinf(df) || low == 0) return low;
  const std::vector<double> roots = roots_of_chi_squared(df);
  const auto covered = [&](double c) {
    const auto add = [&](double sum, double root) { return sum + share_up_to(greatest, c * root); };
    return std::accumulate(roots.begin(), roots.end(), 0.0, add) / static_cast<double>(roots.size());
  };
  low *= 0.5;  // Seldom, with light tails of the draws, the quantile lies a little under theirs.
  double high = 4 * low;
  while (covered(high) < level) high *= 2;
  while (high - low > 1e-9 * high) {
    const double middle = 0.5 * (low + high);
    (covered(middle) < level ? low : high) = middle;
  }
  return high;
}

}  // namespace kaskad::stats
