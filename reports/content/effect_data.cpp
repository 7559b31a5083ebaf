// Focus against control for researchers: every series, adjusted for their number, and whether the groups were alike.
#include <algorithm>
#include <map>

#include "engine/stats/effect_sizes.hpp"
#include "engine/stats/multiplicity.hpp"
#include "indicators/balance.hpp"
#include "reports/content/chart_data.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

struct MainEffect {
  const SeriesComparison* comparison = nullptr;
  const ChangeComparison* change = nullptr;
  double adjusted = kNaN;  ///< p, Benjamini and Hochberg over all effects of the report.
};

bool is_judged(const Estimate& effect) { return effect.defined() && !effect.rests_on_few(); }

std::vector<MainEffect> main_effects(const Briefing& b) {
  std::vector<MainEffect> out;
  std::vector<double> p;
  for (const SeriesComparison& c : b.judgements.comparisons) {
    const ChangeComparison* change = main_change(b, c);
    if (change == nullptr) continue;
    out.push_back({&c, change});
    p.push_back(is_judged(change->effect) ? change->effect.p : kNaN);
  }
  const auto adjusted = stats::benjamini_hochberg(p);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].adjusted = adjusted[i];
  return out;
}

Quantity number(double value, int decimals, Undefined reason, Owner owner) {
  return {value == value ? exactly(value, 0) : undefined(reason), Unit::none, decimals, false, owner};
}

Quantity probability(double value, Undefined reason, Owner owner) {
  Quantity out = number(value, 3, reason, owner);
  out.unit = Unit::probability;
  return out;
}

bool has_figures(const ChangeComparison& change) {
  return change.effect.defined() || change.focus_change.defined() || change.control_change.defined();
}

/// Nothing where there is no estimate: nobody is not what it rests on.
Value count_behind(const Estimate& estimate, std::int64_t count) {
  if (!estimate.defined()) return {};
  return count;
}

Object effect_row(const Briefing& b, const MainEffect& e) {
  const std::size_t series = e.comparison->series;
  const Indicator& indicator = b.figures().indicator_of(series);
  const Owner focus = owner_of_group(b, Role::focus);
  const Estimate& effect = e.change->effect;
  const Undefined reason = effect.rests_on_few() ? Undefined::too_few_clusters
                           : effect.defined()    ? Undefined::no_data
                                                 : effect.reason;
  return {{"indicator", in_language(indicator.short_name, b.language())},
          {"slice", slice_name(b, b.figures().series[series].series)},
          {"unit", b.format.unit(difference(indicator, {}, kNobody).unit)},
          {"focus", difference(indicator, e.change->focus_change, focus)},
          {"control", difference(indicator, e.change->control_change, owner_of_group(b, Role::control))},
          {"effect", difference(indicator, effect, focus)},
          {"df", number(effect.df, 1, reason, focus)},
          {"p", probability(is_judged(effect) ? effect.p : kNaN, reason, focus)},
          {"p_adjusted", probability(e.adjusted, reason, focus)},
          {"pupils", count_behind(effect, effect.n)},
          {"schools", count_behind(effect, effect.clusters)}};
}

/// One forest an indicator: its procedures, subjects and grades on one axis.
List forests(const Briefing& b, const std::vector<MainEffect>& effects) {
  struct Group {
    std::size_t indicator;
    List rows;
    Tallied tallied;
  };
  std::vector<Group> groups;
  for (const MainEffect& e : effects) {
    if (!e.change->effect.defined()) continue;
    const std::size_t s = e.comparison->series, indicator = b.figures().series[s].series.indicator;
    if (groups.empty() || groups.back().indicator != indicator) groups.push_back({indicator, {}, {}});
    const Quantity effect = difference(b.figures().indicator_of(s), e.change->effect, owner_of_group(b, Role::focus));
    groups.back().rows.push_back(Object{{"label", slice_name(b, b.figures().series[s].series)}, {"value", effect}});
    groups.back().tallied.add(verdict_of(e.change->effect));
  }
  // Long ones first: pages are filled with figures that follow each other.
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& one, const Group& other) { return one.rows.size() > other.rows.size(); });
  List out;
  for (Group& g : groups) {
    const Indicator& indicator = b.figures().indicators[g.indicator];
    out.push_back(Object{{"name", in_language(indicator.name, b.language())},
                         {"unit", b.format.unit(difference(indicator, {}, kNobody).unit)},
                         {"title", tally_title(b, g.tallied, "effects")},
                         {"chart", Object{{"rows", std::move(g.rows)},
                                          {"below_label", favoured(b, indicator, false)},
                                          {"above_label", favoured(b, indicator, true)}}}});
  }
  return out;
}

