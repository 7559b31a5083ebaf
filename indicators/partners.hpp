// Partners: a supported (weak) school and the one that helps it (strong) side by side on the works that both wrote,
// wave by wave; the gap between them and its change; what each does better, by task and skill.
// docs/methods/partners.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/estimate.hpp"
#include "indicators/figures.hpp"
#include "indicators/tasks.hpp"

namespace kaskad {

struct PartnerSettings {
  std::vector<std::string> indicators;  ///< By preference; only shares and means.
  double false_discovery = 0.05;
  int least_works = 3;
};
/// Reads the keys of indicators/catalogue/partners.toml, or of a project's [partners], over what `settings` holds. The
/// ids of `indicators` are not looked up here.
void read_partners_settings(ConfigReader& reader, PartnerSettings& settings);

/// What the interval of the change of a gap allows to say. `weak_ahead`: in the first wave the weak school is shown to
/// be the better one, so that there is nothing to narrow.
enum class GapTrend : std::uint8_t { narrowed, widened, unproven, weak_ahead, undefined };
inline constexpr std::array<std::string_view, 5> kGapTrendNames = {"narrowed", "widened", "unproven", "weak_ahead",
                                                                   "undefined"};
GapTrend gap_trend(const Estimate& entry_gap, const Estimate& change);

/// One work in one period, in the years in which both schools wrote it.
struct PairedResult {
  std::vector<int> years;
  Estimate weak, strong;  ///< In the unit of the indicator.
  Estimate gap;  ///< strong − weak, the sign turned where less is better: above 0 the strong school is the better one.
                 ///< Welch's interval for means, Newcombe's for shares.
  Estimate in_sd;  ///< The gap in SDs of the region's pupils in these years; Welch's se.
};

/// A work that both schools wrote in at least one period.
struct PairedWork {
  std::size_t series = 0;             ///< Into Figures::series.
  std::vector<PairedResult> results;  ///< By Partners::periods.
  Estimate change;                    ///< Of the gap, first to last period; not_comparable across a change of scale.
  GapTrend trend = GapTrend::undefined;
};

/// Common works of a period together: Σ w·gap/SD over Σ w. Pupils of one grade write several works and go together in a
/// way that the cube does not keep, so errors of works that may share pupils are added up as going together wholly: the
/// interval is never too narrow.
struct PooledGap {
  Estimate gap;  ///< In SDs; n = results of both schools.
  std::int64_t works = 0;
  std::int64_t weak_results = 0, strong_results = 0;
};

enum class Lead : std::uint8_t { strong, weak, unproven, undefined };
inline constexpr std::array<std::string_view, 4> kLeadNames = {"strong", "weak", "unproven", "undefined"};

/// A task or a skill in both schools, percent of its points.
struct PairedCompletion {
  std::size_t work = 0;  ///< Into the works with tasks.
  std::size_t item = 0;  ///< Into TaskedWork::tasks, or into skills_of(work).
  Estimate weak, strong;
  Estimate difference;       ///< strong − weak, Welch.
  double adjusted_p = kNaN;  ///< Over all tasks (or skills) of the pair.
  Lead lead = Lead::undefined;
};

struct SchoolPair {
  std::size_t partnership = 0;  ///< Into Dataset::partnerships.
  SchoolId weak = 0, strong = 0;
  std::vector<PairedWork> works;  ///< In the order of the series.
  /// By Partners::periods; the one gap of a pair that is told anywhere. Over the works that the first and the last
  /// period have, with weights 1/(1/w₁ + 1/w₂) in every period, so that the last minus the first is `change`; no_data
  /// in a period in which some of them were not written. Where there is no change: over all works of the period, with
  /// w = n₁n₀/(n₁ + n₀).
  std::vector<PooledGap> gaps;
  Estimate change;  ///< Of the gap, first to last period.
  std::int64_t works_of_change = 0;
  GapTrend trend = GapTrend::undefined;
  std::vector<PairedCompletion> tasks, skills;
};

/// How many schools a strong one helps.
struct PartnerLoad {
  SchoolId strong = 0;
  std::vector<std::size_t> pairs;  ///< Into Partners::pairs.
};

struct Partners {
  PartnerSettings settings;
  std::vector<std::size_t> periods;      ///< Into Frame::periods: the waves, or the years where there are no waves.
  std::vector<std::size_t> work_series;  ///< By which each work is told; into Figures::series.
  std::vector<SchoolPair> pairs;         ///< In the order of the data.
  std::vector<PartnerLoad> loads;        ///< By strong school, rising.

  bool empty() const { return pairs.empty(); }
};

Partners compare_partners(const Dataset& data, const Figures& figures, const std::vector<TaskedWork>& works,
                          const PartnerSettings& settings);

/// The mean gap of some pairs in each period, and its change. Over the pairs that have a change, so that the last mean
/// minus the first is the change, no_data in a period in which some of them have no gap; where none has, over all.
/// n = pairs; clusters = strong schools, for CR2 (regression.hpp), as pairs with one strong school go together.
struct GapOfPairs {
  std::vector<Estimate> gaps;
  Estimate change;
  std::array<std::int64_t, kGapTrendNames.size()> trends{};  ///< Pairs by GapTrend.
};
GapOfPairs gap_of_pairs(const Partners& partners, const std::vector<std::size_t>& pairs);

/// A school with two partners under one label, a pair of two focus schools, and a strong school whose mean is below its
/// weak one's in all common works (a note). A partner of itself never comes this far: its row is rejected when read.
Diagnostics check_partners(const Dataset& data, const PartnerSettings& settings, std::int64_t minimum_n);

}  // namespace kaskad
