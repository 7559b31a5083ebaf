// Findings in a few words: titles of charts, conclusions, recommendations. Words are chosen by the interval.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"
#include "reports/content/sentences.hpp"

namespace kaskad::reports {

/// From the entry wave to the final one; null where these are not both among the waves.
const Estimate* change_of(const Briefing& b, std::size_t series, std::size_t entity);

/// Whether that change is one for the better that regression to the mean makes expect of a supported school.
bool may_be_chance(const Briefing& b, std::size_t series, std::size_t entity);

/// «Качество обучения: рост на 2,1 п. п.»; without waves, what is drawn.
std::string change_title(const Briefing& b, std::size_t series, std::size_t entity);
/// Focus against control, from entry to the final wave.
std::string effect_title(const Briefing& b, const SeriesComparison& comparison);

/// How many figures lie above and below a yardstick, and about how many nothing is proven.
struct Tallied {
  std::int64_t above = 0, below = 0, unproven = 0, undefined = 0;
  std::int64_t few = 0;  ///< Of the undefined those that rest on too few schools: printed, but not judged.
  /// Shown to be for the better, but perhaps a return to the mean: neither above nor below.
  std::int64_t by_chance = 0;
  void add(Verdict verdict, bool may_be_chance = false);
  std::int64_t defined() const { return above + below + unproven + by_chance; }
  std::int64_t all() const { return defined() + undefined; }
};
/// `key` names the texts: [title.position.<key>], of a school beside similar ones, of municipalities beside the region.
std::string tally_title(const Briefing& b, const Tallied& tallied, const std::string& key);

/// A change as good or bad news, by the direction of the indicator.
enum class News : std::uint8_t { better, worse, neutral };
News news_of(const Indicator& indicator, Verdict verdict);

/// What changed for an entity from entry to the final wave: {better, worse: lists of {text}, counts, text, caution}.
Object findings_data(const Briefing& b, std::size_t entity);

/// Rows of {to, what, why, check}: what the findings ask of whom. Empty when they ask for nothing.
List recommendations(const Briefing& b);

/// A municipality minus the other schools of the region, in the last period.
Estimate municipality_gap(const Briefing& b, std::size_t series, std::size_t entity);
/// One school minus `yardstick`, the pooled figure of schools that it is not among, in the last period: pupils are what
/// is drawn, these schools are given (docs/methods/newcombe.md).
Estimate school_gap(const Briefing& b, std::size_t series, SchoolId school, const Quantity& yardstick);
/// The region without one school, in the last period.
Quantity other_schools(const Briefing& b, std::size_t series, SchoolId school);

}  // namespace kaskad::reports
