// Targets and expected results as trees.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "reports/content/labels.hpp"
#include "reports/content/monitoring_data.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const Programme& programme_of(const Briefing& b, int index) {
  return b.data.programmes[static_cast<std::size_t>(index)];
}

std::string period_text(const Briefing& b, const std::string& id) {
  const Period* wave = find_wave(b.judgements.waves.sets, id);
  return wave == nullptr ? id : short_wave_name(b, *wave) + " (" + years_text(wave->years) + ")";
}

/// A value of the target's indicator, or of its field of the context.
Quantity shown(const Briefing& b, const TargetJudgement& t, const Estimate& e) {
  const Owner owner = owner_of(t.entity);
  if (t.series) return level(b.figures().indicator_of(*t.series), e, owner);
  const bool percent = t.field && (b.data.context.fields[static_cast<std::size_t>(*t.field)].unit == "share" ||
                                   b.data.context.fields[static_cast<std::size_t>(*t.field)].unit == "percent");
  return {e, percent ? Unit::percent : Unit::none, 1, false, owner};
}

Quantity shown_difference(const Briefing& b, const TargetJudgement& t, const Estimate& e) {
  if (t.series) return difference(b.figures().indicator_of(*t.series), e, owner_of(t.entity));
  Quantity q = shown(b, t, e);
  q.is_difference = true;
  if (q.unit == Unit::percent) q.unit = Unit::percent_points;
  return q;
}

Estimate number_of(double value, std::int64_t n) {
  return std::isfinite(value) ? exactly(value, n) : undefined(Undefined::no_data, n);
}

std::string indicator_name(const Briefing& b, const TargetValue& target, const TargetJudgement& t) {
  if (t.series) return series_name(b, *t.series);
  if (t.field) return in_language(b.data.context.fields[static_cast<std::size_t>(*t.field)].name, b.language());
  return target.indicator;
}

/// «нельзя сказать: шкала сменилась»; where only the interval is too wide, no reason.
std::string state_text(const Briefing& b, const TargetJudgement& t) {
  const std::string state =
      b.texts.get("target.state." + std::string(kTargetStateNames[static_cast<std::size_t>(t.state)]));
  if (t.state != TargetState::cannot_tell) return state;
  if (t.gap == TargetGap::none && t.beyond.defined()) return state;
  const std::string why =
      t.gap == TargetGap::none ? "no_figure" : std::string(kTargetGapNames[static_cast<std::size_t>(t.gap)]);
  return state + ": " + b.texts.get("target.why." + why);
}

Object target_row(const Briefing& b, const TargetValue& target, const TargetJudgement& t) {
  const Owner owner = owner_of(t.entity);
  return {{"indicator", indicator_name(b, target, t)},
          {"entity", entity_name(b, b.frame().entities[t.entity])},
          {"programme", target.programme ? name_of_programme(programme_of(b, *target.programme)) : std::string()},
          {"period", period_text(b, target.period)},
          {"target", shown(b, t, exactly(target.value, 0))},
          {"judged", period_text(b, t.period)},
          {"value", shown(b, t, t.value)},
          {"start", shown(b, t, t.start)},
          {"start_period", period_text(b, t.start_period)},
          {"path", shown(b, t, number_of(t.path, t.value.n))},
          {"beyond", shown_difference(b, t, t.beyond)},
          {"state", Value::told_of(owner, state_text(b, t))}};
}

std::string counts_text(const Briefing& b, const std::vector<const TargetJudgement*>& targets) {
  std::array<std::int64_t, kTargetStateNames.size()> counts{};
  for (const TargetJudgement* t : targets) ++counts[static_cast<std::size_t>(t->state)];
  Args args = {{"n", static_cast<std::int64_t>(targets.size())}};
  for (std::size_t s = 0; s < counts.size(); ++s) args.emplace_back(std::string(kTargetStateNames[s]), counts[s]);
  return b.texts.get("target.counts", args);
}

struct Shown {
  List rows;
  std::vector<const TargetJudgement*> judged;
};

Shown targets_where(const Briefing& b, const auto& is_wanted) {
  Shown out;
  const auto& targets = b.data.programme_data.targets;
  for (std::size_t i = 0; i < targets.size() && i < b.judgements.targets.targets.size(); ++i) {
    const TargetJudgement& t = b.judgements.targets.targets[i];
    if (!is_wanted(targets[i], t)) continue;
    out.rows.push_back(target_row(b, targets[i], t));
    out.judged.push_back(&t);
  }
  return out;
}

std::string stated_text(const Briefing& b, ExpectedState state) {
  return b.texts.get("expected.state." + std::string(kExpectedStateNames[static_cast<std::size_t>(state)]));
}

/// What figures show of a result: value, target, state; empty where it names no indicator.
std::string figures_text(const Briefing& b, const ExpectedResult& result, const ExpectedJudgement& judged) {
  if (!judged.measured) return {};
  const TargetJudgement& t = *judged.measured;
  const Quantity value = shown(b, t, t.value);
  Args args = {{"name", indicator_name(b, *result.measure, t)},
               {"period", period_text(b, t.period)},
               {"value", b.format.with_unit(value)},
               {"interval", value.estimate.has_interval() ? b.format.interval(value) : "none"},
               {"target", b.format.with_unit(shown(b, t, exactly(result.measure->value, 0)))},
               {"state", state_text(b, t)}};
  return b.texts.get(value.estimate.defined() ? "expected.figures" : "expected.no_figures", args);
}

