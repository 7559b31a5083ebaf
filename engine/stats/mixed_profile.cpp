// Profile likelihood intervals: how far a parameter may go before the deviance, minimised over all others, has risen by
// the 95 % point of χ²(1).
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/stats/distributions.hpp"
#include "engine/stats/mixed_parts.hpp"

namespace kaskad::stats::mixed {

namespace {

/// Steps of the search for a limit, in the logs that are the arguments.
constexpr double kFirstStep = 0.1;
constexpr int kMostSteps = 80;
/// log SD (atanh of a correlation) beyond which the parameter counts as at its border: a relative SD of e⁻¹⁴ is 10⁻⁶.
constexpr double kBorder = 14;
constexpr double kExact = 1e-10;
/// Two steps this close in the logs have found the limit, though rounding of the deviance may hide it from kExact.
constexpr double kNarrow = 1e-9;
/// Logs of what lies at the border begin this far from those of the rest.
constexpr double kInside = 7;

using Arguments = std::vector<double>;

/// The deviance as a function of the logs.
class LogDeviance {
 public:
  LogDeviance(const Moments& moments, Likelihood method) : moments_(moments), method_(method) {}

  Curvature operator()(const Arguments& logs) const {
    const std::size_t sigma = logs.size() - 1;
    return at_variance(moments_, from_logs(moments_, logs), logs.size(), {2 * logs[sigma], sigma, 2}, method_);
  }

 private:
  const Moments& moments_;
  Likelihood method_;
};

Curvature without(const Curvature& whole, std::size_t fixed) {
  const std::size_t k = whole.gradient.size();
  Curvature out{whole.value, {}, {}};
  if (!std::isfinite(whole.value)) return out;
  for (std::size_t i = 0; i < k; ++i) {
    if (i == fixed) continue;
    out.gradient.push_back(whole.gradient[i]);
    for (std::size_t j = 0; j < k; ++j) {
      if (j != fixed) out.hessian.push_back(whole.hessian[i * k + j]);
    }
  }
  return out;
}

Arguments with(Arguments others, std::size_t fixed, double value) {
  others.insert(others.begin() + static_cast<std::ptrdiff_t>(fixed), value);
  return others;
}

/// Where a search for limits begins.
struct Search {
  Arguments optimum;
  double least;   ///< Deviance there.
  double wanted;  ///< √ of the rise of the deviance at a limit.
};

struct Limits {
  double lo, hi;
};

/// The deviance along one argument, minimised over the others. Each point starts from the last one found.
class Profile {
 public:
  Profile(const LogDeviance& deviance, const Search& search, std::size_t which)
      : deviance_(deviance), which_(which), others_(search.optimum), centre_(others_[which]), least_(search.least) {
    others_.erase(others_.begin() + static_cast<std::ptrdiff_t>(which));
    start_ = others_;
  }

  double centre() const { return centre_; }
  void restart() { others_ = start_; }

  /// √ of the rise of the deviance; nothing when the search over the others fails.
  std::optional<double> root(double value) {
    const auto along = [this, value](const Arguments& others) {
      return without(deviance_(with(others, which_, value)), which_);
    };
    const Minimum minimum = newton_minimum(along, others_);
    if (!minimum.converged) return std::nullopt;
    others_ = minimum.at;
    return std::sqrt(std::max(0.0, minimum.there.value - least_));
  }

