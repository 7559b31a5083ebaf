#include "indicators/courses.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/text.hpp"
#include "engine/stats/intervals.hpp"
#include "engine/stats/paired.hpp"

namespace kaskad {
namespace {

using ScorePairs = std::map<std::pair<int, int>, std::int64_t>;

constexpr int kAbsent = -1;

void add(ScorePairs& to, const ScorePairs& from) {
  for (const auto& [scores, people] : from) to[scores] += people;
}

/// Percent of the people of whom `is` holds.
template <class Is>
Estimate percent_of(const ScorePairs& both, std::int64_t n, const Is& is) {
  std::int64_t hits = 0;
  for (const auto& [scores, people] : both) hits += is(scores) ? people : 0;
  Estimate e = stats::wilson(hits, n);
  for (double* part : {&e.value, &e.lo, &e.hi}) *part *= 100;
  return e;
}

/// Shares at a score or above, at entry and at the end.
std::array<Estimate, 2> shares_from(const ScorePairs& both, std::int64_t n, const std::optional<int>& score) {
  if (!score) return {undefined(Undefined::no_scale, n), undefined(Undefined::no_scale, n)};
  return {percent_of(both, n, [&](const auto& s) { return s.first >= *score; }),
          percent_of(both, n, [&](const auto& s) { return s.second >= *score; })};
}

constexpr std::array<Estimate CourseFigures::*, 8> kEstimates = {&CourseFigures::entry,
                                                                 &CourseFigures::final,
                                                                 &CourseFigures::change,
                                                                 &CourseFigures::effect,
                                                                 &CourseFigures::at_maximum_entry,
                                                                 &CourseFigures::at_maximum_final,
                                                                 &CourseFigures::reached_entry,
                                                                 &CourseFigures::reached_final};

void hide(CourseFigures& figures) {
  figures.shown = false;
  figures.rose = figures.same = figures.fell = 0;
  for (const auto estimate : kEstimates)
    figures.*estimate = undefined(figures.paired == 0 ? Undefined::no_data : Undefined::too_few, figures.paired);
}

void count(const ScorePairs& all, CourseFigures& out, ScorePairs& both) {
  for (const auto& [scores, people] : all) {
    const auto [entry, final] = scores;
    if (entry != kAbsent && final != kAbsent) both[scores] += people;
    out.dropped_out += entry != kAbsent && final == kAbsent ? people : 0;
    out.came_late += entry == kAbsent && final != kAbsent ? people : 0;
  }
  for (const auto& [scores, people] : both) {
    out.paired += people;
    std::int64_t& kind = scores.second > scores.first ? out.rose : scores.second < scores.first ? out.fell : out.same;
    kind += people;
  }
}

CourseFigures figures_of(const ScorePairs& all, const CourseSpec& spec) {
  CourseFigures out;
  ScorePairs both;
  count(all, out, both);
  std::vector<stats::CountedPair> pairs;
  for (const auto& [scores, people] : both)
    pairs.push_back({static_cast<double>(scores.first), static_cast<double>(scores.second), people});
  const stats::PairedSample sample = stats::paired_sample(pairs);
  out.entry = stats::student_mean(sample.n, sample.mean_before, sample.variance_before);
  out.final = stats::student_mean(sample.n, sample.mean_after, sample.variance_after);
  out.change = stats::paired_change(sample);
  out.effect = stats::standardised_change(sample);
  const auto maximum = shares_from(both, out.paired, spec.maximum);
  const auto reached = shares_from(both, out.paired, spec.threshold);
  out.at_maximum_entry = maximum[0], out.at_maximum_final = maximum[1];
  out.reached_entry = reached[0], out.reached_final = reached[1];
  return out;
}

/// Of one course: scores by school, schools rising.
using BySchool = std::map<SchoolId, ScorePairs>;

std::optional<std::size_t> municipality_of(const Dataset& data, SchoolId school) {
  const auto& names = data.registry.municipalities;
  const auto found = std::find(names.begin(), names.end(), data.registry.schools[school].municipality);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

/// Hides the parts that may not be shown; all of them where the whole is hidden.
template <class Part>
void hide_parts(const std::vector<Part*>& parts, bool whole_is_shown, std::int64_t minimum_n) {
  std::vector<std::int64_t> people;
  for (const Part* part : parts) people.push_back(part->figures.paired);
  const std::vector<bool> show = parts_to_show(people, minimum_n);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!whole_is_shown || !show[i]) hide(parts[i]->figures);
  }
}

template <class Part>
std::vector<Part*> all_of(std::vector<Part>& parts) {
  std::vector<Part*> out;
  for (Part& part : parts) out.push_back(&part);
  return out;
}

/// Schools of a municipality are parts of it; those without one are parts of the region.
void hide_schools(const Dataset& data, CourseJudgement& course, std::int64_t minimum_n) {
  std::map<std::optional<std::size_t>, std::vector<CourseOfSchool*>> groups;
  for (CourseOfSchool& school : course.schools) groups[municipality_of(data, school.school)].push_back(&school);
  for (auto& [municipality, schools] : groups) {
    const auto whole = std::find_if(course.municipalities.begin(), course.municipalities.end(),
                                    [&](const CourseOfMunicipality& m) { return m.municipality == municipality; });
    const bool shown = whole == course.municipalities.end() ? course.region.shown : whole->figures.shown;
    hide_parts(schools, shown, minimum_n);
  }
}

CourseJudgement judge_course(const Dataset& data, CourseSpec spec, const BySchool& by_school, std::int64_t minimum_n) {
  CourseJudgement out;
  ScorePairs all;
  std::map<std::size_t, ScorePairs> by_municipality;
  for (const auto& [school, pairs] : by_school) {
    add(all, pairs);
    if (const auto m = municipality_of(data, school)) add(by_municipality[*m], pairs);
    out.schools.push_back({school, figures_of(pairs, spec)});
  }
  for (const auto& [m, pairs] : by_municipality) out.municipalities.push_back({m, figures_of(pairs, spec)});
  out.region = figures_of(all, spec);
  if (out.region.paired < minimum_n) hide(out.region);
  hide_parts(all_of(out.municipalities), out.region.shown, minimum_n);
  hide_schools(data, out, minimum_n);
  out.spec = std::move(spec);
  return out;
}

std::optional<int> stated_maximum(const Dataset& data, const std::string& course) {
  int out = 0;
  for (const CourseDiagnostics& d : data.programme_data.courses) {
    if (fold(d.course) == fold(course)) out = std::max(out, d.maximum);
  }
  return out > 0 ? std::optional(out) : std::nullopt;
}

/// The project's courses that have people, then the others as the files name them.
std::vector<CourseSpec> courses_met(const Dataset& data, const std::vector<CourseSpec>& known) {
  std::vector<CourseSpec> out = known;
  for (const CourseDiagnostics& d : data.programme_data.courses) {
    const bool is_known =
        std::any_of(out.begin(), out.end(), [&](const CourseSpec& c) { return fold(c.id) == fold(d.course); });
    if (!is_known) out.push_back({d.course, {{"ru", d.course}, {"en", d.course}}, {}, {}});
  }
  return out;
}

}  // namespace

