#include "indicators/cascade.hpp"

#include <algorithm>
#include <set>

#include "indicators/calendar.hpp"
#include "indicators/cascade_parts.hpp"

namespace kaskad {
namespace {

using cascade::CascadeBasis;

void count_reports(const CascadeBasis& basis, Cascade& out) {
  std::set<cascade::Unit> asked;
  for (const CascadeParticipant& p : out.participants) asked.insert(*cascade::unit_of(basis.data, p.owner));
  for (std::size_t i = 0; i < basis.reports.placed().size(); ++i) {
    const ComponentReport& r = basis.data.programme_data.components[i];
    const cascade::PlacedReport& placed = basis.reports.placed()[i];
    const bool dated = is_day(r.date);
    if (!placed.counts() || asked.count(*placed.unit) == 0) {
      ++out.misplaced;
    } else if (dated && !has_come(r.date, out.as_of)) {
      ++out.later;
    } else {
      ++out.reports;
      out.unreliable += !r.reliable;
      out.undated += !dated;
    }
  }
}

StageVerdict verdict_of(const CascadeParticipant& p) {
  if (p.declared && *p.declared > p.position) return StageVerdict::returns;
  if (p.position == p.stages.size()) return StageVerdict::finished;
  return p.declared && *p.declared < p.position ? StageVerdict::moves_on : StageVerdict::goes_on;
}

/// The decisions come by date, so that the last one stays.
void declare(const Dataset& data, Cascade& out) {
  for (const JudgedDecision& judged : out.decisions) {
    const auto place = cascade::find_owner(out.participants, data.programme_data.decisions[judged.decision].owner);
    if (place && judged.to) out.participants[*place].declared = judged.to;
  }
  for (CascadeParticipant& p : out.participants) p.verdict = verdict_of(p);
}

}  // namespace

std::optional<std::size_t> Cascade::find(const RowOwner& owner) const {
  return cascade::find_owner(participants, owner);
}

Cascade judge_cascade(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of) {
  Cascade out;
  out.rubric = rubric;
  out.as_of = as_of;
  const ProgrammeData& rows = data.programme_data;
  if (rubric.components.empty() || (rows.components.empty() && rows.decisions.empty())) return out;
  const cascade::ReportIndex reports(data, rubric);
  const cascade::ParticipantRoll roll(data, rubric, reports);
  const CascadeBasis basis{data, rubric, reports, roll};
  out.participants_by = roll.rule();
  out.participants = cascade::stand_at(basis, {as_of, true});
  cascade::tell_history(basis, out);
  out.decisions = cascade::judge_decisions(basis, as_of);
  declare(data, out);
  count_reports(basis, out);
  return out;
}

std::vector<NeedStanding> lacking_up_to(const Cascade& cascade, std::size_t participant, std::size_t stage) {
  std::vector<NeedStanding> out;
  for (const NeedStanding& n : cascade.participants[participant].needs) {
    if (n.state != NeedState::complete && cascade.rubric.components[n.need.component].stage <= stage) out.push_back(n);
  }
  return out;
}

std::vector<std::size_t> holding_back(const Cascade& cascade, std::size_t participant) {
  const std::size_t stage = cascade.participants[participant].position;
  std::vector<std::size_t> out;
  if (stage == cascade.rubric.stages.size()) return out;
  std::vector<bool> is_under(cascade.participants.size());
  is_under[participant] = true;
  for (std::size_t i = participant; i < cascade.participants.size(); ++i) {
    const CascadeParticipant& p = cascade.participants[i];
    if (i != participant)
      is_under[i] = p.parent && is_under[*p.parent] && !cascade.participants[*p.parent].stages[stage].gate;
    if (is_under[i] && !lacking_up_to(cascade, i, stage).empty()) out.push_back(i);
  }
  return out;
}

}  // namespace kaskad
