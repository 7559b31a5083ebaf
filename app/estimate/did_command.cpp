#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/estimate/did_tables.hpp"
#include "app/estimate/method.hpp"
#include "app/usage.hpp"
#include "engine/frame/model_matrix.hpp"
#include "engine/frame/terms.hpp"

namespace kaskad::app {
namespace {

template <class Value>
struct Named {
  const char* name;
  Value value;
};

constexpr Named<stats::DidMethod> kMethods[] = {
    {"dr", stats::DidMethod::dr}, {"reg", stats::DidMethod::reg}, {"ipw", stats::DidMethod::ipw}};
constexpr Named<stats::DidControls> kControls[] = {{"never", stats::DidControls::never},
                                                   {"notyet", stats::DidControls::not_yet}};
constexpr Named<stats::DidBase> kBases[] = {{"varying", stats::DidBase::varying},
                                            {"universal", stats::DidBase::universal}};
constexpr Named<stats::DidRows> kRows[] = {
    {"changes", stats::DidRows::changes}, {"units", stats::DidRows::units}, {"pooled", stats::DidRows::pooled}};
constexpr Named<stats::DidVariance> kVariances[] = {{"influence", stats::DidVariance::influence},
                                                    {"cohort", stats::DidVariance::cohort}};
constexpr Named<stats::Multipliers> kMultipliers[] = {{"rademacher", stats::Multipliers::rademacher},
                                                      {"mammen", stats::Multipliers::mammen},
                                                      {"normal", stats::Multipliers::normal}};
constexpr Named<stats::DidAverage> kAggregates[] = {{"simple", stats::DidAverage::simple},
                                                    {"event", stats::DidAverage::event},
                                                    {"cohort", stats::DidAverage::cohort},
                                                    {"calendar", stats::DidAverage::calendar}};
constexpr const char* kAll = "all";
constexpr std::int64_t kMostDraws = 1000000;

template <class Value, std::size_t N>
Value value_of(const Named<Value> (&table)[N], const std::string& name) {
  return std::find_if(table, table + N, [&name](const Named<Value>& row) { return name == row.name; })->value;
}

template <class Value, std::size_t N>
std::vector<std::string> names_of(const Named<Value> (&table)[N]) {
  std::vector<std::string> names;
  std::transform(table, table + N, std::back_inserter(names), [](const Named<Value>& row) { return row.name; });
  return names;
}

/// Units never treated have no date: an empty cell, infinity or 0. A row that has none is no row with a missing value.
frame::Frame with_never(const frame::Frame& data, const std::string& name) {
  frame::Frame copy = data;
  for (frame::Column& column : copy.columns) {
    if (column.name != name || column.categorical) continue;
    for (double& date : column.numbers) date = std::isfinite(date) ? date : 0;
  }
  return copy;
}

std::vector<double> dates_of(const frame::Column& column) {
  std::vector<double> dates = column.numbers;
  std::replace(dates.begin(), dates.end(), 0.0, stats::kNeverTreated);
  return dates;
}

std::vector<std::string> column_names(const frame::Frame& frame) {
  std::vector<std::string> names;
  for (const frame::Column& column : frame.columns) names.push_back(column.name);
  return names;
}

std::vector<std::int64_t> ids_of(const frame::Column& factor) { return {factor.codes.begin(), factor.codes.end()}; }

/// Covariates as columns of numbers; the constant is the method's own.
std::vector<std::vector<double>> covariates_of(const frame::Terms& terms, const frame::Sample& sample) {
  const frame::ModelMatrix matrix = frame::model_matrix(terms, sample, "covariate");
  std::vector<std::vector<double>> covariates;
  for (std::size_t j = 0; j < matrix.names.size(); ++j) {
    if (matrix.term_of[j] == matrix.terms.size()) continue;
    covariates.emplace_back(matrix.x.column(j), matrix.x.column(j) + matrix.x.rows);
  }
  return covariates;
}

class DidMethodCommand : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto words = [&texts](const char* key) { return texts.get(std::string("estimate_did.") + key); };
    app.add_option("--outcome", outcome_, texts.get("estimate_option.outcome"))->required();
    app.add_option("--unit", unit_, words("unit"))->required();
    app.add_option("--time", time_, words("time"))->required();
    app.add_option("--first-treated", first_treated_, words("first_treated"))->required();
    app.add_option("--covariates", covariates_, words("covariates"));
    app.add_option("--method", method_, words("method"))->check(one_of(names_of(kMethods), texts));
    app.add_option("--cluster", cluster_, texts.get("estimate_option.cluster"));
    app.add_option("--weights", weights_, words("weights"));
    app.add_option("--control-group", controls_, words("control_group"))->check(one_of(names_of(kControls), texts));
    app.add_option("--base", base_, words("base"))->check(one_of(names_of(kBases), texts));
    app.add_option("--rows", rows_, words("rows"))->check(one_of(names_of(kRows), texts));
    app.add_option("--variance", variance_, words("variance"))->check(one_of(names_of(kVariances), texts));
    app.add_option("--anticipation", anticipation_, words("anticipation"))->check(at_least(0, texts));
    app.add_flag("--balanced", balanced_, words("balanced"));
    add_reading_options(app, texts);
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    const auto terms = frame::parse_terms(covariates_, column_names(input.frame));
    if (!terms) return tl::unexpected<Error>(terms.error());
    const frame::Frame data = with_never(input.frame, first_treated_);
    const auto sample = frame::take(data, wanted(*terms));
    if (!sample) return tl::unexpected<Error>(sample.error());
    if (sample->rows() == 0) return nothing_estimated(*sample, Undefined::no_data);
    const stats::DidData rows = data_of(*sample, *terms);
    const stats::DidFit fit = stats::group_time_effects(rows, options(input.level));
    if (fit.study.defect != stats::DidDefect::none) return contradiction(*sample, fit.study);
    EstimateReport report = report_of(fit, input.level);
    report.left_out = sample->left_out;
    if (fit.reason == Undefined::none && sensitivity_applies(fit)) add_bounds(rows, input.level, report);
    return report;
  }

