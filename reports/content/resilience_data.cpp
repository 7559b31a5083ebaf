// Resilient schools as trees: the regression by year, the schools above what is expected, and one school's own place.
#include <algorithm>
#include <cmath>

#include "reports/content/findings.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const Resilience& found_of(const Briefing& b) { return b.judgements.resilience; }
const Indicator& indicator_of(const Briefing& b) { return b.figures().indicator_of(*found_of(b).series); }
std::size_t last_fit(const Briefing& b) { return found_of(b).fits.size() - 1; }

/// In the unit of the indicator.
Quantity result(const Briefing& b, double value, std::int64_t n, Owner owner) {
  return level(indicator_of(b), std::isfinite(value) ? exactly(value, n) : undefined(Undefined::no_data, n), owner);
}

/// The printed deviation is the difference of the printed results.
bool adds_up(const Quantity& expected, const Quantity& own, const Quantity& residual) {
  const double unit = std::pow(10.0, residual.decimals);
  const auto rounded = [&](const Quantity& q) { return std::llround(q.estimate.value * unit); };
  return rounded(own) - rounded(expected) == rounded(residual);
}

Quantity plain(double value, int decimals, std::int64_t n, Owner owner) {
  return {std::isfinite(value) ? exactly(value, n) : undefined(Undefined::no_data, n), Unit::none, decimals, false,
          owner};
}

List fit_rows(const Briefing& b) {
  List rows;
  for (const ResilienceFit& fit : found_of(b).fits) {
    const Owner owner = owner_of(kRegion);
    const bool by_index = found_of(b).settings.predictors == ResiliencePredictors::index;
    const double slope = by_index && fit.coefficients.size() == 2 ? fit.coefficients[1] : kNaN;
    rows.push_back(Object{{"year", std::to_string(fit.year)},
                          {"schools", fit.schools},
                          {"slope", plain(slope, 3, fit.schools, owner)},
                          {"explained", percents(std::isfinite(fit.r_squared) ? exactly(fit.r_squared, fit.schools)
                                                                              : undefined(fit.reason, fit.schools),
                                                 owner, 0)},
                          {"sd", plain(fit.sd, 1, fit.schools, owner)},
                          {"margin", plain(found_of(b).settings.margin * fit.sd, 1, fit.schools, owner)},
                          {"between", plain(fit.between, 1, fit.schools, owner)}});
  }
  return rows;
}

List group_rows(const Briefing& b) {
  List rows;
  const SocialIndex& index = b.judgements.identification.social;
  for (int g = 0; g < index.settings.groups; ++g) {
    List means;
    std::int64_t schools = 0;
    for (const ResilienceFit& fit : found_of(b).fits) {
      const GroupMean group = fit.groups.empty() ? GroupMean{} : fit.groups[static_cast<std::size_t>(g)];
      means.emplace_back(result(b, group.mean, group.schools, owner_of(kRegion)));
      schools = group.schools;
    }
    rows.push_back(Object{{"name", index_group_name(b, index, g)}, {"schools", schools}, {"means", std::move(means)}});
  }
  return rows;
}

List year_heads(const Briefing& b) {
  List out;
  for (const ResilienceFit& fit : found_of(b).fits)
    out.push_back(Object{{"label", std::to_string(fit.year)}, {"index", static_cast<int>(out.size())}});
  return out;
}

/// The rule looks at the level of results; that they are proven to be falling must stand beside it.
bool has_fallen(const Briefing& b, SchoolId school) {
  const Estimate* change = change_of(b, *found_of(b).series, b.frame().first_school() + school);
  return change != nullptr && news_of(indicator_of(b), verdict_of(*change)) == News::worse;
}

Args fall_of(const Briefing& b, SchoolId school) {
  return {{"fallen", std::string(has_fallen(b, school) ? "yes" : "no")}};
}

std::string verdict_text(const Briefing& b, SchoolId school) {
  const ResilienceVerdict& verdict = found_of(b).verdicts[school];
  if (verdict.base_site) return b.texts.get("resilience.verdict.base", fall_of(b, school));
  const std::optional<int> group = found_of(b).at(school, last_fit(b)).group;
  if (verdict.resilient == Answer::not_judged && group && *group < found_of(b).settings.lowest_groups)
    return b.texts.get("resilience.verdict.few_years");
  return b.texts.get("resilience.verdict." + std::string(kAnswerNames[static_cast<std::size_t>(verdict.resilient)]));
}

