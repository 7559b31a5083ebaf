#include <cmath>

#include "app/estimate/two_groups_results.hpp"
#include "engine/stats/effect_sizes.hpp"

namespace kaskad::app {
namespace {

/// A number that may be missing, with the reason why.
Number number(double value, Undefined reason = Undefined::no_data) {
  if (!std::isnan(value)) return {value, Undefined::none};
  return {kNaN, reason == Undefined::none ? Undefined::no_data : reason};
}

/// A number that a method does not give, or the reason of the whole estimate.
Number part(double value, const Estimate& of) { return {value, of.defined() ? Undefined::none : of.reason}; }

Figure figure(const char* name, const Number& n) { return {name, n.value, n.reason}; }

Number sd_of(const stats::Sample& s) { return number(std::sqrt(s.variance), Undefined::too_few); }

Number se_of(const stats::Sample& s) {
  return number(std::sqrt(s.variance / static_cast<double>(s.n)), Undefined::too_few);
}

std::vector<ReportCell> group_row(const OneGroup& group, const stats::Sample& s, std::int64_t clusters,
                                  bool clustered) {
  std::vector<ReportCell> row = {
      group.label, s.n, group.missing, number(s.mean), sd_of(s), se_of(s), number(stats::median(group.values))};
  if (clustered) row.emplace_back(clusters);
  return row;
}

ReportTable groups_table(const TwoGroupsData& data, const TwoGroupsResults& r, bool clustered) {
  ReportTable table{"groups", {"group", "n", "missing", "mean", "sd", "se", "median"}, {}};
  if (clustered) table.columns.emplace_back("clusters");
  table.rows.push_back(group_row(data.treated, r.treated, r.treated_clusters, clustered));
  table.rows.push_back(group_row(data.control, r.control, r.control_clusters, clustered));
  return table;
}

void add_difference(ReportTable& table, const char* name, const Estimate& e) {
  table.rows.push_back({Word{name}, number(e.value, e.reason), part(e.se, e), part(e.df, e), part(e.value / e.se, e),
                        part(e.p, e), part(e.lo, e), part(e.hi, e)});
}

ReportTable differences_table(const TwoGroupsResults& r, bool clustered) {
  ReportTable table{"differences", {"method", "difference", "se", "df", "statistic_t", "p", "lo", "hi"}, {}};
  if (clustered) {
    add_difference(table, "cr2", r.difference);
    add_difference(table, "cluster_means", r.by_cluster_means);
  }
  add_difference(table, "welch_t", r.welch);
  add_difference(table, "student_t", r.student);
  return table;
}

ReportTable tests_table(const TwoGroupsResults& r, bool clustered) {
  ReportTable table{"group_tests", {"test", "value", "statistic_z", "p", "way"}, {}};
  const stats::MannWhitney& mw = r.ranks;
  const Number z = mw.exact || mw.reason == Undefined::none ? Number{mw.z, Undefined::none} : number(mw.z, mw.reason);
  table.rows.push_back({Word{"mann_whitney"}, number(mw.u, mw.reason), z, number(mw.p, mw.reason),
                        Word{mw.exact ? "exact" : "approximate"}});
  const Estimate& bm = r.superiority;
  table.rows.push_back({Word{"brunner_munzel"}, number(bm.value, bm.reason), part((bm.value - 0.5) / bm.se, bm),
                        number(bm.p, bm.reason), Word{"approximate"}});
  const stats::PermutationTest& test = r.permutation;
  if (test.assignments == 0 && test.reason == Undefined::no_data) return table;
  table.rows.push_back({Word{clustered ? "cluster_permutation" : "permutation"}, number(test.difference, test.reason),
                        Number{}, number(test.p, test.reason), Word{test.exact ? "exact" : "drawn"}});
  return table;
}

void add_size(ReportTable& table, const char* name, const char* sd_name, const Number& sd, const Estimate& e) {
  table.rows.push_back(
      {Word{name}, Word{sd_name}, sd, number(e.value, e.reason), part(e.se, e), part(e.lo, e), part(e.hi, e)});
}

ReportTable sizes_table(const TwoGroupsData& data, const TwoGroupsResults& r) {
  ReportTable table{"sizes", {"effect_size", "divided_by", "sd", "value", "se", "lo", "hi"}, {}};
  const Number pooled = number(r.pooled_sd, r.hedges.reason), control = number(r.control_sd, r.glass.reason);
  add_size(table, "hedges", "pooled_sd", pooled, r.hedges);
  add_size(table, "cohen", "pooled_sd", pooled, r.cohen);
  add_size(table, "glass", "control_sd", control, r.glass);
  add_size(table, "cliff", "no_sd", {}, r.cliff);
  add_size(table, "superiority", "no_sd", {}, r.superiority);
  add_size(table, "shift", "no_sd", {}, r.ranks.shift);
  if (!data.binary) return table;
  add_size(table, "risk_difference", "no_sd", {}, r.risk);
  add_size(table, "odds_ratio", "no_sd", {}, r.odds);
  add_size(table, "cox", "no_sd", {}, r.cox);
  return table;
}

std::vector<ReportCell> share_row(const OneGroup& group, double level) {
  std::int64_t hits = 0;
  for (double v : group.values) hits += v == 1 ? 1 : 0;
  const auto n = static_cast<std::int64_t>(group.values.size());
  const Estimate e = stats::wilson(hits, n, level);
  return {group.label, hits, n, number(e.value, e.reason), part(e.lo, e), part(e.hi, e)};
}

ReportTable shares_table(const TwoGroupsData& data, double level) {
  return {"shares",
          {"group", "hits", "n", "share", "lo", "hi"},
          {share_row(data.treated, level), share_row(data.control, level)}};
}

ReportTable equivalence_table(const stats::Equivalence& e) {
  const char* verdict = e.reason != Undefined::none ? "not_tested"
                        : e.equivalent()            ? "equivalent"
                                                    : "not_shown_equivalent";
  return {
      "equivalence",
      {"lower", "upper", "p_lower", "p_upper", "p", "lo_90", "hi_90", "verdict"},
      {{number(e.lower, e.reason), number(e.upper, e.reason), number(e.p_lower, e.reason), number(e.p_upper, e.reason),
        number(e.p, e.reason), number(e.lo, e.reason), number(e.hi, e.reason), Word{verdict}}}};
}

void tell_permutation(const TwoGroupsResults& r, std::vector<Figure>& figures) {
  const stats::PermutationTest& test = r.permutation;
  if (test.assignments == 0 && test.reason == Undefined::no_data) return;
  figures.push_back(figure("permutation_p", number(test.p, test.reason)));
  figures.push_back(
      figure("permutations",
             number(test.reason == Undefined::none ? static_cast<double>(test.assignments) : kNaN, test.reason)));
}

void tell_months(const TwoGroupsResults& r, EstimateReport& report) {
  const auto months = stats::months_of_progress(r.hedges.value);
  const Undefined beyond = r.hedges.defined() ? Undefined::no_scale : r.hedges.reason;
  report.figures.push_back(figure("months", number(months ? *months : kNaN, beyond)));
  report.settings.push_back({"months_table", std::string(stats::kMonthsVersion)});
}

std::vector<Figure> figures_of(const TwoGroupsData& data, const TwoGroupsResults& r, bool clustered) {
  const auto of = [](const char* name, const Estimate& e) { return figure(name, number(e.value, e.reason)); };
  std::vector<Figure> out = {figure("mean_treated", number(r.treated.mean)),
                             figure("mean_control", number(r.control.mean)),
                             figure("pooled_sd", number(r.pooled_sd, Undefined::too_few)),
                             figure("control_sd", number(r.control_sd, Undefined::too_few)),
                             of("hedges_g", r.hedges),
                             of("cohens_d", r.cohen),
                             of("glass_delta", r.glass),
                             of("cliffs_delta", r.cliff),
                             of("superiority", r.superiority),
                             of("hodges_lehmann", r.ranks.shift),
                             figure("mann_whitney_u", number(r.ranks.u, r.ranks.reason)),
                             figure("mann_whitney_p", number(r.ranks.p, r.ranks.reason))};
  if (clustered) out.push_back(of("icc", r.icc));
  if (!data.binary) return out;
  out.push_back(of("risk_difference", r.risk));
  out.push_back(of("odds_ratio", r.odds));
  out.push_back(of("cox_index", r.cox));
  return out;
}

void tell_notes(const TwoGroupsData& data, const TwoGroupsResults& r, bool clustered, std::vector<Message>& notes) {
  if (!clustered) notes.push_back({"rows-independent", {}});
  if (clustered) notes.push_back({"ranks-ignore-clusters", {}});
  if (r.crossed) notes.push_back({"cluster-in-both-groups", {}});
  if (!data.one_means.empty()) notes.push_back({"counted-as-one", {{"level", data.one_means}}});
  if (data.other_groups > 0) notes.push_back({"rows-of-other-groups", {{"n", data.other_groups}}});
}

}  // namespace

void tell(const TwoGroupsData& data, const TwoGroupsSettings& settings, const TwoGroupsResults& r,
          EstimateReport& report) {
  const bool clustered = !data.treated.clusters.empty() || !data.control.clusters.empty();
  report.coefficients.push_back(row_of(data.treated.label + " − " + data.control.label, r.difference));
  report.reason = r.treated.n == 0 && r.control.n == 0 ? Undefined::no_data : Undefined::none;
  if (clustered) report.clusters = r.clusters;
  report.figures = figures_of(data, r, clustered);
  tell_permutation(r, report.figures);
  if (settings.months) tell_months(r, report);
  report.tables = {groups_table(data, r, clustered), differences_table(r, clustered), sizes_table(data, r),
                   tests_table(r, clustered)};
  if (data.binary) report.tables.insert(report.tables.begin() + 1, shares_table(data, settings.level));
  if (r.equivalence) report.tables.push_back(equivalence_table(*r.equivalence));
  tell_notes(data, r, clustered, report.notes);
}

}  // namespace kaskad::app