 private:
  void add_reading_options(CLI::App& app, const Texts& texts) {
    const auto words = [&texts](const char* key) { return texts.get(std::string("estimate_did.") + key); };
    std::vector<std::string> aggregates = names_of(kAggregates);
    aggregates.emplace_back(kAll);
    app.add_option("--aggregate", aggregate_, words("aggregate"))->check(one_of(aggregates, texts));
    app.add_option("--balance-event", balance_event_, words("balance_event"));
    app.add_option("--draws", draws_, words("draws"))->check(between(0, static_cast<double>(kMostDraws), texts));
    app.add_option("--seed", seed_, texts.get("estimate_option.seed"));
    app.add_option("--multipliers", multipliers_, words("multipliers"))->check(one_of(names_of(kMultipliers), texts));
    app.add_option("--sensitivity-event", sensitivity_event_, words("sensitivity_event"));
  }

  std::vector<frame::Wanted> wanted(const frame::Terms& terms) const {
    std::vector<frame::Wanted> out = {{"outcome", outcome_, frame::Need::number},
                                      {"unit", unit_, frame::Need::factor},
                                      {"time", time_, frame::Need::number},
                                      {"first_treated", first_treated_, frame::Need::number}};
    const std::vector<frame::Wanted> covariates = frame::wanted_of(terms, "covariate");
    out.insert(out.end(), covariates.begin(), covariates.end());
    if (!cluster_.empty()) out.push_back({"cluster", cluster_, frame::Need::factor});
    if (!weights_.empty()) out.push_back({"weights", weights_, frame::Need::number});
    return out;
  }

