// What an office writes down of its programmes besides results: measures and terms, schools in and out, targets,
// stages of the cascade, visits, scales of processes, courses. Rows as they stand in the files, each with its place, so
// that a judgement can name the rows it rests on. Dates are ISO, empty where a file gives none.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/cube/outcome.hpp"

namespace kaskad {

/// Whose a row is.
enum class OwnerLevel : std::uint8_t { region, municipality, school };
inline constexpr std::array<std::string_view, 3> kOwnerLevelNames = {"regional", "municipal", "school"};

struct RowOwner {
  OwnerLevel level = OwnerLevel::region;
  std::string name;                ///< Municipality's name or school's id; empty for the region.
  std::optional<SchoolId> school;  ///< Of a school.
  friend bool operator==(const RowOwner&, const RowOwner&) = default;
};

/// A line of a road map. Without a programme it is the whole project's.
struct PlannedMeasure {
  std::optional<int> programme;  ///< Into Dataset::programmes.
  RowOwner owner;                ///< Who carries it out: the programme's owner where the file names none.
  std::string id;                ///< The office's number, e.g. «2.3»; may be empty.
  std::string stage;             ///< Id of a stage; may be empty.
  std::string name;
  std::string performer;
  std::string start;   ///< Plan.
  std::string finish;  ///< Plan: the term.
  std::string done;    ///< Fact; empty = not done yet.
  std::string result;  ///< That can be checked.
  std::string document;
  Place place;
};

/// What a school is to a programme in a school year.
enum class ParticipationState : std::uint8_t {
  takes_part,  ///< It is supported.
  goes_on,     ///< It goes on by itself, «на доверии».
  completed,   ///< It has carried out its programme, with good results.
  left         ///< It has gone without completing.
};
inline constexpr std::array<std::string_view, 4> kParticipationStateNames = {"takes_part", "goes_on", "completed",
                                                                             "left"};

struct Participation {
  int programme = 0;
  SchoolId school = 0;
  int year = 0;  ///< School year, by its last calendar year.
  ParticipationState state = ParticipationState::takes_part;
  std::string document;  ///< The order it rests on.
  std::string reason;
  Place place;
};

/// A value that an indicator is to reach.
struct TargetValue {
  std::optional<int> programme;
  RowOwner owner;
  std::string group;  ///< A role's name instead of the owner ("focus"); empty = the owner itself.
  std::string indicator;
  std::string procedure;  ///< Empty = an indicator of the context.
  std::string subject;    ///< "*" = all together.
  int grade = 0;
  std::string period;  ///< A year, «2024», or a wave's id.
  double value = 0;    ///< In the indicator's unit.
  Place place;
};

enum class ExpectedState : std::uint8_t { not_stated, reached, partly, missed };
inline constexpr std::array<std::string_view, 4> kExpectedStateNames = {"not_stated", "reached", "partly", "missed"};

/// A result that a programme has promised. Either somebody says with a document how it stands, or an indicator with a
/// target shows it.
struct ExpectedResult {
  int programme = 0;
  std::string number;
  std::string text;
  std::string due;  ///< ISO date.
  ExpectedState state = ExpectedState::not_stated;
  std::string document;
  std::string date;                    ///< Of the statement.
  std::string rater;                   ///< Who says so.
  std::optional<TargetValue> measure;  ///< Then figures say how it stands.
  Place place;
};

/// What diagnostics say of one component of a stage for one participant of the cascade.
struct ComponentReport {
  RowOwner owner;
  std::string group;  ///< In a school: "managers", "teachers" or "pupils"; empty = all of it.
  std::string component;
  double score = 0;  ///< In [0, 1].
  std::string date;
  std::string document;
  bool reliable = true;
  Place place;
};

/// A decision on a participant's stage: it moves on or returns.
struct StageDecision {
  RowOwner owner;
  std::string from;  ///< Ids of stages.
  std::string to;
  std::string date;
  std::string reason;
  std::string document;
  Place place;
};

enum class SupporterRole : std::uint8_t { curator, coordinator };
inline constexpr std::array<std::string_view, 2> kSupporterRoleNames = {"curator", "coordinator"};

/// Who looks after a municipality or a school.
struct Supporter {
  SupporterRole role = SupporterRole::curator;
  std::string name;
  RowOwner owner;
  Place place;
};

struct Visit {
  SchoolId school = 0;
  std::string supporter;
  std::string planned;
  std::string done;  ///< Empty = it has not taken place.
  std::string purpose;
  std::string result;
  Place place;
};

/// One position of a monitoring of processes (quality of processes, prevention of failure) of a school in a wave.
struct ProcessScore {
  SchoolId school = 0;
  std::string monitoring;  ///< Id of the project's [[process]].
  std::string wave;        ///< As the monitoring counts them: "I", "II".
  std::string criterion;
  double score = 0;  ///< On the monitoring's scale.
  Place place;
};

/// Diagnostics of a school's staff on a course, counted as pairs: people are forgotten with their row.
struct CourseDiagnostics {
  SchoolId school = 0;
  std::string course;
  int maximum = 0;  ///< 0 = not stated.
  /// (entry score, final score) → people. −1 = was absent.
  std::map<std::pair<int, int>, std::int64_t> pairs;
  Place place;  ///< Of the first row.
};

struct ProgrammeData {
  std::vector<PlannedMeasure> measures;
  std::vector<Participation> participation;
  std::vector<TargetValue> targets;
  std::vector<ExpectedResult> expected;
  std::vector<ComponentReport> components;
  std::vector<StageDecision> decisions;
  std::vector<Supporter> supporters;
  std::vector<Visit> visits;
  std::vector<ProcessScore> processes;
  std::vector<CourseDiagnostics> courses;
};

}  // namespace kaskad
