#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "indicators/plausibility_parts.hpp"

namespace kaskad::plausibility {
namespace {

template <class Items, class Item>
bool holds(const Items& items, const Item& item) {
  return items.empty() || std::find(items.begin(), items.end(), item) != items.end();
}

/// Nothing is known of a procedure that the table does not name.
bool is_offered(const Dataset& data, const PlausibilityRules& rules, const CellKey& key) {
  const std::string& procedure = data.vocabulary.procedures[key.procedure].id;
  const std::string& subject = data.vocabulary.subjects[key.subject].id;
  bool named = false;
  for (const OfferedWorks& works : rules.offered) {
    if (works.procedure != procedure) continue;
    named = true;
    const bool year = (works.first_year == 0 || works.first_year <= key.year) &&
                      (works.last_year == 0 || key.year <= works.last_year);
    const bool grade = key.grade == 0 || holds(works.grades, int{key.grade});
    if (year && grade && holds(works.subjects, subject)) return true;
  }
  return !named;
}

struct StrangeWork {
  CellKey first;
  std::set<SchoolId> schools;
};

std::int64_t participants_of(const Cube& cube, const SetAsideSummary& summary) {
  const std::size_t at = cube.find(summary.key);
  if (at == cube.size()) return 0;
  const Cube::Cell cell = cube.cell(at);
  return summary.outcome == Outcome::journal ? cell.agreement().n() : cell.tally(summary.outcome).n();
}

}  // namespace

void check_works(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out) {
  std::map<std::tuple<ProcedureId, SubjectId, int, int>, StrangeWork> strange;
  for (std::size_t i = 0; i < data.cube.size(); ++i) {
    const CellKey key = data.cube.cell(i).key;
    if (is_offered(data, rules, key)) continue;
    StrangeWork& work = strange[{key.procedure, key.subject, key.grade, key.year}];
    if (work.schools.empty()) work.first = key;
    work.schools.insert(key.school);
  }
  for (const auto& [key, work] : strange) {
    Args args = args_of(data, work.first);
    // Of several schools none is the one to be asked.
    if (work.schools.size() > 1)
      args.erase(std::remove_if(args.begin(), args.end(), [](const auto& arg) { return arg.first == "school"; }),
                 args.end());
    args.emplace_back("schools", static_cast<std::int64_t>(work.schools.size()));
    out.push_back(doubt("work-not-offered", std::move(args)));
  }
}

void check_participants(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out) {
  static_cast<void>(rules);
  for (const SetAsideSummary& summary : data.set_aside) {
    const std::int64_t pupils = participants_of(data.cube, summary);
    if (pupils == summary.n) continue;
    Args args = args_of(data, summary.key);
    args.insert(args.end(), {{"n", summary.n}, {"pupils", pupils}});
    out.push_back(doubt("participants-differ", std::move(args)));
    out.back().place = summary.place;
  }
}

void check_files(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out) {
  static_cast<void>(rules);
  std::map<std::tuple<std::string, std::string, std::string>, const SourceLedger*> first;
  for (const SourceLedger& source : data.ledger) {
    if (source.hash.empty() || source.read == 0) continue;
    const auto [known, is_new] = first.emplace(std::tuple(source.hash, source.sheet, source.kind), &source);
    if (is_new || known->second->file == source.file) continue;
    out.push_back(doubt("same-file", {{"first_file", known->second->file}, {"rows", source.read}}));
    out.back().place.file = source.file;
  }
}

}  // namespace kaskad::plausibility
