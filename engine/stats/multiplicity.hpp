// P-values of several tests read together.
#pragma once

#include <vector>

namespace kaskad::stats {

/// Adjusted p-values that control the false discovery rate: p₍ᵢ₎ → min over j ≥ i of m·p₍ⱼ₎/j, at most 1. Rejecting
/// those ≤ α keeps the expected share of false rejections among all at or under α for independent tests.
/// Source: Benjamini & Hochberg 1995, JRSS B 57:289–300 («≤», so a p on its border is rejected).
/// NaN (no test was made) stays NaN and is not counted in m.
std::vector<double> benjamini_hochberg(const std::vector<double>& p);

/// Adjusted p-values that control the probability of any false rejection, without assumptions:
/// p₍ᵢ₎ → max over j ≤ i of (m − j + 1)·p₍ⱼ₎, at most 1. Source: Holm 1979, Scand. J. Statistics 6:65–70. NaN as above.
std::vector<double> holm(const std::vector<double>& p);

}  // namespace kaskad::stats
