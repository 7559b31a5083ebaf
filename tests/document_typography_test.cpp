// Which words stay together at the end of a line.
#include "reports/document/typography.hpp"

#include <gtest/gtest.h>

namespace kaskad::reports {
namespace {

/// No-break spaces as underlines, so that a reader of the test sees them.
std::string bound(const std::string& text, const std::string& language = "ru") {
  std::string shown = with_bound_words(text, language);
  for (std::size_t at = shown.find("\u00A0"); at != std::string::npos; at = shown.find("\u00A0"))
    shown.replace(at, 2, "_");
  return shown;
}

TEST(Typography, BindsNumbersToTheirSignsAndUnits) {
  EXPECT_EQ(bound("школа № 5, рост 12 % за 2020 г. и 3 п. п."), "школа №_5, рост 12_% за_2020_г. и_3_п._п.");
  EXPECT_EQ(bound("Всего 16 526 строк, доля 31,6 %."), "Всего 16_526 строк, доля 31,6_%.");
  EXPECT_EQ(bound("Качество, %"), "Качество,_%");
  EXPECT_EQ(bound("похожие: Школа 4, Школа 23; школа села"), "похожие: Школа_4, Школа_23; школа села");
  EXPECT_EQ(bound("similar: School 4, School 23", "en"), "similar: School_4, School_23");
}

TEST(Typography, BindsPrepositionsInitialsDashesAndParticles) {
  EXPECT_EQ(bound("В школе и в лицее"), "В_школе и_в_лицее");
  EXPECT_EQ(bound("г. Северск и ул. Мира"), "г._Северск и_ул._Мира");
  EXPECT_EQ(bound("методика И. О. Фамильцева"), "методика И._О._Фамильцева");
  EXPECT_EQ(bound("Каскад — это ступени"), "Каскад_— это ступени");
  EXPECT_EQ(bound("вырос ли балл"), "вырос_ли балл");
  EXPECT_EQ(bound("(в среднем) и т. д."), "(в_среднем) и_т._д.");
}

TEST(Typography, LeavesOtherSpacesAndLanguagesAlone) {
  EXPECT_EQ(bound("средний балл выше"), "средний балл выше");
  EXPECT_EQ(bound("School No. 5 has 12 %", "en"), "School No._5 has 12_%");
  EXPECT_EQ(bound("в школе — всё", "de"), "в школе_— всё");
}

TEST(Typography, AppliedTwiceChangesNothing) {
  const std::string once = with_bound_words("В 2020 г. в школе № 5 — и т. д. — 12 %", "ru");
  EXPECT_EQ(with_bound_words(once, "ru"), once);
}

}  // namespace
}  // namespace kaskad::reports
