// The registry of programmes as trees: passports, schools by year, the percentage with its rule.
#include <algorithm>
#include <cmath>

#include "reports/content/labels.hpp"
#include "reports/content/maturity_words.hpp"
#include "reports/content/monitoring_data.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

using Schools = std::vector<SchoolId>;

const Registers& registers_of(const Briefing& b) { return b.judgements.registers; }

std::string term_of(const Briefing& b, const Programme& p) {
  if (p.from.empty() && p.to.empty()) return {};
  return b.texts.get("registry.term", {{"from", p.from.empty() ? "none" : b.format.date(p.from)},
                                       {"to", p.to.empty() ? "none" : b.format.date(p.to)}});
}

/// The same for a table, where both ends are known.
std::string short_term_of(const Briefing& b, const Programme& p) {
  if (p.from.empty() || p.to.empty()) return term_of(b, p);
  return b.texts.get("road_map.term", {{"from", short_date(b, p.from)}, {"to", short_date(b, p.to)}});
}

List task_rows(const Programme& p) {
  List out;
  for (const std::string& task : p.tasks) out.push_back(Object{{"text", task}});
  return out;
}

std::string joined_tasks(const Programme& p) {
  std::string out;
  for (const std::string& task : p.tasks) out += (out.empty() ? "" : "; ") + task;
  return out;
}

/// Results that the programme expects, as its passport names them; many are told by their number.
std::string expected_text(const Briefing& b, const Programme& p) {
  constexpr std::size_t kMostResults = 5;
  std::vector<std::string> texts;
  for (const ExpectedResult& e : b.data.programme_data.expected) {
    if (&b.data.programmes[static_cast<std::size_t>(e.programme)] == &p) texts.push_back(e.text);
  }
  if (texts.size() > kMostResults)
    return b.texts.get("registry.expected", {{"n", static_cast<std::int64_t>(texts.size())}});
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "; ") + text;
  return out;
}

bool has_passport(const Programme& p) {
  return !p.goal.empty() || !p.tasks.empty() || !p.from.empty() || !p.to.empty() || !p.coordinator.empty();
}

/// The lines of a passport that are filled in: {name, value}.
List passport_rows(const Briefing& b, const Programme& p) {
  List rows;
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty())
      rows.push_back(Object{{"name", b.texts.get(std::string("registry.passport.") + key)}, {"value", value}});
  };
  add("level", b.texts.get("programme_level." + p.level));
  add("owner", programme_owner(b, p));
  add("goal", p.goal);
  add("tasks", joined_tasks(p));
  add("expected", expected_text(b, p));
  add("term", term_of(b, p));
  add("coordinator", p.coordinator);
  return rows;
}

std::string school_year(int year) { return std::to_string(year - 1) + "/" + std::to_string(year).substr(2); }

Quantity percent(const std::optional<double>& value, std::size_t n) {
  const auto schools = static_cast<std::int64_t>(n);
  return {value ? exactly(*value, schools) : undefined(Undefined::no_data), Unit::percent, 0, false, owner_of(kRegion)};
}

std::string fraction(const ParticipationYear& y) {
  return std::to_string(y.above.size()) + "\u00A0/\u00A0" + std::to_string(y.below.size());
}

Object year_row(const Briefing& b, const ParticipationYear& y) {
  Object row = {{"year", school_year(y.year)}};
  for (std::size_t s = 0; s < kParticipationStateNames.size(); ++s) {
    row.emplace_back(std::string(kParticipationStateNames[s]), told_schools(b, y.schools[s]));
    row.emplace_back("n_" + std::string(kParticipationStateNames[s]), static_cast<std::int64_t>(y.schools[s].size()));
  }
  row.emplace_back("fraction", y.below.empty() ? std::string() : fraction(y));
  row.emplace_back("percent", percent(y.percent, y.below.size()));
  row.emplace_back("stated", y.stated ? Value(percent(y.stated, y.below.size())) : Value());
  return row;
}

std::string rule_text(const Briefing& b, const CompletionRule& rule) {
  return b.texts.get("registry.rule", {{"what", std::string(kCompletedWhatNames[static_cast<std::size_t>(rule.what)])},
                                       {"when", std::string(kCompletedWhenNames[static_cast<std::size_t>(rule.when)])},
                                       {"of", std::string(kCompletedOfNames[static_cast<std::size_t>(rule.of)])},
                                       {"only", rule.only_of ? "yes" : "no"}});
}

