// Joint inference on the effects of a staggered study: covariance, uniform band, test of the periods before treatment.
#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"
#include "engine/stats/did_aggregate.hpp"
#include "engine/stats/distributions.hpp"
#include "engine/stats/simultaneous.hpp"

namespace kaskad::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Fewer draws cannot tell the 95 % quantile from the largest one.
constexpr std::int64_t kLeastDraws = 20;
/// Eigenvalues of a correlation matrix under this share of the largest are zero.
constexpr double kZeroEigenvalue = 1e-10;

bool has_error(const DidStatistic& s) { return s.estimate.defined() && s.estimate.se > 0; }

std::vector<const DidStatistic*> with_errors(const std::vector<const DidStatistic*>& statistics) {
  std::vector<const DidStatistic*> kept;
  std::copy_if(statistics.begin(), statistics.end(), std::back_inserter(kept),
               [](const DidStatistic* s) { return has_error(*s); });
  return kept;
}

/// Clusters × statistics; each column's squares sum to se².
MatrixXd cluster_columns(const DidFit& fit, const std::vector<const DidStatistic*>& statistics) {
  MatrixXd columns(static_cast<Index>(fit.study.clusters), static_cast<Index>(statistics.size()));
  for (Index k = 0; k < columns.cols(); ++k) {
    const std::vector<double> sums = cluster_influence(fit, statistics[static_cast<std::size_t>(k)]->influence);
    columns.col(k) = Eigen::Map<const VectorXd>(sums.data(), columns.rows());
  }
  return columns;
}

/// Sixty-four signs a number of the stream.
void draw_rademacher(RandomStream& stream, VectorXd& xi) {
  std::uint64_t bits = 0;
  for (Index c = 0; c < xi.size(); ++c) {
    if (c % 64 == 0) bits = stream.bits();
    xi(c) = (bits & 1U) != 0 ? 1 : -1;
    bits >>= 1U;
  }
}

void draw_mammen(RandomStream& stream, VectorXd& xi) {
  const double root = std::sqrt(5.0);
  for (Index c = 0; c < xi.size(); ++c) {
    xi(c) = stream.uniform() < (root + 1) / (2 * root) ? (1 - root) / 2 : (1 + root) / 2;
  }
}

void draw_normal(RandomStream& stream, VectorXd& xi) {
  for (Index c = 0; c < xi.size(); ++c) xi(c) = normal_quantile(stream.uniform());
}

double greatest_t(const MatrixXd& standardised, const BandOptions& options, std::uint64_t draw) {
  RandomStream stream(options.seed, draw);
  using Draw = void (*)(RandomStream&, VectorXd&);
  static constexpr std::array<Draw, 3> kDraws = {draw_rademacher, draw_mammen, draw_normal};
  VectorXd xi(standardised.rows());
  kDraws.at(static_cast<std::size_t>(options.multipliers))(stream, xi);
  return (standardised.transpose() * xi).cwiseAbs().maxCoeff();
}

Band undefined_band(Undefined reason) {
  Band band;
  band.reason = reason;
  return band;
}

/// W = t'R⁺t with the statistics t = b/se and their correlations R, which is b'V⁻¹b where V has full rank.
void solve(const MatrixXd& columns, const std::vector<const DidStatistic*>& statistics, PreTrend& test) {
  VectorXd t(columns.cols());
  MatrixXd standardised = columns;
  for (Index k = 0; k < t.size(); ++k) {
    const double se = columns.col(k).norm();
    standardised.col(k) /= se;
    t(k) = statistics[static_cast<std::size_t>(k)]->estimate.value / se;
  }
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(standardised.transpose() * standardised);
  const double least = kZeroEigenvalue * solver.eigenvalues().maxCoeff();
  const VectorXd rotated = solver.eigenvectors().transpose() * t;
  test.statistic = 0;
  for (Index k = 0; k < t.size(); ++k) {
    if (solver.eigenvalues()(k) <= least) continue;
    ++test.rank;
    test.statistic += rotated(k) * rotated(k) / solver.eigenvalues()(k);
  }
}

