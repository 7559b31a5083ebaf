#include "reports/content/findings.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/intervals.hpp"
#include "reports/content/entity_view.hpp"
#include "reports/content/labels.hpp"

namespace kaskad::reports {

const Estimate* change_of(const Briefing& b, std::size_t series, std::size_t entity) {
  const auto& change = b.figures().series[series].change;
  return change.empty() ? nullptr : &change[entity];
}

namespace {

std::string titled(const Briefing& b, const std::string& stem, const std::string& name, Verdict verdict,
                   const Quantity& difference) {
  Args args = {{"name", name}};
  if (verdict == Verdict::up || verdict == Verdict::down)
    args.emplace_back("difference", b.format.with_unit(size_of(difference)));
  return b.texts.get("title." + stem + "." + verdict_name(verdict), args);
}

/// Olympiads and figures over schools have no change of their own; they are not among the conclusions.
bool concluded(const Briefing& b, std::size_t series, std::size_t entity) {
  const Indicator& indicator = b.figures().indicator_of(series);
  const bool has_direction = indicator.direction != Direction::none;
  const bool pupils = indicator.kind == IndicatorKind::share || indicator.kind == IndicatorKind::mean;
  return has_direction && pupils && change_of(b, series, entity) != nullptr;
}

}  // namespace

std::string change_title(const Briefing& b, std::size_t series, std::size_t entity) {
  const Estimate* change = change_of(b, series, entity);
  const Verdict verdict = change == nullptr ? Verdict::undefined : verdict_of(*change);
  const Quantity difference =
      change == nullptr ? Quantity{} : reports::difference(b.figures().indicator_of(series), *change, owner_of(entity));
  return titled(b, "change", series_name(b, series), verdict, difference);
}

std::string effect_title(const Briefing& b, const SeriesComparison& comparison) {
  const ChangeComparison* main = main_change(b, comparison);
  const std::string name = series_name(b, comparison.series);
  if (main == nullptr) return titled(b, "effect", name, Verdict::undefined, {});
  const Indicator& indicator = b.figures().indicator_of(comparison.series);
  return titled(b, "effect", name, verdict_of(main->effect), difference(indicator, main->effect, kNobody));
}

bool may_be_chance(const Briefing& b, std::size_t series, std::size_t entity) {
  const std::vector<const WaveTrend*> trends = b.judgements.waves.of(series, entity);
  return std::any_of(trends.begin(), trends.end(), [&](const WaveTrend* t) {
    return b.judgements.waves.sets[t->set].is_common() && t->whole() != nullptr && t->whole()->may_be_chance;
  });
}

void Tallied::add(Verdict verdict, bool may_be_chance) {
  if (may_be_chance) {
    ++by_chance;
    return;
  }
  std::int64_t* const counts[] = {&above, &below, &unproven, &undefined, &undefined};
  ++*counts[static_cast<std::size_t>(verdict)];
  few += verdict == Verdict::few;
}

std::string tally_title(const Briefing& b, const Tallied& tallied, const std::string& key) {
  const std::string stem = "title.position." + key;
  if (tallied.defined() == 0)
    return b.texts.get(stem + (tallied.few > 0 && b.texts.has(stem + ".few") ? ".few" : ".undefined"));
  return b.texts.get(stem + (tallied.above + tallied.below == 0 ? ".none" : ".some"),
                     {{"above", tallied.above},
                      {"below", tallied.below},
                      {"n", tallied.defined()},
                      {"all", tallied.all()},
                      {"by_chance", tallied.by_chance},
                      {"judged", std::string(tallied.defined() == tallied.all() ? "all" : "some")}});
}

News news_of(const Indicator& indicator, Verdict verdict) {
  const bool moved = verdict == Verdict::up || verdict == Verdict::down;
  if (!moved || indicator.direction == Direction::none) return News::neutral;
  return (verdict == Verdict::up) == (indicator.direction == Direction::up) ? News::better : News::worse;
}

namespace {

/// One change: the sentence, and its figures for a table.
Object finding(const Briefing& b, std::size_t series, std::size_t entity) {
  const auto wave = [&](WaveRole role) {
    const auto at = b.frame().find_wave(role);
    return at ? Value(figure(b, series, entity, *at)) : Value();
  };
  const Indicator& indicator = b.figures().indicator_of(series);
  const std::string unit = b.format.unit(unit_of(indicator));
  return {{"text", Value::told_of(owner_of(entity), change_sentence(b, series, entity))},
          {"name", series_name(b, series) + (unit.empty() ? "" : ", " + unit)},
          {"entry", wave(WaveRole::entry)},
          {"final", wave(WaveRole::final)},
          {"change", difference(indicator, *change_of(b, series, entity), owner_of(entity))}};
}

/// More improvements, or declines, are counted and not named where there is one sentence for all.
constexpr std::size_t kMostNamed = 3;

/// How far the interval keeps off zero: the change in halves of its interval.
double clearness(const Estimate& change) { return std::abs(change.value) / (change.hi - change.lo); }

/// The clearest of some changes by name; nothing without any.
std::string named(const Briefing& b, std::vector<std::size_t> series, std::size_t entity, const char* key) {
  if (series.empty()) return {};
  std::stable_sort(series.begin(), series.end(), [&](std::size_t x, std::size_t y) {
    return clearness(*change_of(b, x, entity)) > clearness(*change_of(b, y, entity));
  });
  const std::size_t n = std::min(series.size(), kMostNamed);
  std::string names;
  for (std::size_t i = 0; i < n; ++i) {
    const Quantity change = difference(b.figures().indicator_of(series[i]), *change_of(b, series[i], entity), kNobody);
    names += (i == 0 ? "" : "; ") + b.texts.get("findings.one_named", {{"name", in_sentence(series_name(b, series[i]))},
                                                                       {"change", b.format.with_unit(change)},
                                                                       {"interval", b.format.interval(change)}});
  }
  return b.texts.get(key, {{"names", names}, {"more", static_cast<std::int64_t>(series.size() - n)}});
}

std::string both_named(const Briefing& b, const std::vector<std::size_t>& better, const std::vector<std::size_t>& worse,
                       std::size_t entity) {
  const std::string up = named(b, better, entity, "findings.better_named");
  const std::string down = named(b, worse, entity, "findings.worse_named");
  return up + (up.empty() || down.empty() ? "" : " ") + down;
}

List findings_of(const Briefing& b, const std::vector<std::size_t>& series, std::size_t entity) {
  List out;
  for (const std::size_t s : series) out.push_back(finding(b, s, entity));
  return out;
}

}  // namespace

Object findings_data(const Briefing& b, std::size_t entity) {
  std::vector<std::size_t> better, worse;
  std::int64_t unproven = 0, undefined = 0, few = 0;
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
    if (!concluded(b, s, entity)) continue;
    const Verdict verdict = verdict_of(*change_of(b, s, entity));
    const News news = news_of(b.figures().indicator_of(s), verdict);
    if (news == News::better) better.push_back(s);
    if (news == News::worse) worse.push_back(s);
    unproven += verdict == Verdict::unproven;
    undefined += verdict == Verdict::undefined || verdict == Verdict::few;
    few += verdict == Verdict::few;
  }
  const auto n_better = static_cast<std::int64_t>(better.size()), n_worse = static_cast<std::int64_t>(worse.size());
  const std::int64_t compared = n_better + n_worse + unproven;
  const Args counts = {
      {"moved", n_better + n_worse}, {"compared", compared},   {"better", n_better}, {"worse", n_worse},
      {"unproven", unproven},        {"undefined", undefined}, {"few", few}};
  // One in twenty intervals of 95 % misses the truth, half of them on the good side.
  const auto by_chance = static_cast<std::int64_t>(std::llround(0.05 * static_cast<double>(compared)));
  Object out = {
      {"has_any", compared > 0},
      {"text", Value::told_of(owner_of(entity), b.texts.get(compared > 0 ? "findings.text" : "findings.none", counts))},
      {"caution",
       by_chance > 0 ? b.texts.get("findings.caution", {{"n", by_chance}, {"compared", compared}}) : std::string()},
      {"named", Value::told_of(owner_of(entity), both_named(b, better, worse, entity))},
      {"has_better", n_better > 0},
      {"has_worse", n_worse > 0}};
  out.emplace_back("better", findings_of(b, better, entity));
  out.emplace_back("worse", findings_of(b, worse, entity));
  return out;
}

namespace {

std::vector<SchoolId> region_without(const Frame& frame, const std::vector<SchoolId>& these) {
  std::vector<SchoolId> others;
  std::set_difference(frame.members[kRegion].begin(), frame.members[kRegion].end(), these.begin(), these.end(),
                      std::back_inserter(others));
  return others;
}

}  // namespace

Estimate municipality_gap(const Briefing& b, std::size_t series, std::size_t entity) {
  const Frame& frame = b.frame();
  if (frame.periods.empty()) return undefined(Undefined::no_data);
  const std::vector<SchoolId>& own = frame.members[entity];
  return gap_between(b.figures(), series, b.data.vocabulary.years, own, region_without(frame, own),
                     frame.periods.back());
}

Estimate school_gap(const Briefing& b, std::size_t series, SchoolId school, const Quantity& yardstick) {
  const std::size_t last = b.frame().periods.size() - 1;
  return stats::mover_difference(b.figures().at(series, b.frame().first_school() + school, last), yardstick.estimate);
}

Quantity other_schools(const Briefing& b, std::size_t series, SchoolId school) {
  return pooled(b, series, region_without(b.frame(), {school}), b.frame().periods.back(), kNobody);
}

}  // namespace kaskad::reports
