// One traffic light for a comparison: what its design can carry, from six signs. Red forbids causal wording.
// docs/methods/design-quality.md has the rules and their sources.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kaskad::stats {

enum class Light : std::uint8_t { green, yellow, red };

/// Which sign a verdict is about.
enum class DesignSign : std::uint8_t { baseline, attrition, clusters, overlap, pre_trend, breakdown };
inline constexpr std::size_t kDesignSigns = 6;

/// Which of the attrition standard's assumptions applies: how strongly leaving is tied to the outcome.
enum class AttritionBoundary : std::uint8_t { cautious, optimistic };

/// What is known of a comparison; what is not known is left unset.
struct DesignEvidence {
  /// Largest |standardised difference| of the groups before treatment, over the variables that were compared.
  std::optional<double> baseline;
  bool adjusted = false;                  ///< The estimate is adjusted for these variables (or is of changes).
  std::optional<double> attrition;        ///< Share of all units that were lost, in [0, 1].
  std::optional<double> attrition_apart;  ///< |Share lost of the treated − of the controls|.
  std::optional<std::int64_t> treated_clusters;
  std::optional<std::int64_t> control_clusters;
  std::optional<double> overlap;      ///< Share of the treated within the range of the controls' propensities.
  std::optional<double> pre_trend_p;  ///< Of the test that effects before treatment are 0.
  std::optional<double> breakdown;    ///< Of relative magnitudes (M̄); may be infinite.
  bool before_after = true;           ///< Outcomes are seen before treatment, so that the last two signs are asked for.
};

/// Borders; reports print those they used.
struct DesignBorders {
  double baseline_green = 0.05;  ///< WWC 4.1: equivalent at or under it, adjustment needed up to the next.
  double baseline_yellow = 0.25;
  AttritionBoundary boundary = AttritionBoundary::cautious;
  std::int64_t clusters_green = 10;  ///< In the smaller group.
  std::int64_t clusters_yellow = 4;  ///< Under it the t approximation is no longer right.
  double overlap_green = 0.95;
  double overlap_yellow = 0.80;
  double pre_trend_green = 0.10;
  double pre_trend_yellow = 0.01;
  double breakdown_green = 1;  ///< Violations after as large as the largest before.
  double breakdown_yellow = 0.5;
};

/// A sign's colour and why. `code` is a stable word of the interface: "<sign>_<what>".
struct DesignVerdict {
  DesignSign sign = DesignSign::baseline;
  Light light = Light::green;
  std::string_view code;
};

struct DesignQuality {
  Light light = Light::green;           ///< The worst of the verdicts.
  std::vector<DesignVerdict> verdicts;  ///< In the order of DesignSign.
  bool causal_wording_allowed = true;   ///< No red.
};

/// Each sign by its border; the light is the worst of them. What is not known is yellow at best: an unseen sign does
/// not speak for a design. No cluster in a group is red.
///   baseline   ≤ green: green; ≤ yellow: green when adjusted, else red; above: red.
///   attrition  differential at or under the boundary of the overall rate: green; above the boundary: yellow when the
///              groups are equivalent at baseline (or within adjustment, adjusted), else red.
///   clusters   smaller group ≥ green: green; ≥ yellow: yellow; fewer: red.
///   overlap, pre_trend, breakdown: at or above green: green; at or above yellow: yellow; under it: red.
/// A value that is not a number counts as unknown.
DesignQuality design_quality(const DesignEvidence& evidence, const DesignBorders& borders = {});

/// The highest differential attrition that leaves bias tolerable, for an overall attrition, both shares: What Works
/// Clearinghouse Standards Handbook 4.1 (2020), table of the attrition boundary; overall rates are rounded up to the
/// next whole per cent. Unset where no differential attrition is tolerable.
std::optional<double> attrition_boundary(double overall, AttritionBoundary boundary);

/// Bias, in SD of the outcome, of a comparison with shares lost p₁, p₀ when staying is a normal latent variable with
/// correlations a₁, a₀ with the outcome: |a₁λ(p₁) − a₀λ(p₀)|, λ(p) = φ(Φ⁻¹(p))/(1 − p). Deke & Chiang 2017, Evaluation
/// Review 41:130–154.
double attrition_bias(double lost_treated, double lost_control, double tie_treated, double tie_control);

}  // namespace kaskad::stats
