// Diagnostics of staff on courses, counted as pairs of scores. A person is a keyed hash that finds repeats, no more.
#include "engine/intake/cell_readings.hpp"
#include "engine/intake/programme_rows.hpp"

namespace kaskad::intake {
namespace {

enum CourseField : std::size_t { kSchool, kCourse, kPerson, kEntry, kFinal, kMaximum };
static_assert(kCourseFields[kMaximum].name == "maximum" && kCourseFields.size() == kMaximum + 1);

constexpr int kAbsentScore = -1;
constexpr int kHighestScore = 1000;

/// kAbsentScore when blank or said to be absent.
int read_count(const Field& field, const Row& row, int if_blank, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty() || absence_of(text) == kAbsent) return if_blank;
  const ParsedInteger score = parse_integer(text);
  const auto value = [&] { return Args{{"value", quoted(text)}}; };
  if (score.state == NumberState::not_a_number) report.error("not-a-number", field, value);
  if (score.state == NumberState::not_an_integer) report.error("not-an-integer", field, value);
  const bool in_range = score.value >= 0 && score.value <= kHighestScore;
  if (score.state == NumberState::good && !in_range)
    report.error("course-score-out-of-range", field, [&] {
      return Args{{"value", score.value}, {"maximum", std::int64_t{kHighestScore}}};
    });
  return in_range ? static_cast<int>(score.value) : if_blank;
}

struct Scores {
  int entry = kAbsentScore;
  int final = kAbsentScore;
  int maximum = 0;
};

Scores read_scores(const std::vector<Field>& fields, const Row& row, Report& report) {
  Scores scores;
  scores.entry = read_count(fields[kEntry], row, kAbsentScore, report);
  scores.final = read_count(fields[kFinal], row, kAbsentScore, report);
  scores.maximum = read_count(fields[kMaximum], row, 0, report);
  for (const auto& [place, score] : {std::pair(kEntry, scores.entry), std::pair(kFinal, scores.final)}) {
    if (scores.maximum == 0 || score <= scores.maximum) continue;
    report.error("course-score-out-of-range", fields[place], [&, score = score] {
      return Args{{"value", std::int64_t{score}}, {"maximum", std::int64_t{scores.maximum}}};
    });
  }
  return scores;
}

class CoursesReader {
 public:
  CoursesReader(OpenSource& source, IntakeState& state, std::vector<Field> fields)
      : source_(source), state_(state), fields_(std::move(fields)), schools_(*state.schools) {}

  void read(const Row& row) {
    Report& report = source_.report;
    const SchoolId school = schools_.read(fields_[kSchool], Field{}, row, report).value_or(0);
    const std::string course = read_required(fields_[kCourse], row, report);
    const std::string_view person = fields_[kPerson].text(row);
    is_filled(person, fields_[kPerson], report);
    const Scores scores = read_scores(fields_, row, report);
    if (report.row_is_sound()) check_maximum(course, scores.maximum);
    if (!report.row_is_sound()) {
      report.reject_row();
    } else if (scores.entry == kAbsentScore && scores.final == kAbsentScore) {
      report.leave_out_row("absent");
    } else if (is_new_entry(person_key(school, course, person), fields_[kPerson], source_, state_)) {
      count(school, course, scores);
    }
  }

 private:
  /// The key holds a keyed hash of the person instead of the person.
  std::string person_key(SchoolId school, const std::string& course, std::string_view person) const {
    return entry_key(school, course, state_.pupil_hash(CellKey{school, 0, 0, 0, 0}, person));
  }

  /// One course is scored out of one maximum.
  void check_maximum(const std::string& course, int maximum) {
    const auto& all = state_.dataset.programme_data.courses;
    const auto known = std::find_if(
        all.begin(), all.end(), [&](const CourseDiagnostics& c) { return c.course == course && c.maximum != maximum; });
    if (known == all.end()) return;
    source_.report.error("course-maximum-differs", fields_[kMaximum], [&] {
      return Args{{"course", quoted(course)},
                  {"maximum", std::int64_t{maximum}},
                  {"known", std::int64_t{known->maximum}},
                  {"first_file", known->place.file},
                  {"first_row", known->place.row}};
    });
  }

  void count(SchoolId school, const std::string& course, const Scores& scores) {
    auto& all = state_.dataset.programme_data.courses;
    auto found = std::find_if(all.begin(), all.end(),
                              [&](const CourseDiagnostics& c) { return c.school == school && c.course == course; });
    if (found == all.end()) {
      found = all.insert(all.end(), {school, course, scores.maximum, {}, source_.report.place_of(Field{})});
    }
    ++found->pairs[{scores.entry, scores.final}];
    source_.report.count_row();
  }

  OpenSource& source_;
  IntakeState& state_;
  std::vector<Field> fields_;
  SchoolReader schools_;
};

}  // namespace

void read_courses(OpenSource& source, IntakeState& state) {
  std::vector<Field> fields = bind_fields(source, kCourseFields);
  if (fields.empty()) return;
  CoursesReader reader(source, state, std::move(fields));
  for_each_row(source, [&](const Row& row) { reader.read(row); });
}

}  // namespace kaskad::intake
