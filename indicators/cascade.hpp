// Stages of the cascade: who has finished which stage by diagnostics, who may move on, who holds the others back, what
// was decided, and how it came about by date. docs/methods/cascade.md says how it is judged.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/intake/dataset.hpp"
#include "indicators/cascade_rubric.hpp"

namespace kaskad {

/// What a participant has to complete: a component, in a school maybe one of its groups' part in it.
struct CascadeNeed {
  std::size_t component = 0;         ///< Into CascadeRubric::components.
  std::optional<SchoolGroup> group;  ///< Nothing = all of the participant.
  friend bool operator==(const CascadeNeed&, const CascadeNeed&) = default;
};

enum class NeedState : std::uint8_t {
  complete,
  incomplete,  ///< The last report does not reach the threshold.
  unreliable,  ///< There are unreliable reports alone.
  missing      ///< Nobody has reported.
};
inline constexpr std::array<std::string_view, 4> kNeedStateNames = {"complete", "incomplete", "unreliable", "missing"};

struct NeedStanding {
  CascadeNeed need;
  NeedState state = NeedState::missing;
  double score = kNaN;                ///< Of the report that counts.
  std::optional<std::size_t> report;  ///< Into ProgrammeData::components.
  std::int64_t unreliable = 0;        ///< Reports left out.
};

struct StageStanding {
  std::int64_t needs = 0, complete = 0;      ///< The participant's own.
  std::int64_t below = 0, below_passed = 0;  ///< Participants of the level below.
  bool own = false;                          ///< All own needs are complete (also when there are none).
  bool gate = false;                         ///< Enough participants below have passed.
  bool passed = false;                       ///< Own, gate, and all stages before are passed.
  std::string first_own;                     ///< Day on which `own` first held; empty without needs, or undated.
  std::string passed_on;                     ///< Day since which `passed` has held without a break; may be empty.
};

/// What the rule says to a participant, against the stage that its last decision has put it into.
enum class StageVerdict : std::uint8_t { goes_on, moves_on, returns, finished };
inline constexpr std::array<std::string_view, 4> kStageVerdictNames = {"goes_on", "moves_on", "returns", "finished"};

struct CascadeParticipant {
  RowOwner owner;
  std::optional<std::size_t> parent;  ///< Into the same list.
  std::vector<std::size_t> below;
  std::vector<NeedStanding> needs;      ///< In the rubric's order.
  std::vector<StageStanding> stages;    ///< One a stage.
  std::size_t position = 0;             ///< Stages passed in order: the place of the stage that it works on.
  std::optional<std::size_t> declared;  ///< Stage of its last decision; stages.size() = the end.
  StageVerdict verdict = StageVerdict::goes_on;
};

enum class DecisionOutcome : std::uint8_t {
  as_rule,
  against_gate,    ///< It moves on although the stage is not passed.
  skips,           ///< It moves on over a stage.
  too_far,         ///< It returns further than the rule asks.
  not_far_enough,  ///< It returns, or stays, where the rule asks for an earlier stage.
  not_asked,       ///< It returns, or stays, although the rule lets it move on.
  unclear          ///< No date, an unknown stage or participant, or undated reports on which it hangs.
};
inline constexpr std::array<std::string_view, 7> kDecisionOutcomeNames = {
    "as_rule", "against_gate", "skips", "too_far", "not_far_enough", "not_asked", "unclear"};

/// A decision beside what the rule gave on its day.
struct JudgedDecision {
  std::size_t decision = 0;  ///< Into ProgrammeData::decisions.
  std::optional<std::size_t> from, to;
  DecisionOutcome outcome = DecisionOutcome::unclear;
  std::size_t position = 0;          ///< By the rule on the day.
  std::vector<CascadeNeed> lacking;  ///< Own needs up to the stage left.
  std::vector<RowOwner> held_by;     ///< Participants right below that had not passed it.
};

/// On a day, how many participants of each level work on each stage; the last place counts those that have finished.
struct CascadePoint {
  std::string date;
  std::array<std::vector<std::int64_t>, 3> at;  ///< By OwnerLevel.
};

/// A participant goes from one stage to another, forth or back, because reports came.
struct CascadeStep {
  std::string date;
  RowOwner owner;
  std::size_t from = 0, to = 0;
};

/// A level's way through a stage.
struct LevelProgress {
  OwnerLevel level = OwnerLevel::region;
  std::size_t stage = 0;
  std::int64_t participants = 0, passed = 0;
  std::string first_report;  ///< Day of the first report on it.
  std::string all_passed;    ///< Day since which all have passed; empty while some have not.
};

struct Cascade {
  CascadeRubric rubric;
  std::string as_of;
  ParticipantRule participants_by = ParticipantRule::automatic;  ///< The rule that was used, never `automatic`.
  std::vector<CascadeParticipant> participants;  ///< Region, municipalities, schools, each in the registry's order.
  std::vector<JudgedDecision> decisions;         ///< By date, then as in the files.
  std::vector<CascadePoint> history;             ///< Days on which something changed.
  std::vector<CascadeStep> steps;
  std::vector<LevelProgress> progress;                                 ///< By stage, then level.
  std::int64_t reports = 0;                                            ///< That count, or would if they were reliable.
  std::int64_t unreliable = 0, undated = 0, later = 0, misplaced = 0;  ///< `misplaced`: of nobody who is asked.

  bool empty() const { return participants.empty(); }
  std::optional<std::size_t> find(const RowOwner& owner) const;
};

/// As of a day, ISO: later reports and decisions do not count. Without one all do. Empty without components in the
/// rubric, or without any report or decision.
Cascade judge_cascade(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of);

/// Participants at or below this one that lack something of their own for the stage it works on or an earlier one, in
/// the order of the list: they hold it back.
std::vector<std::size_t> holding_back(const Cascade& cascade, std::size_t participant);
/// Own needs of a participant that are not complete, up to and with the stage.
std::vector<NeedStanding> lacking_up_to(const Cascade& cascade, std::size_t participant, std::size_t stage);

}  // namespace kaskad
