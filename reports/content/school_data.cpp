#include <algorithm>

#include "engine/stats/intervals.hpp"
#include "reports/content/chart_data.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/sentences.hpp"

namespace kaskad::reports {
namespace {

constexpr std::size_t kRegion = 0;

/// The period in which a school is read beside others: the last wave, or the last year.
const Period* last_period(const Briefing& b) { return b.frame().periods.empty() ? nullptr : &b.frame().periods.back(); }

Quantity pooled(const Briefing& b, std::size_t series, const std::vector<SchoolId>& schools, const Period& period,
                Owner owner) {
  const Indicator& indicator = b.figures().indicator_of(series);
  const Basis basis = pool(b.figures().series[series], b.data.vocabulary.years, schools, period.years);
  return level(indicator, estimate_of(indicator, basis, b.figures().minimum_n), owner);
}

std::string yes_no_text(const Briefing& b, const std::optional<bool>& value, const std::string& key) {
  return value && *value ? b.texts.get("fact." + key) : std::string();
}

std::string facts_of(const Briefing& b, SchoolId school) {
  const School& s = b.data.registry.schools[school];
  const auto role = b.frame().group_of[school];
  std::vector<std::string> facts = {s.municipality,
                                    s.type.empty() ? "" : b.texts.get("fact.type", {{"type", s.type}}),
                                    yes_no_text(b, s.rural, "rural"),
                                    yes_no_text(b, s.small, "small"),
                                    b.texts.get("fact.id", {{"id", s.id}}),
                                    role ? group_name(b, *role) : b.texts.get("fact.no_group")};
  std::string line;
  for (const std::string& fact : facts) {
    if (!fact.empty()) line += (line.empty() ? "" : " · ") + fact;
  }
  return line;
}

struct SchoolView {
  const Briefing& b;
  SchoolId school;
  std::size_t entity;
  const std::vector<SchoolId>& similar;

  Owner companions() const { return owner_of(entity) | kCompanion; }

  Object figure(std::size_t h) const {
    const std::size_t series = b.headlines[h];
    Object out = {
        {"h", static_cast<int>(h)}, {"name", series_name(b, series)}, {"short", series_short_name(b, series)}};
    for (auto& part : figures_of(b, series, entity)) out.push_back(std::move(part));
    out.emplace_back("sentence", Value::told_of(owner_of(entity), change_sentence(b, series, entity)));
    const Period* last = last_period(b);
    if (last == nullptr) return out;
    const std::size_t period = b.frame().periods.size() - 1;
    const Quantity own = reports::figure(b, series, entity, period);
    const Quantity region = reports::figure(b, series, kRegion, period);
    const Quantity alike = pooled(b, series, similar, *last, companions());
    out.emplace_back("own", own);
    out.emplace_back("region", region);
    out.emplace_back("similar", alike);
    const bool has_similar = alike.estimate.defined();
    out.emplace_back("position", Value::told_of(own.owner, position_sentence(b, series_name(b, series), own,
                                                                             has_similar ? alike : region,
                                                                             has_similar ? "similar" : "region")));
    return out;
  }

  Value position_chart() const {
    List rows;
    bool any = false;
    const Period* last = last_period(b);
    for (const std::size_t series : b.headlines) {
      if (last == nullptr) break;
      const std::size_t period = b.frame().periods.size() - 1;
      const Quantity own = reports::figure(b, series, entity, period);
      const Quantity alike = pooled(b, series, similar, *last, companions());
      any = any || own.estimate.defined();
      List dots;
      if (!similar.empty()) dots.push_back(Object{{"role", "similar"}, {"value", alike}});
      dots.push_back(Object{{"role", "region"}, {"value", reports::figure(b, series, kRegion, period)}});
      dots.push_back(Object{{"role", "school"}, {"value", own}});
      rows.push_back(Object{{"label", series_short_name(b, series)}, {"note", ""}, {"dots", std::move(dots)}});
    }
    if (!any) return Object{{"missing", b.texts.get("undefined.too_few")}};
    List legend = {Object{{"role", "school"}, {"label", b.texts.get("label.this_school")}}};
    if (!similar.empty()) legend.push_back(Object{{"role", "similar"}, {"label", b.texts.get("label.similar")}});
    legend.push_back(Object{{"role", "region"}, {"label", b.texts.get("label.region")}});
    return Object{{"legend", std::move(legend)}, {"rows", std::move(rows)}, {"zero_line", false}, {"own_scale", true}};
  }

