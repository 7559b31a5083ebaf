// Fixtures of the stats tests: small CSV tables and the golden numbers of fixtures/stats/golden.R.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "engine/stats/intervals.hpp"
#include "engine/stats/regression.hpp"

namespace kaskad::stats::test {

/// Fields of a line; quotes around a field are taken off (no fixture has a comma or a quote within one).
inline std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) {
    std::erase_if(field, [](char c) { return c == '"' || c == '\r'; });
    fields.push_back(field);
  }
  if (!line.empty() && line.back() == ',') fields.emplace_back();
  return fields;
}

class Table {
 public:
  explicit Table(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    if (std::getline(file, line)) heads_ = split(line.starts_with("\xEF\xBB\xBF") ? line.substr(3) : line);
    while (std::getline(file, line)) rows_.push_back(split(line));
    EXPECT_FALSE(rows_.empty()) << path;
  }
  std::size_t size() const { return rows_.size(); }
  std::vector<std::string> texts(const std::string& head) const {
    const auto column = static_cast<std::size_t>(std::find(heads_.begin(), heads_.end(), head) - heads_.begin());
    std::vector<std::string> values;
    for (const auto& row : rows_) values.push_back(row.at(column));
    return values;
  }
  std::vector<double> numbers(const std::string& head) const {
    std::vector<double> values;
    for (const std::string& text : texts(head)) values.push_back(std::stod(text));
    return values;
  }

 private:
  std::vector<std::string> heads_;
  std::vector<std::vector<std::string>> rows_;
};

/// The number of this name in a table of names and values; each table is read once.
inline double number_in(const std::string& path, const std::string& name) {
  static std::map<std::string, std::map<std::string, double>> tables;
  std::map<std::string, double>& numbers = tables[path];
  if (numbers.empty()) {
    const Table table(path);
    const std::vector<std::string> names = table.texts("name");
    const std::vector<double> values = table.numbers("value");
    for (std::size_t i = 0; i < names.size(); ++i) numbers[names[i]] = values[i];
  }
  const auto found = numbers.find(name);
  EXPECT_NE(found, numbers.end()) << name;
  return found == numbers.end() ? std::nan("") : found->second;
}

inline double golden(const std::string& name) { return number_in("fixtures/stats/golden.csv", name); }

/// |got − wanted| ≤ tolerance·|wanted|; a wanted 0 demands 0.
inline testing::AssertionResult near(double got, double wanted, double tolerance = 1e-9) {
  if (std::abs(got - wanted) <= tolerance * std::abs(wanted)) return testing::AssertionSuccess();
  return testing::AssertionFailure() << std::scientific << "got " << got << ", wanted " << wanted << ", relative error "
                                     << std::abs(got - wanted) / std::abs(wanted);
}

/// normexam of exam.csv by school.
inline std::map<double, std::vector<double>> exam_by_school() {
  const Table table("fixtures/stats/exam.csv");
  const auto schools = table.numbers("school"), scores = table.numbers("normexam");
  std::map<double, std::vector<double>> by_school;
  for (std::size_t i = 0; i < schools.size(); ++i) by_school[schools[i]].push_back(scores[i]);
  return by_school;
}

inline Sample sample_of(const std::vector<double>& values) {
  Sample s;
  s.n = static_cast<std::int64_t>(values.size());
  s.mean = 0;
  for (double v : values) s.mean += v;
  s.mean /= static_cast<double>(s.n);
  s.variance = 0;
  for (double v : values) s.variance += (v - s.mean) * (v - s.mean) / static_cast<double>(s.n - 1);
  return s;
}

/// Undefined, with the reason and without a single number.
inline void expect_undefined(const Estimate& e, Undefined reason) {
  EXPECT_EQ(e.reason, reason) << undefined_name(e.reason);
  for (double number : {e.value, e.se, e.lo, e.hi, e.df, e.p}) EXPECT_TRUE(std::isnan(number));
}

using Rows = std::vector<CellRow>;

/// Pupils of one cluster with equal terms as one cell.
inline Rows cells_of(const Rows& pupils) {
  std::map<std::pair<int, std::vector<double>>, std::vector<double>> groups;
  for (const CellRow& row : pupils) groups[{row.cluster, row.terms}].push_back(row.mean);
  Rows cells;
  for (const auto& [key, values] : groups) {
    const Sample s = sample_of(values);
    const double squares = s.n > 1 ? s.variance * static_cast<double>(s.n - 1) : 0;
    cells.push_back({key.second, s.n, s.mean, squares, key.first});
  }
  return cells;
}

inline Rows rows_of(const std::vector<std::vector<double>>& terms, const std::vector<double>& outcome,
                    const std::vector<double>& cluster) {
  Rows rows;
  for (std::size_t i = 0; i < outcome.size(); ++i) {
    CellRow row{{}, 1, outcome[i], 0, static_cast<int>(cluster[i])};
    for (const auto& term : terms) row.terms.push_back(term[i]);
    rows.push_back(row);
  }
  return rows;
}

inline std::vector<double> times(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> product;
  for (std::size_t i = 0; i < a.size(); ++i) product.push_back(a[i] * b[i]);
  return product;
}

inline std::vector<double> equals(const std::vector<double>& values, double wanted) {
  std::vector<double> indicator;
  for (double v : values) indicator.push_back(v == wanted ? 1 : 0);
  return indicator;
}

}  // namespace kaskad::stats::test
