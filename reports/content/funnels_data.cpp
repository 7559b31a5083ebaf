// Funnels as trees: each school beside the limits for its number of pupils, and those beyond the outer ones by name.
#include <algorithm>
#include <cmath>

#include "reports/content/identify_data.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

constexpr int kPoints = 60;  ///< Of each limit, evenly spaced over the logarithm of n.

const FunnelSettings& settings_of(const Briefing& b) { return b.judgements.funnels.settings; }
const Indicator& indicator_of(const Briefing& b, const FunnelOfSchools& f) {
  return b.figures().indicator_of(f.series);
}

/// A share of the fit is a fraction; readers see the unit of the indicator.
double shown(const Briefing& b, const FunnelOfSchools& f, double value) {
  return value * (f.fit.kind == stats::FunnelKind::share ? scale_of(indicator_of(b, f)) : 1);
}

Quantity number(double value) { return {exactly(value, 0), Unit::none, 2, false, owner_of(kRegion)}; }

/// Whole numbers of pupils from the smallest school to the largest.
std::vector<std::int64_t> sizes(const FunnelOfSchools& f) {
  std::int64_t least = f.schools.front().value.n, most = least;
  for (const FunnelSchool& s : f.schools) {
    least = std::min(least, s.value.n);
    most = std::max(most, s.value.n);
  }
  std::vector<std::int64_t> out;
  const double first = std::log(static_cast<double>(least)), last = std::log(static_cast<double>(most));
  for (int i = 0; i < kPoints; ++i) {
    const auto n = std::llround(std::exp(first + (last - first) * i / (kPoints - 1)));
    if (out.empty() || n > out.back()) out.push_back(n);
  }
  return out;
}

Object limits(const Briefing& b, const FunnelOfSchools& f, double level) {
  List points;
  for (const std::int64_t n : sizes(f)) {
    const stats::FunnelRange range = limits_of(f, static_cast<double>(n), level);
    points.push_back(Object{{"n", number(static_cast<double>(n))},
                            {"lo", number(shown(b, f, range.lo))},
                            {"hi", number(shown(b, f, range.hi))}});
  }
  const double percent = 100 * level;
  const int decimals = std::abs(percent - std::round(percent)) < 1e-9 ? 0 : 1;
  return {{"label", b.texts.get("funnels.level", {{"level", b.format.number(percent, decimals)}})},
          {"points", std::move(points)}};
}

Value chart(const Briefing& b, const FunnelOfSchools& f) {
  if (f.reason != Undefined::none)
    return Object{{"missing", b.texts.get("undefined." + std::string(undefined_name(f.reason)))}};
  List dots;
  for (const FunnelSchool& s : f.schools)
    dots.push_back(Object{{"label", school_name(b, s.school)},
                          {"role", "neutral"},
                          {"value", level(indicator_of(b, f), s.value, owner_of_school(b, s.school))}});
  std::int64_t pupils = 0;
  for (const FunnelSchool& s : f.schools) pupils += s.value.n;
  const Estimate centre = exactly(shown(b, f, f.fit.centre), pupils);
  return Object{{"x_label", b.texts.get("funnels.x_label")},
                {"y_label", short_with_unit(b, indicator_of(b, f))},
                {"centre", level(indicator_of(b, f), centre, owner_of(kRegion))},
                {"centre_label", b.texts.get("funnels.centre")},
                {"log_scale", true},
                {"limits", List{limits(b, f, settings_of(b).inner), limits(b, f, settings_of(b).outer)}},
                {"dots", std::move(dots)}};
}

