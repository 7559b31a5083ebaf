// Visits plan and fact, curators and coordinators as trees.
#include <algorithm>

#include "reports/content/labels.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const Support& support_of(const Briefing& b) { return b.judgements.support; }

Object count_row(std::string name, const VisitCount& c, Owner owner) {
  Object row = {{"name", std::move(name)},
                {"planned", c.planned()},
                {"planned_done", c.planned_done()},
                {"done", c.done()},
                {"share", share_of(c.planned_done(), c.planned(), owner)}};
  for (std::size_t s = 0; s < kVisitStateNames.size(); ++s)
    row.emplace_back("n_" + std::string(kVisitStateNames[s]), c.by_state[s]);
  return row;
}

Object visit_row(const Briefing& b, const JudgedVisit& judged) {
  const Visit& v = b.data.programme_data.visits[judged.visit];
  const School& school = b.data.registry.schools[v.school];
  const std::string state(kVisitStateNames[static_cast<std::size_t>(judged.state)]);
  return {{"id", school.id},
          {"school", school_name(b, v.school)},
          {"municipality", school.municipality},
          {"supporter", v.supporter},
          {"planned", short_date(b, v.planned)},
          {"done", short_date(b, v.done)},
          {"state", b.texts.get("support.state." + state, {{"n", judged.days}})},
          {"days", judged.days},
          {"purpose", v.purpose},
          {"result", v.result}};
}

