#include "engine/cube/tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kaskad {

void Aggregate::add(const Aggregate& other) {
  if (other.n == 0) return;
  if (n == 0) {
    *this = other;
    return;
  }
  const auto n1 = static_cast<double>(n);
  const auto n2 = static_cast<double>(other.n);
  const double apart = sum / n1 - other.sum / n2;
  squares += other.squares + n1 * n2 / (n1 + n2) * apart * apart;
  sum += other.sum;
  n += other.n;
  has_mean = has_mean && other.has_mean;
  has_sd = has_sd && other.has_sd;
}

double Aggregate::mean() const { return has_mean && n > 0 ? sum / static_cast<double>(n) : kNaN; }

Aggregate Aggregate::of(std::int64_t n, double mean, double sd) {
  Aggregate a;
  a.n = n;
  a.has_mean = !std::isnan(mean);
  // One pupil has no spread, so nothing is lost when it is not given.
  a.has_sd = a.has_mean && (!std::isnan(sd) || n <= 1);
  a.sum = a.has_mean ? static_cast<double>(n) * mean : 0;
  a.squares = a.has_sd && n > 1 ? sd * sd * static_cast<double>(n - 1) : 0;
  return a;
}

void Tally::cover(int first, int last) {
  if (counts_.empty()) lo_ = first;
  if (first < lo_) {
    counts_.insert(counts_.begin(), static_cast<std::size_t>(lo_ - first), 0);
    lo_ = first;
  }
  const auto length = static_cast<std::size_t>(last - lo_ + 1);
  if (length > counts_.size()) counts_.resize(length, 0);
}

void Tally::add(const Distribution& d) {
  if (d.counts.empty()) return;
  cover(d.lo, d.lo + static_cast<int>(d.counts.size()) - 1);
  std::transform(d.counts.begin(), d.counts.end(), counts_.begin() + (d.lo - lo_), counts_.begin() + (d.lo - lo_),
                 [](std::uint32_t more, std::int64_t count) { return count + more; });
}

void Tally::add(const Tally& other) {
  if (!other.counts_.empty()) {
    cover(other.lo_, other.lo_ + static_cast<int>(other.counts_.size()) - 1);
    const auto to = counts_.begin() + (other.lo_ - lo_);
    std::transform(other.counts_.begin(), other.counts_.end(), to, to, std::plus<>());
  }
  rest_.add(other.rest_);
}

void Tally::add(int value, std::int64_t count) {
  cover(value, value);
  counts_[static_cast<std::size_t>(value - lo_)] += count;
}

std::int64_t Tally::counted() const { return std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0}); }

std::int64_t Tally::n() const { return counted() + rest_.n; }

}  // namespace kaskad
