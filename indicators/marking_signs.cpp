#include "indicators/marking_signs.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/stats/intervals.hpp"
#include "indicators/marking_parts.hpp"

namespace kaskad {
namespace marking {

Tally Ground::tally(SchoolId school, int year, const MarkedWork& work, Outcome outcome) const {
  const std::size_t cell = data.cube.find(key(school, year, work));
  return cell == data.cube.size() ? Tally{} : data.cube.cell(cell).tally(outcome);
}

}  // namespace marking

namespace {

using marking::Ground;
using Rule = void (*)(const Ground&, std::size_t, std::vector<MarkingFact>&);
/// By SignKind.
constexpr std::array<Rule, kSignKinds> kRules = {marking::inflated_means, marking::reversed_ranks, marking::jumps,
                                                 marking::border_spikes, marking::against_journal};

bool wanted(const std::vector<std::string>& ids, const std::string& id) {
  return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool is_judged(const Dataset& data, const MarkingSettings& settings, const Cube::Cell& cell) {
  const Procedure& procedure = data.vocabulary.procedures[cell.key.procedure];
  return procedure.statuses.empty() && wanted(settings.procedures, procedure.id) &&
         wanted(settings.subjects, data.vocabulary.subjects[cell.key.subject].id) &&
         (cell.has(Outcome::primary) || cell.agreement().n() > 0);
}

/// Works in the order of procedure, grade, subject, and the years to judge.
void find_works(const Dataset& data, MarkingSigns& out) {
  std::set<std::tuple<ProcedureId, int, SubjectId>> works;
  std::set<int> years;
  for (std::size_t c = 0; c < data.cube.size(); ++c) {
    const Cube::Cell cell = data.cube.cell(c);
    if (!is_judged(data, out.settings, cell)) continue;
    works.emplace(cell.key.procedure, cell.key.grade, cell.key.subject);
    years.insert(cell.key.year);
  }
  for (const auto& [procedure, grade, subject] : works) out.works.push_back({procedure, subject, grade});
  out.years.assign(years.begin(), years.end());
  const auto most = static_cast<std::size_t>(out.settings.years);
  if (out.years.size() > most) out.years.erase(out.years.begin(), out.years.end() - static_cast<std::ptrdiff_t>(most));
}

auto place_of(const MarkingFact& f) {
  return std::tuple(f.year, f.school, f.work.value_or(~std::size_t{0}), f.kind, f.mark);
}

void apply_rules(const Ground& ground, MarkingSigns& out) {
  std::vector<MarkingFact> facts;
  for (std::size_t y = 0; y < out.years.size(); ++y) {
    for (const SignKind kind : out.settings.signs) kRules[static_cast<std::size_t>(kind)](ground, y, facts);
    const bool has_spikes =
        std::find(out.settings.signs.begin(), out.settings.signs.end(), SignKind::spike) != out.settings.signs.end();
    const std::vector<RegionSpike> spikes = has_spikes ? marking::region_spikes(ground, y) : std::vector<RegionSpike>{};
    out.region_spikes.insert(out.region_spikes.end(), spikes.begin(), spikes.end());
  }
  std::sort(facts.begin(), facts.end(),
            [](const MarkingFact& a, const MarkingFact& b) { return place_of(a) < place_of(b); });
  out.facts = std::move(facts);
}

/// Spikes speak for the school by all works together, the other rules work by work.
bool speaks_for_school(const MarkingFact& fact) { return (fact.kind == SignKind::spike) == !fact.work; }

void judge_schools(MarkingSigns& out) {
  out.verdicts.resize(out.schools * out.years.size(), {{Answer::not_judged, Answer::not_judged, Answer::not_judged,
                                                        Answer::not_judged, Answer::not_judged},
                                                       Answer::not_judged});
  std::map<std::tuple<std::size_t, SignKind>, int> works;
  for (const MarkingFact& fact : out.facts) {
    if (!speaks_for_school(fact)) continue;
    const std::size_t place = fact.school * out.years.size() + fact.year;
    Answer& answer = out.verdicts[place].kinds[static_cast<std::size_t>(fact.kind)];
    if (answer == Answer::not_judged) answer = Answer::no;
    const int least = fact.kind == SignKind::spike ? 1 : out.settings.least_works;
    if (fact.is_sign() && ++works[{place, fact.kind}] >= least) answer = Answer::yes;
  }
  for (MarkingVerdict& verdict : out.verdicts) {
    const auto has = [&](Answer a) {
      return std::find(verdict.kinds.begin(), verdict.kinds.end(), a) != verdict.kinds.end();
    };
    verdict.any = has(Answer::yes) ? Answer::yes : has(Answer::no) ? Answer::no : Answer::not_judged;
  }
}

void count(SignCounts& counts, Answer answer) {
  counts.judged += answer != Answer::not_judged;
  counts.marked += answer == Answer::yes;
}

}  // namespace

SignCounts count_signs(const MarkingSigns& signs, const std::vector<SchoolId>& schools, std::size_t year,
                       std::optional<SignKind> kind) {
  SignCounts counts;
  for (const SchoolId s : schools) {
    const MarkingVerdict& verdict = signs.verdict(s, year);
    count(counts, kind ? verdict.kinds[static_cast<std::size_t>(*kind)] : verdict.any);
  }
  return counts;
}

SignCounts count_signs(const MarkingSigns& signs, std::size_t work, std::size_t year, std::optional<SignKind> kind) {
  std::map<SchoolId, Answer> answers;
  for (const MarkingFact& fact : signs.facts) {
    if (fact.year != year || fact.work != work || (kind && fact.kind != *kind)) continue;
    Answer& answer = answers.try_emplace(fact.school, Answer::no).first->second;
    if (fact.is_sign()) answer = Answer::yes;
  }
  SignCounts counts;
  for (const auto& [school, answer] : answers) count(counts, answer);
  return counts;
}

Estimate objectivity_index(const SignCounts& counts) {
  Estimate e = stats::wilson(counts.judged - counts.marked, counts.judged);
  for (double* part : {&e.value, &e.lo, &e.hi}) *part *= 100;
  return e;
}

MarkingSigns find_marking_signs(const Dataset& data, const Frame& frame, const std::vector<JournalFigures>& journal,
                                const MarkingSettings& settings, std::int64_t least_published) {
  MarkingSigns out;
  out.settings = settings;
  out.settings.minimum_n = std::max(settings.minimum_n, least_published);
  if (!settings.on) return out;
  out.schools = data.registry.schools.size();
  find_works(data, out);
  apply_rules({data, frame, journal, out}, out);
  judge_schools(out);
  return out;
}

}  // namespace kaskad
