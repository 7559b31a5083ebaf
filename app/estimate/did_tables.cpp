#include "app/estimate/did_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace kaskad::app {
namespace {

Number number(double value, Undefined reason = Undefined::no_data) {
  return std::isnan(value) ? Number{kNaN, reason == Undefined::none ? Undefined::no_data : reason} : Number{value};
}

/// An error is missing because there is no scatter, or because the effect rests on one cluster.
EstimateRow statistic_row(std::string term, const stats::DidStatistic& statistic, bool reference) {
  EstimateRow row = row_of(std::move(term), statistic.estimate);
  if (!statistic.estimate.defined() || statistic.estimate.se > 0) return row;
  row.error_reason =
      reference ? Undefined::no_method : (statistic.lone ? Undefined::too_few_clusters : Undefined::no_variation);
  return row;
}

struct AverageRow {
  stats::DidAverage kind;
  const char* overall;
  const char* point;  ///< Before the number.
  const char* critical;
};
constexpr AverageRow kAverages[] = {{stats::DidAverage::simple, "ATT", "", ""},
                                    {stats::DidAverage::event, "ATT(event)", "event", "critical_event"},
                                    {stats::DidAverage::cohort, "ATT(cohort)", "cohort", "critical_cohort"},
                                    {stats::DidAverage::calendar, "ATT(calendar)", "time", "critical_calendar"}};

const AverageRow& row_for(stats::DidAverage kind) {
  return *std::find_if(std::begin(kAverages), std::end(kAverages),
                       [kind](const AverageRow& r) { return r.kind == kind; });
}

std::string term_of(const AverageRow& row, double at) { return fmt::format("{}={}", row.point, at); }

ReportTable& table_named(EstimateReport& report, const char* name, const std::vector<std::string>& columns) {
  for (ReportTable& table : report.tables) {
    if (table.name == name) return table;
  }
  report.tables.push_back({name, columns, {}});
  return report.tables.back();
}

void add_bands(const stats::DidSeries& series, const AverageRow& row, EstimateReport& report) {
  ReportTable& table = table_named(report, "uniform_bands", {"term", "estimate", "se", "lo", "hi"});
  for (const stats::DidPoint& p : series.points) {
    const Estimate& e = p.effect.estimate;
    table.rows.push_back({term_of(row, p.at), number(e.value, e.reason), number(e.se, Undefined::too_few_clusters),
                          number(p.lo, Undefined::too_few_clusters), number(p.hi, Undefined::too_few_clusters)});
  }
}

void add_lone_note(const stats::DidSeries& series, EstimateReport& report) {
  for (double cohort : series.lone_cohorts) {
    const Message note{"did-lone-cohort", {{"cohort", fmt::format("{}", cohort)}}};
    if (std::find(report.notes.begin(), report.notes.end(), note) == report.notes.end()) report.notes.push_back(note);
  }
  if (series.overall.effect.lone) report.notes.push_back({"did-one-unit", {}});
}

void add_count_note(const char* code, std::int64_t n, EstimateReport& report) {
  if (n > 0) report.notes.push_back({code, {{"n", n}}});
}

/// The reason why there is nothing, in words of its own.
const char* nothing_note(const stats::DidStudy& study, const stats::DidFit& fit) {
  if (study.units.empty()) return "did-no-units";
  if (study.periods.size() < 2) return "did-one-period";
  if (study.cohorts.empty()) return "did-nobody-treated";
  if (fit.reason == Undefined::no_data) return "did-no-controls";
  return fit.reason == Undefined::no_variation ? "did-constant-outcome" : "did-one-cluster";
}

}  // namespace

void add_group_time(const stats::DidFit& fit, EstimateReport& report) {
  ReportTable table{
      "group_time",
      {"cohort", "period", "base_period", "treated_units", "control_units", "treated_clusters", "control_clusters"},
      {}};
  for (const stats::GroupTimeEffect& e : fit.effects) {
    report.coefficients.push_back(statistic_row(fmt::format("ATT(g={},t={})", e.group, e.time), e.effect, e.reference));
    table.rows.push_back({Number{e.group}, Number{e.time}, number(e.base), e.treated_units, e.control_units,
                          e.treated_clusters, e.control_clusters});
  }
  report.tables.push_back(std::move(table));
}

void add_average(const stats::DidFit& fit, const stats::DidAverageOptions& options, stats::DidAverage kind,
                 const stats::BandOptions& band, EstimateReport& report) {
  const AverageRow& row = row_for(kind);
  stats::DidSeries series = stats::average_effects(fit, kind, options);
  report.coefficients.push_back(statistic_row(row.overall, series.overall.effect, false));
  add_lone_note(series, report);
  if (kind == stats::DidAverage::simple) return;
  const stats::Band critical = stats::add_uniform_band(fit, series, band);
  for (const stats::DidPoint& p : series.points) {
    const Estimate& e = p.effect.estimate;
    const bool reference = kind == stats::DidAverage::event && e.value == 0 && std::isnan(e.se);
    report.coefficients.push_back(statistic_row(term_of(row, p.at), p.effect, reference));
  }
  report.figures.push_back({row.critical, critical.critical, critical.reason});
  if (critical.reason == Undefined::none) add_bands(series, row, report);
}

void add_pre_trend(const stats::DidFit& fit, EstimateReport& report) {
  const stats::PreTrend test = stats::pre_trend(fit);
  const auto add = [&](const char* name, double value, Undefined reason) {
    report.figures.push_back({name, value, std::isnan(value) ? reason : Undefined::none});
  };
  const bool none = test.reason != Undefined::none;
  const Undefined reason = none ? test.reason : Undefined::too_few_clusters;
  add("pre_trend_w", test.statistic, reason);
  add("pre_trend_df", none ? kNaN : static_cast<double>(test.rank), reason);
  add("pre_trend_p", test.p, reason);
  add("pre_trend_f", test.f, reason);
  add("pre_trend_f_df", test.f_df, reason);
  add("pre_trend_f_p", test.f_p, reason);
}

void add_two_by_two(const stats::TwoByTwo& result, EstimateReport& report) {
  report.coefficients.push_back(row_of("ATT", result.effect));
  report.clusters = result.effect.clusters;
  ReportTable table{"did_means", {"group", "period", "mean", "n", "units"}, {}};
  for (const stats::DidGroupMean& m : result.means) {
    table.rows.push_back(
        {Word{m.treated ? "did_treated" : "did_control"}, Number{m.time}, number(m.mean), m.rows, m.units});
  }
  report.tables.push_back(std::move(table));
  report.notes.push_back({"did-two-by-two", {}});
}

void add_notes(const stats::DidFit& fit, EstimateReport& report) {
  const stats::DidStudy& study = fit.study;
  if (fit.reason != Undefined::none) report.notes.push_back({nothing_note(study, fit), {}});
  add_count_note("did-treated-at-start", study.units_treated_at_start, report);
  add_count_note("did-treated-later", study.units_treated_later, report);
  add_count_note(fit.options.balanced ? "did-unbalanced-left-out" : "did-unbalanced", study.units_unbalanced, report);
  add_count_note("did-without-weight", study.rows_without_weight, report);
  const auto undefined_effects =
      std::count_if(fit.effects.begin(), fit.effects.end(), [](const auto& e) { return !e.effect.estimate.defined(); });
  add_count_note("did-undefined-effects", undefined_effects, report);
}

}  // namespace kaskad::app
