#include "engine/cube/measure.hpp"

#include <cassert>
#include <cmath>
#include <vector>

namespace kaskad {
namespace {

// Sums of integer scores stay exact in 128 bits: n·Σx² of 10⁹ pupils with scores of 10⁴ is below 10²⁶.
__extension__ using Wide = __int128;

struct IntegerSums {
  std::int64_t n = 0;
  Wide sum = 0;
  Wide squares = 0;
};

IntegerSums integer_sums(const Tally& tally) {
  IntegerSums s;
  for (std::size_t i = 0; i < tally.counts().size(); ++i) {
    const std::int64_t count = tally.counts()[i];
    const Wide value = tally.lo() + static_cast<int>(i);
    s.n += count;
    s.sum += value * count;
    s.squares += value * value * count;
  }
  return s;
}

/// Of the pupils known one by one; Σ(x − mean)² = (n·Σx² − (Σx)²)/n has an exact numerator.
Aggregate counted_part(const Tally& tally) {
  const IntegerSums s = integer_sums(tally);
  Aggregate a;
  a.n = s.n;
  a.sum = static_cast<double>(s.sum);
  if (s.n > 0) a.squares = static_cast<double>(s.squares * s.n - s.sum * s.sum) / static_cast<double>(s.n);
  return a;
}

/// Neumaier's compensated sum (ZAMM 54, 1974).
class CompensatedSum {
 public:
  void add(double x) {
    const double total = sum_ + x;
    lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - total) + x : (x - total) + sum_;
    sum_ = total;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

/// Why a question about the distribution has no answer, or none.
Undefined distribution_trouble(const Tally& tally) {
  if (tally.n() == 0) return Undefined::no_data;
  return tally.has_distribution() ? Undefined::none : Undefined::no_distribution;
}

struct WeightedValue {
  double value;
  double count;
};

std::vector<WeightedValue> values_of(const Tally& tally, const std::function<double(int)>& f) {
  std::vector<WeightedValue> values;
  for (std::size_t i = 0; i < tally.counts().size(); ++i) {
    const std::int64_t count = tally.counts()[i];
    if (count != 0) values.push_back({f(tally.lo() + static_cast<int>(i)), static_cast<double>(count)});
  }
  return values;
}

double weighted_mean(const std::vector<WeightedValue>& values, double n) {
  CompensatedSum sum;
  for (const auto& [value, count] : values) sum.add(value * count);
  return sum.value() / n;
}

/// Two passes, the second corrected for the rounding of the mean (Chan, Golub & LeVeque 1983).
double centred_squares(const std::vector<WeightedValue>& values, double mean, double n) {
  CompensatedSum squares;
  CompensatedSum residue;
  for (const auto& [value, count] : values) {
    squares.add(count * (value - mean) * (value - mean));
    residue.add(count * (value - mean));
  }
  return squares.value() - residue.value() * residue.value() / n;
}

/// The pupil of rank `rank` (from 0) in rising order.
int value_at_rank(const Tally& tally, std::int64_t rank) {
  std::int64_t below = 0;
  for (std::size_t i = 0; i < tally.counts().size(); ++i) {
    below += tally.counts()[i];
    if (rank < below) return tally.lo() + static_cast<int>(i);
  }
  assert(false && "a rank beyond the last pupil");
  return tally.lo();
}

Measured measured(double value) { return {value, Undefined::none}; }
Measured unmeasured(Undefined reason) { return {kNaN, reason}; }

}  // namespace

Moments moments(const Tally& tally) {
  Aggregate all = counted_part(tally);
  const bool exact = tally.rest().n == 0;
  const auto exact_mean = all.n > 0 ? all.sum / static_cast<double>(all.n) : kNaN;
  all.add(tally.rest());
  Moments m;
  m.n = all.n;
  if (all.n == 0) return m;
  m.reason = all.has_mean ? Undefined::none : Undefined::no_distribution;
  m.mean = exact ? exact_mean : all.mean();
  m.squares = all.has_mean && all.has_sd ? all.squares : kNaN;
  return m;
}

Moments moments(const Tally& tally, const std::function<double(int)>& f) {
  Moments m;
  m.n = tally.n();
  m.reason = distribution_trouble(tally);
  if (m.reason != Undefined::none) return m;
  const std::vector<WeightedValue> values = values_of(tally, f);
  const auto n = static_cast<double>(m.n);
  m.mean = weighted_mean(values, n);
  m.squares = centred_squares(values, m.mean, n);
  return m;
}

ShareCount share(const Tally& tally, const std::function<bool(int)>& is) {
  ShareCount s;
  s.n = tally.n();
  s.reason = distribution_trouble(tally);
  if (s.reason != Undefined::none) return s;
  for (std::size_t i = 0; i < tally.counts().size(); ++i) {
    const std::int64_t count = tally.counts()[i];
    if (count != 0 && is(tally.lo() + static_cast<int>(i))) s.hits += count;
  }
  return s;
}

ShareCount share_below(const Tally& tally, int threshold) {
  return share(tally, [=](int value) { return value < threshold; });
}

ShareCount share_at_least(const Tally& tally, int threshold) {
  return share(tally, [=](int value) { return value >= threshold; });
}

Measured mean(const Tally& tally) {
  const Moments m = moments(tally);
  return {m.mean, m.reason};
}

Measured sd(const Tally& tally) {
  const Moments m = moments(tally);
  if (m.reason != Undefined::none) return unmeasured(m.reason);
  if (m.n < 2) return unmeasured(Undefined::too_few);
  if (std::isnan(m.squares)) return unmeasured(Undefined::no_distribution);
  return measured(std::sqrt(m.variance()));
}

Measured quantile(const Tally& tally, double probability) {
  assert(probability >= 0 && probability <= 1);
  const Undefined reason = distribution_trouble(tally);
  if (reason != Undefined::none) return unmeasured(reason);
  const std::int64_t last = tally.counted() - 1;
  const double h = static_cast<double>(last) * probability;
  const auto rank = static_cast<std::int64_t>(std::floor(h));
  const int low = value_at_rank(tally, rank);
  const int high = value_at_rank(tally, rank < last ? rank + 1 : last);
  return measured(low + (h - static_cast<double>(rank)) * (high - low));
}

}  // namespace kaskad
