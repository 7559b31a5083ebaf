#include <algorithm>

#include "reports/content/labels.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {

std::string short_date(const Briefing& b, const std::string& iso) {
  if (iso.size() != 10) return iso;
  return b.texts.get("stages.date",
                     {{"year", iso.substr(0, 4)}, {"month", iso.substr(5, 2)}, {"day", iso.substr(8, 2)}});
}

std::string as_of_text(const Briefing& b) { return short_date(b, b.judgements.road_map.as_of); }

std::string stage_name(const Briefing& b, std::size_t stage) {
  const CascadeRubric& rubric = b.judgements.cascade_rubric;
  if (stage >= rubric.stages.size()) return b.texts.get("cascade.end");
  const CascadeStage& s = rubric.stages[stage];
  const std::string name = in_language(s.name, b.language(), s.id);
  return s.number.empty() ? name : s.number + ". " + name;
}

std::string row_owner_name(const Briefing& b, const RowOwner& owner) {
  if (owner.level == OwnerLevel::region) return b.texts.get("stages.region");
  return owner.school ? school_name(b, *owner.school) : owner.name;
}

Owner row_owner(const Briefing& b, const RowOwner& owner) {
  if (owner.school) return owner_of_school(b, *owner.school);
  const auto entity = owner.level == OwnerLevel::municipality
                          ? b.frame().find_entity(EntityKind::municipality, owner.name)
                          : std::nullopt;
  return owner_of(entity.value_or(kRegion));
}

std::string place_of(const Briefing& b, const RowOwner& owner) {
  if (owner.school) return b.data.registry.schools[*owner.school].municipality;
  return owner.level == OwnerLevel::municipality ? owner.name : std::string();
}

std::size_t place_order(const Briefing& b, const std::string& municipality) {
  const auto& names = b.data.registry.municipalities;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), municipality) - names.begin());
}

Quantity share_of(std::int64_t part, std::int64_t n, Owner owner) {
  const Estimate share =
      n > 0 ? exactly(100.0 * static_cast<double>(part) / static_cast<double>(n), n) : undefined(Undefined::no_data);
  return {share, Unit::percent, 0, false, owner};
}

std::string joined(const std::vector<std::string>& texts, const std::string& between) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : between) + text;
  return out;
}

Object gantt_chart(const Briefing& b, List rows) {
  List months;
  for (int m = 1; m <= 12; ++m) months.push_back(Object{{"label", b.texts.get("stages.month." + std::to_string(m))}});
  Object chart = {{"rows", std::move(rows)},
                  {"plan_label", b.texts.get("stages.gantt.plan")},
                  {"fact_label", b.texts.get("stages.gantt.fact")},
                  {"overdue_label", b.texts.get("stages.gantt.overdue")},
                  {"today_label", b.texts.get("stages.gantt.today")},
                  {"months", std::move(months)}};
  if (!b.judgements.road_map.as_of.empty()) chart.emplace_back("today", b.judgements.road_map.as_of);
  return chart;
}

Object gantt_row(std::string label, std::string note, const std::string& plan_from, const std::string& plan_to,
                 const std::string& fact_from, const std::string& fact_to) {
  Object row = {{"label", std::move(label)}, {"note", std::move(note)}};
  if (!plan_from.empty() && !plan_to.empty()) row.emplace_back("plan", Object{{"from", plan_from}, {"to", plan_to}});
  if (fact_from.empty()) return row;
  Object fact = {{"from", fact_from}};
  if (!fact_to.empty()) fact.emplace_back("to", fact_to);
  row.emplace_back("fact", std::move(fact));
  return row;
}

}  // namespace kaskad::reports
