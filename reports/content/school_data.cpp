#include <algorithm>

#include "reports/content/entity_view.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/monitoring_data.hpp"
#include "reports/content/partner_data.hpp"
#include "reports/content/process_data.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/ranks_data.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/works_parts.hpp"

namespace kaskad::reports {
namespace {

std::string yes_no_text(const Briefing& b, const std::optional<bool>& value, const std::string& key) {
  return value && *value ? b.texts.get("fact." + key) : std::string();
}

std::string facts_of(const Briefing& b, SchoolId school) {
  const School& s = b.data.registry.schools[school];
  const std::string type = school_type_name(b, s.type);
  std::vector<std::string> facts = {s.municipality, type.empty() ? "" : b.texts.get("fact.type", {{"type", type}}),
                                    yes_no_text(b, s.rural, "rural"), yes_no_text(b, s.small, "small"),
                                    b.texts.get("fact.id", {{"id", s.id}})};
  std::string line;
  for (const std::string& fact : facts) {
    if (!fact.empty()) line += (line.empty() ? "" : " · ") + fact;
  }
  return line;
}

List programme_rows(const Briefing& b, SchoolId school) {
  std::vector<std::size_t> own;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    const bool mine = b.data.programmes[r.programme].school == school;
    if (mine && (own.empty() || own.back() != r.programme)) own.push_back(r.programme);
  }
  return maturity_rows(b, own);
}

Object school_object(const Briefing& b, SchoolId school) {
  return {{"id", b.data.registry.schools[school].id},
          {"name", school_name(b, school)},
          {"municipality", b.data.registry.schools[school].municipality},
          {"group", group_of_school(b, school)},
          {"facts", facts_of(b, school)}};
}

std::string names_of(const Briefing& b, const std::vector<SchoolId>& schools) {
  std::string out;
  for (const SchoolId s : schools) out += (out.empty() ? "" : ", ") + school_name(b, s);
  return out;
}

std::string names_of_fields(const Briefing& b, const std::vector<int>& fields) {
  std::string out;
  for (const int field : fields) {
    const auto& name = b.data.context.fields[static_cast<std::size_t>(field)].name;
    out += (out.empty() ? "" : ", ") + b.texts.get("similar.field", {{"name", in_language(name, b.language())}});
  }
  return out;
}

/// Where the nearest schools are not like this one: far off in a condition, or most of them of another type.
std::string similar_remark(const Briefing& b, SchoolId school) {
  const auto& schools = b.data.registry.schools;
  const std::vector<SchoolId>& similar = b.similar.of_school[school];
  const std::vector<int>& far = b.similar.far_fields[school];
  const auto is_other = [&](SchoolId s) { return schools[s].type != schools[school].type; };
  const auto other_type = static_cast<std::size_t>(std::count_if(similar.begin(), similar.end(), is_other));
  const bool mostly_other = 2 * other_type > similar.size();
  if (far.empty() && !mostly_other) return {};
  return b.texts.get("similar.remark", {{"all", static_cast<std::int64_t>(similar.size())},
                                        {"far", static_cast<std::int64_t>(far.size())},
                                        {"fields", names_of_fields(b, far)},
                                        {"other", static_cast<std::int64_t>(mostly_other ? other_type : 0)}});
}

/// The rows of all tables with one indicator, which each row names.
List single_works(const List& tables) {
  List out;
  for (const Value& table : tables) {
    if (!table.find("single")->truthy()) continue;
    for (const Value& row : *table.find("rows")->list()) {
      Object named = std::get<Object>(row.is);
      named.emplace_back("indicator", *table.find("name"));
      out.emplace_back(std::move(named));
    }
  }
  return out;
}

}  // namespace

Value school_data(const Briefing& b, SchoolId school) {
  const EntityView view{b, b.frame().first_school() + school, "school", b.texts.get("label.this_school"),
                        b.similar.of_school[school]};
  Object root;
  add_identity(b, root);
  add_companions(b, b.beside.workbook, root);
  add_last_period(b, root);
  const auto role = b.frame().group_of[school];
  root.emplace_back("school", school_object(b, school));
  root.emplace_back("status", b.texts.get(role ? "status." + std::string(kRoleNames[static_cast<std::size_t>(*role)])
                                               : "status.none"));
  root.emplace_back("identification", school_identification(b, school));
  root.emplace_back("resilience", null_without_any(school_resilience(b, school)));
  root.emplace_back("ranks", null_without_any(school_ranks(b, school)));
  root.emplace_back("clusters", null_without_any(school_clusters(b, school)));
  root.emplace_back("wave_trends", null_without_any(entity_waves(b, view.entity)));
  root.emplace_back("targets", null_without_any(entity_targets(b, view.entity)));
  root.emplace_back("registry", null_without_any(school_registry(b, school)));
  add_list(root, "figures", view.headlines());
  root.emplace_back("absent", view.absent());
  root.emplace_back("position", view.position());
  root.emplace_back("findings", findings_data(b, view.entity));
  root.emplace_back("dynamics", view.dynamics());
  root.emplace_back("journal", journal_data(b, view.entity));
  root.emplace_back("marking", null_without_any(school_marking(b, school)));
  add_list(root, "tasks", tasks_data(b, view.entity));
  root.emplace_back("deficit_rule", deficit_rule(b));
  add_list(root, "context", view.context());
  root.emplace_back("partners", null_without_any(school_partners(b, school)));
  add_list(root, "processes", school_processes(b, school));
  add_list(root, "courses", school_courses(b, school));
  add_list(root, "programmes", programme_rows(b, school));
  root.emplace_back("cascade", school_cascade(b, school));
  root.emplace_back("road_map", school_road_map(b, school));
  root.emplace_back("support", school_support(b, school));
  add_list(root, "series", view.series());
  const List works = view.main_works();
  add_list(root, "single_works", single_works(works));
  add_list(root, "main_works", works);
  root.emplace_back("series_note", view.hidden_works());
  root.emplace_back("has_similar", !view.similar.empty());
  root.emplace_back("similar_names", names_of(b, view.similar));
  root.emplace_back("similar_remark", similar_remark(b, school));
  return root;
}

std::vector<Owner> school_owners(const Briefing& b, SchoolId school) {
  const Owner own = owner_of_school(b, school);
  std::vector<Owner> owners = {own, own | kCompanion, owner_of(kRegion)};
  for (const SchoolId s : schools_in_pairs(b, {school})) owners.push_back(owner_of_school(b, s));
  return owners;
}

}  // namespace kaskad::reports
