#include "indicators/targets.hpp"

#include <algorithm>
#include <cmath>

#include "engine/intake/numbers.hpp"

namespace kaskad {
namespace {

/// A value with the middle of its years, for the path.
struct Point {
  std::string period;
  std::vector<int> years;
  Estimate value;

  double time() const { return (years.front() + years.back()) / 2.0; }
};

std::optional<std::size_t> find_series(const Dataset& data, const Figures& figures, const TargetValue& target) {
  const Vocabulary& v = data.vocabulary;
  for (std::size_t s = 0; s < figures.series.size(); ++s) {
    const Series& series = figures.series[s].series;
    const bool subject =
        target.subject == "*" ? !series.subject : series.subject && v.subjects[*series.subject].id == target.subject;
    const bool rest = figures.indicators[series.indicator].id == target.indicator &&
                      v.procedures[series.procedure].id == target.procedure && series.grade == target.grade;
    if (subject && rest) return s;
  }
  return std::nullopt;
}

std::optional<std::size_t> find_entity(const Figures& figures, const TargetValue& target) {
  const Frame& frame = figures.frame;
  if (!target.group.empty()) return frame.find_entity(EntityKind::group, target.group);
  if (target.owner.level == OwnerLevel::region) return 0;
  if (target.owner.level == OwnerLevel::municipality)
    return frame.find_entity(EntityKind::municipality, target.owner.name);
  return target.owner.school ? std::optional(frame.first_school() + *target.owner.school) : std::nullopt;
}

/// Everything that judging one target needs at hand.
struct Case {
  const Dataset& data;
  const Figures& figures;
  const WaveSet* set;  ///< Null without waves.
  const TargetValue& target;
  const TargetJudgement& found;

  const std::vector<int>& all_years() const { return data.vocabulary.years; }
  const std::vector<SchoolId>& schools() const { return figures.frame.members[found.entity]; }

  Estimate context(const std::vector<int>& years) const {
    const ContextField& field = data.context.fields[static_cast<std::size_t>(*found.field)];
    double sum = 0, n = 0;
    for (const SchoolId school : schools()) {
      for (const int year : years) {
        const ContextValue* value = data.context.find(*found.field, school, year);
        if (value == nullptr || value->n == 0) continue;
        sum += value->sum;
        n += field.is_total ? 1 : static_cast<double>(value->n);
      }
    }
    return n > 0 ? exactly(sum / n * (field.unit == "share" ? 100 : 1), std::llround(n))
                 : undefined(Undefined::no_data);
  }

  Estimate value(const Period& period) const {
    if (!found.series) return context(period.years);
    const Indicator& indicator = figures.indicator_of(*found.series);
    if (indicator.kind == IndicatorKind::gap || indicator.kind == IndicatorKind::spread) {
      // Of the whole region alone; the one town of a town's project is that, too.
      const auto p = figures.frame.find_period(period.id);
      const bool whole = schools().size() == figures.frame.members.front().size();
      return p && whole ? figures.at(*found.series, 0, *p) : undefined(Undefined::no_method);
    }
    return printed(figures, figures.series[*found.series], all_years(), schools(), period);
  }