  /// This school and the region by year: one chart a unit, since the panels of a chart share their axis.
  List dynamics() const {
    std::vector<std::pair<std::string, List>> by_unit;
    for (const std::size_t series : b.headlines) {
      const std::vector<ChartLine> lines = {{b.texts.get("label.this_school"), "school", entity},
                                            {b.texts.get("label.region"), "region", kRegion}};
      Value chart = dynamics_chart(b, series, lines);
      if (chart.find("missing") != nullptr) continue;
      Object panel = {{"title", series_short_name(b, series)}};
      for (auto& part : std::get<Object>(chart.is)) panel.push_back(std::move(part));
      const std::string unit = b.format.unit(unit_of(b.figures().indicator_of(series)));
      const auto same = std::find_if(by_unit.begin(), by_unit.end(), [&](const auto& u) { return u.first == unit; });
      if (same == by_unit.end())
        by_unit.emplace_back(unit, List{std::move(panel)});
      else
        same->second.push_back(std::move(panel));
    }
    List out;
    for (auto& [unit, panels] : by_unit)
      out.push_back(Object{{"unit", unit}, {"chart", Object{{"panels", std::move(panels)}}}});
    return out;
  }

  List context() const {
    List rows;
    const std::vector<int>& years = b.data.vocabulary.years;
    for (int field = 0; field < static_cast<int>(b.data.context.fields.size()); ++field) {
      const Quantity own = context_level(b, field, {school}, years, owner_of(entity));
      if (!own.estimate.defined()) continue;
      rows.push_back(
          Object{{"name", in_language(b.data.context.fields[static_cast<std::size_t>(field)].name, b.language())},
                 {"own", own},
                 {"similar", context_level(b, field, similar, years, companions())},
                 {"region", context_level(b, field, b.frame().members[kRegion], years, owner_of(kRegion))}});
    }
    return rows;
  }

  Object partner_rows(SchoolId other, const std::string& role) const {
    List rows;
    const Period* last = last_period(b);
    for (const std::size_t series : b.headlines) {
      if (last == nullptr) break;
      const Indicator& indicator = b.figures().indicator_of(series);
      const Quantity own = pooled(b, series, {school}, *last, owner_of(entity));
      const Quantity theirs = pooled(b, series, {other}, *last, owner_of_school(b, other));
      rows.push_back(Object{{"name", series_short_name(b, series)},
                            {"own", own},
                            {"partner", theirs},
                            {"difference", gap(series, indicator, other, *last)}});
    }
    return {{"name", school_name(b, other)}, {"role", role}, {"rows", std::move(rows)}};
  }

  /// This school minus the partner in a period.
  Quantity gap(std::size_t series, const Indicator& indicator, SchoolId other, const Period& period) const {
    const auto basis = [&](SchoolId s) {
      return pool(b.figures().series[series], b.data.vocabulary.years, {s}, period.years);
    };
    const Basis own = basis(school), theirs = basis(other);
    for (const Basis* side : {&own, &theirs}) {
      const Estimate e = estimate_of(indicator, *side, b.figures().minimum_n);
      if (!e.defined()) return difference(indicator, e, owner_of(entity));
    }
    if (indicator.kind != IndicatorKind::share && indicator.kind != IndicatorKind::mean)
      return difference(indicator, undefined(Undefined::no_data), owner_of(entity));
    Estimate e = indicator.kind == IndicatorKind::share
                     ? stats::newcombe(static_cast<std::int64_t>(own.sum + 0.5), own.n,
                                       static_cast<std::int64_t>(theirs.sum + 0.5), theirs.n)
                     : stats::welch({own.n, own.mean(), own.variance()}, {theirs.n, theirs.mean(), theirs.variance()});
    for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= scale_of(indicator);
    return difference(indicator, e, owner_of(entity));
  }

