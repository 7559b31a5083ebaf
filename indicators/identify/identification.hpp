// Both ways in which a school comes onto a list, low results (НРО) and adverse social conditions (НСУ), side by side by
// year, and the log of every change of status.
#pragma once

#include <optional>
#include <vector>

#include "indicators/identify/low_results.hpp"
#include "indicators/identify/social_index.hpp"

namespace kaskad {

struct IdentifySettings {
  LowSettings low;
  SocialIndexSettings social;
};

/// Where a school stands in one year. Of the index it is the last identification not after the year.
struct Standing {
  Answer low = Answer::not_judged;
  std::optional<std::size_t> tier;  ///< Into LowSettings::tiers.
  Answer social = Answer::not_judged;

  friend bool operator==(const Standing&, const Standing&) = default;
};

enum class StatusList : std::uint8_t { low, social };
inline constexpr std::array<std::string_view, 2> kStatusListNames = {"low", "social"};

enum class StatusChangeKind : std::uint8_t {
  entered,           ///< Was not on the list, and is.
  left,              ///< Was on it, and is not.
  moved,             ///< From one tier to another.
  no_longer_judged,  ///< Was on it, and cannot be judged now.
  first_judged,      ///< Could not be judged, and is on it now.
};
inline constexpr std::array<std::string_view, 5> kStatusChangeKindNames = {"entered", "left", "moved",
                                                                           "no_longer_judged", "first_judged"};

/// One school's change on one list. Both sides of it can be read in the identifications: their verdicts carry the
/// facts.
struct StatusChange {
  SchoolId school = 0;
  StatusList list = StatusList::low;
  StatusChangeKind kind = StatusChangeKind::entered;
  int from_year = 0, to_year = 0;
  Standing from, to;
};

struct Identification {
  LowIdentification low;
  SocialIndex social;
  std::vector<int> years;             ///< In which either says anything, rising.
  std::vector<StatusChange> changes;  ///< From each year to the next, by year, list, school.

  bool empty() const { return years.empty(); }
};

Identification identify_schools(const Dataset& data, const IdentifySettings& settings, const SchoolOutcomes& outcomes,
                                std::int64_t least_published, unsigned threads);

Standing standing_of(const Identification& identification, SchoolId school, int year);

/// Who stands otherwise in `after`, `to_year` than in `before`, `from_year`; the two may be one identification in two
/// years, or two in one year. Schools on no list in both are not named. By list, then school.
std::vector<StatusChange> changes_between(const Identification& before, int from_year, const Identification& after,
                                          int to_year);

/// Schools by both answers: [low][social], in the order of Answer.
using StandingCounts = std::array<std::array<std::int64_t, 3>, 3>;
StandingCounts count_standings(const Identification& identification, int year);

}  // namespace kaskad
