#include "engine/stats/anova.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {
namespace {

/// Σ with the rounding of every addition kept apart (Neumaier 1974).
class ExactSum {
 public:
  void add(double x) {
    const double next = sum_ + x;
    lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - next) + x : (x - next) + sum_;
    sum_ = next;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0, lost_ = 0;
};

/// Values less the first one. Values near each other subtract without error; the tails bring back what the doubles
/// could not hold.
std::vector<double> centred(const GroupedValues& data) {
  std::vector<double> out;
  out.reserve(data.values.size());
  const double origin = data.values.front();
  const double origin_tail = data.tails.empty() ? 0 : data.tails.front();
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    const double tail = data.tails.empty() ? 0 : data.tails[i] - origin_tail;
    out.push_back((data.values[i] - origin) + tail);
  }
  return out;
}

/// Means of the groups (0 where a group is empty).
std::vector<double> group_means(const std::vector<double>& values, const GroupedValues& data,
                                std::vector<GroupMoments>& groups) {
  std::vector<ExactSum> sums(data.group_count);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto g = static_cast<std::size_t>(data.groups[i]);
    sums[g].add(values[i]);
    ++groups[g].n;
  }
  std::vector<double> means(data.group_count);
  for (std::size_t g = 0; g < means.size(); ++g) {
    if (groups[g].n > 0) means[g] = sums[g].value() / static_cast<double>(groups[g].n);
  }
  return means;
}

/// The square that rounding alone leaves where all values are equal; less than this is no variation.
double rounding_squares(double n, double mean) {
  const double rounding = 4 * std::numeric_limits<double>::epsilon() * mean;
  return n * rounding * rounding;
}

/// Σ(y − mean)² of each group, less what the rounding of the mean put in (Chan, Golub & LeVeque 1983).
std::vector<double> group_squares(const std::vector<double>& values, const GroupedValues& data,
                                  const std::vector<double>& means, const std::vector<GroupMoments>& groups) {
  std::vector<ExactSum> squares(data.group_count), deviations(data.group_count);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto g = static_cast<std::size_t>(data.groups[i]);
    const double deviation = values[i] - means[g];
    squares[g].add(deviation * deviation);
    deviations[g].add(deviation);
  }
  std::vector<double> out(data.group_count);
  for (std::size_t g = 0; g < out.size(); ++g) {
    const double shift = deviations[g].value();
    const auto n = static_cast<double>(groups[g].n);
    if (n > 0) out[g] = squares[g].value() - shift * shift / n;
    if (out[g] <= rounding_squares(n, means[g])) out[g] = 0;
  }
  return out;
}

double between(const std::vector<double>& means, const std::vector<GroupMoments>& groups, std::int64_t n) {
  ExactSum total;
  for (std::size_t g = 0; g < means.size(); ++g) total.add(static_cast<double>(groups[g].n) * means[g]);
  const double mean = total.value() / static_cast<double>(n);
  ExactSum squares;
  for (std::size_t g = 0; g < means.size(); ++g) {
    squares.add(static_cast<double>(groups[g].n) * (means[g] - mean) * (means[g] - mean));
  }
  return squares.value();
}

void finish_test(FTest& test) {
  test.reason = Undefined::none;
  test.p = fisher_upper_p(test.statistic, test.df1, test.df2);
}

