// Changes from wave to wave as trees: their class by interval, and what chance alone makes expect.
#include <algorithm>
#include <array>
#include <numeric>

#include "reports/content/labels.hpp"
#include "reports/content/monitoring_data.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const WaveTrends& trends_of(const Briefing& b) { return b.judgements.waves; }

/// With its years, where they are not those of everybody's waves, which the reports' first table gives; of several
/// waves of one role the years alone.
std::string wave_label(const Briefing& b, const WaveSet& set, std::size_t wave) {
  const Period& period = set.waves[wave];
  const bool common = set.level.empty() && set.programmes.empty();
  const auto same =
      std::count_if(set.waves.begin(), set.waves.end(), [&](const Period& other) { return other.role == period.role; });
  if (same > 1) return years_text(period.years);
  return short_wave_name(b, period) + (common ? "" : " (" + years_text(period.years) + ")");
}

/// Whose waves they are, where they are not everybody's: «муниципальные программы», or the programmes' names.
std::string scope_of(const Briefing& b, const WaveSet& set) {
  if (!set.level.empty()) return b.texts.get("trend.scope." + set.level);
  std::string out;
  for (const std::string& id : set.programmes) {
    const auto& all = b.data.programmes;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Programme& p) { return p.id == id; });
    out += (out.empty() ? "" : ", ") + (found == all.end() ? id : name_of_programme(*found));
  }
  return out;
}

/// «рост: лучше»; where there is no change, why.
std::string class_text(const Briefing& b, const Indicator& indicator, const WaveStep& step) {
  if (step.trend == TrendClass::none) {
    const bool broken = step.change.reason == Undefined::not_comparable;
    return b.texts.get(broken ? "trend.broken" : "trend.no_change");
  }
  const bool moves = step.trend == TrendClass::growth || step.trend == TrendClass::decline;
  std::string sense = "neutral";
  if (moves && indicator.direction != Direction::none)
    sense = (step.trend == TrendClass::growth) == (indicator.direction == Direction::up) ? "better" : "worse";
  return b.texts.get("trend.class", {{"class", std::string(kTrendClassNames[static_cast<std::size_t>(step.trend)])},
                                     {"sense", sense}});
}

/// The class, and a warning where chance alone may have made the change.
std::string verdict_text(const Briefing& b, const Indicator& indicator, const WaveStep& step) {
  const std::string said = class_text(b, indicator, step);
  return step.may_be_chance ? b.texts.get("trend.verdict_with_caution", {{"class", said}}) : said;
}

/// Null where nothing is to be expected.
Value by_chance(const Indicator& indicator, const WaveStep& step, Owner owner) {
  return step.by_chance ? Value(difference(indicator, *step.by_chance, owner)) : Value();
}

/// One step of one entity in one series.
Object step_row(const Briefing& b, const WaveTrend& t, const WaveStep& step) {
  const Indicator& indicator = b.figures().indicator_of(t.series);
  const WaveSet& set = trends_of(b).sets[t.set];
  const Entity& entity = b.frame().entities[t.entity];
  const Owner owner = owner_of(t.entity);
  const bool group = entity.kind == EntityKind::region || entity.kind == EntityKind::group;
  Object row = {
      {"series", series_name(b, t.series)},
      {"measure", series_with_change_unit(b, t.series)},
      {"id", entity.kind == EntityKind::school ? entity.id : std::string()},
      {"entity", entity_name(b, entity)},
      {"kind", b.texts.get("trend.kind." +
                           std::string(group ? "group" : kEntityKindNames[static_cast<std::size_t>(entity.kind)]))},
      {"scope", scope_of(b, set)},
      {"step", wave_label(b, set, step.from) + " → " + wave_label(b, set, step.to)},
      {"unit", b.format.unit(unit_of(indicator))},
      {"from", level(indicator, t.values[step.from], owner)},
      {"to", level(indicator, t.values[step.to], owner)},
      {"change", difference(indicator, step.change, owner)},
      {"class", Value::told_of(owner, class_text(b, indicator, step))},
      {"verdict", Value::told_of(owner, verdict_text(b, indicator, step))},
      {"has_chance", step.by_chance.has_value()},
      {"by_chance", by_chance(indicator, step, owner)},
      {"note", Value::told_of(owner, step.may_be_chance ? b.texts.get("trend.may_be_chance") : "")}};
  return row;
}

void add_rows(const Briefing& b, const WaveTrend& t, List& rows) {
  for (const WaveStep& step : t.steps) rows.push_back(step_row(b, t, step));
}

/// A change, or a break of scale that a reader must see in its place.
bool is_told(const WaveStep& step) { return step.change.defined() || step.change.reason == Undefined::not_comparable; }

/// Why a change is not told; what is never estimated is named, not counted.
enum LeftOut : std::uint8_t { kAbsent, kTooFew, kHidden, kOther };
constexpr std::array<const char*, 4> kLeftOutNames = {"absent", "few", "hidden", "other"};

LeftOut left_out_for(Undefined reason) {
  if (reason == Undefined::no_data) return kAbsent;
  if (reason == Undefined::complementary) return kHidden;
  return reason == Undefined::too_few ? kTooFew : kOther;
}

struct ToldSteps {
  List rows;
  List whole;  ///< Of these, the way from the first wave to the last.
  std::array<std::int64_t, kLeftOutNames.size()> left_out{};
  std::vector<std::size_t> never;  ///< Series whose changes are never estimated.
  bool any_few = false;            ///< Some change rests on too few schools to be judged.
};

void leave_out(const WaveTrend& t, const WaveStep& step, ToldSteps& out) {
  if (step.change.reason != Undefined::no_method) {
    ++out.left_out[left_out_for(step.change.reason)];
  } else if (out.never.empty() || out.never.back() != t.series) {
    out.never.push_back(t.series);
  }
}

