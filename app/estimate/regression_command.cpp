#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <set>

#include "app/estimate/method.hpp"
#include "app/estimate/regression_options.hpp"
#include "app/estimate/restrictions.hpp"
#include "app/usage.hpp"

namespace kaskad::app {
namespace {

using stats::LinearFit;

constexpr double kFewDigits = 9;  ///< A coefficient with fewer right digits gets a note.
constexpr std::int64_t kFewClusters = 40;

EstimateRow row_of_term(const std::string& name, const stats::LinearCoefficient& coefficient) {
  EstimateRow row = row_of(name, coefficient.estimate);
  row.statistic = coefficient.statistic;
  if (coefficient.estimate.defined()) row.error_reason = coefficient.error_reason;
  return row;
}

Number number(double value, Undefined reason) {
  if (!std::isnan(value)) return {value, Undefined::none};
  return {kNaN, reason == Undefined::none ? Undefined::no_data : reason};
}

std::vector<Figure> figures_of(const LinearFit& fit, bool absorbed) {
  const auto figure = [&](const char* name, double value, Undefined reason) {
    const Number n = number(value, reason);
    return Figure{name, n.value, n.reason};
  };
  std::vector<Figure> out = {figure("r_squared", fit.r_squared, Undefined::no_variation),
                             figure("adjusted_r_squared", fit.adjusted_r_squared, Undefined::no_variation)};
  if (absorbed) out.push_back(figure("within_r_squared", fit.within_r_squared, Undefined::no_variation));
  out.push_back(figure("residual_sd", fit.sigma, Undefined::too_few));
  out.push_back(figure("residual_df", fit.residual_df, Undefined::too_few));
  out.push_back(figure("residual_squares", fit.residual_squares, Undefined::too_few));
  out.push_back(figure("model_squares", fit.model_squares, Undefined::too_few));
  out.push_back(figure("f", fit.regression.statistic, fit.regression.reason));
  out.push_back(figure("df1", fit.regression.df1, fit.regression.reason));
  out.push_back(figure("df2", fit.regression.df2, fit.regression.reason));
  out.push_back(figure("p", fit.regression.p, fit.regression.reason));
  return out;
}

/// Terms that could not be estimated, in one note.
void note_singular(const LinearFit& fit, const frame::ModelMatrix& matrix, std::vector<Message>& notes) {
  std::string names;
  std::int64_t n = 0;
  for (std::size_t i = 0; i < fit.coefficients.size(); ++i) {
    if (fit.coefficients[i].estimate.reason != Undefined::singular) continue;
    names += (names.empty() ? "" : ", ") + matrix.names[i];
    ++n;
  }
  if (n > 0) notes.push_back({"collinear-terms", {{"n", n}, {"terms", names}}});
}

/// Coefficients of which double precision gives few digits, in one note with the fewest.
void note_digits(const LinearFit& fit, const frame::ModelMatrix& matrix, std::vector<Message>& notes) {
  std::string names;
  double fewest = kFewDigits;
  for (std::size_t i = 0; i < fit.coefficients.size(); ++i) {
    const stats::LinearCoefficient& c = fit.coefficients[i];
    if (!c.estimate.defined() || !(c.digits < kFewDigits)) continue;
    names += (names.empty() ? "" : ", ") + matrix.names[i];
    fewest = std::min(fewest, c.digits);
  }
  if (!names.empty())
    notes.push_back({"few-digits", {{"terms", names}, {"digits", static_cast<std::int64_t>(std::floor(fewest))}}});
}

void note_clusters(const LinearFit& fit, stats::Covariance kind, std::vector<Message>& notes) {
  const bool corrected = kind == stats::Covariance::CR2 || kind == stats::Covariance::CR3;
  if (stats::is_clustered(kind) && !corrected && fit.clusters < kFewClusters)
    notes.push_back({"few-clusters", {{"n", fit.clusters}, {"vcov", std::string(stats::covariance_name(kind))}}});
}

Expected<ReportTable> wald_table(const LinearFit& fit, const frame::ModelMatrix& matrix, stats::Covariance kind,
                                 const std::vector<std::string>& hypotheses) {
  const bool corrected = kind == stats::Covariance::CR2 || kind == stats::Covariance::CR3;
  ReportTable table{"wald", {"hypothesis", "test", "statistic", "df1", "df2", "p"}, {}};
  for (const std::string& hypothesis : hypotheses) {
    const auto restrictions = parse_restrictions(hypothesis, matrix);
    if (!restrictions) return tl::unexpected<Error>(restrictions.error());
    const auto test = stats::wald_test(fit, restrictions->matrix, restrictions->values,
                                       corrected ? stats::WaldKind::htz : stats::WaldKind::fisher);
    table.rows.push_back({hypothesis, Word{corrected ? "htz" : "fisher"}, number(test.statistic, test.reason),
                          number(test.df1, test.reason), number(test.df2, test.reason), number(test.p, test.reason)});
  }
  return table;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::int64_t levels_in(const std::vector<int>& ids) {
  return static_cast<std::int64_t>(std::set<int>(ids.begin(), ids.end()).size());
}

void note_kinds(const stats::LinearData& data, const std::vector<std::string>& names, std::vector<Message>& notes) {
  if (names.size() < 2) return;
  notes.push_back(
      {"two-kinds-of-clusters",
       {{"a", names[0]}, {"n_a", levels_in(data.clusters)}, {"b", names[1]}, {"n_b", levels_in(data.other_clusters)}}});
}

class RegressionMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto text = [&](const char* key) { return texts.get(std::string("estimate_regression.") + key); };
    app.add_option("--outcome", options_.outcome, texts.get("estimate_option.outcome"))->required();
    app.add_option("--terms", options_.terms, text("terms"));
    app.add_option("--absorb", options_.absorb, text("absorb"))->delimiter(',')->allow_extra_args(false);
    CLI::Option* weights = app.add_option("--weights", options_.weights, text("weights"));
    app.add_flag("--means", options_.means, text("means"))->needs(weights);
    app.add_option("--cluster", options_.cluster, text("cluster"))->delimiter(',')->allow_extra_args(false);
    app.add_option("--vcov", options_.vcov, text("vcov"));
    app.add_flag("--no-intercept", options_.no_intercept, text("no_intercept"));
    app.add_option("--test", options_.hypotheses, text("test"))->allow_extra_args(false);
    app.add_option("--wild", options_.wild, text("wild"))->check(between(99, 9999999, texts));
    app.add_option("--wild-weights", options_.wild_weights, text("wild_weights"))
        ->check(one_of({"rademacher", "webb"}, texts));
    app.add_option("--seed", options_.seed, texts.get("estimate_option.seed"));
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    const auto kind = covariance_asked(options_);
    if (!kind) return tl::unexpected<Error>(kind.error());
    if (options_.wild > 0 && options_.cluster.empty()) return failure("asked-wild-cluster", {}, "--wild");
    if (options_.wild > 0 && options_.cluster.size() > 1) return failure("asked-wild-two-kinds", {}, "--wild");
    const auto model = regression_model(input.frame, options_);
    if (!model) return tl::unexpected<Error>(model.error());
    const LinearFit fit = stats::least_squares(model->data, {*kind, input.level});
    EstimateReport report;
    report.n = fit.n;
    if (!options_.cluster.empty()) report.clusters = fit.clusters;
    report.left_out = model->sample.left_out;
    report.settings = settings(*kind);
    report.reason = fit.reason;
    note_weights(*model, report.notes);
    if (fit.reason != Undefined::none) return report;
    if (const auto told = fill(report, fit, *model, *kind, input.level); !told)
      return tl::unexpected<Error>(told.error());
    return report;
  }

