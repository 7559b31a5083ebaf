// Target values of indicators, and the results that programmes have promised: how they stand, by interval and not by
// point. docs/methods/targets.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "indicators/figures.hpp"
#include "indicators/wave_sets.hpp"

namespace kaskad {

enum class TargetState : std::uint8_t {
  reached,      ///< In the target's period the interval lies wholly on its better side.
  missed,       ///< In the target's period the interval lies wholly on its worse side.
  on_course,    ///< The term has not come; the last value lies shown on or beyond the path.
  off_course,   ///< The term has not come; the last value lies shown short of the path.
  cannot_tell,  ///< The interval holds the target or the path, or the reason says why nothing can be said.
};
inline constexpr std::array<std::string_view, 5> kTargetStateNames = {"reached", "missed", "on_course", "off_course",
                                                                      "cannot_tell"};

/// Why a target is not judged, beside the reason of an undefined value.
enum class TargetGap : std::uint8_t {
  none,
  unknown,       ///< No series, entity or period of that name (diagnosed).
  no_direction,  ///< The indicator has no better side.
  no_start,      ///< The path has no value to start from before the last one.
  broken_scale,  ///< The scale changed between the start and the last value.
};
inline constexpr std::array<std::string_view, 5> kTargetGapNames = {"none", "unknown", "no_direction", "no_start",
                                                                    "broken_scale"};

/// One target beside the figures, in the unit of the indicator.
struct TargetJudgement {
  std::optional<std::size_t> series;  ///< Into Figures::series; nothing for the context.
  std::optional<int> field;           ///< Of the context.
  std::size_t entity = 0;             ///< Of the frame.
  int due = 0;                        ///< Last year of the target's period.
  std::string period;                 ///< Id of the period whose value is judged; empty = there is none.
  Estimate value;
  bool is_due = false;  ///< That is the target's own period.
  Estimate start;       ///< Where the path starts: the entry wave, or the first year with a figure.
  std::string start_period;
  double path = kNaN;  ///< Where the path stands in the judged period; the target itself when it is due.
  Estimate beyond;     ///< Value less target or path, with its interval; positive = above.
  TargetState state = TargetState::cannot_tell;
  TargetGap gap = TargetGap::none;
};

/// By the interval of `beyond`; no interval counts as a point where the value is exact (the context).
TargetState state_of(const Estimate& beyond, Direction direction, bool is_due);

/// One for each target, in their order.
std::vector<TargetJudgement> judge_targets(const Dataset& data, const Figures& figures,
                                           const std::vector<WaveSet>& sets, const std::vector<TargetValue>& targets);

/// How an expected result stands: what is stated and what figures show.
struct ExpectedJudgement {
  std::optional<TargetJudgement> measured;
  ExpectedState state = ExpectedState::not_stated;  ///< Stated; else reached or missed as the figures show.
  bool by_figures = false;                          ///< `state` is that of the figures.
  bool contradicts = false;                         ///< Statement and figures exclude each other.
  bool without_document = false;                    ///< It is stated, and no document says so.
};

/// One for each ProgrammeData::expected, in their order.
std::vector<ExpectedJudgement> judge_expected(const Dataset& data, const Figures& figures,
                                              const std::vector<WaveSet>& sets);

struct TargetJudgements {
  std::vector<TargetJudgement> targets;     ///< By ProgrammeData::targets.
  std::vector<ExpectedJudgement> expected;  ///< By ProgrammeData::expected.
};

/// Warnings for targets that name an indicator, procedure, subject, group, period or programme nobody knows, that have
/// nothing to be compared with, or that another row contradicts; and for waves of programmes that nobody registered.
/// They name the rows concerned.
Diagnostics check_targets(const Dataset& data, const std::vector<Indicator>& indicators,
                          const std::vector<Wave>& waves);

}  // namespace kaskad
