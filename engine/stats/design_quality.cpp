#include "engine/stats/design_quality.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

/// Highest differential attrition in tenths of a per cent for overall attrition of 0, 1, 2 … per cent; −1: none.
struct Boundary {
  int cautious;
  int optimistic;
};
constexpr std::array<Boundary, 66> kBoundaries = {{
    {57, 100}, {58, 101}, {59, 102}, {59, 103}, {60, 104}, {61, 105}, {62, 107}, {63, 108}, {63, 109}, {63, 109},
    {63, 109}, {62, 109}, {62, 109}, {61, 108}, {60, 108}, {59, 107}, {59, 106}, {58, 105}, {57, 103}, {55, 102},
    {54, 100}, {53, 99},  {52, 97},  {51, 95},  {49, 94},  {48, 92},  {47, 90},  {45, 88},  {44, 86},  {43, 84},
    {41, 82},  {40, 80},  {38, 78},  {36, 76},  {35, 74},  {33, 72},  {32, 70},  {31, 67},  {29, 65},  {28, 63},
    {26, 60},  {25, 58},  {23, 56},  {21, 53},  {20, 51},  {18, 49},  {16, 46},  {15, 44},  {13, 42},  {12, 39},
    {10, 37},  {9, 35},   {7, 32},   {6, 30},   {4, 28},   {3, 26},   {2, 23},   {0, 21},   {-1, 19},  {-1, 16},
    {-1, 14},  {-1, 11},  {-1, 9},   {-1, 7},   {-1, 5},   {-1, 3},
}};

bool known(const std::optional<double>& value) { return value && !std::isnan(*value); }

struct Words {
  std::string_view green, yellow, red, unknown;
};

/// A figure that speaks for the design the higher it is.
struct Threshold {
  DesignSign sign;
  std::optional<double> value;
  double green, yellow;
  Words codes;
};

DesignVerdict judge(const Threshold& t) {
  if (!known(t.value)) return {t.sign, Light::yellow, t.codes.unknown};
  if (*t.value >= t.green) return {t.sign, Light::green, t.codes.green};
  if (*t.value >= t.yellow) return {t.sign, Light::yellow, t.codes.yellow};
  return {t.sign, Light::red, t.codes.red};
}

DesignVerdict judge_baseline(const DesignEvidence& e, const DesignBorders& b) {
  if (!known(e.baseline)) return {DesignSign::baseline, Light::yellow, "baseline_unknown"};
  const double difference = std::abs(*e.baseline);
  if (difference <= b.baseline_green) return {DesignSign::baseline, Light::green, "baseline_equivalent"};
  if (difference > b.baseline_yellow) return {DesignSign::baseline, Light::red, "baseline_apart"};
  return e.adjusted ? DesignVerdict{DesignSign::baseline, Light::green, "baseline_adjusted"}
                    : DesignVerdict{DesignSign::baseline, Light::red, "baseline_not_adjusted"};
}

DesignVerdict judge_attrition(const DesignEvidence& e, const DesignBorders& b, Light baseline) {
  const bool valid = known(e.attrition) && known(e.attrition_apart);
  if (!valid) return {DesignSign::attrition, Light::yellow, "attrition_unknown"};
  const std::optional<double> border = attrition_boundary(*e.attrition, b.boundary);
  // Rates are shares computed from counts: a rate on the border is within it in spite of rounding.
  constexpr double kRounding = 1e-12;
  if (border && std::abs(*e.attrition_apart) <= *border + kRounding) {
    return {DesignSign::attrition, Light::green, "attrition_low"};
  }
  return baseline == Light::green ? DesignVerdict{DesignSign::attrition, Light::yellow, "attrition_high_but_equivalent"}
                                  : DesignVerdict{DesignSign::attrition, Light::red, "attrition_high"};
}

std::optional<double> smaller_group(const DesignEvidence& e) {
  if (!e.treated_clusters || !e.control_clusters) return std::nullopt;
  return static_cast<double>(std::min(*e.treated_clusters, *e.control_clusters));
}

std::vector<Threshold> thresholds(const DesignEvidence& e, const DesignBorders& b) {
  std::vector<Threshold> table = {
      {DesignSign::clusters,
       smaller_group(e),
       static_cast<double>(b.clusters_green),
       static_cast<double>(b.clusters_yellow),
       {"clusters_enough", "clusters_few", "clusters_too_few", "clusters_unknown"}},
      {DesignSign::overlap,
       e.overlap,
       b.overlap_green,
       b.overlap_yellow,
       {"overlap_full", "overlap_partial", "overlap_little", "overlap_unknown"}},
      {DesignSign::pre_trend,
       e.pre_trend_p,
       b.pre_trend_green,
       b.pre_trend_yellow,
       {"pre_trend_none_seen", "pre_trend_suspected", "pre_trend_apart", "pre_trend_unknown"}},
      {DesignSign::breakdown,
       e.breakdown,
       b.breakdown_green,
       b.breakdown_yellow,
       {"breakdown_robust", "breakdown_moderate", "breakdown_fragile", "breakdown_unknown"}}};
  if (!e.before_after) table.resize(2);
  return table;
}

}  // namespace

DesignQuality design_quality(const DesignEvidence& evidence, const DesignBorders& borders) {
  DesignQuality quality;
  quality.verdicts.push_back(judge_baseline(evidence, borders));
  quality.verdicts.push_back(judge_attrition(evidence, borders, quality.verdicts.front().light));
  for (const Threshold& t : thresholds(evidence, borders)) quality.verdicts.push_back(judge(t));
  for (const DesignVerdict& v : quality.verdicts) quality.light = std::max(quality.light, v.light);
  quality.causal_wording_allowed = quality.light != Light::red;
  return quality;
}

std::optional<double> attrition_boundary(double overall, AttritionBoundary boundary) {
  // 0.1 of units is 10 per cent, though 100·0.1 may be a little more in binary.
  const double percent = std::ceil(100 * overall - 1e-9);
  if (!(percent >= 0) || percent >= static_cast<double>(kBoundaries.size())) return std::nullopt;
  const Boundary& row = kBoundaries[static_cast<std::size_t>(percent)];
  const int tenths = boundary == AttritionBoundary::cautious ? row.cautious : row.optimistic;
  if (tenths < 0) return std::nullopt;
  return tenths / 1000.0;
}

double attrition_bias(double lost_treated, double lost_control, double tie_treated, double tie_control) {
  const auto shift = [](double lost) {
    if (lost <= 0) return 0.0;
    const double border = normal_quantile(lost);
    return std::exp(-0.5 * border * border) / std::sqrt(2 * std::acos(-1.0)) / (1 - lost);
  };
  return std::abs(tie_treated * shift(lost_treated) - tie_control * shift(lost_control));
}

}  // namespace kaskad::stats
