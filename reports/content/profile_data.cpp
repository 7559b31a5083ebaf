// Who takes part: schools by kind, participants by procedure and year; lists of schools; the cards of the brief.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "reports/content/chart_data.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/missing_points.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

using SchoolTest = bool (*)(const School&);
struct SchoolKind {
  const char* key;
  SchoolTest is;
};
constexpr std::array<SchoolKind, 4> kKinds = {{
    {"all", [](const School&) { return true; }},
    {"rural", [](const School& s) { return s.rural.value_or(false); }},
    {"small", [](const School& s) { return s.small.value_or(false); }},
    {"rural_small", [](const School& s) { return s.rural.value_or(false) && s.small.value_or(false); }},
}};

/// A census of the region's schools: the share is exact.
Quantity share_of(std::int64_t part, std::int64_t all) {
  const Estimate share = exactly(100.0 * static_cast<double>(part) / static_cast<double>(all), all);
  return {share, Unit::percent, 1, false, owner_of(kRegion)};
}

List schools_by_kind(const Briefing& b) {
  const auto& schools = b.data.registry.schools;
  const auto all = static_cast<std::int64_t>(schools.size());
  List rows;
  for (const SchoolKind& kind : kKinds) {
    const auto n = static_cast<std::int64_t>(std::count_if(schools.begin(), schools.end(), kind.is));
    if (n == 0) continue;
    rows.push_back(Object{
        {"name", b.texts.get("school_kind." + std::string(kind.key))}, {"schools", n}, {"share", share_of(n, all)}});
  }
  return rows;
}

Object school_type(const std::string& name, const std::vector<const School*>& schools) {
  const auto count = [&](SchoolTest is) {
    return static_cast<std::int64_t>(std::count_if(schools.begin(), schools.end(), [&](auto* s) { return is(*s); }));
  };
  const auto n = static_cast<std::int64_t>(schools.size());
  Object row{{"name", name}, {"schools", n}};
  for (std::size_t kind = 1; kind < kKinds.size(); ++kind) {
    const std::int64_t part = count(kKinds[kind].is);
    row.emplace_back(kKinds[kind].key, part);
    row.emplace_back(std::string(kKinds[kind].key) + "_share", share_of(part, n));
  }
  return row;
}

/// Types in the order of the registry, and all schools together; empty when it states none.
List schools_by_type(const Briefing& b) {
  std::vector<std::pair<std::string, std::vector<const School*>>> types;
  std::vector<const School*> all;
  for (const School& school : b.data.registry.schools) {
    all.push_back(&school);
    auto type = std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.first == school.type; });
    if (type == types.end()) type = types.insert(types.end(), {school.type, {}});
    type->second.push_back(&school);
  }
  if (types.empty() || (types.size() == 1 && types.front().first.empty())) return {};
  List rows;
  for (const auto& [name, schools] : types)
    rows.push_back(
        school_type(name.empty() ? b.texts.get("school_kind.unknown_type") : school_type_name(b, name), schools));
  rows.push_back(school_type(b.texts.get("school_kind.all"), all));
  return rows;
}

/// Results and schools with results, by procedure and grade, then by year.
struct Taking {
  std::map<int, std::int64_t> results;
  std::map<int, std::vector<bool>> schools;
};
using Takings = std::map<std::pair<ProcedureId, int>, Taking>;

Takings takings(const Briefing& b) {
  Takings out;
  const Cube& cube = b.data.cube;
  for (std::size_t c = 0; c < cube.size(); ++c) {
    const Cube::Cell cell = cube.cell(c);
    std::int64_t most = 0;
    for (int o = 0; o < kOutcomes; ++o) most = std::max(most, cell.tally(static_cast<Outcome>(o)).n());
    Taking& taking = out[{cell.key.procedure, cell.key.grade}];
    taking.results[cell.key.year] += most;
    auto& schools = taking.schools[cell.key.year];
    schools.resize(b.data.registry.schools.size());
    schools[cell.key.school] = schools[cell.key.school] || most > 0;
  }
  return out;
}

/// What a procedure's results cover.
struct Cover {
  std::set<int> grades, years;
  std::set<SubjectId> subjects;
};

/// «5–9», or «9, 11»; empty without grades.
std::string grades_text(const std::set<int>& grades) {
  std::string out;
  const bool run = grades.size() > 2 && *grades.rbegin() - *grades.begin() + 1 == static_cast<int>(grades.size());
  if (run) return std::to_string(*grades.begin()) + "–" + std::to_string(*grades.rbegin());
  for (const int grade : grades) {
    if (grade > 0) out += (out.empty() ? "" : ", ") + std::to_string(grade);
  }
  return out;
}

std::string subjects_text(const Briefing& b, const std::set<SubjectId>& subjects) {
  std::string out;
  for (const SubjectId s : subjects)
    out += (out.empty() ? "" : ", ") + in_language(b.data.vocabulary.subjects[s].name, b.language());
  return out;
}

