// P-values of several tests: the eight of acceptance.md, R's p.adjust, and hand calculations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/stats/multiplicity.hpp"

namespace kaskad::stats {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::Le;
using testing::Pointwise;

TEST(Multiplicity, BenjaminiHochbergRejectsAllEight) {
  // p₍ᵢ₎ = 0.00625·i rounded to three digits, the last on its border; published example with «≤».
  const auto adjusted = benjamini_hochberg({.006, .013, .019, .025, .031, .038, .044, .05});
  EXPECT_THAT(adjusted, Each(Le(0.05)));
}

TEST(Multiplicity, AdjustsAsR) {
  // R 4.2: p.adjust(c(.01,.04,.03,.005,.2), "BH") and "holm".
  const std::vector<double> p = {.01, .04, .03, .005, .2};
  EXPECT_THAT(benjamini_hochberg(p), Pointwise(testing::DoubleEq(), std::vector<double>{.025, .05, .05, .025, .2}));
  EXPECT_THAT(holm(p), Pointwise(testing::DoubleNear(1e-15), std::vector<double>{.04, .09, .09, .025, .2}));
}

TEST(Multiplicity, LeavesTestsOutThatWereNotMade) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const auto adjusted = benjamini_hochberg({.02, none, .03});
  EXPECT_DOUBLE_EQ(adjusted[0], .03);
  EXPECT_TRUE(std::isnan(adjusted[1]));
  EXPECT_DOUBLE_EQ(holm({.02, none, .03})[0], .04);
}

TEST(Multiplicity, NeverGoesOverOne) {
  EXPECT_THAT(holm({.9, .8}), Each(Le(1.0)));
  EXPECT_THAT(benjamini_hochberg({.9, 1.0}), Each(Le(1.0)));
  EXPECT_TRUE(holm({}).empty());
}

}  // namespace
}  // namespace kaskad::stats