std::vector<SchoolId> members(const Briefing& b, Role role) {
  const auto e = b.frame().find_entity(EntityKind::group, kRoleNames[static_cast<std::size_t>(role)]);
  return e ? b.frame().members[*e] : std::vector<SchoolId>{};
}

struct BalanceRow {
  std::string name, unit;
  Quantity focus, control, standardised;
};

std::vector<BalanceRow> balance_rows(const Briefing& b) {
  const Owner focus = owner_of_group(b, Role::focus), control = owner_of_group(b, Role::control);
  const auto entry = b.frame().find_wave(WaveRole::entry);
  const std::vector<int>& years = entry ? b.frame().periods[*entry].years : b.data.vocabulary.years;
  std::vector<BalanceRow> rows;
  for (const std::size_t series : b.headlines) {
    const SeriesComparison* c = comparison_of(b, series);
    if (c == nullptr || !entry) continue;
    const PeriodComparison& p = c->periods[*entry];
    const Indicator& indicator = b.figures().indicator_of(series);
    rows.push_back({series_name(b, series), b.format.unit(unit_of(indicator)), level(indicator, p.focus, focus),
                    level(indicator, p.control, control), effect_size(p.g, focus)});
  }
  for (const ContextBalance& x : context_balance(b.data, members(b, Role::focus), members(b, Role::control), years)) {
    const ContextField& field = b.data.context.fields[static_cast<std::size_t>(x.field)];
    const double scale = field.unit == "share" ? 100 : 1;
    const auto shown = [&](Estimate e, Owner owner) {
      for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= scale;
      const Unit unit = field.unit == "share" || field.unit == "percent" ? Unit::percent : Unit::none;
      return Quantity{e, unit, 1, false, owner};
    };
    const Quantity own = shown(x.focus, focus);
    rows.push_back({in_language(field.name, b.language()), b.format.unit(own.unit), own, shown(x.control, control),
                    effect_size(x.standardised, focus)});
  }
  return rows;
}

std::size_t class_of(const BalanceRow& row) {
  const Estimate& g = row.standardised.estimate;
  return static_cast<std::size_t>(stats::baseline_class(g.defined() ? g.value : kNaN));
}

List balance_list(const Briefing& b, const std::vector<BalanceRow>& rows) {
  static constexpr std::array<const char*, 4> keys = {"satisfied", "with_adjustment", "not_satisfied", "undefined"};
  List out;
  for (const BalanceRow& row : rows) {
    const std::size_t equivalence = class_of(row);
    out.push_back(Object{{"name", with_unit(row.name, row.unit)},
                         {"focus", row.focus},
                         {"control", row.control},
                         {"standardised", row.standardised},
                         {"equivalence", b.texts.get("equivalence." + std::string(keys[equivalence]))}});
  }
  return out;
}

/// Without matching there is one difference a row, the one that the groups came with.
Value balance_chart(const Briefing& b, const std::vector<BalanceRow>& rows) {
  List list;
  bool any = false;
  for (const BalanceRow& row : rows) {
    any = any || row.standardised.estimate.defined();
    list.push_back(Object{
        {"label", row.name}, {"note", ""}, {"dots", List{Object{{"role", "focus"}, {"value", row.standardised}}}}});
  }
  if (!any) return Object{{"missing", b.texts.get("undefined.no_data")}};
  return Object{{"legend", List{}}, {"rows", std::move(list)}, {"zero_line", true}, {"own_scale", false}};
}

