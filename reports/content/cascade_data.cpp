// Stages of the cascade as trees: where everybody stands, who holds the others back, decisions, history.
#include <algorithm>

#include "reports/content/cascade_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const Cascade& cascade_of(const Briefing& b) { return b.judgements.cascade; }

/// Participants at or below one, itself first.
std::vector<std::size_t> under(const Briefing& b, std::size_t top) {
  const Cascade& c = cascade_of(b);
  std::vector<bool> is_under(c.participants.size());
  std::vector<std::size_t> out;
  for (std::size_t i = top; i < c.participants.size(); ++i) {
    is_under[i] = i == top || (c.participants[i].parent && is_under[*c.participants[i].parent]);
    if (is_under[i]) out.push_back(i);
  }
  return out;
}

List stage_heads(const Briefing& b) {
  List out;
  for (std::size_t s = 0; s < cascade_of(b).rubric.stages.size(); ++s)
    out.push_back(Object{{"label", stage_name(b, s)}, {"index", static_cast<int>(s)}});
  return out;
}

List level_rows(const Briefing& b) {
  List rows;
  for (const LevelProgress& p : cascade_of(b).progress) {
    if (p.participants == 0) continue;
    rows.push_back(Object{{"stage", stage_name(b, p.stage)},
                          {"level", level_name(b, p.level)},
                          {"n", p.participants},
                          {"passed", p.passed},
                          {"share", share_of(p.passed, p.participants, owner_of(kRegion))},
                          {"first", short_date(b, p.first_report)},
                          {"last", short_date(b, p.all_passed)}});
  }
  return rows;
}

/// Stages with their terms, and each level's way through them.
Value stages_chart(const Briefing& b) {
  const Cascade& c = cascade_of(b);
  List rows;
  bool any = false;
  for (const LevelProgress& p : c.progress) {
    const CascadeStage& stage = c.rubric.stages[p.stage];
    if (p.level == OwnerLevel::region) rows.push_back(Object{{"label", stage_name(b, p.stage)}, {"head", true}});
    if (p.participants == 0) continue;
    const std::string note = b.texts.get("cascade.passed_of", {{"done", p.passed}, {"n", p.participants}});
    rows.push_back(gantt_row(level_name(b, p.level), note, stage.from, stage.to, p.first_report, p.all_passed));
    any = any || !p.first_report.empty() || (!stage.from.empty() && !stage.to.empty());
  }
  return any ? Value(gantt_chart(b, std::move(rows))) : Value();
}

/// Of how many participants of a level a component is complete: «5 из 8»; empty where it is not asked for.
std::string completed_text(const Briefing& b, std::size_t component, OwnerLevel level) {
  std::int64_t n = 0, done = 0;
  for (const CascadeParticipant& p : cascade_of(b).participants) {
    if (p.owner.level != level) continue;
    bool asked = false, complete = true;
    for (const NeedStanding& need : p.needs) {
      if (need.need.component != component) continue;
      asked = true;
      complete = complete && need.state == NeedState::complete;
    }
    n += asked;
    done += asked && complete;
  }
  return n == 0 ? std::string() : b.texts.get("cascade.passed_of", {{"done", done}, {"n", n}});
}

List component_rows(const Briefing& b) {
  List rows;
  const CascadeRubric& rubric = cascade_of(b).rubric;
  for (std::size_t c = 0; c < rubric.components.size(); ++c)
    rows.push_back(Object{{"stage", stage_name(b, rubric.components[c].stage)},
                          {"component", component_name(b, c)},
                          {"regional", completed_text(b, c, OwnerLevel::region)},
                          {"municipal", completed_text(b, c, OwnerLevel::municipality)},
                          {"school", completed_text(b, c, OwnerLevel::school)}});
  return rows;
}

