#include <algorithm>

#include "engine/base/letter_case.hpp"
#include "reports/content/entity_view.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/monitoring_data.hpp"
#include "reports/content/municipality_schools.hpp"
#include "reports/content/next_tasks_data.hpp"
#include "reports/content/partner_data.hpp"
#include "reports/content/process_data.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/works_parts.hpp"

namespace kaskad::reports {
namespace {

std::size_t entity_of(const Briefing& b, std::size_t municipality) {
  return *b.frame().find_entity(EntityKind::municipality, b.data.registry.municipalities[municipality]);
}

bool holds(const std::vector<SchoolId>& schools, SchoolId school) {
  return std::find(schools.begin(), schools.end(), school) != schools.end();
}

List programme_rows(const Briefing& b, const std::string& municipality, const std::vector<SchoolId>& schools) {
  std::vector<std::size_t> own;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    const Programme& p = b.data.programmes[r.programme];
    const bool mine = p.school ? holds(schools, *p.school) : p.level == "municipal" && p.owner == municipality;
    if (mine && (own.empty() || own.back() != r.programme)) own.push_back(r.programme);
  }
  return maturity_rows(b, own);
}

Object municipality_object(const Briefing& b, std::size_t entity) {
  const std::vector<SchoolId>& schools = b.frame().members[entity];
  const auto count = [&](auto&& is) { return std::int64_t{std::count_if(schools.begin(), schools.end(), is)}; };
  const auto in = [&](Role role) { return count([&](SchoolId s) { return b.frame().group_of[s] == role; }); };
  const auto& registry = b.data.registry.schools;
  const std::int64_t n = static_cast<std::int64_t>(schools.size());
  return {{"name", b.frame().entities[entity].id},
          {"heading", capitalized(b.frame().entities[entity].id)},
          {"schools", n},
          {"schools_text", b.texts.get("count.schools", {{"n", n}})},
          {"rural", count([&](SchoolId s) { return registry[s].rural.value_or(false); })},
          {"small", count([&](SchoolId s) { return registry[s].small.value_or(false); })},
          {"focus", in(Role::focus)},
          {"control", in(Role::control)},
          {"base", in(Role::base)},
          {"partner", in(Role::partner)}};
}

}  // namespace

Value municipality_data(const Briefing& b, std::size_t municipality) {
  const std::string& name = b.data.registry.municipalities[municipality];
  const EntityView view{b, entity_of(b, municipality), "municipality", capitalized(name), {}};
  const std::vector<SchoolId>& schools = b.frame().members[view.entity];
  Object root;
  add_identity(b, root);
  add_companions(b, b.beside.municipal_workbook, root);
  add_last_period(b, root);
  root.emplace_back("municipality", municipality_object(b, view.entity));
  add_list(root, "figures", view.headlines());
  root.emplace_back("absent", view.absent());
  root.emplace_back("position", view.position());
  root.emplace_back("findings", findings_data(b, view.entity));
  root.emplace_back("dynamics", view.dynamics());
  root.emplace_back("journal", journal_data(b, view.entity));
  add_list(root, "tasks", tasks_data(b, view.entity));
  root.emplace_back("deficit_rule", deficit_rule(b));
  add_list(root, "context", view.context());
  root.emplace_back("wave_trends", null_without_any(entity_waves(b, view.entity)));
  root.emplace_back("targets", null_without_any(entity_targets(b, view.entity)));
  root.emplace_back("registry", null_without_any(municipality_registry(b, municipality)));
  root.emplace_back("schools", school_rows(b, schools));
  root.emplace_back("school_charts", schools_charts(b, schools));
  root.emplace_back("school_tables", school_tables(b, schools));
  root.emplace_back("partners", null_without_any(municipality_partners(b, schools)));
  add_list(root, "processes", municipality_processes(b, view.entity, schools));
  add_list(root, "courses", municipality_courses(b, municipality));
  add_list(root, "programmes", programme_rows(b, name, schools));
  root.emplace_back("cascade", municipality_cascade(b, name));
  root.emplace_back("road_map", municipality_road_map(b, name));
  root.emplace_back("support", municipality_support(b, name));
  List tasks = next_tasks(b, root, view.entity);
  add_list(root, "next_tasks", std::move(tasks));
  add_list(root, "series", view.series());
  root.emplace_back("series_note", view.hidden_series());
  return root;
}

std::vector<Owner> municipality_owners(const Briefing& b, std::size_t municipality) {
  const std::size_t entity = entity_of(b, municipality);
  std::vector<Owner> owners = {owner_of(entity), owner_of(entity) | kCompanion, owner_of(kRegion)};
  for (const SchoolId s : b.frame().members[entity]) owners.push_back(owner_of_school(b, s));
  for (const SchoolId s : schools_in_pairs(b, b.frame().members[entity])) owners.push_back(owner_of_school(b, s));
  return owners;
}

}  // namespace kaskad::reports
