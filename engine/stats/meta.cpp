#include "engine/stats/meta.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/stats/distributions.hpp"
#include "engine/stats/newton.hpp"

namespace kaskad::stats {

namespace {

constexpr double kTwoPi = 6.283185307179586;
constexpr int kMostSteps = 200;
/// τ beside the typical error from which the search for REML starts: the best of these.
constexpr double kGrid[] = {0.05, 0.2, 0.6, 1.5, 5, 25};
/// τ beside the typical error that is 0: the search comes there by halving it without end.
constexpr double kZero = 1e-7;

/// Inputs less their weighted mean, in units of their typical standard error: what is left is of the size of 1.
struct Standardized {
  std::vector<double> y;
  std::vector<double> v;  ///< Squared standard errors.
  double centre = 0;
  double unit = 1;

  double k() const { return static_cast<double>(y.size()); }
};

/// Sums with w = 1/(v + τ²) and r = y − Σwy/Σw: by powers of w.
struct Sums {
  double w1 = 0, w2 = 0, w3 = 0;
  double mean = 0;
  double wr2 = 0, w2r = 0, w2r2 = 0, w3r2 = 0;
  double log_v = 0;  ///< Σ log(v + τ²).
};

Sums sums_at(const Standardized& data, double tau2) {
  Sums s;
  double weighted = 0;
  for (std::size_t i = 0; i < data.y.size(); ++i) {
    const double w = 1 / (data.v[i] + tau2);
    s.w1 += w;
    s.w2 += w * w;
    s.w3 += w * w * w;
    s.log_v -= std::log(w);
    weighted += w * data.y[i];
  }
  s.mean = weighted / s.w1;
  for (std::size_t i = 0; i < data.y.size(); ++i) {
    const double w = 1 / (data.v[i] + tau2);
    const double r = data.y[i] - s.mean;
    s.wr2 += w * r * r;
    s.w2r += w * w * r;
    s.w2r2 += w * w * r * r;
    s.w3r2 += w * w * w * r * r;
  }
  return s;
}

bool usable(const std::vector<PooledInput>& inputs) {
  return !inputs.empty() && std::all_of(inputs.begin(), inputs.end(), [](const PooledInput& input) {
    return std::isfinite(input.estimate) && std::isfinite(input.se) && input.se > 0;
  });
}

Standardized standardize(const std::vector<PooledInput>& inputs) {
  Standardized data;
  double weights = 0;
  double weighted = 0;
  const double first = inputs.front().estimate;
  for (const PooledInput& input : inputs) {
    const double w = 1 / (input.se * input.se);
    weights += w;
    weighted += w * (input.estimate - first);
  }
  data.centre = first + weighted / weights;
  data.unit = std::sqrt(static_cast<double>(inputs.size()) / weights);
  for (const PooledInput& input : inputs) {
    data.y.push_back((input.estimate - data.centre) / data.unit);
    data.v.push_back(input.se * input.se / (data.unit * data.unit));
  }
  return data;
}

// ---------------------------------------------------------------- τ²

struct Tau {
  double tau2 = 0;
  bool found = true;
  int iterations = 0;
};

/// −2·restricted log-likelihood without constants, as a function of τ: of its square, so that 0 is no border.
Curvature restricted_deviance(const Standardized& data, double tau) {
  const Sums s = sums_at(data, tau * tau);
  const double first = s.w1 - s.w2 / s.w1 - s.w2r2;
  const double second = -s.w2 + (2 * s.w3 * s.w1 - s.w2 * s.w2) / (s.w1 * s.w1) + 2 * s.w3r2 - 2 * s.w2r * s.w2r / s.w1;
  return {s.log_v + std::log(s.w1) + s.wr2, {2 * tau * first}, {2 * first + 4 * tau * tau * second}};
}

Tau reml(const Standardized& data) {
  double start = kGrid[0];
  for (double tau : kGrid) {
    if (restricted_deviance(data, tau).value < restricted_deviance(data, start).value) start = tau;
  }
  const auto deviance = [&data](const std::vector<double>& at) { return restricted_deviance(data, at[0]); };
  const Minimum minimum = newton_minimum(deviance, {start});
  const double tau = std::abs(minimum.at[0]);
  return {tau < kZero ? 0 : tau * tau, minimum.converged, minimum.iterations};
}

Tau dersimonian_laird(const Standardized& data) {
  const Sums s = sums_at(data, 0);
  return {std::max(0.0, (s.wr2 - (data.k() - 1)) / (s.w1 - s.w2 / s.w1))};
}

/// τ² with Σ w(y − μ)² = target: the sum falls and is convex in τ², so Newton's steps from 0 never go too far. 0 when
/// it lies under the target there.
Tau spread_of(const Standardized& data, double target) {
  Tau tau;
  for (; tau.iterations < kMostSteps; ++tau.iterations) {
    const Sums s = sums_at(data, tau.tau2);
    const double step = (s.wr2 - target) / s.w2r2;
    if (!(s.wr2 > target) || step <= 1e-15 * tau.tau2) return tau;
    tau.tau2 += step;
  }
  return tau;
}

Tau tau_of(const Standardized& data, TauMethod method) {
  switch (method) {
    case TauMethod::common:
      return {};
    case TauMethod::reml:
      return reml(data);
    case TauMethod::dersimonian_laird:
      return dersimonian_laird(data);
    case TauMethod::paule_mandel:
      return spread_of(data, data.k() - 1);
  }
  return {};
}

// ---------------------------------------------------------------- the answer

double upper_point(double level) { return 0.5 + level / 2; }

/// The mean with its error; `data` are those of `sums`.
Estimate mean_of(const Standardized& data, const Sums& sums, const PoolOptions& options) {
  Estimate e = exactly(data.centre + data.unit * sums.mean, static_cast<std::int64_t>(data.y.size()));
  const bool adjusted = options.test == PoolTest::knapp_hartung;
  const double spread = adjusted ? sums.wr2 / (data.k() - 1) : 1;
  e.df = adjusted ? data.k() - 1 : std::numeric_limits<double>::infinity();
  if (!(spread > 0)) return e;
  e.se = data.unit * std::sqrt(spread / sums.w1);
  const double t = student_quantile(upper_point(options.level), e.df);
  e.lo = e.value - t * e.se;
  e.hi = e.value + t * e.se;
  e.p = student_two_sided_p(e.value / e.se, e.df);
  return e;
}

Estimate prediction_of(const Estimate& mean, double tau2, double k, const PoolOptions& options) {
  const double df = options.prediction == PredictionDf::higgins ? k - 2 : mean.df;
  if (!(df > 0)) return undefined(Undefined::too_few, mean.n);
  if (std::isnan(mean.se)) return undefined(Undefined::no_variation, mean.n);
  Estimate e = exactly(mean.value, mean.n);
  e.df = df;
  e.se = std::sqrt(tau2 + mean.se * mean.se);
  const double t = student_quantile(upper_point(options.level), df);
  e.lo = e.value - t * e.se;
  e.hi = e.value + t * e.se;
  return e;
}

/// Q-profile: τ² at which Σ w(y − μ)² meets the points of χ²(k − 1).
Estimate tau_squared(const Standardized& data, double tau2, const PoolOptions& options) {
  const double square = data.unit * data.unit;
  Estimate e = exactly(square * tau2, static_cast<std::int64_t>(data.y.size()));
  if (options.method == TauMethod::common) return e;
  const double upper = upper_point(options.level);
  e.lo = square * spread_of(data, chi_squared_quantile(upper, data.k() - 1)).tau2;
  e.hi = square * spread_of(data, chi_squared_quantile(1 - upper, data.k() - 1)).tau2;
  return e;
}

void add_heterogeneity(const Standardized& data, double tau2, const PoolOptions& options, Pooled& out) {
  const Sums common = sums_at(data, 0);
  out.q = common.wr2;
  out.q_df = data.k() - 1;
  out.q_p = chi_squared_upper_p(out.q, out.q_df);
  out.tau2 = tau_squared(data, tau2, options);
  const double typical = (data.k() - 1) * common.w1 / (common.w1 * common.w1 - common.w2);
  const bool is_common = options.method == TauMethod::common;
  out.i2 = is_common ? (out.q > 0 ? std::max(0.0, (out.q - out.q_df) / out.q) : 0) : tau2 / (tau2 + typical);
  out.h2 = is_common ? out.q / out.q_df : 1 + tau2 / typical;
}

double restricted_log_likelihood(const Standardized& data, double tau2) {
  const Curvature deviance = restricted_deviance(data, std::sqrt(tau2));
  const double k = data.k();
  return -(deviance.value + (k - 1) * (std::log(kTwoPi) + 2 * std::log(data.unit)) - std::log(k)) / 2;
}

std::vector<PooledPart> parts_of(const Standardized& data, double tau2, const Sums& sums, const Estimate& mean) {
  std::vector<PooledPart> parts(data.y.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double w = 1 / (data.v[i] + tau2);
    parts[i].weight = w / sums.w1;
    const double kept = tau2 * w;
    const double own = data.unit * std::sqrt(kept * data.v[i]);
    parts[i].shrunken = data.centre + data.unit * (kept * data.y[i] + (1 - kept) * sums.mean);
    parts[i].shrunken_se = std::hypot(own, (1 - kept) * mean.se);
  }
  return parts;
}

Pooled pooled_whole(const std::vector<PooledInput>& inputs, const PoolOptions& options) {
  Pooled out;
  const auto fail = [&out, &inputs](Undefined reason) {
    out.reason = reason;
    out.mean = out.prediction = out.tau2 = undefined(reason, static_cast<std::int64_t>(inputs.size()));
    return out;
  };
  if (!usable(inputs)) return fail(Undefined::no_data);
  if (inputs.size() < 2) return fail(Undefined::too_few);
  const Standardized data = standardize(inputs);
  const Tau tau = tau_of(data, options.method);
  if (!tau.found) return fail(Undefined::no_convergence);
  const Sums sums = sums_at(data, tau.tau2);
  out.reason = Undefined::none;
  out.iterations = tau.iterations;
  out.mean = mean_of(data, sums, options);
  out.statistic = out.mean.value / out.mean.se;
  out.prediction = prediction_of(out.mean, data.unit * data.unit * tau.tau2, data.k(), options);
  add_heterogeneity(data, tau.tau2, options, out);
  if (options.method == TauMethod::reml) out.log_likelihood = restricted_log_likelihood(data, tau.tau2);
  out.parts = parts_of(data, tau.tau2, sums, out.mean);
  return out;
}

}  // namespace

Pooled pool(const std::vector<PooledInput>& inputs, const PoolOptions& options) {
  Pooled out = pooled_whole(inputs, options);
  for (std::size_t i = 0; i < out.parts.size(); ++i) {
    std::vector<PooledInput> others = inputs;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    const Pooled rest = pooled_whole(others, options);
    out.parts[i].left_out = rest.mean;
    out.parts[i].tau2 = rest.tau2.value;
  }
  return out;
}

}  // namespace kaskad::stats