/// The region itself first, then by municipality.
std::vector<std::size_t> holders_by_place(const Briefing& b, std::size_t top) {
  std::vector<std::size_t> holders = holding_back(cascade_of(b), top);
  const auto place = [&](std::size_t h) {
    const RowOwner& owner = cascade_of(b).participants[h].owner;
    return owner.level == OwnerLevel::region ? 0 : 1 + place_order(b, place_of(b, owner));
  };
  std::stable_sort(holders.begin(), holders.end(),
                   [&](std::size_t one, std::size_t two) { return place(one) < place(two); });
  return holders;
}

List holder_rows(const Briefing& b, std::size_t top) {
  List rows;
  const std::size_t stage = cascade_of(b).participants[top].position;
  for (const std::size_t h : holders_by_place(b, top)) {
    const CascadeParticipant& p = cascade_of(b).participants[h];
    const std::vector<NeedStanding> lacking = lacking_up_to(cascade_of(b), h, stage);
    rows.push_back(
        Object{{"place", p.owner.level == OwnerLevel::region ? row_owner_name(b, p.owner) : place_of(b, p.owner)},
               {"level", level_name(b, p.owner.level)},
               {"id", p.owner.level == OwnerLevel::school ? p.owner.name : std::string()},
               {"name", row_owner_name(b, p.owner)},
               {"n", static_cast<std::int64_t>(lacking.size())},
               {"lacking", lacking_text(b, lacking)}});
  }
  return rows;
}

/// One a participant below `top`: stage, what is complete by stage, what the rule says.
Object participant_row(const Briefing& b, std::size_t place) {
  const CascadeParticipant& p = cascade_of(b).participants[place];
  List by_stage;
  for (const StageStanding& s : p.stages)
    by_stage.emplace_back(s.needs == 0 ? std::string()
                                       : b.texts.get("cascade.passed_of", {{"done", s.complete}, {"n", s.needs}}));
  const std::size_t last = std::min(p.position, p.stages.size() - 1);
  return {{"id", p.owner.level == OwnerLevel::school ? p.owner.name : std::string()},
          {"name", row_owner_name(b, p.owner)},
          {"place", place_of(b, p.owner)},
          {"level", level_name(b, p.owner.level)},
          {"stage", stage_name(b, p.position)},
          {"declared", p.declared ? stage_name(b, *p.declared) : std::string()},
          {"verdict", verdict_text(b, p)},
          {"by_stage", std::move(by_stage)},
          {"below", p.stages[last].below},
          {"below_passed", p.stages[last].below_passed},
          {"lacking", lacking_text(b, lacking_up_to(cascade_of(b), place, last))}};
}

List rows_of(const Briefing& b, const std::vector<std::size_t>& places, OwnerLevel level) {
  List rows;
  for (const std::size_t p : places) {
    if (cascade_of(b).participants[p].owner.level == level) rows.push_back(participant_row(b, p));
  }
  return rows;
}

bool is_among(const Briefing& b, const std::vector<std::size_t>& places, const RowOwner& owner) {
  const auto place = cascade_of(b).find(owner);
  return place && std::find(places.begin(), places.end(), *place) != places.end();
}

List decision_rows(const Briefing& b, const std::vector<std::size_t>& places) {
  List rows;
  for (const JudgedDecision& judged : cascade_of(b).decisions) {
    const StageDecision& d = b.data.programme_data.decisions[judged.decision];
    if (!is_among(b, places, d.owner)) continue;
    rows.push_back(Object{{"date", short_date(b, d.date)},
                          {"name", row_owner_name(b, d.owner)},
                          {"place", place_of(b, d.owner)},
                          {"from", judged.from ? stage_name(b, *judged.from) : d.from},
                          {"to", judged.to ? stage_name(b, *judged.to) : d.to},
                          {"reason", d.reason},
                          {"document", d.document},
                          {"outcome", outcome_text(b, judged)}});
  }
  return rows;
}

List history_rows(const Briefing& b) {
  List rows;
  for (const CascadePoint& point : cascade_of(b).history) {
    const auto counts = [&](OwnerLevel level) {
      List out;
      for (const std::int64_t n : point.at[static_cast<std::size_t>(level)]) out.emplace_back(n);
      return out;
    };
    const auto& region = point.at[0];
    const auto stage = static_cast<std::size_t>(std::find(region.begin(), region.end(), 1) - region.begin());
    rows.push_back(Object{{"date", short_date(b, point.date)},
                          {"region", stage_name(b, stage)},
                          {"municipalities", counts(OwnerLevel::municipality)},
                          {"schools", counts(OwnerLevel::school)}});
  }
  return rows;
}

