#include <algorithm>
#include <map>
#include <set>

#include "engine/base/text.hpp"
#include "indicators/courses.hpp"

namespace kaskad {
namespace {

std::optional<int> read_score(ConfigReader& r, const char* key) {
  constexpr std::int64_t kMost = 100'000;
  const auto score = r.integer(key);
  if (!score) return std::nullopt;
  if (*score >= 1 && *score <= kMost) return static_cast<int>(*score);
  r.report(key, "setting-between", {{"lo", 1.0}, {"hi", static_cast<double>(kMost)}});
  return std::nullopt;
}

CourseSpec read_course(ConfigReader& r) {
  CourseSpec out;
  out.id = r.required_text("id");
  out.name = r.localized("name");
  if (out.name.empty()) out.name = {{"ru", out.id}, {"en", out.id}};
  out.maximum = read_score(r, "maximum");
  out.threshold = read_score(r, "threshold");
  if (out.maximum && out.threshold && *out.threshold > *out.maximum) r.report("threshold", "course-threshold");
  r.finish();
  return out;
}

Diagnostic about(const Dataset& data, const CourseDiagnostics& d, std::string code, Args args,
                 Severity severity = Severity::error) {
  Diagnostic out;
  out.severity = severity;
  out.place = d.place;
  args.emplace_back("course", d.course);
  args.emplace_back("school", data.registry.schools[d.school].id);
  out.message = {std::move(code), std::move(args)};
  return out;
}

template <class Is>
std::int64_t people_of(const CourseDiagnostics& d, const Is& is) {
  std::int64_t out = 0;
  for (const auto& [scores, people] : d.pairs) out += is(scores) ? people : 0;
  return out;
}

void check_scores(const Dataset& data, const CourseDiagnostics& d, int maximum, Diagnostics& out) {
  const std::int64_t late = people_of(d, [](const auto& s) { return s.first < 0 && s.second >= 0; });
  if (late > 0) out.push_back(about(data, d, "course-final-alone", {{"n", late}}, Severity::warning));
  if (maximum == 0) return;
  const std::int64_t above = people_of(d, [&](const auto& s) { return s.first > maximum || s.second > maximum; });
  if (above > 0)
    out.push_back(about(data, d, "course-above-maximum", {{"n", above}, {"maximum", std::int64_t{maximum}}}));
}

}  // namespace

std::vector<CourseSpec> read_courses(ConfigReader& root) {
  std::vector<CourseSpec> out;
  std::set<std::string> ids;
  for (const ConfigNode* node : root.tables("course")) {
    ConfigReader r(*node, root.file(), "course", root.diagnostics());
    out.push_back(read_course(r));
    if (!ids.insert(fold(out.back().id)).second) root.report("course", "process-twice", {{"id", out.back().id}});
  }
  return out;
}

Diagnostics check_courses(const Dataset& data, const std::vector<CourseSpec>& courses) {
  Diagnostics out;
  std::map<std::string, int> stated;
  for (const CourseSpec& spec : courses) {
    if (spec.maximum) stated[fold(spec.id)] = *spec.maximum;
  }
  for (const CourseDiagnostics& d : data.programme_data.courses) {
    int& maximum = stated[fold(d.course)];
    if (maximum == 0) maximum = d.maximum;
    if (d.maximum != 0 && d.maximum != maximum)
      out.push_back(about(data, d, "course-maximum",
                          {{"stated", std::int64_t{d.maximum}}, {"maximum", std::int64_t{maximum}}},
                          Severity::warning));
    check_scores(data, d, maximum, out);
  }
  return out;
}

}  // namespace kaskad