 private:
  std::vector<Setting> settings(stats::Covariance kind) const {
    std::vector<Setting> out = {{"outcome", options_.outcome}, {"vcov", std::string(stats::covariance_name(kind))}};
    if (!options_.absorb.empty()) out.push_back({"absorbed", joined(options_.absorb)});
    if (!options_.weights.empty()) out.push_back({"weights", options_.weights});
    if (!options_.cluster.empty()) out.push_back({"cluster", joined(options_.cluster)});
    return out;
  }

  /// Why a fit without rows has none, where the weights are to blame.
  void note_weights(const RegressionModel& model, std::vector<Message>& notes) const {
    const auto& weights = model.data.weights;
    if (weights.empty()) return;
    const std::int64_t negative = std::count_if(weights.begin(), weights.end(), [](double w) { return w < 0; });
    const std::int64_t zero = std::count(weights.begin(), weights.end(), 0.0);
    if (negative > 0) notes.push_back({"negative-weights", {{"n", negative}, {"column", options_.weights}}});
    if (zero > 0) notes.push_back({"zero-weights", {{"n", zero}, {"column", options_.weights}}});
  }

  Expected<void> fill(EstimateReport& report, const LinearFit& fit, const RegressionModel& model,
                      stats::Covariance kind, double level) const {
    for (std::size_t i = 0; i < fit.coefficients.size(); ++i)
      report.coefficients.push_back(row_of_term(model.matrix.names[i], fit.coefficients[i]));
    report.figures = figures_of(fit, !options_.absorb.empty());
    if (!std::isnan(fit.log_likelihood)) report.log_likelihood = fit.log_likelihood;
    note_singular(fit, model.matrix, report.notes);
    note_digits(fit, model.matrix, report.notes);
    note_clusters(fit, kind, report.notes);
    note_kinds(model.data, options_.cluster, report.notes);
    if (!options_.hypotheses.empty()) {
      auto tests = wald_table(fit, model.matrix, kind, options_.hypotheses);
      if (!tests) return tl::unexpected<Error>(tests.error());
      report.tables.push_back(std::move(*tests));
    }
    if (options_.wild > 0) report.tables.push_back(wild_table(fit, model.matrix, level));
    return {};
  }

  ReportTable wild_table(const LinearFit& fit, const frame::ModelMatrix& matrix, double level) const {
    ReportTable table{"wild_bootstrap", {"term", "statistic_t", "p", "lo", "hi", "draws", "signs"}, {}};
    const stats::WildOptions wild{
        options_.wild_weights == "webb" ? stats::WildWeights::webb : stats::WildWeights::rademacher, options_.wild,
        options_.seed, level, true};
    for (std::size_t i = 0; i < matrix.names.size(); ++i) {
      if (matrix.term_of[i] == matrix.terms.size() && matrix.names.size() > 1) continue;  // the intercept
      const auto test = stats::wild_bootstrap(fit, i, 0, wild);
      table.rows.push_back({matrix.names[i], number(test.statistic, test.reason), number(test.p, test.reason),
                            number(test.lo, test.reason), number(test.hi, test.reason), test.draws,
                            Word{test.enumerated ? "all_signs" : "random_signs"}});
    }
    return table;
  }

  RegressionOptions options_;
};

}  // namespace

std::unique_ptr<Method> make_regression() { return std::make_unique<RegressionMethod>(); }

}  // namespace kaskad::app