std::vector<const DidStatistic*> before_treatment(const DidFit& fit) {
  std::vector<const DidStatistic*> statistics;
  for (const GroupTimeEffect& e : fit.effects) {
    if (!e.post && !e.reference) statistics.push_back(&e.effect);
  }
  return with_errors(statistics);
}

}  // namespace

Matrix did_covariance(const DidFit& fit, const std::vector<const DidStatistic*>& statistics) {
  const MatrixXd columns = cluster_columns(fit, statistics);
  const MatrixXd product = columns.transpose() * columns;
  Matrix covariance(statistics.size(), statistics.size());
  std::copy(product.data(), product.data() + product.size(), covariance.values.begin());
  return covariance;
}

Band uniform_band(const DidFit& fit, const std::vector<const DidStatistic*>& statistics, const BandOptions& options) {
  const std::vector<const DidStatistic*> kept = with_errors(statistics);
  if (kept.empty()) return undefined_band(Undefined::no_data);
  if (options.draws < kLeastDraws) return undefined_band(Undefined::too_few);
  MatrixXd standardised = cluster_columns(fit, kept);
  for (Index k = 0; k < standardised.cols(); ++k) standardised.col(k) /= standardised.col(k).norm();
  // Blocks of draws, so that threads have enough to do with each.
  constexpr std::int64_t kBlock = 64;
  std::vector<double> greatest(static_cast<std::size_t>(options.draws));
  const std::int64_t blocks = (options.draws + kBlock - 1) / kBlock;
  parallel_for(static_cast<std::size_t>(blocks), options.threads, [&](std::size_t block) {
    const std::size_t begin = block * kBlock;
    const std::size_t end = std::min(greatest.size(), begin + kBlock);
    for (std::size_t b = begin; b < end; ++b) greatest[b] = greatest_t(standardised, options, b);
  });
  const auto rank = static_cast<std::ptrdiff_t>(std::ceil(fit.options.level * static_cast<double>(options.draws))) - 1;
  std::sort(greatest.begin(), greatest.end());
  const double critical = greatest[static_cast<std::size_t>(rank)];
  return {critical, static_cast<std::int64_t>(kept.size()), Undefined::none, std::move(greatest)};
}

Band add_uniform_band(const DidFit& fit, DidSeries& series, const BandOptions& options) {
  std::vector<const DidStatistic*> statistics;
  for (const DidPoint& point : series.points) statistics.push_back(&point.effect);
  const Band band = uniform_band(fit, statistics, options);
  for (DidPoint& point : series.points) {
    const Estimate& e = point.effect.estimate;
    if (band.reason != Undefined::none || !has_error(point.effect)) continue;
    const double pointwise = student_quantile(0.5 + fit.options.level / 2, e.df);
    const double critical = std::max(pointwise, simultaneous_quantile(band.greatest, e.df, fit.options.level));
    point.lo = e.value - critical * e.se;
    point.hi = e.value + critical * e.se;
  }
  return band;
}

PreTrend pre_trend(const DidFit& fit) {
  PreTrend test;
  const std::vector<const DidStatistic*> before = before_treatment(fit);
  test.effects = static_cast<std::int64_t>(before.size());
  if (before.empty()) return test;
  solve(cluster_columns(fit, before), before, test);
  const double m = static_cast<double>(fit.study.clusters);
  const double rank = static_cast<double>(test.rank);
  test.reason = Undefined::none;
  test.p = chi_squared_upper_p(test.statistic, rank);
  if (!(m > rank)) return test;
  test.f_df = m - rank;
  test.f = test.statistic * test.f_df / ((m - 1) * rank);
  test.f_p = fisher_upper_p(test.f, rank, test.f_df);
  return test;
}

}  // namespace kaskad::stats