/// Schools above the line that are not below it, in any year.
Schools strangers_of(const ProgrammeRegister& r) {
  Schools out;
  for (const ParticipationYear& y : r.years) {
    for (const SchoolId school : y.strangers) {
      if (std::find(out.begin(), out.end(), school) == out.end()) out.push_back(school);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Do the office's own percentages come out, and if not, do they by another rule?
std::string stated_text(const Briefing& b, const ProgrammeRegister& r) {
  const bool any = std::any_of(r.years.begin(), r.years.end(), [](const auto& y) { return y.stated.has_value(); });
  if (!any) return {};
  if (r.agrees) return b.texts.get("registry.stated.agrees");
  if (r.reproduced_by.empty()) return b.texts.get("registry.stated.none");
  return b.texts.get("registry.stated.other", {{"rule", rule_text(b, r.reproduced_by.front())}});
}

/// «СШ № 36 — 2020/21: продолжает и завершила».
List contradictions_of(const Briefing& b, const ProgrammeRegister& r) {
  List out;
  for (const ParticipationYear& y : r.years) {
    const Schools &goes_on = y.in(ParticipationState::goes_on), &completed = y.in(ParticipationState::completed);
    Schools both;
    std::set_intersection(goes_on.begin(), goes_on.end(), completed.begin(), completed.end(), std::back_inserter(both));
    if (!both.empty())
      out.push_back(Object{{"text", b.texts.get("registry.contradiction", {{"schools", joined_schools(b, both)},
                                                                           {"year", school_year(y.year)}})}});
  }
  return out;
}

std::string note_of(const Briefing& b, const ProgrammeRegister& r) {
  std::string out = rule_text(b, registers_of(b).settings.rule);
  const Schools strangers = strangers_of(r);
  if (!strangers.empty())
    out += " " + b.texts.get("registry.strangers", {{"n", static_cast<std::int64_t>(strangers.size())},
                                                    {"schools", joined_schools(b, strangers)}});
  std::vector<std::string> parts = {stated_text(b, r)};
  for (const Value& contradiction : contradictions_of(b, r)) parts.push_back(*contradiction.find("text")->text());
  for (const std::string& part : parts) out += (part.empty() ? "" : " ") + part;
  return out;
}

const ProgrammeRegister* register_of(const Briefing& b, std::size_t programme) {
  const auto& all = registers_of(b).programmes;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ProgrammeRegister& r) { return r.programme == programme; });
  return found == all.end() ? nullptr : &*found;
}

/// Was any school in the state in any year?
bool any_in(const ProgrammeRegister& r, std::size_t state) {
  return std::any_of(r.years.begin(), r.years.end(),
                     [&](const ParticipationYear& y) { return !y.schools[state].empty(); });
}

Object programme_object(const Briefing& b, std::size_t programme) {
  const Programme& p = b.data.programmes[programme];
  Object out = {{"id", p.id}, {"name", name_of_programme(p)}};
  add_list(out, "passport", has_passport(p) ? passport_rows(b, p) : List{});
  add_list(out, "tasks", task_rows(p));
  const ProgrammeRegister* r = register_of(b, programme);
  List years;
  if (r != nullptr)
    std::transform(r->years.begin(), r->years.end(), std::back_inserter(years),
                   [&](const ParticipationYear& y) { return year_row(b, y); });
  const bool stated = r != nullptr && std::any_of(r->years.begin(), r->years.end(),
                                                  [](const ParticipationYear& y) { return y.stated.has_value(); });
  for (std::size_t s = 0; s < kParticipationStateNames.size(); ++s)
    out.emplace_back("has_" + std::string(kParticipationStateNames[s]), r != nullptr && any_in(*r, s));
  add_list(out, "years", std::move(years));
  out.emplace_back("has_stated", stated);
  out.emplace_back("schools", r == nullptr ? 0 : static_cast<std::int64_t>(r->ever.size()));
  out.emplace_back("note", r == nullptr ? std::string() : note_of(b, *r));
  add_list(out, "contradictions", r == nullptr ? List{} : contradictions_of(b, *r));
  return out;
}

/// One row a programme, for the workbook.
Object passport_row(const Briefing& b, const Programme& p) {
  return {{"id", p.id},
          {"name", name_of_programme(p)},
          {"level", b.texts.get("programme_level." + p.level)},
          {"owner", programme_owner(b, p)},
          {"goal", p.goal},
          {"tasks", joined_tasks(p)},
          {"term", term_of(b, p)},
          {"coordinator", p.coordinator}};
}

std::string state_name(const Briefing& b, ParticipationState state) {
  return b.texts.get("registry.state." + std::string(kParticipationStateNames[static_cast<std::size_t>(state)]));
}

/// One row a school, year and state, in the order of the files.
List participation_rows(const Briefing& b, const auto& is_wanted) {
  List rows;
  for (const Participation& p : b.data.programme_data.participation) {
    if (!is_wanted(p)) continue;
    const School& school = b.data.registry.schools[p.school];
    rows.push_back(Object{{"programme", name_of_programme(b.data.programmes[static_cast<std::size_t>(p.programme)])},
                          {"id", school.id},
                          {"school", school_name(b, p.school)},
                          {"municipality", school.municipality},
                          {"year", school_year(p.year)},
                          {"state", state_name(b, p.state)},
                          {"document", p.document},
                          {"reason", p.reason}});
  }
  return rows;
}

/// Programmes with a passport or a register, those wanted.
List programmes_where(const Briefing& b, const auto& is_wanted) {
  List out;
  for (std::size_t p = 0; p < b.data.programmes.size(); ++p) {
    const bool any = has_passport(b.data.programmes[p]) || register_of(b, p) != nullptr;
    if (any && is_wanted(p)) out.push_back(programme_object(b, p));
  }
  return out;
}

bool is_told_alone(const Briefing& b, std::size_t programme) {
  const Programme& p = b.data.programmes[programme];
  return !p.goal.empty() || !p.tasks.empty() || register_of(b, programme) != nullptr;
}

/// The region's and the municipalities' programmes, one row each; those of schools are many and counted.
List list_rows(const Briefing& b) {
  std::vector<std::size_t> places;
  for (std::size_t p = 0; p < b.data.programmes.size(); ++p) {
    if (!b.data.programmes[p].school) places.push_back(p);
  }
  std::stable_sort(places.begin(), places.end(), [&](std::size_t x, std::size_t y) {
    return b.data.programmes[x].owner.empty() > b.data.programmes[y].owner.empty();
  });
  List rows;
  for (const std::size_t p : places) {
    const Programme& programme = b.data.programmes[p];
    const ProgrammeRegister* r = register_of(b, p);
    rows.push_back(Object{{"name", name_of_programme(programme)},
                          {"level", b.texts.get("programme_level." + programme.level)},
                          {"owner", programme_owner(b, programme)},
                          {"term", short_term_of(b, programme)},
                          {"coordinator", programme.coordinator},
                          {"schools", r == nullptr ? Value() : Value(static_cast<std::int64_t>(r->ever.size()))}});
  }
  return rows;
}

std::string school_programmes_text(const Briefing& b) {
  const auto n = std::count_if(b.data.programmes.begin(), b.data.programmes.end(),
                               [](const Programme& p) { return p.school.has_value(); });
  return n == 0 ? std::string() : b.texts.get("registry.school_programmes", {{"n", std::int64_t{n}}});
}

Object registry_object(List programmes, List rows) {
  Object out = {{"has_any", !programmes.empty() || !rows.empty()}};
  add_list(out, "programmes", std::move(programmes));
  add_list(out, "rows", std::move(rows));
  return out;
}

}  // namespace