  Point point(const Period& period) const { return {period.id, period.years, value(period)}; }
};

const Period* period_of_target(const Figures& figures, const WaveSet* set, const std::string& id) {
  if (set != nullptr) {
    for (const Period& wave : set->waves) {
      if (wave.id == id) return &wave;
    }
  }
  const auto p = figures.frame.find_period(id);
  return p ? &figures.frame.periods[*p] : nullptr;
}

/// A year after the project's last one is a period without figures.
std::optional<Period> wanted_period(const Case& c) {
  if (const Period* known = period_of_target(c.figures, c.set, c.target.period)) return *known;
  const auto year = intake::parse_year(c.target.period);
  return year ? std::optional(Period{std::to_string(*year), {*year}}) : std::nullopt;
}

/// The entry wave, or the first year with a figure.
std::optional<Point> start_of(const Case& c) {
  const auto entry = c.set == nullptr ? std::nullopt : c.set->find(WaveRole::entry);
  if (entry) {
    Point point = c.point(c.set->waves[*entry]);
    return point.value.defined() ? std::optional(std::move(point)) : std::nullopt;
  }
  for (const int year : c.all_years()) {
    Point point = c.point({std::to_string(year), {year}});
    if (point.value.defined()) return point;
  }
  return std::nullopt;
}

/// A field of the context has no better side of its own: it is to go from where it starts towards the target.
Direction direction_of(const Case& c) {
  if (c.found.series) return c.figures.indicator_of(*c.found.series).direction;
  const auto start = start_of(c);
  return start && start->value.value > c.target.value ? Direction::down : Direction::up;
}

/// The last year with a figure that is after the start and not after the term.
std::optional<Point> last_of(const Case& c, int due) {
  for (auto year = c.all_years().rbegin(); year != c.all_years().rend(); ++year) {
    if (*year > due) continue;
    Point point = c.point({std::to_string(*year), {*year}});
    if (point.value.defined()) return point;
  }
  return std::nullopt;
}

double lower_side(const Estimate& e) { return e.has_interval() ? e.value - e.lo : 0; }
double upper_side(const Estimate& e) { return e.has_interval() ? e.hi - e.value : 0; }

Estimate less(const Estimate& value, double target) {
  Estimate out = value;
  for (double* part : {&out.value, &out.lo, &out.hi}) *part -= target;
  out.p = kNaN;
  return out;
}

/// x − (1 − w)·x0 − w·T with the limits of Zou & Donner 2008 (Statistics in Medicine 27:1693–1702) from those of x and
/// x0, which are of different pupils.
Estimate beyond_path(const Estimate& x, const Estimate& x0, double target, double w) {
  const double share = 1 - w;
  Estimate out = exactly(x.value - share * x0.value - w * target, x.n);
  if (!x.has_interval() || !x0.has_interval()) return out;
  out.lo = out.value - std::hypot(lower_side(x), share * upper_side(x0));
  out.hi = out.value + std::hypot(upper_side(x), share * lower_side(x0));
  return out;
}

void judge_due(const Case& c, TargetJudgement& out, const Period& period, Estimate value) {
  out.is_due = true;
  out.period = period.id;
  out.value = value;
  out.path = c.target.value;
  out.beyond = less(value, c.target.value);
  out.state = state_of(out.beyond, direction_of(c), true);
}

void judge_path(const Case& c, TargetJudgement& out, const Period& period) {
  const auto start = start_of(c);
  const auto last = last_of(c, out.due);
  if (last) {
    out.period = last->period;
    out.value = last->value;
  }
  const double term = (period.years.front() + period.years.back()) / 2.0;
  if (!start || !last || last->years.back() <= start->years.back() || term <= start->time()) {
    out.gap = TargetGap::no_start;
    return;
  }
  out.start = start->value;
  out.start_period = start->period;
  if (out.series && scale_changed(c.figures.series[*out.series].series, c.all_years(), start->years, last->years)) {
    out.gap = TargetGap::broken_scale;
    return;
  }
  const double w = (last->time() - start->time()) / (term - start->time());
  out.path = start->value.value + w * (c.target.value - start->value.value);
  out.beyond = beyond_path(last->value, start->value, c.target.value, w);
  out.state = state_of(out.beyond, direction_of(c), false);
}

const WaveSet* set_of(const Dataset& data, const Figures& figures, const std::vector<WaveSet>& sets,
                      const TargetValue& target, std::size_t entity) {
  if (target.programme) {
    const auto set = set_of_programme(sets, data.programmes[static_cast<std::size_t>(*target.programme)]);
    return set ? &sets[*set] : nullptr;
  }
  const auto own = sets_of_entity(sets, data, figures.frame.entities[entity]);
  return own.empty() ? nullptr : &sets[own.front()];
}

TargetJudgement judge_target(const Dataset& data, const Figures& figures, const std::vector<WaveSet>& sets,
                             const TargetValue& target) {
  TargetJudgement out;
  const auto entity = find_entity(figures, target);
  if (target.procedure.empty())
    out.field = data.context.field(target.indicator);
  else
    out.series = find_series(data, figures, target);
  if (!entity || (!out.series && !out.field)) {
    out.gap = TargetGap::unknown;
    return out;
  }
  out.entity = *entity;
  const Case c{data, figures, set_of(data, figures, sets, target, *entity), target, out};
  const auto period = wanted_period(c);
  if (!period) {
    out.gap = TargetGap::unknown;
    return out;
  }
  out.due = period->years.back();
  // A year after the project's last one has no figures to be looked up.
  const bool in_project = std::binary_search(c.all_years().begin(), c.all_years().end(), out.due);
  const Estimate value = in_project ? c.value(*period) : undefined(Undefined::no_data);
  if (direction_of(c) == Direction::none) {
    out.gap = TargetGap::no_direction;
    out.period = period->id;
    out.value = value;
  } else if (value.defined()) {
    judge_due(c, out, *period, value);
  } else if (out.due > data.vocabulary.years.back() || value.reason == Undefined::no_data) {
    judge_path(c, out, *period);
  } else {
    out.period = period->id;
    out.value = value;
  }
  return out;
}

bool is_good(TargetState s) { return s == TargetState::reached; }
bool is_bad(TargetState s) { return s == TargetState::missed; }

ExpectedJudgement judge_result(const Dataset& data, const Figures& figures, const std::vector<WaveSet>& sets,
                               const ExpectedResult& result) {
  ExpectedJudgement out;
  out.state = result.state;
  out.without_document = result.state != ExpectedState::not_stated && result.document.empty();
  if (!result.measure) return out;
  out.measured = judge_target(data, figures, sets, *result.measure);
  const TargetState shown = out.measured->state;
  if (result.state == ExpectedState::not_stated) {
    out.by_figures = is_good(shown) || is_bad(shown);
    if (out.by_figures) out.state = is_good(shown) ? ExpectedState::reached : ExpectedState::missed;
    return out;
  }
  out.contradicts = (result.state == ExpectedState::reached && is_bad(shown)) ||
                    (result.state == ExpectedState::missed && is_good(shown));
  return out;
}

}  // namespace

TargetState state_of(const Estimate& beyond, Direction direction, bool is_due) {
  if (!beyond.defined() || direction == Direction::none) return TargetState::cannot_tell;
  double lo = beyond.has_interval() ? beyond.lo : beyond.value, hi = beyond.has_interval() ? beyond.hi : beyond.value;
  if (direction == Direction::down) {
    std::swap(lo, hi);
    lo = -lo;
    hi = -hi;
  }
  if (lo >= 0) return is_due ? TargetState::reached : TargetState::on_course;
  if (hi < 0) return is_due ? TargetState::missed : TargetState::off_course;
  return TargetState::cannot_tell;
}

std::vector<TargetJudgement> judge_targets(const Dataset& data, const Figures& figures,
                                           const std::vector<WaveSet>& sets, const std::vector<TargetValue>& targets) {
  std::vector<TargetJudgement> out;
  for (const TargetValue& target : targets) out.push_back(judge_target(data, figures, sets, target));
  return out;
}

std::vector<ExpectedJudgement> judge_expected(const Dataset& data, const Figures& figures,
                                              const std::vector<WaveSet>& sets) {
  std::vector<ExpectedJudgement> out;
  for (const ExpectedResult& result : data.programme_data.expected)
    out.push_back(judge_result(data, figures, sets, result));
  return out;
}

}  // namespace kaskad