std::vector<bool> parts_to_show(const std::vector<std::int64_t>& people, std::int64_t minimum_n) {
  std::vector<bool> show;
  std::int64_t hidden = 0;
  for (const std::int64_t n : people) {
    show.push_back(n >= minimum_n && n > 0);
    hidden += show.back() ? 0 : n;
  }
  while (hidden > 0 && hidden < minimum_n) {
    std::optional<std::size_t> smallest;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (show[i] && (!smallest || people[i] < people[*smallest])) smallest = i;
    }
    if (!smallest) break;
    show[*smallest] = false;
    hidden += people[*smallest];
  }
  return show;
}

std::vector<CourseJudgement> judge_courses(const Dataset& data, const std::vector<CourseSpec>& courses,
                                           std::int64_t minimum_n) {
  std::vector<CourseJudgement> out;
  for (CourseSpec& spec : courses_met(data, courses)) {
    BySchool by_school;
    for (const CourseDiagnostics& d : data.programme_data.courses) {
      if (fold(d.course) == fold(spec.id)) add(by_school[d.school], d.pairs);
    }
    if (by_school.empty()) continue;
    if (!spec.maximum) spec.maximum = stated_maximum(data, spec.id);
    out.push_back(judge_course(data, std::move(spec), by_school, minimum_n));
  }
  return out;
}

}  // namespace kaskad