/// Who says so, when, by which document.
std::string evidence_text(const Briefing& b, const ExpectedResult& result) {
  std::string out = result.document;
  for (const std::string& part : {result.rater, short_date(b, result.date)}) {
    if (!part.empty()) out += (out.empty() ? "" : ", ") + part;
  }
  return out;
}

/// What is amiss: a contradiction, no document, a term that has passed without a word.
std::string remark_of(const Briefing& b, const ExpectedResult& result, const ExpectedJudgement& judged) {
  if (judged.contradicts) return b.texts.get("expected.contradicts");
  if (judged.without_document) return b.texts.get("expected.without_document");
  const bool overdue = !result.due.empty() && result.due < b.identity.date;
  if (judged.state == ExpectedState::not_stated && overdue) return b.texts.get("expected.overdue");
  return judged.by_figures ? b.texts.get("expected.by_figures") : std::string();
}

Object expected_row(const Briefing& b, const ExpectedResult& result, const ExpectedJudgement& judged) {
  const Owner owner = judged.measured ? owner_of(judged.measured->entity) : kNobody;
  return {{"programme", name_of_programme(programme_of(b, result.programme))},
          {"number", result.number},
          {"result", result.text},
          {"due", short_date(b, result.due)},
          {"state", Value::told_of(owner, stated_text(b, judged.state))},
          {"evidence", evidence_text(b, result)},
          {"figures", Value::told_of(owner, figures_text(b, result, judged))},
          {"remark", Value::told_of(owner, remark_of(b, result, judged))}};
}

std::string expected_counts(const Briefing& b, const std::vector<const ExpectedJudgement*>& judged) {
  std::array<std::int64_t, kExpectedStateNames.size()> counts{};
  std::int64_t contradictions = 0;
  for (const ExpectedJudgement* e : judged) {
    ++counts[static_cast<std::size_t>(e->state)];
    contradictions += e->contradicts;
  }
  Args args = {{"n", static_cast<std::int64_t>(judged.size())}, {"contradictions", contradictions}};
  for (std::size_t s = 0; s < counts.size(); ++s) args.emplace_back(std::string(kExpectedStateNames[s]), counts[s]);
  return b.texts.get("expected.counts", args);
}

/// By programme: {name, text, rows}.
List expected_where(const Briefing& b, const auto& is_wanted) {
  std::map<int, std::pair<List, std::vector<const ExpectedJudgement*>>> by_programme;
  const auto& expected = b.data.programme_data.expected;
  for (std::size_t i = 0; i < expected.size() && i < b.judgements.targets.expected.size(); ++i) {
    if (!is_wanted(programme_of(b, expected[i].programme))) continue;
    auto& [rows, judged] = by_programme[expected[i].programme];
    rows.push_back(expected_row(b, expected[i], b.judgements.targets.expected[i]));
    judged.push_back(&b.judgements.targets.expected[i]);
  }
  List out;
  for (auto& [programme, of] : by_programme) {
    out.push_back(
        Object{{"name", name_of_programme(programme_of(b, programme))},
               {"text", expected_counts(b, of.second)},
               {"has_figures", std::any_of(of.second.begin(), of.second.end(),
                                           [](const ExpectedJudgement* e) { return e->measured.has_value(); })},
               {"rows", std::move(of.first)}});
  }
  return out;
}

Object targets_object(const Briefing& b, Shown targets, List expected) {
  Object out = {{"has_any", !targets.rows.empty() || !expected.empty()}};
  out.emplace_back("text", targets.rows.empty() ? std::string() : counts_text(b, targets.judged));
  add_list(out, "rows", std::move(targets.rows));
  List all;
  for (const Value& programme : expected) {
    const List& rows = *programme.find("rows")->list();
    all.insert(all.end(), rows.begin(), rows.end());
  }
  add_list(out, "expected", std::move(expected));
  out.emplace_back("all_expected", std::move(all));
  return out;
}

/// A target of the entity itself, of one of its schools, or of a programme that concerns it.
bool is_of(const Briefing& b, std::size_t entity, const TargetValue& target, const TargetJudgement& judged) {
  if (judged.gap == TargetGap::unknown) return false;
  if (judged.entity == entity) return true;
  const Entity& judged_entity = b.frame().entities[judged.entity];
  if (b.frame().entities[entity].kind != EntityKind::municipality || judged_entity.kind != EntityKind::school)
    return false;
  const auto& members = b.frame().members[entity];
  return target.group.empty() &&
         std::find(members.begin(), members.end(), static_cast<SchoolId>(judged_entity.index)) != members.end();
}

}  // namespace

Object region_targets(const Briefing& b) {
  const auto every = [](const auto&...) { return true; };
  return targets_object(b, targets_where(b, every), expected_where(b, every));
}

Object entity_targets(const Briefing& b, std::size_t entity) {
  return targets_object(
      b, targets_where(b, [&](const TargetValue& t, const TargetJudgement& j) { return is_of(b, entity, t, j); }),
      expected_where(b, [&](const Programme& p) { return concerns(b, p, entity); }));
}

}  // namespace kaskad::reports