 private:
  const LogDeviance& deviance_;
  std::size_t which_;
  Arguments others_, start_;
  double centre_ = 0;
  double least_ = 0;
};

/// Regula falsi with halving of the stale end (Illinois) between `inside` (root below the wanted) and `outside`.
std::optional<double> refine(Profile& profile, double wanted, double inside, double inside_root, double outside,
                             double outside_root) {
  double low = inside_root - wanted;
  double high = outside_root - wanted;
  int last = 0;
  double previous = std::numeric_limits<double>::infinity();
  for (int step = 0; step < kMostSteps; ++step) {
    const double at = inside - low * (outside - inside) / (high - low);
    const std::optional<double> root = profile.root(at);
    if (!root) return std::nullopt;
    const double off = *root - wanted;
    if (std::abs(off) < kExact || std::abs(at - previous) < kNarrow) return at;
    previous = at;
    const int side = off < 0 ? -1 : 1;
    (side < 0 ? inside : outside) = at;
    (side < 0 ? low : high) = off;
    if (side == last) (side < 0 ? high : low) /= 2;
    last = side;
  }
  return std::nullopt;
}

/// The limit in one direction (±1); ±infinity when the deviance never rises so far, nothing when the search fails.
std::optional<double> limit(Profile& profile, double direction, double wanted) {
  profile.restart();
  double inside = profile.centre();
  double inside_root = 0;
  double step = kFirstStep;
  while (std::abs(inside - profile.centre()) < kBorder) {
    const double outside = inside + direction * step;
    const std::optional<double> root = profile.root(outside);
    if (!root) return std::nullopt;
    if (*root >= wanted) return refine(profile, wanted, inside, inside_root, outside, *root);
    // The root is nearly linear in the log near the optimum: aim a little beyond the limit.
    const double rise = (*root - inside_root) / step;
    step = std::clamp(rise > 0 ? 1.05 * (wanted - *root) / rise : 2 * step, 1e-3, 2.0);
    inside = outside;
    inside_root = *root;
  }
  return direction * std::numeric_limits<double>::infinity();
}

/// Limits of one argument; nothing when either cannot be found.
std::optional<Limits> interval(const LogDeviance& deviance, const Search& search, std::size_t which) {
  Profile profile(deviance, search, which);
  const std::optional<double> low = limit(profile, -1, search.wanted);
  const std::optional<double> high = limit(profile, 1, search.wanted);
  if (!low || !high) return std::nullopt;
  return Limits{*low, *high};
}

void set_sd(const LogDeviance& deviance, const Search& search, std::size_t which, double unit, Estimate& sd) {
  const std::optional<Limits> found = interval(deviance, search, which);
  if (!found || std::isinf(found->hi)) return;
  sd.lo = unit * std::exp(found->lo);
  sd.hi = unit * std::exp(found->hi);
}

void set_correlation(const LogDeviance& deviance, const Search& search, Estimate& correlation) {
  const std::optional<Limits> found = interval(deviance, search, 2);
  if (!found) return;
  correlation.lo = std::tanh(found->lo);
  correlation.hi = std::tanh(found->hi);
}

/// log SD of a random term with relative variance `psi`, in the unit of z; at the border, a little inside it, from
/// where the search finds its way back.
double log_sd(double psi, double sigma, double unit) {
  return psi > 0 ? sigma + std::log(psi) / 2 : sigma - kInside - std::log(unit);
}

double atanh_inside(double correlation) {
  return std::clamp(std::atanh(std::clamp(correlation, -1.0, 1.0)), -kInside, kInside);
}

Arguments optimum_logs(const Moments& moments, const Optimum& optimum) {
  const Sym psi = from_unit(moments, optimum.psi);
  const double sigma = std::log(optimum.variance) / 2;
  Arguments logs = {log_sd(psi.s00, sigma, 1)};
  if (moments.slope) {
    const double product = std::sqrt(psi.s00 * psi.s11);
    logs.push_back(log_sd(psi.s11, sigma, moments.z_unit));
    logs.push_back(product > 0 ? atanh_inside(psi.s01 / product) : 0);
  }
  logs.push_back(sigma);
  return logs;
}

/// Applies the linear map from z as given to centred z in units of its SD.
void change_slope(const Moments& moments, std::array<double, 3>& elements) {
  const Sym unit = to_unit(moments, {elements[0], elements[1], elements[2]});
  elements = {unit.s00, unit.s01, unit.s11};
}

/// An element e^(c'φ) of Ψ.
void add_exponential(const std::array<double, 4>& c, double value, std::size_t element, PsiMap& map) {
  for (std::size_t k = 0; k < 4; ++k) {
    map.first[k][element] = c[k] * value;
    for (std::size_t l = 0; l < 4; ++l) map.second[k][l][element] = c[k] * c[l] * value;
  }
}

/// The element tanh(φ₂)·e^(φ₀ + φ₁ − 2φ₃), whose value without the hyperbolic tangent is `scale`.
void add_covariance(double atanh_correlation, double scale, PsiMap& map) {
  const double t = std::tanh(atanh_correlation);
  const double t_1 = 1 - t * t;
  const std::array<double, 4> c = {1, 1, 0, -2};
  map.psi.s01 = t * scale;
  add_exponential(c, t * scale, 1, map);
  map.first[2][1] = t_1 * scale;
  for (std::size_t k : {0, 1, 3}) map.second[k][2][1] = map.second[2][k][1] = c[k] * t_1 * scale;
  map.second[2][2][1] = -2 * t * t_1 * scale;
}

// ---------------------------------------------------------------- intraclass correlation

double intercept_deviance(const Moments& moments, double psi, Likelihood method) {
  const Parts parts = deviance_parts(moments, {psi, 0, 0}, method, Derivatives::none);
  return parts.logdet + residual_count(moments, method) * std::log(parts.w);
}

/// Halves [inside, outside] until the deviance's crossing of the target is known beyond rounding.
double crossing(const Moments& moments, Likelihood method, double inside, double outside, double target) {
  for (int step = 0; step < kMostSteps && std::abs(outside - inside) > kExact * std::max(outside, inside); ++step) {
    const double middle = inside + (outside - inside) / 2;
    (intercept_deviance(moments, middle, method) < target ? inside : outside) = middle;
  }
  return outside;
}

double upper_limit(const Moments& moments, Likelihood method, double psi, double target) {
  double outside = std::max(2 * psi, 1e-3);
  while (std::isfinite(outside) && intercept_deviance(moments, outside, method) < target) outside *= 2;
  return std::isfinite(outside) ? crossing(moments, method, psi, outside, target) : outside;
}

}  // namespace

PsiMap from_logs(const Moments& moments, const Arguments& logs) {
  PsiMap map;
  if (!moments.slope) {
    map.psi.s00 = std::exp(2 * (logs[0] - logs[1]));
    add_exponential({2, -2, 0, 0}, map.psi.s00, 0, map);
    return map;
  }
  map.psi.s00 = std::exp(2 * (logs[0] - logs[3]));
  map.psi.s11 = std::exp(2 * (logs[1] - logs[3]));
  add_exponential({2, 0, 0, -2}, map.psi.s00, 0, map);
  add_exponential({0, 2, 0, -2}, map.psi.s11, 2, map);
  add_covariance(logs[2], std::exp(logs[0] + logs[1] - 2 * logs[3]), map);
  map.psi = to_unit(moments, map.psi);
  for (std::size_t k = 0; k < 4; ++k) {
    change_slope(moments, map.first[k]);
    for (std::size_t l = 0; l < 4; ++l) change_slope(moments, map.second[k][l]);
  }
  return map;
}

void add_profile_intervals(const Moments& moments, const Optimum& optimum, const MixedOptions& options, MixedFit& fit) {
  const LogDeviance deviance(moments, options.method);
  const Curvature least = profiled(moments, from_theta(optimum.theta), optimum.theta.size(), options.method);
  const double m = residual_count(moments, options.method);
  const Search search{optimum_logs(moments, optimum), least.value + m - m * std::log(m),
                      normal_quantile(0.5 + options.level / 2)};
  VarianceComponents& components = fit.components;
  set_sd(deviance, search, 0, moments.unit, components.intercept);
  set_sd(deviance, search, search.optimum.size() - 1, moments.unit, components.residual);
  if (!moments.slope) return;
  set_sd(deviance, search, 1, moments.unit, components.slope);
  if (components.correlation.defined()) set_correlation(deviance, search, components.correlation);
}

void add_icc_interval(const Moments& moments, const Optimum& optimum, const MixedOptions& options, Estimate& icc) {
  const double wanted = normal_quantile(0.5 + options.level / 2);
  const double psi = optimum.psi.s00;
  const double target = intercept_deviance(moments, psi, options.method) + wanted * wanted;
  const bool reaches_zero = intercept_deviance(moments, 0, options.method) <= target;
  const double lo = reaches_zero ? 0 : crossing(moments, options.method, psi, 0, target);
  const double hi = upper_limit(moments, options.method, psi, target);
  icc.lo = lo / (1 + lo);
  icc.hi = std::isinf(hi) ? 1 : hi / (1 + hi);
}

}  // namespace kaskad::stats::mixed
