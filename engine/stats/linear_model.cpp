#include "engine/stats/linear_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/stats/decomposition.hpp"
#include "engine/stats/linear_solution.hpp"
#include "engine/stats/sandwich.hpp"

namespace kaskad::stats {

namespace {

using linear::Decomposition;
using linear::Rows;
using linear::Solution;

constexpr std::array<std::string_view, 10> kNames = {"classic", "HC0", "HC1",  "HC2", "HC3",
                                                     "CR0",     "CR1", "CR1S", "CR2", "CR3"};
/// A coefficient with fewer right digits is not printed.
constexpr double kLeastDigits = 3;

// ---------------------------------------------------------------- the rows

bool finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

bool sizes_match(const LinearData& data) {
  const std::size_t n = data.outcome.size();
  const auto fits = [n](const auto& values) { return values.empty() || values.size() == n; };
  return data.design.rows == n && data.design.values.size() == n * data.design.columns && fits(data.weights) &&
         fits(data.clusters) && fits(data.other_clusters) && (data.other_clusters.empty() || !data.clusters.empty()) &&
         std::all_of(data.absorbed.begin(), data.absorbed.end(), [n](const auto& ids) { return ids.size() == n; });
}

/// Column 0 holds what `intercept` says of it.
bool has_ones(const LinearData& data) {
  const double* column = data.design.column(0);
  return data.design.columns > 0 && std::all_of(column, column + data.design.rows, [](double x) { return x == 1; });
}

bool usable(const LinearData& data) {
  const auto negative = [](double w) { return w < 0; };
  return sizes_match(data) && finite(data.outcome) && finite(data.design.values) && finite(data.weights) &&
         std::none_of(data.weights.begin(), data.weights.end(), negative) && (!data.intercept || has_ones(data));
}

template <class T>
std::vector<T> chosen(const T* values, const std::vector<std::size_t>& rows) {
  std::vector<T> out;
  out.reserve(rows.size());
  for (const std::size_t row : rows) out.push_back(values[row]);
  return out;
}

Rows rows_of(const LinearData& data) {
  Rows rows;
  for (std::size_t i = 0; i < data.outcome.size(); ++i) {
    if (data.weights.empty() || data.weights[i] > 0) rows.source.push_back(i);
  }
  rows.outcome = chosen(data.outcome.data(), rows.source);
  rows.design = Matrix(rows.source.size(), 0);
  rows.design.columns = data.design.columns;
  for (std::size_t j = 0; j < data.design.columns; ++j) {
    const std::vector<double> column = chosen(data.design.column(j), rows.source);
    rows.design.values.insert(rows.design.values.end(), column.begin(), column.end());
  }
  rows.weights =
      data.weights.empty() ? std::vector<double>(rows.size(), 1.0) : chosen(data.weights.data(), rows.source);
  const auto other = [&rows](double w) { return w != rows.weights.front(); };
  rows.weighted = !data.means && std::any_of(rows.weights.begin(), rows.weights.end(), other);
  rows.intercept = data.intercept && data.absorbed.empty();
  for (const auto& ids : data.absorbed) rows.absorbed.push_back(linear::partition_of(ids, rows.source));
  std::stable_sort(rows.absorbed.begin(), rows.absorbed.end(),
                   [](const auto& a, const auto& b) { return a.levels > b.levels; });
  if (!data.clusters.empty()) rows.clusters = linear::partition_of(data.clusters, rows.source);
  if (!data.other_clusters.empty()) rows.other_clusters = linear::partition_of(data.other_clusters, rows.source);
  if (!data.other_clusters.empty() && rows.other_clusters.levels < rows.clusters.levels)
    std::swap(rows.clusters, rows.other_clusters);
  return rows;
}

// ---------------------------------------------------------------- the figures of the fit

FisherTest regression_test(const LinearFit& fit, bool exact, double free) {
  FisherTest test;
  test.df1 = static_cast<double>(fit.rank) - free;
  test.df2 = fit.residual_df;
  test.reason = !(test.df1 > 0)   ? Undefined::singular
                : !(test.df2 > 0) ? Undefined::too_few
                : exact           ? Undefined::no_variation
                                  : Undefined::none;
  if (test.reason != Undefined::none) return FisherTest{kNaN, kNaN, kNaN, kNaN, test.reason};
  test.statistic = fit.model_squares / test.df1 / (fit.residual_squares / fit.residual_df);
  test.p = fisher_upper_p(test.statistic, test.df1, test.df2);
  return test;
}

/// R's logLik.lm: ½(Σ ln w − N(ln 2π + 1 − ln N + ln Σw e²)).
double log_likelihood(const Rows& rows, double residual_squares) {
  constexpr double kLogTwoPi = 1.8378770664093454836;
  const double n = static_cast<double>(rows.size());
  const double weights = std::accumulate(rows.weights.begin(), rows.weights.end(), 0.0,
                                         [](double sum, double w) { return sum + std::log(w); });
  return (weights - n * (kLogTwoPi + 1 - std::log(n) + std::log(residual_squares))) / 2;
}

void describe(const Solution& solution, LinearFit& fit) {
  const Decomposition& model = solution.model;
  const bool centred = solution.rows.intercept || !solution.rows.absorbed.empty();
  const double free = centred ? 1 : 0;
  const double total = model.model_squares + model.residual_squares;
  fit.rank = model.rank;
  fit.absorbed_rank = model.absorbed_rank;
  fit.residual_df = solution.residual_df;
  fit.residual_squares = model.residual_squares;
  fit.model_squares = model.model_squares;
  if (fit.residual_df > 0) fit.sigma = std::sqrt(solution.sigma_squared);
  if (total > 0) {
    fit.r_squared = model.model_squares / total;
    if (fit.residual_df > 0) {
      fit.adjusted_r_squared =
          1 - (model.residual_squares / total) * (static_cast<double>(fit.n) - free) / fit.residual_df;
    }
  }
  const double within = model.within_squares + model.residual_squares;
  if (!solution.rows.absorbed.empty() && within > 0) fit.within_r_squared = model.within_squares / within;
  fit.regression = regression_test(fit, model.exact, free);
  if (!model.exact) fit.log_likelihood = log_likelihood(solution.rows, model.residual_squares);
}

std::vector<double> residuals_of(const LinearData& data, const Solution& solution) {
  std::vector<double> residuals(data.outcome.size(), kNaN);
  for (std::size_t i = 0; i < solution.rows.size(); ++i) {
    residuals[solution.rows.source[i]] = solution.model.residuals[i] / std::sqrt(solution.rows.weights[i]);
  }
  return residuals;
}

// ---------------------------------------------------------------- coefficients

LinearCoefficient undefined_coefficient(const LinearFit& fit, Undefined reason) {
  LinearCoefficient c;
  c.estimate = undefined(reason, fit.n);
  c.estimate.clusters = fit.clusters;
  c.error_reason = reason;
  return c;
}

void add_error(double variance, double df, double level, LinearCoefficient& c) {
  Estimate& e = c.estimate;
  e.se = std::sqrt(variance);
  e.df = df;
  const double t = student_quantile(0.5 + level / 2, df);
  e.lo = e.value - t * e.se;
  e.hi = e.value + t * e.se;
  c.statistic = e.value / e.se;
  e.p = student_two_sided_p(c.statistic, df);
}

LinearCoefficient coefficient(const Solution& solution, const linear::Errors& errors, std::size_t j,
                              const LinearFit& fit) {
  const Decomposition& model = solution.model;
  if (!model.kept[j]) return undefined_coefficient(fit, Undefined::singular);
  if (model.digits[j] < kLeastDigits) return undefined_coefficient(fit, Undefined::inaccurate);
  LinearCoefficient c;
  c.estimate = exactly(model.values[j], fit.n);
  c.estimate.clusters = fit.clusters;
  c.digits = model.digits[j];
  c.error_reason = errors.reasons[j];
  if (c.error_reason == Undefined::none && !(errors.variance(j, j) > 0)) c.error_reason = Undefined::no_variation;
  if (c.error_reason == Undefined::none) add_error(errors.variance(j, j), errors.df[j], solution.options.level, c);
  return c;
}

void add_coefficients(const Solution& solution, LinearFit& fit) {
  const linear::Errors errors = linear::errors_of(solution, solution.model.contrasts);
  const std::size_t k = solution.model.kept.size();
  for (std::size_t j = 0; j < k; ++j) fit.coefficients.push_back(coefficient(solution, errors, j, fit));
  fit.covariance = Matrix(k, k, kNaN);
  const auto has_error = [&fit](std::size_t j) { return fit.coefficients[j].error_reason == Undefined::none; };
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = 0; b < k; ++b) {
      if (has_error(a) && has_error(b)) fit.covariance(a, b) = errors.variance(a, b);
    }
  }
}

