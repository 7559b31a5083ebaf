// The road map: what was planned, what is done, what is late. As of a day that comes in as a value.
// docs/methods/road-map.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/intake/dataset.hpp"
#include "indicators/cascade_rubric.hpp"

namespace kaskad {

enum class MeasureState : std::uint8_t {
  in_time,  ///< Done by its term.
  late,     ///< Done after it.
  done,     ///< Done; there is no term to hold it against.
  overdue,  ///< Not done, the term has passed.
  running,  ///< Not done, between its planned start and its term.
  not_due,  ///< Not done, its planned start lies ahead.
  no_term   ///< Not done, without a term.
};
inline constexpr std::array<std::string_view, 7> kMeasureStateNames = {"in_time", "late",    "done",   "overdue",
                                                                       "running", "not_due", "no_term"};
bool is_done(MeasureState state);

struct JudgedMeasure {
  std::size_t measure = 0;  ///< Into ProgrammeData::measures.
  MeasureState state = MeasureState::no_term;
  std::int64_t days = 0;             ///< Late by, or overdue by.
  std::string start, finish;         ///< Plan; the stage's where the measure has none.
  bool term_is_of_stage = false;     ///< `finish` is the stage's.
  std::optional<std::size_t> stage;  ///< Into CascadeRubric::stages.
  std::string municipality;          ///< Whose measure it is, or whose school's; empty = the region's.
  std::vector<std::string> performers;
};

/// How many of some measures are in which state.
struct MeasureCount {
  std::string name;                  ///< Performer, municipality or stage as the file names it.
  std::optional<std::size_t> stage;  ///< Of counts by stage, where the rubric knows it.
  std::array<std::int64_t, kMeasureStateNames.size()> by_state{};

  std::int64_t n() const;
  std::int64_t done() const;
  std::int64_t of(MeasureState state) const { return by_state[static_cast<std::size_t>(state)]; }
};

struct RoadMap {
  std::string as_of;
  std::vector<JudgedMeasure> measures;  ///< As in the files.
  MeasureCount all;
  std::vector<MeasureCount> by_stage;         ///< The rubric's order, then others by first mention; empty name = none.
  std::vector<MeasureCount> by_performer;     ///< By first mention. A measure of two performers counts for both.
  std::vector<MeasureCount> by_municipality;  ///< The registry's order, the region's last (empty name).
};

/// `as_of` is ISO; without it nothing is overdue or ahead.
RoadMap judge_road_map(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of);

/// The same for some of the measures.
RoadMap road_map_of(const RoadMap& whole, const Dataset& data, const CascadeRubric& rubric,
                    const std::vector<std::size_t>& measures);

}  // namespace kaskad