std::string names_of(const Briefing& b, const std::vector<std::size_t>& supporters) {
  std::vector<std::string> names;
  for (const std::size_t i : supporters) {
    const std::string& name = b.data.programme_data.supporters[i].name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return joined(names);
}

/// The count of a school's visits; zeros where there are none.
VisitCount visits_of(const Briefing& b, SchoolId school) {
  for (const VisitCount& c : support_of(b).by_school) {
    if (c.school == school) return c;
  }
  return {};
}

template <class Wanted>
List school_rows_of(const Briefing& b, Wanted wanted) {
  std::vector<SchoolSupport> schools;
  std::copy_if(support_of(b).schools.begin(), support_of(b).schools.end(), std::back_inserter(schools),
               [&](const SchoolSupport& s) { return wanted(s.school); });
  const auto place = [&](const SchoolSupport& s) {
    return place_order(b, b.data.registry.schools[s.school].municipality);
  };
  std::stable_sort(schools.begin(), schools.end(),
                   [&](const SchoolSupport& one, const SchoolSupport& two) { return place(one) < place(two); });
  List rows;
  for (const SchoolSupport& s : schools) {
    const VisitCount visits = visits_of(b, s.school);
    Object row = count_row(school_name(b, s.school), visits, owner_of_school(b, s.school));
    row.emplace_back("id", b.data.registry.schools[s.school].id);
    row.emplace_back("municipality", b.data.registry.schools[s.school].municipality);
    row.emplace_back("curators", names_of(b, s.curators));
    row.emplace_back("coordinators", names_of(b, s.coordinators));
    rows.push_back(std::move(row));
  }
  return rows;
}

template <class Wanted>
List visit_rows(const Briefing& b, bool overdue_only, Wanted wanted) {
  List rows;
  for (const JudgedVisit& v : support_of(b).visits) {
    const bool kept = !overdue_only || v.state == VisitState::overdue;
    if (kept && wanted(b.data.programme_data.visits[v.visit].school)) rows.push_back(visit_row(b, v));
  }
  return rows;
}

std::string ground_of(const Briefing& b, const SupporterLoad& load) {
  std::vector<std::string> parts = load.municipalities;
  if (load.whole_region) parts.insert(parts.begin(), b.texts.get("stages.region"));
  return joined(parts);
}

template <class Wanted>
List supporter_rows(const Briefing& b, Wanted wanted) {
  List rows;
  for (const SupporterLoad& load : support_of(b).supporters) {
    const auto n = std::count_if(load.schools.begin(), load.schools.end(), wanted);
    Object row = count_row(load.name, load.visits, owner_of(kRegion));
    row.emplace_back(
        "role", b.texts.get("support.role." + std::string(kSupporterRoleNames[static_cast<std::size_t>(load.role)])));
    row.emplace_back("ground", ground_of(b, load));
    row.emplace_back("schools", static_cast<std::int64_t>(n));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string text_of(const Briefing& b, const VisitCount& c) {
  if (c.n() == 0) return b.texts.get("support.no_visits");
  return b.texts.get("support.text", {{"date", as_of_text(b)},
                                      {"planned", c.planned()},
                                      {"in_time", c.of(VisitState::in_time)},
                                      {"late", c.of(VisitState::late)},
                                      {"overdue", c.of(VisitState::overdue)},
                                      {"ahead", c.of(VisitState::ahead)},
                                      {"unplanned", c.of(VisitState::unplanned)}});
}

template <class Wanted>
std::string without_text(const Briefing& b, Wanted wanted) {
  std::vector<std::string> names;
  for (const SchoolId s : support_of(b).without_curator) {
    if (wanted(s)) names.push_back(school_name(b, s));
  }
  return names.empty() ? std::string()
                       : b.texts.get("support.without_curator",
                                     {{"n", static_cast<std::int64_t>(names.size())}, {"names", joined(names)}});
}

template <class Wanted>
Object common_tree(const Briefing& b, const VisitCount& count, Owner owner, Wanted wanted) {
  Object out = {{"text", Value::told_of(owner, text_of(b, count))}, {"without_curator", without_text(b, wanted)}};
  add_list(out, "schools", school_rows_of(b, wanted));
  add_list(out, "visits", visit_rows(b, false, wanted));
  add_list(out, "overdue", visit_rows(b, true, wanted));
  return out;
}

}  // namespace

Value region_support(const Briefing& b) {
  const Support& support = support_of(b);
  if (support.empty()) return {};
  const auto all = [](SchoolId) { return true; };
  Object out = common_tree(b, support.all, owner_of(kRegion), all);
  List municipalities;
  for (const VisitCount& c : support.by_municipality) {
    const RowOwner owner{OwnerLevel::municipality, c.name, std::nullopt};
    municipalities.push_back(count_row(c.name, c, row_owner(b, owner)));
  }
  const bool several = municipalities.size() > 1;
  add_list(out, "municipalities", several ? std::move(municipalities) : List{});
  List by_supporter;
  for (const VisitCount& c : support.by_supporter)
    by_supporter.push_back(
        count_row(c.name.empty() ? b.texts.get("support.nobody_named") : c.name, c, owner_of(kRegion)));
  add_list(out, "by_supporter", std::move(by_supporter));
  add_list(out, "supporters", supporter_rows(b, all));
  out.emplace_back("total", count_row(b.texts.get("support.total"), support.all, owner_of(kRegion)));
  return out;
}

Value municipality_support(const Briefing& b, const std::string& municipality) {
  const auto own = [&](SchoolId s) { return b.data.registry.schools[s].municipality == municipality; };
  const auto& schools = support_of(b).schools;
  if (std::none_of(schools.begin(), schools.end(), [&](const SchoolSupport& s) { return own(s.school); })) return {};
  VisitCount count;
  for (const VisitCount& c : support_of(b).by_municipality) {
    if (c.name == municipality) count = c;
  }
  return common_tree(b, count, row_owner(b, {OwnerLevel::municipality, municipality, std::nullopt}), own);
}

Value school_support(const Briefing& b, SchoolId school) {
  const auto own = [&](SchoolId s) { return s == school; };
  const auto& schools = support_of(b).schools;
  const auto found =
      std::find_if(schools.begin(), schools.end(), [&](const SchoolSupport& s) { return s.school == school; });
  const bool any = found != schools.end() &&
                   (!found->curators.empty() || !found->coordinators.empty() || visits_of(b, school).n() > 0);
  if (!any) return {};
  Object out = common_tree(b, visits_of(b, school), owner_of_school(b, school), own);
  out.emplace_back("curators", names_of(b, found->curators));
  out.emplace_back("coordinators", names_of(b, found->coordinators));
  return out;
}

}  // namespace kaskad::reports
