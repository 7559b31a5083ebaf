// Signs of biased marking by school, year and work: inflated means, marks against the journal, jumps between grades,
// spikes at the borders of marks. A sign is a reason to look, never a verdict. docs/methods/marking-signs.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/estimate.hpp"
#include "indicators/identify/low_results.hpp"
#include "indicators/journal.hpp"
#include "indicators/marking_settings.hpp"

namespace kaskad {

struct MarkedWork {
  ProcedureId procedure = 0;
  SubjectId subject = 0;
  int grade = 0;

  friend bool operator==(const MarkedWork&, const MarkedWork&) = default;
};

/// In which direction a sign points.
enum class SignSide : std::uint8_t {
  none,  ///< No sign.
  high,  ///< Marks of the work look too high: mean, spike, raised against the journal, result lost a year later.
  low,   ///< Too low, or the journal's too high: lowered, a result that came out of nowhere, ranks reversed.
};
inline constexpr std::array<std::string_view, 3> kSignSideNames = {"none", "high", "low"};

/// One rule applied to one work of a school in a year; only where it could be applied.
struct MarkingFact {
  SchoolId school = 0;
  std::size_t year = 0;             ///< Into MarkingSigns::years.
  std::optional<std::size_t> work;  ///< Nothing = all works together (spikes).
  SignKind kind = SignKind::mean;
  SignSide side = SignSide::none;
  int mark = 0;  ///< Of spikes: the mark above the border.
  Estimate own;  ///< mean: mean score; rank: Spearman's ρ; jump: K; journal: percent raised (lowered, if side is low).
  Estimate region;         ///< The region's; of jumps the median with the fences as its interval. Of rank none.
  stats::SpikeTest spike;  ///< Of spikes alone.
  bool by_score = false;   ///< Of rank: ρ is of the primary score; else the source gave the mark alone.
  Undefined withheld = Undefined::none;  ///< Why its numbers are not printed; it is a sign all the same.

  bool is_sign() const { return side != SignSide::none; }
};

/// One school in one year.
struct MarkingVerdict {
  std::array<Answer, kSignKinds> kinds{};  ///< By SignKind.
  Answer any = Answer::not_judged;         ///< Any of them.
};

/// All pupils of a work at a border together, over the years that spikes count together.
struct RegionSpike {
  std::size_t year = 0;
  std::size_t work = 0;
  int mark = 0;
  stats::SpikeTest test;
};

struct MarkingSigns {
  MarkingSettings settings;  ///< With the minimum that was applied.
  std::vector<MarkedWork> works;
  std::vector<int> years;  ///< Rising.
  std::size_t schools = 0;
  std::vector<MarkingFact> facts;        ///< By year, school, work (all together last), kind, mark.
  std::vector<MarkingVerdict> verdicts;  ///< [school × years + year].
  std::vector<RegionSpike> region_spikes;

  bool empty() const { return facts.empty(); }
  const MarkingVerdict& verdict(SchoolId school, std::size_t year) const {
    return verdicts[school * years.size() + year];
  }
};

/// Schools of some that were judged, and of them those with a sign.
struct SignCounts {
  std::int64_t judged = 0;
  std::int64_t marked = 0;
};
/// `kind` nothing = any sign.
SignCounts count_signs(const MarkingSigns& signs, const std::vector<SchoolId>& schools, std::size_t year,
                       std::optional<SignKind> kind);
/// Of one work: by its facts.
SignCounts count_signs(const MarkingSigns& signs, std::size_t work, std::size_t year, std::optional<SignKind> kind);

/// 100 − percent of the judged schools that have any sign, with Wilson's interval; n = schools judged.
Estimate objectivity_index(const SignCounts& counts);

/// Empty when switched off or when nothing could be judged. `journal` as compare_with_journal gives it.
MarkingSigns find_marking_signs(const Dataset& data, const Frame& frame, const std::vector<JournalFigures>& journal,
                                const MarkingSettings& settings, std::int64_t least_published);

}  // namespace kaskad
