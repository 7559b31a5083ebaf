// Numbers as a reader gets them. Expected texts follow the rules of Russian and English typesetting, counted by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "reports/values/quantity.hpp"
#include "reports/values/thousands.hpp"
#include "reports/values/value.hpp"

namespace kaskad::reports {
namespace {

const NumberFormat kRu("ru");
const NumberFormat kEn("en");

Quantity quantity(double value, Unit unit = Unit::none, int decimals = 1) {
  return {exactly(value, 100), unit, decimals};
}

Quantity with_interval(double value, double lo, double hi) {
  Quantity q = quantity(value, Unit::percent);
  q.estimate.lo = lo;
  q.estimate.hi = hi;
  return q;
}

TEST(Thousands, FourDigitsAreGroupedBesideFive) {
  EXPECT_EQ(with_thousands("4338", kRu), "4\u00A0338");
  EXPECT_EQ(with_thousands("\u22124338,5", kRu), "\u22124\u00A0338,5");
  EXPECT_EQ(with_thousands("4338.25", kEn), "4,338.25");
  for (const char* same : {"338,1234", "16\u00A0487", "—", ""}) EXPECT_EQ(with_thousands(same, kRu), same);
}

TEST(Thousands, FiveDigitsAreThoseThatArePrinted) {
  EXPECT_TRUE(has_five_digits(10000, 0));
  EXPECT_TRUE(has_five_digits(-9999.96, 1));
  EXPECT_FALSE(has_five_digits(9999.94, 1));
  EXPECT_FALSE(has_five_digits(std::numeric_limits<double>::quiet_NaN(), 0));
}

TEST(NumberFormat, AChanceIsNeverToldAsCertain) {
  const auto told = [](double value, int decimals) {
    return NumberFormat("ru").plain({exactly(value, 0), Unit::chance, decimals, false, kNobody});
  };
  EXPECT_EQ(told(99.4, 0), "99");
  EXPECT_EQ(told(99.5, 0), ">99");
  EXPECT_EQ(told(100, 1), ">99,9");
  EXPECT_EQ(told(0.4, 0), "<1");
  EXPECT_EQ(told(0.6, 0), "1");
}

TEST(Rounding, TakesTheDecimalTextOfTheDoubleNotItsBinaryValue) {
  EXPECT_EQ(rounded_text(2.675, 2),
            "2.68");  // The binary value is 2.67499999999999982236431605997495353221893310546875.
  EXPECT_EQ(rounded_text(1.005, 2), "1.01");
  EXPECT_EQ(rounded_text(0.125, 2), "0.13");
  EXPECT_EQ(rounded_text(0.5, 0), "1");
  EXPECT_EQ(rounded_text(2.5, 0), "3");
  EXPECT_EQ(rounded_text(-2.5, 0), "-3");
}

TEST(Rounding, CarriesAndPads) {
  EXPECT_EQ(rounded_text(9.995, 2), "10.00");
  EXPECT_EQ(rounded_text(99.96, 1), "100.0");
  EXPECT_EQ(rounded_text(0.04, 1), "0.0");
  EXPECT_EQ(rounded_text(0.05, 1), "0.1");
  EXPECT_EQ(rounded_text(0.95, 0), "1");
  EXPECT_EQ(rounded_text(7, 3), "7.000");
  EXPECT_EQ(rounded_text(1e-9, 2), "0.00");
  EXPECT_EQ(rounded_text(5e-324, 1), "0.0");
}

TEST(Rounding, NeverPrintsAnExponent) {
  EXPECT_EQ(rounded_text(1e21, 0), "1000000000000000000000");
  EXPECT_EQ(rounded_text(1.5e10, 1), "15000000000.0");
}

TEST(Rounding, ReturnsTheDoubleOfItsText) {
  EXPECT_EQ(rounded(2.675, 2), 2.68);
  EXPECT_EQ(rounded(-0.04, 1), 0.0);
  EXPECT_FALSE(std::signbit(rounded(-0.04, 1)));
  EXPECT_TRUE(std::isinf(rounded(std::numeric_limits<double>::infinity(), 1)));
}

TEST(NumberFormat, PrintsDecimalsInTheLanguage) {
  EXPECT_EQ(kRu.number(20.0099, 1), "20,0");
  EXPECT_EQ(kEn.number(20.0099, 1), "20.0");
  EXPECT_EQ(kRu.number(31.55, 1), "31,6");
}

TEST(NumberFormat, GroupsThousandsFromTenThousandSoThatYearsStayYears) {
  EXPECT_EQ(kRu.count(9999), "9999");
  EXPECT_EQ(kRu.count(16526), "16\u00A0526");
  EXPECT_EQ(kRu.count(1234567), "1\u00A0234\u00A0567");
  EXPECT_EQ(kRu.number(-123456.78, 1), "\u2212123\u00A0456,8");
  EXPECT_EQ(kEn.count(2026), "2026");
  EXPECT_EQ(kEn.count(16526), "16,526");
}

TEST(NumberFormat, PutsTheTrueMinusAndNoSignAtZero) {
  EXPECT_EQ(kRu.number(-1, 1), "\u22121,0");
  EXPECT_EQ(kRu.number(2.1, 1, true), "+2,1");
  EXPECT_EQ(kRu.number(0.04, 1, true), "0,0");
  EXPECT_EQ(kRu.number(-0.04, 1, true), "0,0");
  EXPECT_EQ(kRu.number(-0.0, 0), "0");
  EXPECT_EQ(kRu.number(-std::numeric_limits<double>::infinity(), 1), "\u2212\u221E");
}

TEST(NumberFormat, PutsTheUnitInTheFormThatTheNumberAsksFor) {
  EXPECT_EQ(kRu.with_unit(quantity(20, Unit::percent)), "20,0\u00A0%");
  EXPECT_EQ(kRu.with_unit(quantity(56.3, Unit::points)), "56,3\u00A0балла");
  EXPECT_EQ(kRu.with_unit(quantity(21, Unit::points, 0)), "21\u00A0балл");
  EXPECT_EQ(kRu.with_unit(quantity(11, Unit::points, 0)), "11\u00A0баллов");
  EXPECT_EQ(kRu.with_unit(quantity(3, Unit::years, 0)), "3\u00A0года");
  EXPECT_EQ(kRu.with_unit(quantity(5.0, Unit::points, 1)), "5,0\u00A0балла");
  EXPECT_EQ(kRu.with_unit(quantity(3.2, Unit::per_hundred)), "3,2\u00A0на\u00A0100");
  EXPECT_EQ(kRu.with_unit(quantity(0.35, Unit::effect, 2)), "0,35");
  EXPECT_EQ(kEn.with_unit(quantity(20, Unit::percent)), "20.0%");
  EXPECT_EQ(kEn.with_unit(quantity(1, Unit::years, 0)), "1\u00A0year");
  EXPECT_EQ(kEn.with_unit(quantity(2.1, Unit::percent_points)), "2.1\u00A0pp");
}

/// Russian: 1 → one, 3 → few, 11 → many, fractions → other (CLDR 42); English has one and other alone.
TEST(NumberFormat, PutsTheWordsOfAProjectsUnit) {
  const auto names = std::make_shared<const UnitNames>(UnitNames{"credit",
                                                                 {{"ru", "зач. ед."}, {"en", "units"}},
                                                                 {{"ru", "единица"}, {"en", "unit"}},
                                                                 {{"ru", "единицы"}},
                                                                 {{"ru", "единиц"}},
                                                                 {{"ru", "единицы (дробь)"}, {"en", "units"}}});
  const Unit unit(Unit::score, names);
  EXPECT_EQ(kRu.with_unit(quantity(1, unit, 0)), "1\u00A0единица");
  EXPECT_EQ(kRu.with_unit(quantity(3, unit, 0)), "3\u00A0единицы");
  EXPECT_EQ(kRu.with_unit(quantity(11, unit, 0)), "11\u00A0единиц");
  EXPECT_EQ(kRu.with_unit(quantity(12.17, unit, 2)), "12,17\u00A0единицы (дробь)");
  EXPECT_EQ(kEn.with_unit(quantity(1, unit, 0)), "1\u00A0unit");
  EXPECT_EQ(kEn.with_unit(quantity(3, unit, 0)), "3\u00A0units");
  EXPECT_EQ(kRu.unit(unit), "зач. ед.");
  EXPECT_EQ(kEn.unit(unit), "units");
  EXPECT_FALSE(unit == Unit::score);
}

TEST(NumberFormat, TellsASmallProbabilityByItsBound) {
  EXPECT_EQ(kRu.plain(quantity(1e-300, Unit::probability, 3)), "<0,001");
  EXPECT_EQ(kRu.plain(quantity(0, Unit::probability, 3)), "<0,001");
  EXPECT_EQ(kRu.plain(quantity(0.0006, Unit::probability, 3)), "0,001");
  EXPECT_EQ(kEn.with_unit(quantity(0.25, Unit::probability, 3)), "0.250");
  EXPECT_EQ(kEn.plain(quantity(0, Unit::ratio, 3)), "0.000");
}

TEST(NumberFormat, PrintsDifferencesWithTheirSign) {
  Quantity q = quantity(2.1, Unit::percent_points);
  q.is_difference = true;
  EXPECT_EQ(kRu.with_unit(q), "+2,1\u00A0п.\u00A0п.");
  q.estimate.value = -1;
  EXPECT_EQ(kRu.plain(q), "\u22121,0");
}

TEST(NumberFormat, PrintsIntervals) {
  EXPECT_EQ(kRu.interval(with_interval(20, 18.2, 21.9)), "от\u00A018,2 до\u00A021,9");
  EXPECT_EQ(kRu.interval(with_interval(2.1, -1, 5.2)), "от\u00A0\u22121,0 до\u00A05,2");
  EXPECT_EQ(kEn.interval(with_interval(20, 18.2, 21.9)), "18.2 to\u00A021.9");
  EXPECT_EQ(kRu.interval(quantity(20)), "");
}

TEST(NumberFormat, PrintsNoBareZeroForALimitBesideZero) {
  EXPECT_EQ(kRu.interval(with_interval(1.8, -0.04, 3.7)), "от\u00A0\u22120,04 до\u00A03,7");
  EXPECT_EQ(kRu.interval(with_interval(0.4, 0.004, 0.75)), "от\u00A00,004 до\u00A00,8");
  EXPECT_EQ(kRu.interval(with_interval(0.4, 0, 0.9)), "от\u00A00,0 до\u00A00,9");
  EXPECT_EQ(kEn.interval(with_interval(0.4, 0.0001, 0.9)), "0.0 to\u00A00.9") << "beyond what a reader can use";
}

TEST(NumberFormat, SaysNothingOfAnUndefinedQuantity) {
  const Quantity q{undefined(Undefined::too_few, 3), Unit::percent};
  EXPECT_EQ(kRu.plain(q), "");
  EXPECT_EQ(kRu.with_unit(q), "");
  EXPECT_EQ(kRu.interval(q), "");
}

TEST(NumberFormat, NamesEveryUnitOfHeads) {
  EXPECT_EQ(kRu.unit(Unit::percent), "%");
  EXPECT_EQ(kRu.unit(Unit::percent_points), "п.\u00A0п.");
  EXPECT_EQ(kRu.unit(Unit::effect), "ст.\u00A0откл.");
  EXPECT_EQ(kEn.unit(Unit::points), "points");
  EXPECT_EQ(kRu.unit(Unit::count), "");
}

TEST(NumberFormat, PrintsDatesInWords) {
  EXPECT_EQ(kRu.date("2026-11-21"), "21\u00A0ноября 2026\u00A0г.");
  EXPECT_EQ(kRu.date("2024-02-29"), "29\u00A0февраля 2024\u00A0г.");
  EXPECT_EQ(kEn.date("2026-11-05"), "5\u00A0November 2026");
  EXPECT_EQ(kRu.date("2023-02-29"), "2023-02-29");
  EXPECT_EQ(kRu.date("весна"), "весна");
}

TEST(NumberFormat, PrintsTheSameDateInAnyTimeZone) {
  setenv("TZ", "Pacific/Kiritimati", 1);
  EXPECT_EQ(kRu.date("2026-01-01"), "1\u00A0января 2026\u00A0г.");
  setenv("TZ", "Pacific/Pago_Pago", 1);
  EXPECT_EQ(kRu.date("2026-01-01"), "1\u00A0января 2026\u00A0г.");
  unsetenv("TZ");
}

const Value kTree = Object{{"region", "Иркутская область"},
                           {"schools", List{Object{{"name", "Школа 1"}, {"n", 0}}, Object{{"name", "Школа 2"}}}}};

TEST(Value, IsFoundByDottedPath) {
  ASSERT_NE(kTree.find("schools.1.name"), nullptr);
  EXPECT_EQ(*kTree.find("schools.1.name")->text(), "Школа 2");
  EXPECT_EQ(kTree.find(""), &kTree);
}

TEST(Value, IsNotFoundWhereThereIsNothing) {
  for (const char* path :
       {"school", "schools.2", "schools.-1", "schools.0x", "schools.0.name.first", "schools.", ".", "region.0"}) {
    EXPECT_EQ(kTree.find(path), nullptr) << path;
  }
}

TEST(Value, IsTrueUnlessEmptyFalseOrUndefined) {
  EXPECT_FALSE(Value().truthy());
  EXPECT_FALSE(Value(false).truthy());
  EXPECT_FALSE(Value("").truthy());
  EXPECT_FALSE(Value(List{}).truthy());
  EXPECT_FALSE(Value(Quantity{}).truthy());
  EXPECT_TRUE(Value(0).truthy());
  EXPECT_TRUE(Value(quantity(0)).truthy());
  EXPECT_TRUE(Value("нет").truthy());
  EXPECT_TRUE(Value(Object{}).truthy());
}

}  // namespace
}  // namespace kaskad::reports
