// The difference in change by municipality and all together: for each headline a forest of those that have an estimate,
// and a table with the reason where there is none.
#include <algorithm>
#include <cmath>

#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const PooledEffect* pooled_of(const Briefing& b, std::size_t series) {
  const auto& all = b.judgements.pooled;
  const auto found = std::find_if(all.begin(), all.end(), [&](const PooledEffect& p) { return p.series == series; });
  return found == all.end() || found->parts.empty() ? nullptr : &*found;
}

Quantity effect_of(const Briefing& b, const PooledEffect& pooled, const MunicipalEffect& part) {
  return difference(b.figures().indicator_of(pooled.series), part.effect, owner_of(part.entity));
}

Quantity weight_of(const MunicipalEffect& part) {
  const Undefined without = part.effect.defined() ? Undefined::too_few_clusters : part.effect.reason;
  const Estimate e = part.weight == part.weight ? exactly(100 * part.weight, 0) : undefined(without);
  return {e, Unit::percent, 0, false, owner_of(part.entity)};
}

Object table_row(const Briefing& b, const PooledEffect& pooled, const MunicipalEffect& part) {
  return {{"name", entity_name(b, b.frame().entities[part.entity])},
          {"focus_schools", part.focus_schools},
          {"control_schools", part.control_schools},
          {"effect", effect_of(b, pooled, part)},
          {"weight", weight_of(part)}};
}

Object together_row(const Briefing& b, const PooledEffect& pooled) {
  const Indicator& indicator = b.figures().indicator_of(pooled.series);
  Object row = {{"label", b.texts.get("pooled.together")},
                {"pooled", true},
                {"value", difference(indicator, pooled.pooled.mean, owner_of_group(b, Role::focus))}};
  const Estimate& next = pooled.pooled.prediction;
  const auto end = [&](double x) { return difference(indicator, exactly(x, 0), owner_of_group(b, Role::focus)); };
  if (next.has_interval()) row.push_back({"prediction", Object{{"lo", end(next.lo)}, {"hi", end(next.hi)}}});
  return row;
}

Object forest_of(const Briefing& b, const PooledEffect& pooled) {
  const Indicator& indicator = b.figures().indicator_of(pooled.series);
  List rows;
  for (const MunicipalEffect& part : pooled.parts) {
    if (!(part.weight == part.weight)) continue;
    rows.push_back(Object{{"label", entity_name(b, b.frame().entities[part.entity])},
                          {"value", effect_of(b, pooled, part)},
                          {"weight", weight_of(part)}});
  }
  rows.push_back(together_row(b, pooled));
  return {{"rows", std::move(rows)},
          {"weight_head", b.texts.get("pooled.weight")},
          {"prediction_label", b.texts.get("pooled.prediction")},
          {"below_label", favoured(b, indicator, false)},
          {"above_label", favoured(b, indicator, true)}};
}

std::int64_t with_effect(const PooledEffect& pooled) {
  return std::count_if(pooled.parts.begin(), pooled.parts.end(),
                       [](const MunicipalEffect& part) { return part.weight == part.weight; });
}

bool is_pooled(const PooledEffect& pooled) {
  return pooled.pooled.reason == Undefined::none && pooled.pooled.mean.has_interval();
}

/// How many municipalities are left out because their error rests on few schools.
std::string few_text(const Briefing& b, const PooledEffect& pooled) {
  const auto few = std::count_if(pooled.parts.begin(), pooled.parts.end(),
                                 [](const MunicipalEffect& part) { return part.effect.rests_on_few(); });
  const auto least = static_cast<std::int64_t>(kLeastDf);
  return few == 0 ? std::string()
                  : " " + b.texts.get("pooled.few", {{"n", static_cast<std::int64_t>(few)}, {"least", least}});
}

/// The pooled difference, where one more municipality would lie, how far the true differences scatter; or why not.
std::string text_of(const Briefing& b, const PooledEffect& pooled) {
  const auto all = static_cast<std::int64_t>(pooled.parts.size());
  if (!is_pooled(pooled)) {
    const auto estimates = std::count_if(pooled.parts.begin(), pooled.parts.end(), [](const MunicipalEffect& part) {
      return part.effect.defined() && !part.effect.rests_on_few();
    });
    const std::string none = b.texts.get(
        "pooled.none",
        {{"n", static_cast<std::int64_t>(estimates)}, {"of", all}, {"least", std::int64_t{kSchoolsToCompare}}});
    return none + few_text(b, pooled);
  }
  const Indicator& indicator = b.figures().indicator_of(pooled.series);
  const Quantity mean = difference(indicator, pooled.pooled.mean, kNobody);
  const Quantity next = difference(indicator, pooled.pooled.prediction, kNobody);
  std::string out = b.texts.get("pooled.text", {{"n", with_effect(pooled)},
                                                {"of", all},
                                                {"value", b.format.with_unit(mean)},
                                                {"interval", b.format.interval(mean)}}) +
                    few_text(b, pooled);
  if (next.estimate.has_interval()) out += " " + b.texts.get("pooled.next", {{"interval", b.format.interval(next)}});
  Quantity scatter = mean;
  scatter.is_difference = false;
  scatter.estimate = exactly(std::sqrt(pooled.pooled.tau2.value), 0);
  return out + " " + b.texts.get("pooled.scatter", {{"sd", b.format.with_unit(scatter)}});
}

Object pooled_part(const Briefing& b, const PooledEffect& pooled) {
  List rows;
  for (const MunicipalEffect& part : pooled.parts) rows.push_back(table_row(b, pooled, part));
  const bool drawn = is_pooled(pooled);
  Object part = {{"name", series_name(b, pooled.series)},
                 {"unit", b.format.unit(difference(b.figures().indicator_of(pooled.series), {}, kNobody).unit)},
                 {"text", text_of(b, pooled)},
                 {"rows", std::move(rows)},
                 {"has_chart", drawn}};
  if (drawn) part.push_back({"chart", forest_of(b, pooled)});
  return part;
}

}  // namespace

List pooled_data(const Briefing& b) {
  List out;
  for (const std::size_t series : b.headlines) {
    if (const PooledEffect* pooled = pooled_of(b, series)) out.push_back(pooled_part(b, *pooled));
  }
  return out;
}

}  // namespace kaskad::reports