std::string name_of_programme(const Programme& programme) {
  return programme.name.empty() ? programme.id : programme.name;
}

namespace {

/// No line ends beside the sign of a number.
std::string unbroken(std::string name) {
  for (const std::string_view sign : {" №", "№ "}) {
    const std::size_t at = name.find(sign);
    if (at != std::string::npos) name.replace(name.find(' ', at), 1, "\u00A0");
  }
  return name;
}

}  // namespace

std::string joined_schools(const Briefing& b, const std::vector<SchoolId>& schools) {
  std::string out;
  for (const SchoolId school : schools) out += (out.empty() ? "" : ", ") + unbroken(school_name(b, school));
  return out;
}

std::string told_schools(const Briefing& b, const std::vector<SchoolId>& schools) {
  constexpr std::size_t kMostNames = 12;
  return schools.size() > kMostNames
             ? b.texts.get("registry.schools", {{"n", static_cast<std::int64_t>(schools.size())}})
             : joined_schools(b, schools);
}

bool concerns(const Briefing& b, const Programme& programme, std::size_t entity) {
  const Entity& e = b.frame().entities[entity];
  const auto& members = b.frame().members[entity];
  if (programme.school) return std::find(members.begin(), members.end(), *programme.school) != members.end();
  return e.kind == EntityKind::municipality && programme.level == "municipal" && programme.owner == e.id;
}

Object region_registry(const Briefing& b) {
  List list = list_rows(b);
  const bool several = list.size() > 1;
  // Passports that say no more than the list are in the workbook, and those of schools in the schools' own reports.
  const auto is_alone = [&](std::size_t p) {
    return is_told_alone(b, p) || (!several && !b.data.programmes[p].school);
  };
  Object out =
      registry_object(programmes_where(b, is_alone), participation_rows(b, [](const Participation&) { return true; }));
  out.emplace_back("has_several", several);
  out.emplace_back("list", std::move(list));
  out.emplace_back("school_programmes", school_programmes_text(b));
  List all;
  for (const Programme& p : b.data.programmes) {
    if (has_passport(p)) all.push_back(passport_row(b, p));
  }
  add_list(out, "passports", std::move(all));
  return out;
}

Object municipality_registry(const Briefing& b, std::size_t municipality) {
  const auto entity = b.frame().find_entity(EntityKind::municipality, b.data.registry.municipalities[municipality]);
  const auto& schools = b.frame().members[*entity];
  const auto is_own = [&](const Participation& p) {
    return std::find(schools.begin(), schools.end(), p.school) != schools.end();
  };
  return registry_object(programmes_where(b,
                                          [&](std::size_t p) {
                                            const Programme& programme = b.data.programmes[p];
                                            return !programme.school && concerns(b, programme, *entity);
                                          }),
                         participation_rows(b, is_own));
}

Object school_registry(const Briefing& b, SchoolId school) {
  return registry_object(programmes_where(b, [&](std::size_t p) { return b.data.programmes[p].school == school; }),
                         participation_rows(b, [&](const Participation& p) { return p.school == school; }));
}

}  // namespace kaskad::reports
