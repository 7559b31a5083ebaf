#include "reports/charts/labels.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace kaskad::reports {
namespace {

std::vector<std::size_t> by_center(const std::vector<Wanted>& wanted) {
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a].center < wanted[b].center; });
  return order;
}

struct Pool {
  double sum = 0;
  std::size_t count = 0;
  double mean() const { return sum / static_cast<double>(count); }
};

/// The nearest non-decreasing sequence by least squares.
std::vector<double> isotonic(const std::vector<double>& values) {
  std::vector<Pool> pools;
  for (const double value : values) {
    pools.push_back({value, 1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back().sum += last.sum;
      pools.back().count += last.count;
    }
  }
  std::vector<double> result;
  for (const Pool& pool : pools) result.insert(result.end(), pool.count, pool.mean());
  return result;
}

}  // namespace

std::vector<double> pushed_apart(const std::vector<Wanted>& wanted, double lo, double hi) {
  const std::vector<std::size_t> order = by_center(wanted);
  std::vector<double> offset(wanted.size());  // Of the centre when all labels are packed from 0.
  double total = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    offset[i] = total + wanted[order[i]].size / 2;
    total += wanted[order[i]].size;
  }
  std::vector<double> start(wanted.size());
  for (std::size_t i = 0; i < order.size(); ++i) start[i] = wanted[order[i]].center - offset[i];
  start = isotonic(start);
  std::vector<double> centers(wanted.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    centers[order[i]] = std::clamp(start[i], lo, std::max(lo, hi - total)) + offset[i];
  return centers;
}

}  // namespace kaskad::reports
