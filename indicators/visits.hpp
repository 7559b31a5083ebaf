// Visits to schools, plan and fact, and who looks after whom: curators and coordinators.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad {

enum class VisitState : std::uint8_t {
  in_time,    ///< Done on the planned day or before it.
  late,       ///< Done after it.
  unplanned,  ///< Done, never planned.
  overdue,    ///< Planned, the day has passed, not done.
  ahead,      ///< Planned, the day is to come.
  no_date     ///< Neither planned nor done by any date.
};
inline constexpr std::array<std::string_view, 6> kVisitStateNames = {"in_time", "late",  "unplanned",
                                                                     "overdue", "ahead", "no_date"};

struct JudgedVisit {
  std::size_t visit = 0;  ///< Into ProgrammeData::visits.
  VisitState state = VisitState::no_date;
  std::int64_t days = 0;  ///< Late by, or overdue by.
};

struct VisitCount {
  std::string name;  ///< Municipality or supporter; empty = not stated.
  std::optional<SchoolId> school;
  std::array<std::int64_t, kVisitStateNames.size()> by_state{};

  std::int64_t n() const;
  std::int64_t planned() const;       ///< With a planned day.
  std::int64_t done() const;          ///< In time, late or unplanned.
  std::int64_t planned_done() const;  ///< In time or late.
  std::int64_t of(VisitState state) const { return by_state[static_cast<std::size_t>(state)]; }
};

/// Who looks after a school: those named for it, else for its municipality, else for the region.
struct SchoolSupport {
  SchoolId school = 0;
  std::vector<std::size_t> curators, coordinators;  ///< Into ProgrammeData::supporters.
};

/// One person in one part, with all that he looks after.
struct SupporterLoad {
  SupporterRole role = SupporterRole::curator;
  std::string name;
  std::vector<std::string> municipalities;  ///< Named as a whole, in the order of the files.
  std::vector<SchoolId> schools;            ///< Supported schools that he looks after, in the registry's order.
  bool whole_region = false;
  VisitCount visits;  ///< Those in which the file names him.
};

struct Support {
  std::string as_of;
  std::vector<JudgedVisit> visits;  ///< As in the files.
  VisitCount all;
  std::vector<VisitCount> by_school;        ///< Schools with visits, in the registry's order.
  std::vector<VisitCount> by_municipality;  ///< Likewise.
  std::vector<VisitCount> by_supporter;     ///< By first mention.
  std::vector<SchoolSupport> schools;       ///< Supported schools: those that take part, the focus group, or visited.
  std::vector<SupporterLoad> supporters;    ///< By first mention, curators first.
  std::vector<SchoolId> without_curator;    ///< Of `schools`; empty when the project names no curator at all.

  bool empty() const { return visits.empty() && supporters.empty(); }
};

Support judge_support(const Dataset& data, const std::string& as_of);

}  // namespace kaskad
