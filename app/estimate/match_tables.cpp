#include "app/estimate/match_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/stats/balance.hpp"
#include "engine/stats/effect_sizes.hpp"
#include "engine/stats/linear_model.hpp"

namespace kaskad::app {
namespace {

using stats::BaselineClass;

Number number(double value, Undefined reason = Undefined::no_data) {
  if (!std::isnan(value)) return {value, Undefined::none};
  return {kNaN, reason == Undefined::none ? Undefined::no_data : reason};
}

constexpr const char* kClasses[] = {"baseline_satisfied", "baseline_adjust", "baseline_not_met", "baseline_unknown"};

const char* class_word(double standardised) {
  return kClasses[static_cast<std::size_t>(stats::baseline_class(standardised))];
}

void add_balance(const stats::CovariateBalance& b, std::vector<ReportCell>& row) {
  row.insert(row.end(),
             {number(b.mean_treated, b.reason), number(b.mean_control, b.reason), number(b.standardised, b.reason),
              Number{b.variance_ratio, Undefined::none}, number(b.ecdf_max, b.reason)});
}

ReportTable balance_table(const MatchData& data, const char* name, const std::vector<double>& weights) {
  ReportTable table{
      name, {"covariate", "mean_treated", "mean_control", "standardised", "variance_ratio", "ecdf_max", "class"}, {}};
  for (const NamedCovariate& covariate : data.covariates) {
    const double sd = stats::balance_sd(covariate.values, data.treated);
    const auto balance = stats::covariate_balance(covariate.values, data.treated, weights, sd);
    std::vector<ReportCell> row = {covariate.name};
    add_balance(balance, row);
    row.push_back(Word{class_word(balance.standardised)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

ReportTable units_table(const MatchData& data, const stats::Matching& matching) {
  const auto treated = static_cast<std::int64_t>(std::count(data.treated.begin(), data.treated.end(), 1));
  const auto controls = static_cast<std::int64_t>(data.treated.size()) - treated;
  const auto matched_treated = static_cast<std::int64_t>(matching.treated_matched);
  const auto matched_controls = static_cast<std::int64_t>(matching.controls_matched);
  return {"match_units",
          {"which_units", "treated_n", "controls_n"},
          {{Word{"all_units"}, treated, controls},
           {Word{"matched_units"}, matched_treated, matched_controls},
           {Word{"effective_units"}, matched_treated, number(matching.effective_controls, matching.reason)},
           {Word{"unmatched_units"}, treated - matched_treated, controls - matched_controls}}};
}

void note_unmatched(const MatchData& data, const stats::Matching& matching, std::vector<Message>& notes) {
  constexpr std::size_t kNamed = 10;
  const std::vector<std::size_t>& rows = matching.unmatched_treated;
  if (rows.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(kNamed, rows.size()); ++i) names += (i == 0 ? "" : ", ") + data.ids[rows[i]];
  if (rows.size() > kNamed) names += ", …";
  notes.push_back({"treated-unmatched", {{"n", static_cast<std::int64_t>(rows.size())}, {"names", names}}});
}

/// A number for each treated unit and its controls; −1 for the unmatched.
std::vector<int> sets_of(const stats::Matching& matching) {
  std::vector<int> sets(matching.weights.size(), -1);
  for (const stats::MatchedPair& pair : matching.pairs) {
    sets[pair.treated] = static_cast<int>(pair.treated);
    sets[pair.control] = static_cast<int>(pair.treated);
  }
  return sets;
}

/// The matched rows as a regression of the outcome on the treatment.
stats::LinearData effect_data(const MatchData& data, const stats::Matching& matching, bool reused) {
  const std::vector<int> sets = sets_of(matching);
  const frame::Column* cluster = data.sample.has("cluster") ? &data.sample.of("cluster") : nullptr;
  stats::LinearData out;
  std::vector<double> treated;
  for (std::size_t i = 0; i < matching.weights.size(); ++i) {
    if (matching.weights[i] == 0) continue;
    out.outcome.push_back(data.sample.of("outcome").numbers[i]);
    out.weights.push_back(matching.weights[i]);
    treated.push_back(data.treated[i]);
    if (cluster != nullptr) out.clusters.push_back(cluster->codes[i]);
    if (cluster == nullptr && !reused) out.clusters.push_back(sets[i]);
  }
  out.intercept = true;
  out.design = stats::Matrix(treated.size(), 2, 1);
  std::copy(treated.begin(), treated.end(), out.design.column(1));
  return out;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

void tell_matching(const MatchData& data, const stats::Matching& matching, EstimateReport& report) {
  report.tables.push_back(units_table(data, matching));
  report.tables.push_back(balance_table(data, "balance_before", {}));
  if (matching.reason == Undefined::none)
    report.tables.push_back(balance_table(data, "balance_after", matching.weights));
  const auto figure = [&](const char* name, double value) {
    const Number n = number(matching.reason == Undefined::none ? value : kNaN, matching.reason);
    report.figures.push_back({name, n.value, n.reason});
  };
  figure("pairs", static_cast<double>(matching.pairs.size()));
  figure("controls_matched", static_cast<double>(matching.controls_matched));
  figure("effective_controls", matching.effective_controls);
  figure("total_distance", matching.total_distance);
  note_unmatched(data, matching, report.notes);
  if (!data.treated_means.empty()) report.notes.push_back({"counted-as-treated", {{"level", data.treated_means}}});
}

void tell_effect(const MatchData& data, const stats::Matching& matching, bool reused, double level,
                 EstimateReport& report) {
  if (!data.sample.has("outcome") || matching.reason != Undefined::none) return;
  const stats::LinearData model = effect_data(data, matching, reused);
  const auto kind = model.clusters.empty() ? stats::Covariance::HC2 : stats::Covariance::CR2;
  const stats::LinearFit fit = stats::least_squares(model, {kind, level});
  report.settings.push_back({"vcov", std::string(stats::covariance_name(kind))});
  if (!model.clusters.empty()) report.clusters = fit.clusters;
  if (fit.coefficients.size() < 2) return;
  const stats::LinearCoefficient& effect = fit.coefficients[1];
  EstimateRow row = row_of("ATT", effect.estimate);
  row.statistic = effect.statistic;
  if (effect.estimate.defined()) row.error_reason = effect.error_reason;
  report.coefficients.push_back(row);
  report.notes.push_back({"matching-taken-as-given", {}});
}

std::string pairs_csv(const MatchData& data, const stats::Matching& matching) {
  std::string out = "set,treated,control,distance,weight\n";
  std::map<std::size_t, std::size_t> sets;
  for (const stats::MatchedPair& pair : matching.pairs) {
    const std::size_t set = sets.emplace(pair.treated, sets.size() + 1).first->second;
    out += fmt::format("{},{},{},{},{}\n", set, quoted(data.ids[pair.treated]), quoted(data.ids[pair.control]),
                       pair.distance, matching.weights[pair.control]);
  }
  return out;
}

}  // namespace kaskad::app