LinearFit without_coefficients(LinearFit fit, std::size_t columns, Undefined reason) {
  fit.reason = reason;
  fit.coefficients.assign(columns, undefined_coefficient(fit, reason));
  fit.covariance = Matrix(columns, columns, kNaN);
  fit.regression.reason = reason;
  return fit;
}

}  // namespace

std::string_view covariance_name(Covariance kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<Covariance> covariance_of(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Covariance>(found - kNames.begin());
}

bool is_clustered(Covariance kind) { return kind >= Covariance::CR0; }

LinearFit least_squares(const LinearData& data, const LinearOptions& options) {
  const std::size_t columns = data.design.columns;
  LinearFit fit;
  if (!usable(data)) return without_coefficients(fit, columns, Undefined::no_data);
  auto solution = std::make_shared<Solution>();
  solution->rows = rows_of(data);
  solution->options = options;
  fit.n = static_cast<std::int64_t>(solution->rows.size());
  fit.clusters = static_cast<std::int64_t>(solution->rows.clusters.levels);
  if (fit.n == 0) return without_coefficients(fit, columns, Undefined::no_data);
  if (is_clustered(options.covariance) && fit.clusters < 2) {
    return without_coefficients(fit, columns, Undefined::too_few_clusters);
  }
  std::optional<Decomposition> model = linear::decompose(solution->rows);
  if (!model) return without_coefficients(fit, columns, Undefined::no_convergence);
  solution->model = std::move(*model);
  solution->residual_df = static_cast<double>(fit.n - solution->model.rank);
  solution->sigma_squared = solution->model.residual_squares / solution->residual_df;
  describe(*solution, fit);
  fit.residuals = residuals_of(data, *solution);
  add_coefficients(*solution, fit);
  fit.solution = std::move(solution);
  return fit;
}

}  // namespace kaskad::stats