void tell_steps(const Briefing& b, const WaveTrend& t, ToldSteps& out) {
  const std::size_t last = trends_of(b).sets[t.set].waves.size() - 1;
  for (const WaveStep& step : t.steps) {
    if (!is_told(step)) {
      leave_out(t, step, out);
      continue;
    }
    out.any_few = out.any_few || step.trend == TrendClass::few_schools;
    out.rows.push_back(step_row(b, t, step));
    if (step.from == 0 && step.to == last) out.whole.push_back(out.rows.back());
  }
}

ToldSteps told_steps(const Briefing& b, const std::vector<std::size_t>& entities) {
  ToldSteps out;
  for (const std::size_t s : b.headlines) {
    for (const std::size_t e : entities) {
      for (const WaveTrend* t : trends_of(b).of(s, e)) tell_steps(b, *t, out);
    }
  }
  return out;
}

List all_rows(const Briefing& b) {
  List rows;
  for (const WaveTrend& t : trends_of(b).trends) add_rows(b, t, rows);
  return rows;
}

bool any_with(const List& rows, const char* name) {
  return std::any_of(rows.begin(), rows.end(), [&](const Value& row) { return row.find(name)->truthy(); });
}

/// How well schools keep their places: one row a headline that has it.
List reliability_rows(const Briefing& b) {
  List rows;
  for (const std::size_t series : b.headlines) {
    for (std::size_t set = 0; set < trends_of(b).sets.size(); ++set) {
      const SeriesReliability* r = trends_of(b).reliability_of(series, set);
      if (r == nullptr || !r->correlation.defined()) continue;
      const Owner region = owner_of(kRegion);
      rows.push_back(Object{{"series", series_with_unit(b, series)},
                            {"years", years_text({r->from, r->to})},
                            {"schools", r->correlation.n},
                            {"correlation", Quantity{r->correlation, Unit::ratio, 2, false, region}},
                            {"sd", level(b.figures().indicator_of(series), exactly(r->sd, r->correlation.n), region)}});
      break;
    }
  }
  return rows;
}

/// Whether the way from the first wave to the last ends or begins in a single year.
bool rests_on_one_year(const Briefing& b) {
  const auto entry = b.frame().find_wave(WaveRole::entry), last = b.frame().find_wave(WaveRole::final);
  const auto single = [&](std::optional<std::size_t> wave) {
    return wave && b.frame().periods[*wave].years.size() == 1;
  };
  return single(entry) || single(last);
}

std::string rule_text(const Briefing& b, const char* key, bool any_few) {
  const TrendSettings& s = trends_of(b).settings;
  return b.texts.get(key, {{"percent", s.percent},
                           {"sd", s.sd},
                           {"few", any_few ? "yes" : "no"},
                           {"one_year", rests_on_one_year(b) ? "yes" : "no"}});
}

std::vector<std::size_t> groups_and_region(const Briefing& b) {
  std::vector<std::size_t> out;
  for (std::size_t e = 0; e < b.frame().entities.size(); ++e) {
    const EntityKind kind = b.frame().entities[e].kind;
    if (kind == EntityKind::group || kind == EntityKind::region) out.push_back(e);
  }
  std::rotate(out.begin(), out.begin() + 1, out.end());
  return out;
}

/// How many changes are left out for which reason, and the series whose changes are never estimated.
std::string left_out_text(const Briefing& b, const ToldSteps& told) {
  std::string reasons, names, out;
  for (std::size_t r = 0; r < kLeftOutNames.size(); ++r) {
    if (told.left_out[r] == 0) continue;
    reasons += reasons.empty() ? "" : "; ";
    reasons += b.texts.get("trend.left_out." + std::string(kLeftOutNames[r]), {{"n", told.left_out[r]}});
  }
  for (const std::size_t series : told.never) names += (names.empty() ? "" : "; ") + series_name(b, series);
  const std::int64_t n = std::accumulate(told.left_out.begin(), told.left_out.end(), std::int64_t{0});
  if (n > 0) out = b.texts.get("trend.without_change", {{"n", n}, {"reasons", reasons}});
  if (told.never.empty()) return out;
  const auto never = static_cast<std::int64_t>(told.never.size());
  return out + (out.empty() ? "" : " ") + b.texts.get("trend.never_estimated", {{"n", never}, {"names", names}});
}

Object waves_object(const Briefing& b, ToldSteps told) {
  List& rows = told.rows;
  Object out = {{"has_any", !rows.empty()}};
  if (rows.empty()) return out;
  out.emplace_back("without_change", left_out_text(b, told));
  out.emplace_back("rule", rule_text(b, "trend.rule", told.any_few));
  out.emplace_back("rule_brief", rule_text(b, "trend.rule_brief", told.any_few));
  out.emplace_back("has_chance", any_with(rows, "has_chance"));
  out.emplace_back("has_notes", any_with(rows, "note"));
  out.emplace_back("has_scopes", any_with(rows, "scope"));
  out.emplace_back("rows", std::move(rows));
  out.emplace_back("whole_step", told.whole.empty() ? Value() : *told.whole.front().find("step"));
  add_list(out, "whole", std::move(told.whole));
  return out;
}

}  // namespace

Object region_waves(const Briefing& b) {
  Object out = waves_object(b, told_steps(b, groups_and_region(b)));
  if (!Value(out).find("has_any")->truthy()) return out;
  add_list(out, "all", all_rows(b));
  add_list(out, "reliability", reliability_rows(b));
  return out;
}

Object entity_waves(const Briefing& b, std::size_t entity) { return waves_object(b, told_steps(b, {entity})); }

}  // namespace kaskad::reports
