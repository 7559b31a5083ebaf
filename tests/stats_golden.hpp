// Golden numbers of one file of fixtures/stats (name,value).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/stats_fixtures.hpp"

namespace kaskad::stats::test {

class Golden {
 public:
  explicit Golden(const std::string& path) {
    const Table table(path);
    const std::vector<std::string> names = table.texts("name");
    const std::vector<double> values = table.numbers("value");
    for (std::size_t i = 0; i < names.size(); ++i) numbers_[names[i]] = values[i];
  }

  bool has(const std::string& name) const { return numbers_.contains(name); }
  double of(const std::string& name) const {
    const auto found = numbers_.find(name);
    EXPECT_NE(found, numbers_.end()) << name;
    return found == numbers_.end() ? std::nan("") : found->second;
  }

 private:
  std::map<std::string, double> numbers_;
};

}  // namespace kaskad::stats::test