/// `key` of the room's texts: in how many of how many years.
std::string years_of(const Briefing& b, SchoolId school, const char* key = "resilience.of_years") {
  const ResilienceVerdict& verdict = found_of(b).verdicts[school];
  return b.texts.get(key, {{"n", std::int64_t{verdict.above}},
                           {"years", std::int64_t{verdict.judged}},
                           {"window", std::int64_t{found_of(b).settings.years}}});
}

Object school_row(const Briefing& b, SchoolId school, std::size_t number) {
  const ResilienceYear& last = found_of(b).at(school, last_fit(b));
  const Owner owner = owner_of_school(b, school);
  Object row = found_school(b, school, number);
  row.emplace_back("group",
                   last.group ? index_group_name(b, b.judgements.identification.social, *last.group) : std::string());
  row.emplace_back("index", plain(last.index, 1, 1, owner));
  row.emplace_back("result", level(indicator_of(b), last.result, owner));
  row.emplace_back("expected", result(b, last.expected, last.result.n, owner));
  row.emplace_back("residual", difference(indicator_of(b), last.residual, owner));
  row.emplace_back("shrunken", difference(indicator_of(b), last.shrunken, owner));
  row.emplace_back("years_above", years_of(b, school));
  row.emplace_back("verdict", verdict_text(b, school));
  row.emplace_back("base_site", found_of(b).verdicts[school].base_site
                                    ? b.texts.get("resilience.base_site", fall_of(b, school))
                                    : "");
  return row;
}

List resilient_rows(const Briefing& b) {
  std::vector<SchoolId> schools;
  for (SchoolId s = 0; s < found_of(b).schools; ++s) {
    if (found_of(b).verdicts[s].resilient == Answer::yes) schools.push_back(s);
  }
  sort_by_place_and_name(b, schools);
  List rows;
  for (const SchoolId s : schools) rows.push_back(school_row(b, s, rows.size() + 1));
  return rows;
}

/// Every school of the last year's regression, for the workbook.
List all_rows(const Briefing& b) {
  List rows;
  for (SchoolId s = 0; s < found_of(b).schools; ++s) {
    if (found_of(b).at(s, last_fit(b)).reason == Undefined::none) rows.push_back(school_row(b, s, rows.size() + 1));
  }
  return rows;
}

/// Result over index in the last year with the fitted line.
Value scatter_chart(const Briefing& b) {
  const ResilienceFit& fit = found_of(b).fits.back();
  List dots;
  for (SchoolId s = 0; s < found_of(b).schools; ++s) {
    const ResilienceYear& school = found_of(b).at(s, last_fit(b));
    if (school.reason != Undefined::none) continue;
    const bool resilient = found_of(b).verdicts[s].resilient == Answer::yes;
    dots.push_back(Object{{"role", resilient ? "focus" : "neutral"},
                          {"x", plain(school.index, 1, 1, owner_of_school(b, s))},
                          {"y", level(indicator_of(b), school.result, owner_of_school(b, s))}});
  }
  if (dots.empty() || fit.reason != Undefined::none) return Object{{"missing", b.texts.get("undefined.no_data")}};
  List legend = {Object{{"role", "focus"}, {"label", b.texts.get("resilience.legend.resilient")}},
                 Object{{"role", "neutral"}, {"label", b.texts.get("resilience.legend.other")}}};
  Object chart = {{"x_label", b.texts.get("identify.region.index_axis")},
                  {"y_label", series_short_name(b, *found_of(b).series)},
                  {"legend", std::move(legend)},
                  {"dots", std::move(dots)}};
  if (found_of(b).settings.predictors == ResiliencePredictors::index)
    chart.emplace_back("line", Object{{"intercept", plain(fit.coefficients[0], 4, fit.schools, owner_of(kRegion))},
                                      {"slope", plain(fit.coefficients[1], 4, fit.schools, owner_of(kRegion))}});
  return chart;
}

struct Counts {
  std::int64_t judged = 0, resilient = 0, base = 0;
};

Counts counts_of(const Briefing& b) {
  Counts out;
  for (const ResilienceVerdict& verdict : found_of(b).verdicts) {
    out.judged += verdict.resilient != Answer::not_judged;
    out.resilient += verdict.resilient == Answer::yes;
    out.base += verdict.base_site;
  }
  return out;
}

