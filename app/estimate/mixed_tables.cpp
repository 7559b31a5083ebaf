#include "app/estimate/mixed_tables.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kaskad::app {
namespace {

Number number(double value) { return std::isnan(value) ? Number{kNaN, Undefined::no_data} : Number{value}; }
Number number(const Estimate& e) { return {e.value, e.reason}; }

Figure figure(const char* name, double value, Undefined reason) {
  if (reason != Undefined::none) return {name, kNaN, reason};
  return {name, value, std::isnan(value) ? Undefined::no_data : Undefined::none};
}

std::vector<Figure> figures_of(const stats::MixedFit& fit) {
  const auto of = [&fit](const char* name, double value) { return figure(name, value, fit.reason); };
  // With a random slope there is no interval of the ICC.
  const auto limit = [&](const char* name, double value) {
    return std::isnan(value) && fit.reason == Undefined::none ? Figure{name, kNaN, Undefined::no_method}
                                                              : of(name, value);
  };
  return {of("icc", fit.icc.value),
          limit("icc_lo", fit.icc.lo),
          limit("icc_hi", fit.icc.hi),
          of("r2_marginal", fit.shares.fixed),
          of("r2_conditional", fit.r2_conditional),
          of("share_fixed", fit.shares.fixed),
          of("share_groups", fit.shares.groups),
          of("share_residual", fit.shares.residual),
          of("parameters", fit.parameters),
          of("aic", fit.aic),
          of("bic", fit.bic)};
}

constexpr const char* kResidual = "Residual";
constexpr const char* kIntercept = "(Intercept)";

std::vector<VarianceRow> variance_rows(const stats::MixedFit& fit, const MixedNames& names) {
  const stats::VarianceComponents& c = fit.components;
  std::vector<VarianceRow> rows = {{names.group.name, kIntercept, c.intercept.value, {}}};
  if (!names.slope.empty()) rows.push_back({names.group.name, names.slope, c.slope.value, {c.correlation.value}});
  rows.push_back({kResidual, "", c.residual.value, {}});
  return rows;
}

std::vector<ReportCell> interval_row(const std::string& group, const ReportCell& term, const Estimate& e) {
  return {group, term, number(e), number(e.lo), number(e.hi)};
}

ReportTable intervals_table(const stats::MixedFit& fit, const MixedNames& names) {
  const stats::VarianceComponents& c = fit.components;
  ReportTable table{"variance_intervals", {"group", "term", "estimate", "lo", "hi"}, {}};
  table.rows.push_back(interval_row(names.group.name, Word{"sd_intercept"}, c.intercept));
  if (!names.slope.empty()) {
    table.rows.push_back(interval_row(names.group.name, Word{"sd_slope"}, c.slope));
    table.rows.push_back(interval_row(names.group.name, Word{"correlation"}, c.correlation));
  }
  table.rows.push_back(interval_row(kResidual, Word{"sd_residual"}, c.residual));
  return table;
}

void add_effect(const stats::GroupEffect& e, std::vector<ReportCell>& row) {
  for (double value : {e.value, e.se, e.lo, e.hi, e.comparative_se, e.diagnostic_se, e.shrinkage})
    row.push_back(number(value));
}

std::vector<ReportCell> test_row(const char* model, const char* method, const stats::LikelihoodRatio& test,
                                 double deviance) {
  const auto of = [&test](double value) {
    return test.reason == Undefined::none ? Number{value} : Number{kNaN, test.reason};
  };
  return {Word{model}, std::string(method), number(deviance), of(test.statistic), of(test.df), of(test.p)};
}

const char* method_name(stats::Likelihood method) { return method == stats::Likelihood::reml ? "REML" : "ML"; }

stats::MixedFit quick_fit(const stats::MixedData& data, stats::Likelihood method) {
  return stats::fit_mixed(data, {method, 0.95, false}).fit;
}

/// Only ML compares different fixed terms.
std::vector<ReportCell> without_terms(const stats::MixedData& data) {
  stats::MixedData small = data;
  small.x = stats::Matrix(data.x.rows, 1, 1);
  const stats::MixedFit less = quick_fit(small, stats::Likelihood::ml);
  const stats::MixedFit more = quick_fit(data, stats::Likelihood::ml);
  const auto test = stats::likelihood_ratio(less.deviance, less.parameters, more.deviance, more.parameters,
                                            stats::Nested::fixed_terms);
  return test_row("no_terms", method_name(stats::Likelihood::ml), test, less.deviance);
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string csv_cell(const ReportCell& cell) {
  if (const auto* word = std::get_if<Word>(&cell)) return word->key;
  if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *count);
  const double value = std::get<Number>(cell).value;
  return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

}  // namespace

EstimateReport mixed_report(const stats::MixedResult& result, const MixedNames& names) {
  const stats::MixedFit& fit = result.fit;
  EstimateReport report;
  report.n = fit.n;
  report.clusters = fit.groups;
  report.reason = fit.reason;
  report.settings = {{"df", "Satterthwaite"}};
  for (std::size_t j = 0; j < fit.terms.size(); ++j)
    report.coefficients.push_back(row_of(names.terms[j], fit.terms[j].estimate));
  report.variance_components = variance_rows(fit, names);
  report.figures = figures_of(fit);
  if (fit.reason != Undefined::none) return report;
  report.log_likelihood = fit.log_likelihood;
  report.deviance = fit.deviance;
  report.tables.push_back(intervals_table(fit, names));
  return report;
}

ReportTable effects_table(const stats::MixedResult& result, const MixedNames& names) {
  ReportTable table{
      "effects", {"group", "n", "effect", "se", "lo", "hi", "comparative_se", "diagnostic_se", "shrinkage"}, {}};
  if (!names.slope.empty()) {
    for (const char* column : {"slope", "slope_se", "slope_lo", "slope_hi", "slope_comparative_se",
                               "slope_diagnostic_se", "slope_shrinkage"})
      table.columns.emplace_back(column);
  }
  for (const stats::GroupEffects& effects : result.effects) {
    std::vector<ReportCell> row = {names.group.levels[static_cast<std::size_t>(effects.group)], effects.n};
    add_effect(effects.intercept, row);
    if (!names.slope.empty()) add_effect(effects.slope, row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

ReportTable comparison_table(const stats::MixedData& data, const stats::MixedFit& fit, const frame::Terms& terms) {
  ReportTable table{"comparison", {"model", "method", "deviance", "chi_squared", "df", "p"}, {}};
  if (terms.intercept && !terms.terms.empty()) table.rows.push_back(without_terms(data));
  stats::MixedData level = data;
  level.slope.clear();
  const stats::MixedFit intercept = quick_fit(level, fit.method);
  const stats::FixedOnly fixed = stats::fit_fixed_only(level, fit.method);
  const auto groups = stats::likelihood_ratio(fixed.deviance, fixed.parameters, intercept.deviance,
                                              intercept.parameters, stats::Nested::random_intercept);
  table.rows.push_back(test_row("no_groups", method_name(fit.method), groups, fixed.deviance));
  if (data.slope.empty()) return table;
  const auto slope = stats::likelihood_ratio(intercept.deviance, intercept.parameters, fit.deviance, fit.parameters,
                                             stats::Nested::random_slope);
  table.rows.push_back(test_row("no_slope", method_name(fit.method), slope, intercept.deviance));
  return table;
}

std::string table_csv(const ReportTable& table) {
  std::string out = fmt::format("{}\n", fmt::join(table.columns, ","));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + csv_cell(row[i]);
    out += '\n';
  }
  return out;
}

}  // namespace kaskad::app
