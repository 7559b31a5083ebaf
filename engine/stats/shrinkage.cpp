#include "engine/stats/shrinkage.hpp"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cassert>
#include <cmath>

#include "engine/stats/beta.hpp"
#include "engine/stats/newton.hpp"

namespace kaskad::stats {

namespace {

namespace bmp = boost::math::policies;
using Quiet = bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>,
                          bmp::overflow_error<bmp::ignore_error>, bmp::evaluation_error<bmp::ignore_error>,
                          bmp::rounding_error<bmp::ignore_error>, bmp::promote_double<false>>;

double log_gamma(double x) { return boost::math::lgamma(x, Quiet()); }
double digamma(double x) { return boost::math::digamma(x, Quiet()); }
double trigamma(double x) { return boost::math::trigamma(x, Quiet()); }
double log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

/// Value and derivatives of −Σ[log B(k + a, n − k + b) − log B(a, b)] in (a, b).
struct Derivatives {
  double value = 0, by_a = 0, by_b = 0, by_aa = 0, by_ab = 0, by_bb = 0;
};

Derivatives minus_log_likelihood(const std::vector<CountedShare>& schools, double a, double b) {
  Derivatives d;
  const double none = log_beta(a, b), of_a = digamma(a), of_b = digamma(b), of_sum = digamma(a + b);
  const double tri_a = trigamma(a), tri_b = trigamma(b), tri_sum = trigamma(a + b);
  for (const CountedShare& school : schools) {
    const auto k = static_cast<double>(school.hits), n = static_cast<double>(school.n);
    const double both = digamma(n + a + b), tri_both = trigamma(n + a + b);
    d.value -= log_beta(k + a, n - k + b) - none;
    d.by_a -= digamma(k + a) - both - of_a + of_sum;
    d.by_b -= digamma(n - k + b) - both - of_b + of_sum;
    d.by_aa -= trigamma(k + a) - tri_both - tri_a + tri_sum;
    d.by_bb -= trigamma(n - k + b) - tri_both - tri_b + tri_sum;
    d.by_ab -= tri_sum - tri_both;
  }
  return d;
}

/// The same in (log a, log b).
Curvature in_logarithms(const std::vector<CountedShare>& schools, const std::vector<double>& at) {
  const double a = std::exp(at[0]), b = std::exp(at[1]);
  Curvature c;
  if (!(a > 1e-8 && a < 1e12 && b > 1e-8 && b < 1e12)) {
    c.value = kNaN;
    return c;
  }
  const Derivatives d = minus_log_likelihood(schools, a, b);
  c.value = d.value;
  c.gradient = {a * d.by_a, b * d.by_b};
  const double across = a * b * d.by_ab;
  c.hessian = {a * a * d.by_aa + a * d.by_a, across, across, b * b * d.by_bb + b * d.by_b};
  return c;
}

/// Twice the derivative of the log likelihood by the variance of the true shares, at 0.
double score_of_variance(const std::vector<CountedShare>& schools, double mean) {
  double score = 0;
  for (const CountedShare& school : schools) {
    const auto k = static_cast<double>(school.hits), n = static_cast<double>(school.n);
    score += k * (k - 1) / mean + (n - k) * (n - k - 1) / (1 - mean) - n * (n - 1);
  }
  return score;
}

/// Moments: the variance of true shares from the excess of the squared deviations over what chance makes.
std::vector<double> start_of(double mean, double score, const std::vector<CountedShare>& schools) {
  double pairs = 0;
  for (const CountedShare& school : schools) pairs += static_cast<double>(school.n) * static_cast<double>(school.n - 1);
  const double correlation = std::clamp(score / pairs, 1e-6, 0.9);
  const double size = 1 / correlation - 1;
  return {std::log(mean * size), std::log((1 - mean) * size)};
}

}  // namespace

PriorFit fit_beta_prior(const std::vector<CountedShare>& schools) {
  PriorFit fit;
  std::vector<CountedShare> with_pupils;
  double hits = 0;
  for (const CountedShare& school : schools) {
    assert(school.hits >= 0 && school.hits <= school.n);
    if (school.n == 0) continue;
    with_pupils.push_back(school);
    hits += static_cast<double>(school.hits);
    fit.pupils += school.n;
  }
  fit.schools = static_cast<std::int64_t>(with_pupils.size());
  if (fit.schools == 0) return fit;
  fit.reason = fit.schools == 1 ? Undefined::too_few : Undefined::no_variation;
  const double pooled = hits / static_cast<double>(fit.pupils);
  if (fit.schools == 1 || pooled == 0 || pooled == 1) return fit;
  const double score = score_of_variance(with_pupils, pooled);
  if (!(score > 0)) return fit;
  const Minimum minimum = newton_minimum([&](const std::vector<double>& at) { return in_logarithms(with_pupils, at); },
                                         start_of(pooled, score, with_pupils));
  fit.reason = minimum.converged ? Undefined::none : Undefined::no_convergence;
  if (!minimum.converged) return fit;
  fit.prior = {std::exp(minimum.at[0]), std::exp(minimum.at[1])};
  const double size = fit.prior.a + fit.prior.b;
  fit.mean = fit.prior.a / size;
  fit.between_sd = std::sqrt(fit.mean * (1 - fit.mean) / (size + 1));
  fit.log_likelihood = -minimum.there.value;
  return fit;
}

Estimate posterior_share(const CountedShare& school, const BetaPrior& prior, double level) {
  if (school.n == 0) return undefined(Undefined::no_data);
  const double a = prior.a + static_cast<double>(school.hits);
  const double b = prior.b + static_cast<double>(school.n - school.hits);
  Estimate e = exactly(a / (a + b), school.n);
  e.se = std::sqrt(a * b / (a + b + 1)) / (a + b);
  e.lo = beta_quantile((1 - level) / 2, a, b);
  e.hi = beta_quantile((1 + level) / 2, a, b);
  return e;
}

double probability_at_least(const CountedShare& school, const BetaPrior& prior, double threshold) {
  if (school.n == 0) return kNaN;
  return beta_upper_p(threshold, prior.a + static_cast<double>(school.hits),
                      prior.b + static_cast<double>(school.n - school.hits));
}

}  // namespace kaskad::stats