/// Why the schools of the lowest groups in the chart are not those that are judged; empty where they are.
std::string chart_note(const Briefing& b) {
  std::int64_t without = 0, few_years = 0;
  for (SchoolId s = 0; s < found_of(b).schools; ++s) {
    const ResilienceYear& last = found_of(b).at(s, last_fit(b));
    const bool judged = found_of(b).verdicts[s].resilient != Answer::not_judged;
    const bool drawn = last.reason == Undefined::none;
    without += judged && !drawn ? 1 : 0;
    few_years += !judged && drawn && last.group && *last.group < found_of(b).settings.lowest_groups ? 1 : 0;
  }
  if (without + few_years == 0) return {};
  return b.texts.get("resilience.chart_note", {{"without", without},
                                               {"few_years", few_years},
                                               {"least", std::int64_t{found_of(b).settings.least_years}},
                                               {"year", std::to_string(found_of(b).fits.back().year)}});
}

Args settings_args(const Briefing& b) {
  const ResilienceSettings& s = found_of(b).settings;
  return {{"groups", std::int64_t{s.lowest_groups}},
          {"margin", s.margin},
          {"years", static_cast<std::int64_t>(found_of(b).fits.size())},
          {"least", std::int64_t{s.least_years}},
          {"predictors", std::string(kResiliencePredictorNames[static_cast<std::size_t>(s.predictors)])},
          {"minimum", s.minimum_n}};
}

std::string region_text(const Briefing& b) {
  const Counts counts = counts_of(b);
  return b.texts.get("resilience.text", {{"indicator", series_name(b, *found_of(b).series)},
                                         {"judged", counts.judged},
                                         {"resilient", counts.resilient},
                                         {"base", counts.base}});
}

}  // namespace

Object region_resilience(const Briefing& b) {
  Object out = {{"has_any", !found_of(b).empty()}};
  if (found_of(b).empty()) return out;
  out.emplace_back("name", series_name(b, *found_of(b).series));
  out.emplace_back("unit", b.format.unit(unit_of(indicator_of(b))));
  out.emplace_back("year", std::to_string(found_of(b).fits.back().year));
  out.emplace_back("text", Value::told_of(owner_of(kRegion), region_text(b)));
  out.emplace_back("rule", b.texts.get("resilience.rule", settings_args(b)));
  const auto& fits = found_of(b).fits;
  const bool fitted =
      std::any_of(fits.begin(), fits.end(), [](const ResilienceFit& f) { return f.reason == Undefined::none; });
  const std::string reason = b.texts.get("undefined." + std::string(undefined_name(fits.back().reason)));
  out.emplace_back("has_fit", fitted);
  out.emplace_back("no_fit", fitted ? std::string() : b.texts.get("resilience.no_fit", {{"reason", reason}}));
  out.emplace_back("years", year_heads(b));
  out.emplace_back("fits", fit_rows(b));
  out.emplace_back("groups", group_rows(b));
  const Counts counts = counts_of(b);
  out.emplace_back("title",
                   b.texts.get("resilience.title", {{"resilient", counts.resilient}, {"judged", counts.judged}}));
  out.emplace_back("scatter", scatter_chart(b));
  out.emplace_back("chart_note", Value::told_of(owner_of(kRegion), chart_note(b)));
  add_list(out, "schools", resilient_rows(b));
  add_list(out, "all", all_rows(b));
  return out;
}

Object school_resilience(const Briefing& b, SchoolId school) {
  const bool any = !found_of(b).empty() && found_of(b).fits.back().reason == Undefined::none &&
                   found_of(b).at(school, last_fit(b)).reason == Undefined::none;
  if (!any) return {{"has_any", false}};
  const ResilienceYear& last = found_of(b).at(school, last_fit(b));
  const Quantity residual = difference(indicator_of(b), last.residual, kNobody);
  const Quantity expected = result(b, last.expected, 1, kNobody), own = result(b, last.result.value, 1, kNobody);
  const auto text =
      b.texts.get("resilience.school", {{"indicator", series_name(b, *found_of(b).series)},
                                        {"year", std::to_string(found_of(b).fits.back().year)},
                                        {"expected", b.format.with_unit(expected)},
                                        {"result", b.format.with_unit(own)},
                                        {"residual", b.format.with_unit(residual)},
                                        {"interval", b.format.interval(residual)},
                                        {"rounded", std::string(adds_up(expected, own, residual) ? "no" : "yes")},
                                        {"above", years_of(b, school, "resilience.years_above")},
                                        {"verdict", verdict_text(b, school)}});
  return {{"has_any", true}, {"text", Value::told_of(owner_of_school(b, school), text)}};
}

}  // namespace kaskad::reports
