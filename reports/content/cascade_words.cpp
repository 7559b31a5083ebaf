#include "reports/content/cascade_words.hpp"

#include <algorithm>

#include "reports/content/programme_parts.hpp"

namespace kaskad::reports {
namespace {

const Cascade& cascade_of(const Briefing& b) { return b.judgements.cascade; }

/// Owners whose names fill a line; the others are counted.
std::string owners_text(const Briefing& b, const std::vector<RowOwner>& owners) {
  constexpr std::size_t kShown = 5;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < owners.size() && i < kShown; ++i) names.push_back(row_owner_name(b, owners[i]));
  const auto more = static_cast<std::int64_t>(owners.size() - names.size());
  return joined(names) + (more > 0 ? b.texts.get("cascade.and_more", {{"n", more}}) : std::string());
}

std::string need_name(const Briefing& b, const CascadeNeed& need) {
  const std::string name = component_name(b, need.component);
  return need.group ? b.texts.get("cascade.of_group", {{"name", name}, {"group", group_word(b, *need.group)}}) : name;
}

std::string needs_text(const Briefing& b, const std::vector<CascadeNeed>& needs) {
  std::vector<std::string> names;
  for (const CascadeNeed& need : needs) names.push_back(need_name(b, need));
  return joined(names, "; ");
}

std::string percent_text(const Briefing& b, double share) {
  return b.format.with_unit({exactly(100 * share, 1), Unit::percent, 0, false, kNobody});
}

/// How many of those below have passed the stage that a participant works on.
std::string below_text(const Briefing& b, const CascadeParticipant& p, std::size_t stage) {
  if (p.below.empty()) return {};
  const bool schools = p.owner.level == OwnerLevel::municipality ||
                       cascade_of(b).participants[p.below.front()].owner.level == OwnerLevel::school;
  return b.texts.get("cascade.below", {{"whose", schools ? "schools" : "municipalities"},
                                       {"stage", stage_name(b, stage)},
                                       {"done", p.stages[stage].below_passed},
                                       {"n", p.stages[stage].below}});
}

std::string holders_text(const Briefing& b, std::size_t participant) {
  std::vector<RowOwner> others;
  for (const std::size_t h : holding_back(cascade_of(b), participant)) {
    if (h != participant) others.push_back(cascade_of(b).participants[h].owner);
  }
  return others.empty() ? std::string()
                        : b.texts.get("cascade.held_by", {{"n", static_cast<std::int64_t>(others.size())},
                                                          {"names", owners_text(b, others)}});
}

}  // namespace

std::string level_name(const Briefing& b, OwnerLevel level) {
  return b.texts.get("stages.level." + std::string(kOwnerLevelNames[static_cast<std::size_t>(level)]));
}

std::string group_word(const Briefing& b, SchoolGroup group) {
  return b.texts.get("cascade.group." + std::string(kSchoolGroupNames[static_cast<std::size_t>(group)]));
}

std::string component_name(const Briefing& b, std::size_t component) {
  const CascadeComponent& c = cascade_of(b).rubric.components[component];
  const std::string name = in_language(c.name, b.language(), c.id);
  return c.number.empty() ? name : c.number + " " + name;
}

std::string need_state_text(const Briefing& b, const NeedStanding& need) {
  return b.texts.get("cascade.need." + std::string(kNeedStateNames[static_cast<std::size_t>(need.state)]),
                     {{"n", need.unreliable}});
}

std::string lacking_text(const Briefing& b, const std::vector<NeedStanding>& lacking) {
  std::vector<std::string> texts;
  for (const NeedStanding& n : lacking)
    texts.push_back(b.texts.get("cascade.lacks", {{"name", need_name(b, n.need)}, {"state", need_state_text(b, n)}}));
  return joined(texts, "; ");
}

std::string verdict_text(const Briefing& b, const CascadeParticipant& participant) {
  return b.texts.get(
      "cascade.verdict." + std::string(kStageVerdictNames[static_cast<std::size_t>(participant.verdict)]),
      {{"stage", stage_name(b, participant.position)}});
}

std::string outcome_text(const Briefing& b, const JudgedDecision& judged) {
  std::string text =
      b.texts.get("cascade.outcome." + std::string(kDecisionOutcomeNames[static_cast<std::size_t>(judged.outcome)]),
                  {{"stage", stage_name(b, judged.position)}});
  if (!judged.lacking.empty()) text += b.texts.get("cascade.lacked", {{"needs", needs_text(b, judged.lacking)}});
  if (!judged.held_by.empty()) text += b.texts.get("cascade.not_passed", {{"names", owners_text(b, judged.held_by)}});
  return text;
}

std::string standing_text(const Briefing& b, std::size_t participant) {
  const CascadeParticipant& p = cascade_of(b).participants[participant];
  const std::size_t stages = p.stages.size();
  std::string text = b.texts.get("cascade.standing", {{"date", as_of_text(b)},
                                                      {"has_date", cascade_of(b).as_of.empty() ? "no" : "yes"},
                                                      {"name", row_owner_name(b, p.owner)},
                                                      {"finished", p.position == stages ? "yes" : "no"},
                                                      {"stage", stage_name(b, p.position)}});
  if (p.position < stages) {
    const StageStanding& stage = p.stages[p.position];
    text += b.texts.get("cascade.own", {{"done", stage.complete}, {"n", stage.needs}});
    text += below_text(b, p, p.position) + holders_text(b, participant);
  }
  if (p.declared)
    text += b.texts.get("cascade.declared", {{"stage", stage_name(b, *p.declared)}, {"verdict", verdict_text(b, p)}});
  return text;
}

std::string rule_text(const Briefing& b) {
  const CascadeRubric& rubric = cascade_of(b).rubric;
  return b.texts.get(
      "cascade.rule",
      {{"complete", percent_text(b, rubric.complete)},
       {"all", rubric.gate_share >= 1 ? "yes" : "no"},
       {"share", percent_text(b, rubric.gate_share)},
       {"who", std::string(kParticipantRuleNames[static_cast<std::size_t>(cascade_of(b).participants_by)])}});
}

std::string data_text(const Briefing& b) {
  const Cascade& c = cascade_of(b);
  return b.texts.get("cascade.data", {{"reports", c.reports},
                                      {"unreliable", c.unreliable},
                                      {"undated", c.undated},
                                      {"later", c.later},
                                      {"misplaced", c.misplaced}});
}

}  // namespace kaskad::reports
