// What a reviewer gets must give the reviewer what the report says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// stdout of a command.
std::string said_by(const std::string& command) {
  std::string out;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) out.append(part.data(), n);
  pclose(pipe);
  return out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

/// effects.csv by the name of the series' tables: estimate, se, df, p.
std::map<std::string, std::array<double, 4>> effects_in(const std::string& folder) {
  std::map<std::string, std::array<double, 4>> out;
  const auto lines = lines_of(read_file(folder + "/effects.csv").value());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = cells_of(lines[i]);
    for (std::size_t k = 0; k < 4; ++k) out[cells[0]][k] = std::stod(cells[k + 2]);
  }
  return out;
}

class Bundle : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new std::string((fs::path(testing::TempDir()) / "kaskad_app_bundle").string());
    fs::remove_all(*folder_);
    said_by(std::string(KASKAD_PROGRAM) + " bundle fixtures/bagrut/kaskad.toml -q --date 2026-11-22 -o " + *folder_);
  }
  static void TearDownTestSuite() { delete folder_; }
  static const std::string& folder() { return *folder_; }
  static Json repeated(const std::string& command) {
    const std::string arguments = command.substr(std::string("kaskad ").size());
    return Json::parse(said_by("cd " + folder() + " && " + KASKAD_PROGRAM + " " + arguments + " --json"));
  }

 private:
  static inline std::string* folder_ = nullptr;
};

// The report works on cells of pupils with school effects absorbed by CR2's own code, the command on a table with the
// general engine.
TEST_F(Bundle, ItsCommandLinesGiveTheReportsEffects) {
  const auto effects = effects_in(folder());
  ASSERT_EQ(effects.size(), 5U);
  std::size_t regressions = 0;
  for (const std::string& line : lines_of(read_file(folder() + "/commands.sh").value())) {
    if (line.find("estimate regression") == std::string::npos) continue;
    ++regressions;
    const std::string name = line.substr(27, line.find(".csv") - 27);
    const Json report = repeated(line);
    ASSERT_TRUE(effects.contains(name)) << line;
    const auto& [estimate, se, df, p] = effects.at(name);
    for (const Json& row : report["coefficients"]) {
      if (row["term"] != "final:focus" && row["term"] != "focus:final") continue;
      EXPECT_NEAR(row["estimate"].get<double>(), estimate, 1e-9 * std::abs(estimate)) << name;
      EXPECT_NEAR(row["se"].get<double>(), se, 1e-9 * se) << name;
      EXPECT_NEAR(row["df"].get<double>(), df, 1e-7 * df) << name;
      EXPECT_NEAR(row["p"].get<double>(), p, 1e-7) << name;
    }
    EXPECT_EQ(report["clusters"], 39) << name;
  }
  EXPECT_EQ(regressions, effects.size());
}

/// Of effects_by_year.csv: rows of a series by year; cells as text.
std::vector<std::vector<std::string>> years_in(const std::string& folder, const std::string& series) {
  std::vector<std::vector<std::string>> out;
  for (const std::string& line : lines_of(read_file(folder + "/effects_by_year.csv").value())) {
    auto cells = cells_of(line);
    if (!cells.empty() && cells[0] == series) out.push_back(std::move(cells));
  }
  return out;
}

const Json& row_of(const Json& rows, const std::string& term) {
  static const Json none;
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Json& row) { return row["term"] == term; });
  return found == rows.end() ? none : *found;
}

void expect_same(const Json& said, const std::string& reported, const std::string& what) {
  ASSERT_TRUE(said.is_number()) << what;
  EXPECT_NEAR(said.get<double>(), std::stod(reported), 1e-12 * (1 + std::abs(std::stod(reported)))) << what;
}

// The schools have the same numbers in both, so the draws of the band are the same, too.
TEST_F(Bundle, ItsCommandLinesGiveTheReportsTableByYear) {
  std::size_t studies = 0, compared = 0;
  for (const std::string& line : lines_of(read_file(folder() + "/commands.sh").value())) {
    if (line.find("estimate did") == std::string::npos) continue;
    ++studies;
    const Json report = repeated(line);
    const std::string series = line.substr(20, line.find("-years.csv") - 20);
    const auto years = years_in(folder(), series);
    compared += years.size();
    for (const auto& cells : years) {
      const std::string term = "event=" + cells[2], what = series + " " + term;
      const Json& row = row_of(report["coefficients"], term);
      expect_same(row["estimate"], cells[4], what);
      if (cells[3] == "1") continue;  // the year compared with is 0 without an error
      expect_same(row["se"], cells[5], what);
      expect_same(row["ci"][0], cells[6], what);
      expect_same(row["ci"][1], cells[7], what);
      const Json& band = row_of(report["tables"]["uniform_bands"], term);
      expect_same(band["lo"], cells[8], what);
      expect_same(band["hi"], cells[9], what);
    }
  }
  EXPECT_EQ(studies, 5U);
  EXPECT_EQ(compared, 2U * 4 + 3U * 3) << "subjects have no results of 1999";
}

// https://specs.frictionlessdata.io/tabular-data-package/
TEST_F(Bundle, ThePackageDescribesEveryTableByItsColumns) {
  const Json package = Json::parse(read_file(folder() + "/datapackage.json").value());
  std::size_t tables = 0;
  for (const auto& entry : fs::directory_iterator(folder())) tables += entry.path().extension() == ".csv";
  EXPECT_EQ(package["resources"].size(), tables);
  for (const Json& resource : package["resources"]) {
    std::vector<std::string> names;
    for (const Json& field : resource["schema"]["fields"]) names.push_back(field["name"]);
    const auto lines = lines_of(read_file(folder() + "/" + resource["path"].get<std::string>()).value());
    EXPECT_EQ(cells_of(lines.front()), names) << resource["path"];
    EXPECT_GT(lines.size(), 1U);
  }
}

}  // namespace
}  // namespace kaskad::app