List step_rows(const Briefing& b, const std::vector<std::size_t>& places) {
  List rows;
  for (const CascadeStep& step : cascade_of(b).steps) {
    if (!is_among(b, places, step.owner)) continue;
    rows.push_back(Object{{"date", short_date(b, step.date)},
                          {"name", row_owner_name(b, step.owner)},
                          {"place", place_of(b, step.owner)},
                          {"from", stage_name(b, step.from)},
                          {"to", stage_name(b, step.to)},
                          {"way", b.texts.get(step.to > step.from ? "cascade.forth" : "cascade.back")}});
  }
  return rows;
}

/// What a school or a municipality has to complete, by stage.
List need_rows(const Briefing& b, std::size_t place) {
  List rows;
  for (const NeedStanding& n : cascade_of(b).participants[place].needs) {
    const ComponentReport* report = n.report ? &b.data.programme_data.components[*n.report] : nullptr;
    const Estimate score = report == nullptr ? undefined(Undefined::no_data) : exactly(100 * n.score, 1);
    rows.push_back(Object{
        {"stage", stage_name(b, cascade_of(b).rubric.components[n.need.component].stage)},
        {"component", component_name(b, n.need.component)},
        {"group", n.need.group ? group_word(b, *n.need.group) : std::string()},
        {"state", need_state_text(b, n)},
        {"score", Quantity{score, Unit::percent, 0, false, row_owner(b, cascade_of(b).participants[place].owner)}},
        {"date", report == nullptr ? std::string() : short_date(b, report->date)},
        {"document", report == nullptr ? std::string() : report->document}});
  }
  return rows;
}

/// What every tree has: text, rule, heads, own components, decisions.
Object common_tree(const Briefing& b, std::size_t place, const std::vector<std::size_t>& places) {
  const Owner owner = row_owner(b, cascade_of(b).participants[place].owner);
  Object out = {{"text", Value::told_of(owner, standing_text(b, place))},
                {"rule", rule_text(b)},
                {"data_text", data_text(b)},
                {"stages", stage_heads(b)},
                {"needs", need_rows(b, place)}};
  add_list(out, "decisions", decision_rows(b, places));
  add_list(out, "steps", step_rows(b, places));
  add_list(out, "holders", holder_rows(b, place));
  return out;
}

}  // namespace

Value region_cascade(const Briefing& b) {
  if (cascade_of(b).empty()) return {};
  const std::vector<std::size_t> all = under(b, 0);
  Object out = common_tree(b, 0, all);
  out.emplace_back("levels", level_rows(b));
  Value chart = stages_chart(b);
  out.emplace_back("has_gantt", chart.truthy());
  out.emplace_back("gantt", std::move(chart));
  out.emplace_back("components", component_rows(b));
  add_list(out, "municipalities", rows_of(b, all, OwnerLevel::municipality));
  add_list(out, "schools", rows_of(b, all, OwnerLevel::school));
  add_list(out, "history", history_rows(b));
  out.emplace_back("end", stage_name(b, cascade_of(b).rubric.stages.size()));
  return out;
}

Value municipality_cascade(const Briefing& b, const std::string& municipality) {
  const auto place = cascade_of(b).find({OwnerLevel::municipality, municipality, std::nullopt});
  if (!place) return {};
  const std::vector<std::size_t> own = under(b, *place);
  Object out = common_tree(b, *place, own);
  add_list(out, "schools", rows_of(b, own, OwnerLevel::school));
  return out;
}

Value school_cascade(const Briefing& b, SchoolId school) {
  const auto place = cascade_of(b).find({OwnerLevel::school, b.data.registry.schools[school].id, school});
  if (!place) return {};
  return common_tree(b, *place, {*place});
}

}  // namespace kaskad::reports
