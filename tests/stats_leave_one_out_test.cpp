// Units against the regression without them: R 4.2.2 (lm without the unit, predict(interval = "prediction"), rstudent).
#include <gtest/gtest.h>

#include <cmath>

#include "engine/stats/leave_one_out.hpp"

namespace kaskad::stats {
namespace {

constexpr double kTight = 1e-10;
const std::vector<double> kX = {12, 25, 31, 38, 44, 52, 57, 63, 71, 90};
const std::vector<double> kY = {41, 47, 44, 52, 50, 71, 55, 60, 58, 69};

Matrix line(const std::vector<double>& x) {
  Matrix design(x.size(), 2, 1);
  for (std::size_t i = 0; i < x.size(); ++i) design(i, 1) = x[i];
  return design;
}

TEST(LeaveOneOut, IsThePredictionOfTheOthers) {
  const LeaveOneOut fit = leave_one_out(line(kX), kY);
  ASSERT_EQ(fit.reason, Undefined::none);
  EXPECT_NEAR(fit.coefficients[0], 37.5311203319502198, kTight);
  EXPECT_NEAR(fit.coefficients[1], 0.3554633471645918, kTight);
  EXPECT_NEAR(fit.r_squared, 0.680004818889802, kTight);
  EXPECT_NEAR(fit.sigma, 6.000288144302833, kTight);
  const UnitLeftOut& sixth = fit.units[5];
  EXPECT_NEAR(sixth.leverage, 0.1028261183708016, kTight);
  EXPECT_NEAR(sixth.expected, 54.29779107225035, kTight);
  EXPECT_NEAR(sixth.residual.value, 16.70220892774965, kTight);
  EXPECT_NEAR(sixth.residual.lo, 10.90491290248033, 1e-9);
  EXPECT_NEAR(sixth.residual.hi, 22.49950495301898, 1e-9);
  EXPECT_NEAR(sixth.residual.value / sixth.residual.se, 6.812563669955354, 1e-9) << "rstudent";
  EXPECT_NEAR(sixth.residual.p, 0.0002503340989585298, kTight);
  EXPECT_EQ(sixth.residual.df, 7);
  EXPECT_NEAR(fit.units[9].leverage, 0.458970706632811, kTight);
  EXPECT_NEAR(fit.units[9].residual.hi, 19.63703984102145, 1e-9);
}

TEST(LeaveOneOut, LeveragesAddUpToTheColumns) {
  double sum = 0;
  for (const UnitLeftOut& unit : leave_one_out(line(kX), kY).units) sum += unit.leverage;
  EXPECT_NEAR(sum, 2, kTight);
}

TEST(LeaveOneOut, AUnitThatCarriesACoefficientHasNoResidual) {
  const LeaveOneOut fit = leave_one_out(line({1, 1, 1, 1, 1, 9}), {4, 5, 6, 5, 7, 30});
  ASSERT_EQ(fit.reason, Undefined::none);
  EXPECT_EQ(fit.units[5].residual.reason, Undefined::too_few);
  EXPECT_TRUE(fit.units[0].residual.has_interval());
}

TEST(LeaveOneOut, SaysWhyThereIsNone) {
  EXPECT_EQ(leave_one_out(line(kX), {1, 2}).reason, Undefined::no_data);
  EXPECT_EQ(leave_one_out(line({1, 2, std::nan("")}), {1, 2, 3}).reason, Undefined::no_data);
  EXPECT_EQ(leave_one_out(line({1, 2, 3}), {1, 2, 4}).reason, Undefined::too_few);
  EXPECT_EQ(leave_one_out(line({2, 2, 2, 2}), {1, 2, 3, 5}).reason, Undefined::singular);
  EXPECT_EQ(leave_one_out(line({1, 2, 3, 4}), {2, 4, 6, 8}).reason, Undefined::no_variation);
}

}  // namespace
}  // namespace kaskad::stats
