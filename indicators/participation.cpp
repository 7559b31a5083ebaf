#include "indicators/participation.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "indicators/comparison.hpp"

namespace kaskad {
namespace {

using Schools = std::vector<SchoolId>;

void add_once(Schools& list, SchoolId school) {
  const auto place = std::lower_bound(list.begin(), list.end(), school);
  if (place == list.end() || *place != school) list.insert(place, school);
}

Schools both(const Schools& a, const Schools& b) {
  Schools out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

Schools common(const Schools& a, const Schools& b) {
  Schools out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

Schools without(const Schools& a, const Schools& b) {
  Schools out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

Schools present_in(const ParticipationYear& y) {
  return both(both(y.in(ParticipationState::takes_part), y.in(ParticipationState::goes_on)),
              y.in(ParticipationState::completed));
}

Schools counted_in(const ParticipationYear& y, CompletedWhat what) {
  const Schools& completed = y.in(ParticipationState::completed);
  return what == CompletedWhat::completed ? completed : both(completed, y.in(ParticipationState::goes_on));
}

struct Line {
  Schools above, below;
};

Line line_of(const std::vector<ParticipationYear>& years, std::size_t y, const CompletionRule& rule) {
  Line out;
  for (std::size_t i = rule.when == CompletedWhen::so_far ? 0 : y; i <= y; ++i)
    out.above = both(out.above, counted_in(years[i], rule.what));
  if (rule.of == CompletedOf::first_list) out.below = years.front().in(ParticipationState::takes_part);
  if (rule.of == CompletedOf::same_year) out.below = present_in(years[y]);
  for (std::size_t i = 0; rule.of == CompletedOf::ever && i <= y; ++i)
    out.below = both(out.below, present_in(years[i]));
  if (rule.only_of) out.above = common(out.above, out.below);
  return out;
}

std::optional<double> percent_of(const Line& line) {
  if (line.below.empty()) return std::nullopt;
  return 100.0 * static_cast<double>(line.above.size()) / static_cast<double>(line.below.size());
}

bool same_percent(const std::optional<double>& computed, double stated) {
  return computed && std::round(*computed) == std::round(stated);
}

/// Does the rule give every percentage that is stated?
bool reproduces(const std::vector<ParticipationYear>& years, const CompletionRule& rule) {
  const auto computed = completion_by(years, rule);
  for (std::size_t y = 0; y < years.size(); ++y) {
    if (years[y].stated && !same_percent(computed[y], *years[y].stated)) return false;
  }
  return true;
}

std::vector<CompletionRule> all_rules() {
  std::vector<CompletionRule> out;
  for (std::size_t what = 0; what < kCompletedWhatNames.size(); ++what) {
    for (std::size_t when = 0; when < kCompletedWhenNames.size(); ++when) {
      for (std::size_t of = 0; of < kCompletedOfNames.size(); ++of) {
        for (const bool only : {true, false})
          out.push_back(
              {static_cast<CompletedWhat>(what), static_cast<CompletedWhen>(when), static_cast<CompletedOf>(of), only});
      }
    }
  }
  return out;
}

void compare_with_stated(ProgrammeRegister& r, const RegistrySettings& settings, const std::string& id) {
  bool any = false;
  for (const StatedCompletion& s : settings.stated) {
    if (!s.programme.empty() && s.programme != id) continue;
    const auto year =
        std::find_if(r.years.begin(), r.years.end(), [&](const ParticipationYear& y) { return y.year == s.year; });
    if (year == r.years.end()) continue;
    year->stated = s.percent;
    any = true;
  }
  if (!any) return;
  r.agrees = reproduces(r.years, settings.rule);
  for (const CompletionRule& rule : all_rules()) {
    if (reproduces(r.years, rule)) r.reproduced_by.push_back(rule);
  }
}

void apply_rule(ProgrammeRegister& r, const CompletionRule& rule) {
  for (std::size_t y = 0; y < r.years.size(); ++y) {
    Line line = line_of(r.years, y, rule);
    r.years[y].percent = percent_of(line);
    r.years[y].strangers = without(line.above, line.below);
    r.years[y].above = std::move(line.above);
    r.years[y].below = std::move(line.below);
  }
}

ProgrammeRegister register_of(const Dataset& data, std::size_t programme, const RegistrySettings& settings) {
  ProgrammeRegister out;
  out.programme = programme;
  std::map<int, ParticipationYear> years;
  for (const Participation& p : data.programme_data.participation) {
    if (static_cast<std::size_t>(p.programme) != programme) continue;
    ParticipationYear& year = years[p.year];
    year.year = p.year;
    add_once(year.schools[static_cast<std::size_t>(p.state)], p.school);
    add_once(out.ever, p.school);
  }
  for (auto& [year, entries] : years) out.years.push_back(std::move(entries));
  if (out.years.empty()) return out;
  apply_rule(out, settings.rule);
  compare_with_stated(out, settings, data.programmes[programme].id);
  return out;
}

bool in_span(int year, int first, int last) { return (first == 0 || first <= year) && (last == 0 || year <= last); }

bool is_focus_in(const Membership& m, int first, int last) {
  return m.role == Role::focus && (m.to == 0 || first == 0 || m.to >= first) &&
         (m.from == 0 || last == 0 || m.from <= last);
}

/// Those who take part in the programme in the years of support; without any such rows the focus group of these years.
Schools supported_schools(const Dataset& data, const OutcomeSettings& s) {
  Schools out;
  for (const Participation& p : data.programme_data.participation) {
    const bool wanted = s.programme.empty() || data.programmes[static_cast<std::size_t>(p.programme)].id == s.programme;
    if (wanted && p.state == ParticipationState::takes_part && in_span(p.year, s.first_year, s.last_year))
      add_once(out, p.school);
  }
  if (!out.empty() || !s.programme.empty()) return out;
  for (const Membership& m : data.memberships) {
    if (is_focus_in(m, s.first_year, s.last_year)) add_once(out, m.school);
  }
  return out;
}

std::optional<std::size_t> time_of(const SocialIndex& index, int year, bool first) {
  if (index.times.empty()) return std::nullopt;
  if (year == 0) return first ? 0 : index.times.size() - 1;
  const auto found = std::find_if(index.times.begin(), index.times.end(),
                                  [&](const IndexIdentification& t) { return t.time.year == year; });
  return found == index.times.end() ? std::nullopt
                                    : std::optional(static_cast<std::size_t>(found - index.times.begin()));
}

void judge_index(const SocialIndex& index, const OutcomeSettings& s, SupportOutcome& out) {
  out.index_from = time_of(index, s.index_from, true);
  out.index_to = time_of(index, s.index_to, false);
  if (!out.index_from || !out.index_to) return;
  for (const SchoolId school : out.supported) {
    const SchoolIndex& before = index.times[*out.index_from].schools[school];
    const SchoolIndex& after = index.times[*out.index_to].schools[school];
    if (!before.group || !after.group) {
      out.index_unknown.push_back(school);
    } else if (index.at_risk(before)) {
      out.at_risk_before.push_back(school);
      if (!index.at_risk(after)) out.left_risk.push_back(school);
    }
  }
}

const Period* period_of(const Frame& frame, const std::string& id, WaveRole role) {
  const auto p = id.empty() ? frame.find_wave(role) : frame.find_period(id);
  return p ? &frame.periods[*p] : nullptr;
}

/// Of one school, for the better above 0; undefined across a change of the scale.
Estimate rise_of(const Dataset& data, const Figures& figures, std::size_t series, SchoolId school, const Period& from,
                 const Period& to) {
  const SeriesFigures& s = figures.series[series];
  const Indicator& indicator = figures.indicator_of(series);
  if (scale_changed(s.series, data.vocabulary.years, from.years, to.years)) return undefined(Undefined::not_comparable);
  Estimate e = change_between(figures, s, data.vocabulary.years, {school}, from, to);
  if (indicator.direction != Direction::down) return e;
  std::swap(e.lo, e.hi);
  for (double* part : {&e.value, &e.lo, &e.hi}) *part = -*part;
  return e;
}

void judge_quality(const Dataset& data, const Figures& figures, const OutcomeSettings& s, SupportOutcome& out) {
  const Period* from = period_of(figures.frame, s.quality_from, WaveRole::entry);
  const Period* to = period_of(figures.frame, s.quality_to, WaveRole::final);
  if (!out.series || from == nullptr || to == nullptr) return;
  out.quality_from = from->id;
  out.quality_to = to->id;
  for (const SchoolId school : out.supported) {
    const Estimate rise = rise_of(data, figures, *out.series, school, *from, *to);
    if (!rise.defined()) {
      out.quality_unknown.push_back(school);
    } else if (rise.value > 0) {
      out.raised.push_back(school);
      if (rise.shown_positive()) out.shown.push_back(school);
    }
  }
}

void judge_group(const Dataset& data, const OutcomeSettings& s, SupportOutcome& out) {
  out.group_year = s.group_year != 0 || data.vocabulary.years.empty() ? s.group_year : data.vocabulary.years.back();
  for (const Membership& m : data.memberships) {
    const bool supported = std::binary_search(out.supported.begin(), out.supported.end(), m.school);
    if (supported && is_focus_in(m, out.group_year, out.group_year)) add_once(out.stayed, m.school);
  }
}

}  // namespace

std::vector<std::optional<double>> completion_by(const std::vector<ParticipationYear>& years,
                                                 const CompletionRule& rule) {
  std::vector<std::optional<double>> out;
  for (std::size_t y = 0; y < years.size(); ++y) out.push_back(percent_of(line_of(years, y, rule)));
  return out;
}

Registers make_registers(const Dataset& data, const Figures& figures, const Identification& identification,
                         std::optional<std::size_t> quality, const RegistrySettings& settings) {
  Registers out{settings, {}, {}};
  for (std::size_t p = 0; p < data.programmes.size(); ++p) {
    ProgrammeRegister r = register_of(data, p, settings);
    if (!r.years.empty()) out.programmes.push_back(std::move(r));
  }
  if (!settings.outcome.on) return out;
  SupportOutcome& outcome = out.outcome;
  outcome.supported = supported_schools(data, settings.outcome);
  outcome.reason = outcome.supported.empty() ? Undefined::no_data : Undefined::none;
  outcome.series = quality;
  judge_index(identification.social, settings.outcome, outcome);
  judge_quality(data, figures, settings.outcome, outcome);
  judge_group(data, settings.outcome, outcome);
  return out;
}

}  // namespace kaskad
