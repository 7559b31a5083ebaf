// SVG as another program reads it: Boost's XML reader.
#include <gtest/gtest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <cmath>
#include <sstream>

#include "reports/charts/svg.hpp"
#include "tests/charts_fixtures.hpp"
#include "tests/charts_samples.hpp"

namespace kaskad::reports {
namespace {

using boost::property_tree::ptree;
using test::all;

/// The <svg> element; throws where the text is not well-formed XML.
ptree read(const std::string& text) {
  std::istringstream in(text);
  ptree tree;
  read_xml(in, tree);
  EXPECT_EQ(tree.size(), 1U);
  return tree.get_child("svg");
}

std::vector<ptree> elements(const ptree& svg, const std::string& name) {
  std::vector<ptree> found;
  for (const auto& [key, child] : svg)
    if (key == name) found.push_back(child);
  return found;
}

double attribute(const ptree& element, const std::string& name) { return element.get<double>("<xmlattr>." + name); }

TEST(Svg, HasEveryTextOfThePictureInItsPlace) {
  for (const test::Sample& sample : test::samples()) {
    SCOPED_TRACE(sample.name);
    const Picture picture = test::drawn(sample.chart);
    const std::vector<TextShape> texts = all<TextShape>(picture);
    const std::vector<ptree> read_texts = elements(read(svg(picture, {})), "text");
    ASSERT_EQ(read_texts.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      EXPECT_EQ(read_texts[i].data(), texts[i].text);
      EXPECT_NEAR(attribute(read_texts[i], "x"), texts[i].at.x, 0.00501);
      EXPECT_NEAR(attribute(read_texts[i], "y"), texts[i].at.y, 0.00501);
      EXPECT_NEAR(attribute(read_texts[i], "font-size"), texts[i].font.size, 0.00501);
    }
  }
}

TEST(Svg, HasEveryShapeOfThePicture) {
  for (const test::Sample& sample : test::samples()) {
    const Picture picture = test::drawn(sample.chart);
    EXPECT_EQ(elements(read(svg(picture, {})), "line").size(), all<LineShape>(picture).size()) << sample.name;
    EXPECT_EQ(read(svg(picture, {})).size(), picture.shapes.size() + 1) << sample.name;  // And its attributes.
  }
}

TEST(Svg, SaysItsSizeItsRoleAndItsWords) {
  const ptree svg_element = read(svg({460, 120.456, {}}, {"Доля выросла", "2023: 5 < 6 & \"7\"", "chart-1", "ru", {}}));
  EXPECT_EQ(svg_element.get<std::string>("<xmlattr>.viewBox"), "0 0 460 120.46");
  EXPECT_EQ(svg_element.get<std::string>("<xmlattr>.role"), "img");
  EXPECT_EQ(svg_element.get<std::string>("<xmlattr>.aria-labelledby"), "chart-1-title chart-1-desc");
  EXPECT_EQ(svg_element.get<std::string>("<xmlattr>.xml:lang"), "ru");
  EXPECT_EQ(svg_element.get<std::string>("title"), "Доля выросла");
  EXPECT_EQ(svg_element.get<std::string>("title.<xmlattr>.id"), "chart-1-title");
  EXPECT_EQ(svg_element.get<std::string>("desc"), "2023: 5 < 6 & \"7\"");
  EXPECT_EQ(svg({}, {}).find("aria-labelledby"), std::string::npos);
}

TEST(Svg, LeavesOutWhatXmlForbids) {
  const Picture picture{10, 10, {TextShape{{1, 2}, "а\x01\x0B<б>\n&\uFFFFв", {}, HAlign::left}}};
  EXPECT_EQ(elements(read(svg(picture, {})), "text").front().data(), "а<б> &в");
}

TEST(Svg, WritesShortNumbersThatDoNotDependOnTheLocale) {
  const Picture picture{100, 50, {LineShape{{-0.001, 1.0 / 3}, {2, 10.10}, 0.5, {0x1F, 0x24, 0x28}, true}}};
  EXPECT_EQ(svg(picture, {}),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100pt\" height=\"50pt\" viewBox=\"0 0 100 50\" "
            "role=\"img\" font-family=\"PT Sans, sans-serif\">\n"
            "<line x1=\"0\" y1=\"0.33\" x2=\"2\" y2=\"10.1\" stroke=\"#1f2428\" stroke-width=\"0.5\" "
            "stroke-dasharray=\"3 2\"/>\n</svg>\n");
}

TEST(Svg, SaysTheLengthOfTextsWhereItIsMeasured) {
  const Picture picture{100, 50, {TextShape{{1, 2}, "текст", {Family::sans, 10, false, false, {}}, HAlign::right}}};
  SvgWords words;
  words.measure = test::measure;
  const ptree text = elements(read(svg(picture, words)), "text").front();
  EXPECT_EQ(attribute(text, "textLength"), 26);  // 5 letters of 0.52 of the size.
  EXPECT_EQ(text.get<std::string>("<xmlattr>.text-anchor"), "end");
}

TEST(Svg, RefersToNothingOutside) {
  for (const test::Sample& sample : test::samples()) {
    const std::string text = svg(test::drawn(sample.chart), {});
    EXPECT_EQ(text.find("href"), std::string::npos);
    EXPECT_EQ(text.find("url("), std::string::npos);
    EXPECT_EQ(text.find("http", text.find("2000/svg")), std::string::npos);
  }
}

}  // namespace
}  // namespace kaskad::reports