  stats::DidData data_of(const frame::Sample& sample, const frame::Terms& terms) const {
    stats::DidData data;
    data.outcome = sample.of("outcome").numbers;
    data.unit = ids_of(sample.of("unit"));
    data.time = sample.of("time").numbers;
    data.first_treated = dates_of(sample.of("first_treated"));
    if (sample.has("cluster")) data.cluster = ids_of(sample.of("cluster"));
    if (sample.has("weights")) data.weight = sample.of("weights").numbers;
    if (!covariates_.empty()) data.covariates = covariates_of(terms, sample);
    return data;
  }

  stats::DidOptions options(double level) const {
    stats::DidOptions options;
    options.controls = value_of(kControls, controls_);
    options.base = value_of(kBases, base_);
    options.method = value_of(kMethods, method_);
    options.rows = value_of(kRows, rows_);
    options.variance = value_of(kVariances, variance_);
    options.anticipation = anticipation_;
    options.balanced = balanced_;
    options.level = level;
    return options;
  }

  static tl::unexpected<Error> contradiction(const frame::Sample& sample, const stats::DidStudy& study) {
    const std::string& unit = sample.of("unit").levels[static_cast<std::size_t>(study.defect_unit)];
    const bool treatment = study.defect == stats::DidDefect::treatment_varies;
    return failure(treatment ? "did-treatment-varies" : "did-cluster-varies", {{"unit", unit}});
  }

  EstimateReport report_of(const stats::DidFit& fit, double level) const {
    EstimateReport report;
    report.n = fit.study.rows;
    report.clusters = static_cast<std::int64_t>(fit.study.clusters);
    report.reason = fit.reason;
    report.settings = {{"control_group", controls_}, {"base_period", base_}, {"rows", rows_}};
    add_notes(fit, report);
    if (fit.reason != Undefined::none) return report;
    const stats::TwoByTwo simple = stats::two_by_two(fit.study, level);
    if (covariates_.empty() && stats::is_two_by_two(fit.study) && simple.effect.reason != Undefined::no_method) {
      report.settings = {{"rows", rows_}, {"variance", "CR2"}};
      add_two_by_two(simple, report);
      return report;
    }
    add_staggered(fit, report);
    return report;
  }

  void add_staggered(const stats::DidFit& fit, EstimateReport& report) const {
    report.settings.push_back({"variance", variance_});
    if (!covariates_.empty()) report.settings.push_back({"method", method_});
    report.settings.push_back({"draws", std::to_string(draws_)});
    report.settings.push_back({"seed", std::to_string(seed_)});
    const stats::BandOptions band{draws_, seed_, value_of(kMultipliers, multipliers_), 1};
    stats::DidAverageOptions average;
    if (balance_event_) average.balance = *balance_event_;
    for (const auto& [name, kind] : kAggregates) {
      if (aggregate_ == kAll || aggregate_ == name) {
        add_average(fit, kind == stats::DidAverage::event ? average : stats::DidAverageOptions{}, kind, band, report);
      }
    }
    add_group_time(fit, report);
    add_pre_trend(fit, report);
  }

  /// Bounds are on effects against one reference period, without anticipation.
  bool sensitivity_applies(const stats::DidFit& fit) const {
    return anticipation_ == 0 && fit.study.periods.size() > 2 && (aggregate_ == kAll || aggregate_ == "event");
  }

  void add_bounds(const stats::DidData& rows, double level, EstimateReport& report) const {
    stats::DidOptions universal = options(level);
    universal.base = stats::DidBase::universal;
    add_sensitivity(stats::group_time_effects(rows, universal), sensitivity_event_, level, report);
  }

  std::string outcome_, unit_, time_, first_treated_, covariates_, cluster_, weights_;
  std::string method_ = "dr", controls_ = "never", base_ = "varying", rows_ = "changes", variance_ = "influence";
  std::string aggregate_ = kAll, multipliers_ = "rademacher";
  double anticipation_ = 0;
  bool balanced_ = false;
  std::optional<double> balance_event_, sensitivity_event_;
  std::int64_t draws_ = 1000;
  std::uint64_t seed_ = 1;
};

}  // namespace

std::unique_ptr<Method> make_did() { return std::make_unique<DidMethodCommand>(); }

}  // namespace kaskad::app
