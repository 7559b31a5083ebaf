// Diagnostics on courses as trees. What courses.hpp hides is named by its number alone.
#include <algorithm>

#include "reports/content/labels.hpp"
#include "reports/content/process_data.hpp"

namespace kaskad::reports {
namespace {

struct CourseRow {
  std::string place;
  Owner owner = kNobody;
  const CourseFigures* figures = nullptr;
};

Quantity score(const Estimate& e, Owner owner, bool is_difference = false) {
  return {e, Unit::points, 1, is_difference, owner};
}

Object row_object(const Briefing& b, const CourseJudgement& course, const CourseRow& row) {
  const CourseFigures& f = *row.figures;
  const auto percent = [&](const Estimate& e) { return Quantity{e, Unit::percent, 0, false, row.owner}; };
  return {{"course", in_language(course.spec.name, b.language(), course.spec.id)},
          {"place", row.place},
          {"people", f.paired},
          {"dropped_out", f.dropped_out},
          {"came_late", f.came_late},
          {"entry", score(f.entry, row.owner)},
          {"final", score(f.final, row.owner)},
          {"change", score(f.change, row.owner, true)},
          {"effect", Quantity{f.effect, Unit::effect, 2, true, row.owner}},
          {"at_maximum_entry", percent(f.at_maximum_entry)},
          {"at_maximum_final", percent(f.at_maximum_final)},
          {"reached_entry", percent(f.reached_entry)},
          {"reached_final", percent(f.reached_final)}};
}

std::string scale_text(const Briefing& b, const CourseSpec& spec) {
  if (spec.maximum && spec.threshold)
    return b.texts.get("courses.maximum_and_threshold",
                       {{"maximum", std::int64_t{*spec.maximum}}, {"threshold", std::int64_t{*spec.threshold}}});
  if (spec.maximum) return b.texts.get("courses.maximum", {{"maximum", std::int64_t{*spec.maximum}}});
  if (spec.threshold) return b.texts.get("courses.threshold", {{"threshold", std::int64_t{*spec.threshold}}});
  return b.texts.get("courses.no_scale");
}

std::string verdict_of_change(const Estimate& change) {
  return change.shown_positive() ? "up" : change.shown_negative() ? "down" : "unproven";
}

std::string change_text(const Briefing& b, const CourseFigures& f) {
  if (!f.change.defined()) return b.texts.get("courses.hidden_whole", {{"minimum", b.figures().minimum_n}});
  const Quantity change = score(f.change, kNobody, true);
  return b.texts.get("courses.change", {{"people", f.paired},
                                        {"verdict", verdict_of_change(f.change)},
                                        {"change", b.format.with_unit(change)},
                                        {"interval", b.format.interval(change)},
                                        {"dropped", f.dropped_out},
                                        {"late", f.came_late}});
}

/// The shown rows; the others are counted.
Object course_object(const Briefing& b, const CourseJudgement& course, const std::vector<CourseRow>& rows, int index) {
  List shown;
  std::int64_t hidden = 0;
  for (const CourseRow& row : rows) {
    if (row.figures->shown)
      shown.emplace_back(row_object(b, course, row));
    else
      ++hidden;
  }
  const CourseRow& whole = rows.front();
  std::string note = scale_text(b, course.spec);
  if (hidden > 0) note += " " + b.texts.get("courses.hidden", {{"n", hidden}, {"minimum", b.figures().minimum_n}});
  return {{"name", in_language(course.spec.name, b.language(), course.spec.id)},
          {"index", index},
          {"text", Value::told_of(whole.owner, change_text(b, *whole.figures))},
          {"note", std::move(note)},
          {"has_maximum", course.spec.maximum.has_value()},
          {"has_threshold", course.spec.threshold.has_value()},
          {"has_rows", !shown.empty()},
          {"rows", std::move(shown)}};
}

std::size_t entity_of(const Briefing& b, std::size_t municipality) {
  return *b.frame().find_entity(EntityKind::municipality, b.data.registry.municipalities[municipality]);
}

}  // namespace

List region_courses(const Briefing& b) {
  List out;
  for (const CourseJudgement& course : b.judgements.courses) {
    std::vector<CourseRow> rows = {{b.texts.get("label.region"), owner_of(kRegion), &course.region}};
    for (const CourseOfMunicipality& m : course.municipalities)
      rows.push_back(
          {b.data.registry.municipalities[m.municipality], owner_of(entity_of(b, m.municipality)), &m.figures});
    out.emplace_back(course_object(b, course, rows, static_cast<int>(out.size())));
  }
  return out;
}

List municipality_courses(const Briefing& b, std::size_t municipality) {
  List out;
  const std::string& name = b.data.registry.municipalities[municipality];
  for (const CourseJudgement& course : b.judgements.courses) {
    const auto own = std::find_if(course.municipalities.begin(), course.municipalities.end(),
                                  [&](const CourseOfMunicipality& m) { return m.municipality == municipality; });
    if (own == course.municipalities.end()) continue;
    std::vector<CourseRow> rows = {{name, owner_of(entity_of(b, municipality)), &own->figures}};
    for (const CourseOfSchool& s : course.schools) {
      if (b.data.registry.schools[s.school].municipality == name)
        rows.push_back({school_name(b, s.school), owner_of_school(b, s.school), &s.figures});
    }
    out.emplace_back(course_object(b, course, rows, static_cast<int>(out.size())));
  }
  return out;
}

List school_courses(const Briefing& b, SchoolId school) {
  List out;
  for (const CourseJudgement& course : b.judgements.courses) {
    for (const CourseOfSchool& s : course.schools) {
      if (s.school != school) continue;
      const std::vector<CourseRow> rows = {{school_name(b, school), owner_of_school(b, school), &s.figures}};
      out.emplace_back(course_object(b, course, rows, static_cast<int>(out.size())));
    }
  }
  return out;
}

}  // namespace kaskad::reports
