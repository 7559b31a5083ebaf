// Decisions beside what the rule gave on their day.
#include <algorithm>
#include <numeric>

#include "indicators/calendar.hpp"
#include "indicators/cascade_parts.hpp"

namespace kaskad::cascade {
namespace {

/// To an earlier stage, or to stay: the rule asks for the stage at `position`.
DecisionOutcome outcome_of_return(std::size_t from, std::size_t to, std::size_t position) {
  if (position > from) return DecisionOutcome::not_asked;
  if (to == position) return DecisionOutcome::as_rule;
  if (to > position) return DecisionOutcome::not_far_enough;
  return position == from ? DecisionOutcome::not_asked : DecisionOutcome::too_far;
}

DecisionOutcome outcome_of(std::size_t from, std::size_t to, std::size_t position) {
  if (to <= from) return outcome_of_return(from, to, position);
  if (to > from + 1) return DecisionOutcome::skips;
  return position >= to ? DecisionOutcome::as_rule : DecisionOutcome::against_gate;
}

/// What lacked up to the stage that is left.
void tell_lacks(const std::vector<CascadeParticipant>& list, const CascadeParticipant& p, const CascadeRubric& rubric,
                JudgedDecision& out) {
  const std::size_t stage = std::min(*out.from, rubric.stages.size() - 1);
  for (const NeedStanding& n : p.needs) {
    if (n.state != NeedState::complete && rubric.components[n.need.component].stage <= stage)
      out.lacking.push_back(n.need);
  }
  for (const std::size_t b : p.below) {
    if (!list[b].stages[stage].passed) out.held_by.push_back(list[b].owner);
  }
}

/// Where everybody stood on the day of a decision, without and with the reports whose day is not known.
struct DecisionDay {
  std::string date;
  std::vector<CascadeParticipant> dated, all;
};

JudgedDecision judge_one(const CascadeBasis& basis, std::size_t d, DecisionDay& day) {
  const StageDecision& decision = basis.data.programme_data.decisions[d];
  JudgedDecision out;
  out.decision = d;
  out.from = basis.rubric.find_stage(decision.from);
  out.to = stage_or_end(basis.rubric, decision.to);
  if (!out.from || !out.to || !is_day(decision.date)) return out;
  if (day.date != decision.date)
    day = {decision.date, stand_at(basis, {decision.date, false}), stand_at(basis, {decision.date, true})};
  const auto place = find_owner(day.dated, decision.owner);
  if (!place) return out;
  out.position = day.dated[*place].position;
  const DecisionOutcome outcome = outcome_of(*out.from, *out.to, out.position);
  if (outcome != outcome_of(*out.from, *out.to, day.all[*place].position)) return out;
  out.outcome = outcome;
  if (out.outcome == DecisionOutcome::against_gate || out.outcome == DecisionOutcome::skips)
    tell_lacks(day.dated, day.dated[*place], basis.rubric, out);
  return out;
}

}  // namespace

std::vector<JudgedDecision> judge_decisions(const CascadeBasis& basis, const std::string& as_of) {
  const auto& decisions = basis.data.programme_data.decisions;
  std::vector<std::size_t> order(decisions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return decisions[a].date < decisions[b].date; });
  std::vector<JudgedDecision> out;
  DecisionDay day;
  for (const std::size_t d : order) {
    const bool later = is_day(decisions[d].date) && !has_come(decisions[d].date, as_of);
    if (!later) out.push_back(judge_one(basis, d, day));
  }
  return out;
}

}  // namespace kaskad::cascade