/// F, the residual SD and the effect sizes of the sums of squares.
void finish(Anova& anova, std::int64_t k) {
  anova.test.df1 = static_cast<double>(k - 1);
  anova.test.df2 = static_cast<double>(anova.n - k);
  if (k < 2 || anova.n <= k) {
    anova.test.reason = Undefined::too_few;
    return;
  }
  const double total = anova.between_squares + anova.within_squares;
  const double within_mean = anova.within_squares / anova.test.df2;
  anova.residual_sd = std::sqrt(within_mean);
  if (total > 0) {
    anova.eta_squared = anova.between_squares / total;
    anova.omega_squared = (anova.between_squares - anova.test.df1 * within_mean) / (total + within_mean);
  }
  anova.test.reason = Undefined::no_variation;
  if (within_mean <= 0) return;
  anova.test.statistic = anova.between_squares / anova.test.df1 / within_mean;
  finish_test(anova.test);
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::vector<double> group_medians(const std::vector<double>& values, const GroupedValues& data) {
  std::vector<std::vector<double>> by_group(data.group_count);
  for (std::size_t i = 0; i < values.size(); ++i)
    by_group[static_cast<std::size_t>(data.groups[i])].push_back(values[i]);
  std::vector<double> out(data.group_count);
  for (std::size_t g = 0; g < out.size(); ++g) out[g] = by_group[g].empty() ? 0 : median_of(std::move(by_group[g]));
  return out;
}

bool usable(const GroupedValues& data) {
  return !data.values.empty() &&
         std::all_of(data.values.begin(), data.values.end(), [](double v) { return std::isfinite(v); });
}

}  // namespace

Anova one_way_anova(const GroupedValues& data) {
  Anova anova;
  anova.groups.resize(data.group_count);
  if (!usable(data)) return anova;
  anova.n = static_cast<std::int64_t>(data.values.size());
  const std::vector<double> values = centred(data);
  const std::vector<double> means = group_means(values, data, anova.groups);
  const std::vector<double> squares = group_squares(values, data, means, anova.groups);
  std::int64_t k = 0;
  anova.within_squares = 0;
  for (std::size_t g = 0; g < data.group_count; ++g) {
    GroupMoments& group = anova.groups[g];
    if (group.n == 0) continue;
    ++k;
    group.mean = data.values.front() + means[g];
    if (group.n > 1) group.variance = squares[g] / static_cast<double>(group.n - 1);
    anova.within_squares += squares[g];
  }
  anova.between_squares = between(means, anova.groups, anova.n);
  finish(anova, k);
  return anova;
}

FTest welch_anova(const Anova& anova) {
  FTest test;
  double weights = 0, weighted = 0, k = 0;
  if (anova.n == 0) return test;
  const double origin = anova.groups.front().n > 0 ? anova.groups.front().mean : 0;
  for (const GroupMoments& g : anova.groups) {
    if (g.n == 0) continue;
    test.reason = g.n < 2 ? Undefined::too_few : Undefined::no_variation;
    if (g.n < 2 || !(g.variance > 0)) return test;
    const double w = static_cast<double>(g.n) / g.variance;
    weights += w;
    weighted += w * (g.mean - origin);
    ++k;
  }
  test.reason = Undefined::too_few;
  if (k < 2) return test;
  const double mean = origin + weighted / weights;
  double squares = 0, lambda = 0;
  for (const GroupMoments& g : anova.groups) {
    if (g.n == 0) continue;
    const double w = static_cast<double>(g.n) / g.variance;
    squares += w * (g.mean - mean) * (g.mean - mean);
    lambda += (1 - w / weights) * (1 - w / weights) / static_cast<double>(g.n - 1);
  }
  test.df1 = k - 1;
  test.df2 = (k * k - 1) / (3 * lambda);
  test.statistic = squares / test.df1 / (1 + 2 * (k - 2) / (k * k - 1) * lambda);
  finish_test(test);
  return test;
}

FTest equal_variances(const GroupedValues& data, Center center) {
  if (!usable(data)) return {};
  const std::vector<double> values = centred(data);
  std::vector<GroupMoments> counts(data.group_count);
  const std::vector<double> centers =
      center == Center::median ? group_medians(values, data) : group_means(values, data, counts);
  GroupedValues distances{{}, {}, data.groups, data.group_count};
  for (std::size_t i = 0; i < values.size(); ++i) {
    distances.values.push_back(std::abs(values[i] - centers[static_cast<std::size_t>(data.groups[i])]));
  }
  return one_way_anova(distances).test;
}

}  // namespace kaskad::stats
