#include "engine/stats/multiplicity.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace kaskad::stats {
namespace {

/// Places of the tests that were made, by rising p.
std::vector<std::size_t> rising(const std::vector<double>& p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  return order;
}

}  // namespace

std::vector<double> benjamini_hochberg(const std::vector<double>& p) {
  const std::vector<std::size_t> order = rising(p);
  std::vector<double> out = p;
  double least = 1;
  for (std::size_t i = order.size(); i-- > 0;) {
    least = std::min(least, static_cast<double>(order.size()) * p[order[i]] / static_cast<double>(i + 1));
    out[order[i]] = least;
  }
  return out;
}

std::vector<double> holm(const std::vector<double>& p) {
  const std::vector<std::size_t> order = rising(p);
  std::vector<double> out = p;
  double most = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    most = std::max(most, std::min(1.0, static_cast<double>(order.size() - i) * p[order[i]]));
    out[order[i]] = most;
  }
  return out;
}

}  // namespace kaskad::stats
