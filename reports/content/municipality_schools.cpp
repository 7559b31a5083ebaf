#include "reports/content/municipality_schools.hpp"

#include <algorithm>

#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

constexpr std::size_t kMostInChart = 25;

std::string without_text(const Briefing& b, std::size_t n) {
  return b.texts.get("schools.without", {{"n", static_cast<std::int64_t>(n)}});
}

/// Empty where the name of the figure says it.
std::string unit_beside(const Briefing& b, std::size_t series) {
  const bool named = series_with_unit(b, series) == series_name(b, series);
  return named ? std::string() : b.format.unit(unit_of(b.figures().indicator_of(series)));
}

struct SchoolDots {
  List rows;
  Tallied tallied;
};

/// A row for each school with a figure; the region is the same dot in all.
SchoolDots dots_of(const Briefing& b, std::size_t series, const std::vector<SchoolId>& schools) {
  const std::size_t period = b.frame().periods.size() - 1;
  const Quantity region = figure(b, series, kRegion, period);
  SchoolDots out;
  for (const SchoolId s : schools) {
    const Quantity own = figure(b, series, b.frame().first_school() + s, period);
    if (!own.estimate.defined()) continue;
    out.tallied.add(verdict_of(school_gap(b, series, s, other_schools(b, series, s))));
    out.rows.push_back(Object{
        {"label", school_name(b, s)},
        {"note", ""},
        {"dots", List{Object{{"role", "region"}, {"value", region}}, Object{{"role", "neutral"}, {"value", own}}}}});
  }
  return out;
}

Object chart_of(const Briefing& b, List rows) {
  List legend = {Object{{"role", "neutral"}, {"label", b.texts.get("label.a_school")}},
                 Object{{"role", "region"}, {"label", b.texts.get("label.region")}}};
  return {{"legend", std::move(legend)}, {"rows", std::move(rows)}, {"zero_line", false}, {"own_scale", false}};
}

/// Differences of rates are not estimated, so their figure does not judge.
std::string title_of(const Briefing& b, std::size_t series, const Tallied& tallied) {
  const bool is_rate = b.figures().indicator_of(series).kind == IndicatorKind::rate;
  return is_rate ? b.texts.get("title.by_school", {{"name", series_name(b, series)}})
                 : tally_title(b, tallied, "schools");
}

void add_charts(const Briefing& b, std::size_t series, const std::vector<SchoolId>& schools, List& out) {
  const SchoolDots all = dots_of(b, series, schools);
  const std::size_t n = all.rows.size();
  const std::size_t parts = (n + kMostInChart - 1) / kMostInChart;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t from = n * part / parts, to = n * (part + 1) / parts;
    List rows(all.rows.begin() + static_cast<std::ptrdiff_t>(from), all.rows.begin() + static_cast<std::ptrdiff_t>(to));
    const Args args = {{"from", static_cast<std::int64_t>(from + 1)},
                       {"to", static_cast<std::int64_t>(to)},
                       {"n", static_cast<std::int64_t>(n)}};
    out.push_back(Object{{"name", series_name(b, series)},
                         {"unit", unit_beside(b, series)},
                         {"title", title_of(b, series, all.tallied)},
                         {"judged", all.tallied.defined() > 0},
                         {"part", parts == 1 ? std::string() : b.texts.get("schools.part", args)},
                         {"without", without_text(b, schools.size() - n)},
                         {"chart", chart_of(b, std::move(rows))}});
  }
}

bool any_figure(const Object& figures, bool waves) {
  const Value tree(figures);
  const List& all = *tree.find(waves ? "by_wave" : "by_year")->list();
  return std::any_of(all.begin(), all.end(), [](const Value& v) { return v.quantity()->estimate.defined(); });
}

Object table_of(const Briefing& b, std::size_t series, const std::vector<SchoolId>& schools) {
  const auto& periods = b.frame().periods;
  const bool waves = std::any_of(periods.begin(), periods.end(), [](const Period& p) { return p.is_wave; });
  List rows;
  for (const SchoolId s : schools) {
    Object figures = figures_of(b, series, b.frame().first_school() + s);
    if (!any_figure(figures, waves)) continue;
    Object row = {{"id", b.data.registry.schools[s].id}, {"name", school_name(b, s)}, {"group", group_of_school(b, s)}};
    for (auto& part : figures) row.push_back(std::move(part));
    rows.emplace_back(std::move(row));
  }
  const std::size_t without = schools.size() - rows.size();
  return {{"name", series_name(b, series)},
          {"unit", unit_beside(b, series)},
          {"rows", std::move(rows)},
          {"without", without_text(b, without)}};
}

}  // namespace

List schools_charts(const Briefing& b, const std::vector<SchoolId>& schools) {
  List out;
  for (const std::size_t series : b.headlines) {
    if (b.frame().periods.empty()) break;
    add_charts(b, series, schools, out);
  }
  return out;
}

List school_tables(const Briefing& b, const std::vector<SchoolId>& schools) {
  List out;
  for (const std::size_t series : b.headlines) {
    Object table = table_of(b, series, schools);
    if (!Value(table).find("rows")->list()->empty()) out.emplace_back(std::move(table));
  }
  return out;
}

}  // namespace kaskad::reports