/// One row a procedure that has results: grades, subjects and years.
List procedures(const Briefing& b) {
  std::map<ProcedureId, Cover> covers;
  const Cube& cube = b.data.cube;
  for (std::size_t c = 0; c < cube.size(); ++c) {
    const CellKey key = cube.cell(c).key;
    Cover& cover = covers[key.procedure];
    cover.grades.insert(key.grade);
    cover.years.insert(key.year);
    cover.subjects.insert(key.subject);
  }
  List rows;
  for (const auto& [procedure, cover] : covers)
    rows.push_back(Object{{"name", in_language(b.data.vocabulary.procedures[procedure].name, b.language())},
                          {"grades", grades_text(cover.grades)},
                          {"n", static_cast<std::int64_t>(cover.subjects.size())},
                          {"subjects", subjects_text(b, cover.subjects)},
                          {"years", years_text({cover.years.begin(), cover.years.end()})}});
  return rows;
}

std::string procedure_and_grade(const Briefing& b, ProcedureId procedure, int grade) {
  const std::string name = in_language(b.data.vocabulary.procedures[procedure].short_name, b.language());
  return grade == 0 ? name : name + ", " + b.texts.get("label.grade", {{"grade", std::to_string(grade)}});
}

List participants(const Briefing& b) {
  List rows;
  for (const auto& [key, taking] : takings(b)) {
    List by_year, schools;
    for (const int year : b.data.vocabulary.years) {
      const auto n = taking.results.find(year);
      const auto in = taking.schools.find(year);
      by_year.push_back(n == taking.results.end() ? std::int64_t{0} : n->second);
      schools.push_back(in == taking.schools.end()
                            ? std::int64_t{0}
                            : static_cast<std::int64_t>(std::count(in->second.begin(), in->second.end(), true)));
    }
    rows.push_back(Object{{"name", procedure_and_grade(b, key.first, key.second)},
                          {"results", std::move(by_year)},
                          {"schools", std::move(schools)}});
  }
  return rows;
}

/// «ЕГЭ — единый государственный экзамен; …»: the short names in the table of participants that are not the full ones.
std::string abbreviations(const Briefing& b) {
  std::set<ProcedureId> held;
  for (const auto& [key, taking] : takings(b)) held.insert(key.first);
  std::string out;
  for (const ProcedureId p : held) {
    const Procedure& procedure = b.data.vocabulary.procedures[p];
    const std::string full = in_language(procedure.name, b.language());
    const std::string brief = in_language(procedure.short_name, b.language());
    if (brief.empty() || brief == full) continue;
    std::string name = b.language() == "ru" ? in_sentence(full) : full;
    if (const auto repeated = name.find(" (" + brief + ")"); repeated != std::string::npos) name.resize(repeated);
    out += (out.empty() ? "" : "; ") + b.texts.get("label.abbreviation", {{"short", brief}, {"name", name}});
  }
  return out;
}

/// «2017–2019», «с 2020»; empty when the role lasts for the whole period.
std::string years_of(const Briefing& b, const Membership& m) {
  const std::string from = std::to_string(m.from), to = std::to_string(m.to);
  if (m.from == 0 && m.to == 0) return {};
  if (m.to == 0) return b.texts.get("listed.from", {{"year", from}});
  if (m.from == 0) return b.texts.get("listed.to", {{"year", to}});
  return from == to ? from : from + "–" + to;
}

/// A row a school, however often it had the role; `members` holds its memberships side by side.
struct ListedSchool {
  SchoolId school = 0;
  std::string years;
};

std::vector<ListedSchool> listed_schools(const Briefing& b, const std::vector<Membership>& members) {
  std::vector<ListedSchool> out;
  for (const Membership& m : members) {
    if (out.empty() || out.back().school != m.school) out.push_back({m.school, {}});
    const std::string years = years_of(b, m);
    std::string& all = out.back().years;
    all += (all.empty() || years.empty() ? "" : ", ") + years;
  }
  return out;
}

Object listed_school(const Briefing& b, const ListedSchool& m, std::int64_t number) {
  const School& school = b.data.registry.schools[m.school];
  std::string partners;
  for (const Partnership& p : b.data.partnerships) {
    if (p.school == m.school) partners += (partners.empty() ? "" : "; ") + school_name(b, p.partner);
  }
  Value entry;
  if (!b.headlines.empty() && !b.frame().periods.empty()) {
    const auto period = b.frame().find_wave(WaveRole::entry).value_or(b.frame().periods.size() - 1);
    entry = figure(b, b.headlines.front(), b.frame().first_school() + m.school, period);
  }
  return {{"number", number},
          {"id", school.id},
          {"name", school_name(b, m.school)},
          {"municipality", school.municipality},
          {"type", school_type_name(b, school.type)},
          {"years", m.years},
          {"partners", partners},
          {"entry", std::move(entry)}};
}