List beyond_rows(const Briefing& b, const FunnelOfSchools& f) {
  std::vector<SchoolId> ids;
  for (const FunnelSchool& s : f.schools) {
    if (s.beyond_outer != FunnelSide::inside) ids.push_back(s.school);
  }
  sort_by_place_and_name(b, ids);
  List rows;
  for (const SchoolId id : ids) {
    const auto& s = *std::find_if(f.schools.begin(), f.schools.end(), [&](const auto& x) { return x.school == id; });
    const stats::FunnelRange range = limits_of(f, static_cast<double>(s.value.n), settings_of(b).outer);
    Estimate expected = exactly(shown(b, f, f.fit.centre), s.value.n);
    expected.lo = shown(b, f, range.lo);
    expected.hi = shown(b, f, range.hi);
    Object row = found_school(b, id, rows.size() + 1);
    row.emplace_back("value", level(indicator_of(b, f), s.value, owner_of_school(b, id)));
    row.emplace_back("expected", level(indicator_of(b, f), expected, owner_of(kRegion)));
    row.emplace_back("years", std::int64_t{s.years});
    row.emplace_back("side", b.texts.get(s.beyond_outer == FunnelSide::low ? "funnels.low" : "funnels.high"));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Of the last year with results, and from which year on schools of few participants are counted.
struct CountedYears {
  std::int64_t pooled = 0;  ///< Schools counted over several years.
  int from = 0, last = 0;
};

CountedYears counted_years(const Briefing& b, const FunnelOfSchools& f) {
  CountedYears out{0, f.year, f.year};
  const std::vector<int>& years = b.data.vocabulary.years;
  const auto last = std::find(years.begin(), years.end(), f.year);
  for (const FunnelSchool& s : f.schools) {
    out.pooled += s.years > 1 ? 1 : 0;
    out.from = std::min(out.from, *(last - (s.years - 1)));
  }
  return out;
}

/// «2026 г., где участников мало — 2024–2026 гг.»
std::string when(const Briefing& b, const FunnelOfSchools& f) {
  const CountedYears counted = counted_years(b, f);
  return b.texts.get(
      "funnels.when",
      {{"year", std::to_string(counted.last)}, {"pooled", counted.pooled}, {"from", std::to_string(counted.from)}});
}

/// What the line is: all that is drawn, beside the region's figure of the last year as the tables have it.
std::string line_text(const Briefing& b, const FunnelOfSchools& f) {
  const auto period = b.frame().find_period(std::to_string(f.year));
  const Quantity region = period ? figure(b, f.series, kRegion, *period)
                                 : level(indicator_of(b, f), undefined(Undefined::no_data), owner_of(kRegion));
  const Quantity line = level(indicator_of(b, f), exactly(shown(b, f, f.fit.centre), 0), owner_of(kRegion));
  return b.texts.get("funnels.line", {{"line", b.format.with_unit(line)},
                                      {"has_region", region.estimate.defined() ? "yes" : "no"},
                                      {"region", b.format.with_unit(region)},
                                      {"pooled", counted_years(b, f).pooled},
                                      {"few", f.too_few},
                                      {"year", std::to_string(f.year)}});
}

std::string spread_name(stats::FunnelSpread spread) {
  return std::string(kFunnelSpreadNames[static_cast<std::size_t>(spread)]);
}

struct Beyond {
  std::int64_t low = 0, high = 0;
};

Beyond beyond_outer(const FunnelOfSchools& f) {
  Beyond out;
  for (const FunnelSchool& s : f.schools) {
    out.low += s.beyond_outer == FunnelSide::low ? 1 : 0;
    out.high += s.beyond_outer == FunnelSide::high ? 1 : 0;
  }
  return out;
}

/// Schools whose outer limit is the end of the scale: no result can lie beyond it.
std::string ends_text(const Briefing& b, const FunnelOfSchools& f) {
  std::int64_t low = 0, high = 0;
  for (const FunnelSchool& s : f.schools) {
    const stats::FunnelRange range = limits_of(f, static_cast<double>(s.value.n), settings_of(b).outer);
    low += range.lo <= f.ends.least ? 1 : 0;
    high += range.hi >= f.ends.most ? 1 : 0;
  }
  const auto end = [&](double value) { return std::isfinite(value) ? b.format.number(shown(b, f, value), 0) : ""; };
  return b.texts.get("funnels.ends",
                     {{"low", low}, {"high", high}, {"least", end(f.ends.least)}, {"most", end(f.ends.most)}});
}

std::string title(const Briefing& b, const FunnelOfSchools& f) {
  const Beyond beyond = beyond_outer(f);
  return b.texts.get("funnels.title", {{"name", series_name(b, f.series)},
                                       {"schools", static_cast<std::int64_t>(f.schools.size())},
                                       {"beyond", beyond.low + beyond.high},
                                       {"spread", spread_name(f.fit.spread)}});
}

std::string text(const Briefing& b, const FunnelOfSchools& f) {
  const Beyond beyond = beyond_outer(f);
  const auto schools = static_cast<std::int64_t>(f.schools.size());
  const double by_chance = (1 - settings_of(b).outer) * static_cast<double>(schools);
  return b.texts.get("funnels.text", {{"schools", schools},
                                      {"low", beyond.low},
                                      {"high", beyond.high},
                                      {"pooled", counted_years(b, f).pooled},
                                      {"few", f.too_few},
                                      {"spread", spread_name(f.fit.spread)},
                                      {"phi", b.format.number(f.fit.phi, 1)},
                                      {"by_chance", b.format.number(by_chance, by_chance < 1 ? 2 : 1)}});
}

}  // namespace

List funnels_data(const Briefing& b) {
  List out;
  for (const FunnelOfSchools& f : b.judgements.funnels.series) {
    Object one = {{"name", series_name(b, f.series)},
                  {"unit", b.format.unit(unit_of(indicator_of(b, f)))},
                  {"year", std::to_string(f.year)},
                  {"when", when(b, f)},
                  {"chart", chart(b, f)}};
    const bool defined = f.reason == Undefined::none;
    const std::string told = defined ? text(b, f) + ends_text(b, f) + " " + line_text(b, f) : std::string();
    one.emplace_back("text", Value::told_of(owner_of(kRegion), told));
    one.emplace_back("title", defined ? title(b, f) : series_name(b, f.series));
    add_list(one, "beyond", defined ? beyond_rows(b, f) : List{});
    out.push_back(std::move(one));
  }
  return out;
}

std::string funnels_rule(const Briefing& b) {
  const FunnelSettings& settings = settings_of(b);
  return b.texts.get("funnels.rule", {{"spread", spread_name(settings.spread)},
                                      {"inner", b.format.number(100 * settings.inner, 0)},
                                      {"outer", b.format.number(100 * settings.outer, 1)},
                                      {"years", std::int64_t{settings.pool_years}}});
}

}  // namespace kaskad::reports