std::string balance_text(const Briefing& b, const std::vector<BalanceRow>& rows) {
  std::int64_t counts[4] = {};
  for (const BalanceRow& row : rows) ++counts[class_of(row)];
  const std::int64_t compared = counts[0] + counts[1] + counts[2];
  if (compared == 0) return b.texts.get("balance.none");
  return b.texts.get(
      "balance.text",
      {{"compared", compared}, {"satisfied", counts[0]}, {"with_adjustment", counts[1]}, {"not_satisfied", counts[2]}});
}

std::string balance_title(const Briefing& b, const std::vector<BalanceRow>& rows) {
  std::int64_t compared = 0, unlike = 0;
  for (const BalanceRow& row : rows) {
    const std::size_t equivalence = class_of(row);
    compared += equivalence < 3 ? 1 : 0;
    unlike += equivalence == 2 ? 1 : 0;
  }
  return b.texts.get("balance.title", {{"compared", compared}, {"unlike", unlike}});
}

/// The text that stands for all headlines: none is pooled over municipalities, and all for the same reason.
std::string same_text_of_all(const List& pooled) {
  const auto differs = [&](const Value& part) {
    return part.find("has_chart")->truthy() || *part.find("text")->text() != *pooled.front().find("text")->text();
  };
  const bool same = pooled.size() > 1 && std::none_of(pooled.begin(), pooled.end(), differs);
  return same ? *pooled.front().find("text")->text() : std::string();
}

/// Effects proven before and after the adjustment for their number.
std::string effects_text(const Briefing& b, const std::vector<MainEffect>& effects) {
  std::int64_t tested = 0, alone = 0, together = 0;
  for (const MainEffect& e : effects) {
    if (!e.change->effect.defined()) continue;
    ++tested;
    alone += e.change->effect.p <= 0.05;
    together += e.adjusted <= 0.05;
  }
  return b.texts.get(tested == 0 ? "effects.none" : "effects.text",
                     {{"tested", tested}, {"alone", alone}, {"together", together}});
}

}  // namespace

const SeriesComparison* comparison_of(const Briefing& b, std::size_t series) {
  const auto& all = b.judgements.comparisons;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const SeriesComparison& c) { return c.series == series; });
  return found == all.end() ? nullptr : &*found;
}

Object effect_data(const Briefing& b) {
  const std::vector<MainEffect> effects = main_effects(b);
  List rows;
  std::int64_t without_figures = 0;
  for (const MainEffect& e : effects) {
    if (has_figures(*e.change)) {
      rows.push_back(effect_row(b, e));
    } else {
      ++without_figures;
    }
  }
  sort_by_slice(rows);
  const std::vector<BalanceRow> balance = balance_rows(b);
  Object out = {{"has_any", !rows.empty()},
                {"text", effects_text(b, effects)},
                {"rows", std::move(rows)},
                {"without_figures", without_figures_text(b, without_figures)},
                {"forests", forests(b, effects)},
                {"focus_schools", static_cast<std::int64_t>(members(b, Role::focus).size())},
                {"control_schools", static_cast<std::int64_t>(members(b, Role::control).size())},
                {"balance", balance_list(b, balance)},
                {"balance_text", balance_text(b, balance)},
                {"balance_title", balance_title(b, balance)},
                {"balance_chart", balance_chart(b, balance)}};
  add_list(out, "studies", studies_data(b));
  List pooled = pooled_data(b);
  out.emplace_back("none_pooled", same_text_of_all(pooled));
  add_list(out, "pooled", std::move(pooled));
  return out;
}

}  // namespace kaskad::reports