Quantity lead_difference(const Briefing& b, std::size_t series) {
  const auto& change = b.figures().series[series].change;
  const Estimate e = change.empty() ? undefined(Undefined::no_data) : change[kRegion];
  return difference(b.figures().indicator_of(series), e, owner_of(kRegion));
}

}  // namespace

Object profile_data(const Briefing& b) {
  return {{"schools_by", schools_by_kind(b)},
          {"types", schools_by_type(b)},
          {"participants", participants(b)},
          {"abbreviations", abbreviations(b)},
          {"procedures", procedures(b)}};
}

List list_data(const Briefing& b) {
  List out;
  for (std::size_t r = 0; r < kRoleNames.size(); ++r) {
    std::vector<Membership> members;
    for (const Membership& m : b.data.memberships) {
      if (static_cast<std::size_t>(m.role) == r) members.push_back(m);
    }
    if (members.empty()) continue;
    const auto& schools = b.data.registry.schools;
    const auto& order = b.data.registry.municipalities;
    const auto place = [&](const Membership& m) {
      return std::find(order.begin(), order.end(), schools[m.school].municipality) - order.begin();
    };
    std::stable_sort(members.begin(), members.end(), [&](const Membership& x, const Membership& y) {
      return std::tuple(place(x), x.school, x.from) < std::tuple(place(y), y.school, y.from);
    });
    List rows;
    for (const ListedSchool& school : listed_schools(b, members))
      rows.push_back(listed_school(b, school, static_cast<std::int64_t>(rows.size()) + 1));
    const auto n = static_cast<std::int64_t>(rows.size());
    const bool has_partners = std::any_of(rows.begin(), rows.end(), [](const Value& row) {
      const Value* partners = row.find("partners");
      return partners != nullptr && partners->truthy();
    });
    out.push_back(Object{{"role", std::string(kRoleNames[r])},
                         {"has_partners", has_partners},
                         {"name", group_name(b, static_cast<Role>(r))},
                         {"n", n},
                         {"schools_text", b.texts.get("count.schools", {{"n", n}})},
                         {"schools", std::move(rows)}});
  }
  return out;
}

List brief_cards(const Briefing& b) {
  List cards;
  for (const std::size_t series : b.headlines) {
    if (b.frame().periods.empty()) break;
    const Quantity change = lead_difference(b, series);
    const Verdict verdict = verdict_of(change.estimate);
    Args args;
    if (verdict != Verdict::undefined) {
      const bool sided = verdict == Verdict::up || verdict == Verdict::down;
      const Quantity shown = sided ? size_of(change) : change;
      args = {{"difference", b.format.with_unit(shown)}, {"interval", b.format.interval(shown)}};
    }
    const Quantity value = figure(b, series, kRegion, b.frame().periods.size() - 1);
    args.emplace_back("n", value.estimate.defined() ? value.estimate.n : 0);
    cards.push_back(Object{{"label", series_short_name(b, series)},
                           {"value", value},
                           {"note", b.texts.get("brief." + verdict_name(verdict), args)}});
  }
  return cards;
}

List municipality_charts(const Briefing& b) {
  List out;
  if (b.frame().periods.empty()) return out;
  const std::size_t period = b.frame().periods.size() - 1;
  for (const std::size_t series : b.headlines) {
    const Quantity region = figure(b, series, kRegion, period);
    List rows;
    Tallied tallied;
    std::vector<Undrawn> drawn;
    for (std::size_t e = 0; e < b.frame().entities.size(); ++e) {
      if (b.frame().entities[e].kind != EntityKind::municipality) continue;
      const Quantity own = figure(b, series, e, period);
      tallied.add(verdict_of(municipality_gap(b, series, e)));
      drawn.push_back({b.frame().entities[e].id, own.estimate.reason});
      rows.push_back(Object{{"label", b.frame().entities[e].id},
                            {"note", ""},
                            {"dots", List{Object{{"role", "region"}, {"value", region}},
                                          Object{{"role", "municipality"}, {"value", own}}}}});
    }
    if (rows.empty() || !region.estimate.defined()) continue;
    List legend = {Object{{"role", "municipality"}, {"label", b.texts.get("label.municipality")}},
                   Object{{"role", "region"}, {"label", b.texts.get("label.region")}}};
    out.push_back(Object{
        {"name", series_name(b, series)},
        {"unit", b.format.unit(unit_of(b.figures().indicator_of(series)))},
        {"title", tallied.defined() == 0 ? b.texts.get("title.by_municipality", {{"name", series_name(b, series)}})
                                         : tally_title(b, tallied, "municipalities")},
        {"judged", tallied.defined() > 0},
        {"note", Value::told_of(owner_of(kRegion), missing_rows(b, drawn))},
        {"chart",
         Object{
             {"legend", std::move(legend)}, {"rows", std::move(rows)}, {"zero_line", false}, {"own_scale", false}}}});
  }
  return out;
}

}  // namespace kaskad::reports
