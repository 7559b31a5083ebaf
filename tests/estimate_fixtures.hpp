// Running `kaskad estimate` in tests, and tables for it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/estimate/estimate_command.hpp"
#include "app/resources.hpp"

namespace kaskad::app::test {

using Json = nlohmann::json;
using Arguments = std::vector<std::string>;

inline const Texts& texts(const std::string& language = "ru") {
  static const std::map<std::string, Texts> all = [] {
    const Resources resources{"templates", "indicators/catalogue"};
    return std::map<std::string, Texts>{{"ru", resources.texts("ru").value()}, {"en", resources.texts("en").value()}};
  }();
  return all.at(language);
}

inline CommandOutput run(const Arguments& arguments, const std::string& language = "ru") {
  return run_estimate(arguments, texts(language));
}

/// The JSON of a command that succeeds.
inline Json estimated(Arguments arguments) {
  arguments.push_back("--json");
  const CommandOutput output = run(arguments);
  EXPECT_EQ(output.exit_code, 0) << output.err;
  return Json::parse(output.out, nullptr, false);
}

inline Json coefficient(const Json& report, const std::string& term) {
  for (const Json& row : report["coefficients"]) {
    if (row["term"] == term) return row;
  }
  ADD_FAILURE() << "no term " << term << " in " << report["coefficients"].dump();
  return {{"estimate", nullptr}, {"se", nullptr}, {"df", nullptr}, {"p", nullptr}, {"undefined", nullptr}};
}

inline Json note(const Json& report, const std::string& code) {
  for (const Json& one : report["notes"]) {
    if (one["code"] == code) return one;
  }
  return nullptr;
}

/// Relative error at most `tolerance`; null is never near.
inline testing::AssertionResult near(const Json& value, double wanted, double tolerance = 1e-9) {
  if (!value.is_number()) return testing::AssertionFailure() << "not a number: " << value.dump();
  const double error = std::abs(value.get<double>() - wanted) / (wanted == 0 ? 1 : std::abs(wanted));
  if (error <= tolerance) return testing::AssertionSuccess();
  return testing::AssertionFailure() << value.dump() << " is off " << wanted << " by " << error;
}

/// A file of the test's own folder with these bytes; its path.
inline std::string temporary(const std::string& name, const std::string& bytes) {
  const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto folder = std::filesystem::path(testing::TempDir()) / "kaskad_estimate" / test;
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name, std::ios::binary) << bytes;
  return (folder / name).string();
}

/// The data of a NIST file (two columns from line 61) as CSV; `change` may rewrite the numbers of the second column.
inline std::string nist_as_csv(const std::string& file, const std::string& head,
                               const std::function<std::string(std::string)>& change = nullptr) {
  std::ifstream in(file);
  std::string csv = head + "\n", line, a, b;
  for (int number = 1; std::getline(in, line); ++number) {
    std::istringstream fields(line);
    if (number > 60 && fields >> a >> b) csv += a + "," + (change ? change(b) : b) + "\n";
  }
  return csv;
}

/// The class-size experiment with a row for each pupil of a grade: fixtures/stats/star.csv counts them.
inline std::string star_pupils(const std::string& grade) {
  std::ifstream in("fixtures/stats/star.csv");
  std::string csv = "school,star,score\n", line;
  while (std::getline(in, line)) {
    std::istringstream row(line);
    std::vector<std::string> f(5);
    for (std::string& field : f) std::getline(row, field, ',');
    if (f[0] != grade) continue;
    for (int pupil = 0; pupil < std::stoi(f[4]); ++pupil) csv += f[1] + "," + f[2] + "," + f[3] + "\n";
  }
  return csv;
}

}  // namespace kaskad::app::test