  List partners() const {
    List out;
    for (const Partnership& p : b.data.partnerships) {
      if (p.school == school)
        out.push_back(partner_rows(p.partner, b.texts.get("partner.helper")));
      else if (p.partner == school)
        out.push_back(partner_rows(p.school, b.texts.get("partner.helped")));
    }
    return out;
  }

  List programmes() const {
    std::vector<std::size_t> own;
    for (const MaturityRating& r : b.judgements.maturity) {
      const bool mine = b.data.programmes[r.programme].school == school;
      if (mine && (own.empty() || own.back() != r.programme)) own.push_back(r.programme);
    }
    return maturity_rows(b, own);
  }

  /// Every series in which the school has pupils, by year.
  List series() const {
    List rows;
    const Figures& f = b.figures();
    for (std::size_t s = 0; s < f.series.size(); ++s) {
      bool any = false;
      for (std::size_t p = 0; p < f.frame.periods.size(); ++p) any = any || f.at(s, entity, p).n > 0;
      const IndicatorKind kind = f.indicator_of(s).kind;
      if (!any || kind == IndicatorKind::gap || kind == IndicatorKind::spread) continue;
      Object row = {{"indicator", in_language(f.indicator_of(s).short_name, b.language())},
                    {"slice", slice_name(b, f.series[s].series)},
                    {"unit", b.format.unit(unit_of(f.indicator_of(s)))}};
      for (auto& part : figures_of(b, s, entity)) row.push_back(std::move(part));
      rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Value& x, const Value& y) {
      return *x.find("slice")->text() < *y.find("slice")->text();
    });
    return rows;
  }
};

}  // namespace

Value school_data(const Briefing& b, SchoolId school) {
  const SchoolView view{b, school, b.frame().first_school() + school, b.similar.of_school[school]};
  Object root;
  add_identity(b, root);
  const Period* last = last_period(b);
  root.emplace_back("last_period", last == nullptr ? std::string() : period_name(b, *last));
  root.emplace_back("last_years", last == nullptr ? std::string() : years_text(last->years));
  List figures;
  for (std::size_t h = 0; h < b.headlines.size(); ++h) figures.push_back(view.figure(h));
  const auto role = b.frame().group_of[school];
  root.emplace_back("school", Object{{"id", b.data.registry.schools[school].id},
                                     {"name", school_name(b, school)},
                                     {"municipality", b.data.registry.schools[school].municipality},
                                     {"group", role ? group_name(b, *role) : std::string()},
                                     {"facts", facts_of(b, school)}});
  root.emplace_back("status", b.texts.get(role ? "status." + std::string(kRoleNames[static_cast<std::size_t>(*role)])
                                               : "status.none"));
  root.emplace_back("figures", std::move(figures));
  root.emplace_back("position_chart", view.position_chart());
  List dynamics = view.dynamics();
  root.emplace_back("has_dynamics", !dynamics.empty());
  root.emplace_back("dynamics", std::move(dynamics));
  List context = view.context(), partners = view.partners(), programmes = view.programmes(), series = view.series();
  root.emplace_back("has_context", !context.empty());
  root.emplace_back("context", std::move(context));
  root.emplace_back("has_partners", !partners.empty());
  root.emplace_back("partners", std::move(partners));
  root.emplace_back("has_programmes", !programmes.empty());
  root.emplace_back("programmes", std::move(programmes));
  root.emplace_back("has_series", !series.empty());
  root.emplace_back("series", std::move(series));
  std::string similar;
  for (const SchoolId s : view.similar) similar += (similar.empty() ? "" : ", ") + school_name(b, s);
  root.emplace_back("has_similar", !similar.empty());
  root.emplace_back("similar_names", similar);
  return root;
}

}  // namespace kaskad::reports
