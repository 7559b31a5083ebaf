// Which rows of the sources carry a figure of the school that was followed (IntakeOptions::follow).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad::app {

struct CarryingRows {
  std::string file;
  std::string sheet;
  std::vector<std::int64_t> rows;  ///< Rising, each once.
};

class SourceRows {
 public:
  explicit SourceRows(const Dataset& data) : data_(data) {}
  /// Rows of results and summaries counted in cells that `wanted` accepts, by source.
  std::vector<CarryingRows> results(const std::function<bool(const CellKey&)>& wanted) const;
  /// Rows of context that gave a value of a field and year (0 = for all years).
  std::vector<CarryingRows> context(const std::function<bool(int field, int year)>& wanted) const;

 private:
  std::vector<CarryingRows> rows(const std::function<bool(const FollowedRow&)>& wanted) const;
  const Dataset& data_;
};

/// «2–4, 7, 9–10»
std::string ranges_text(const std::vector<std::int64_t>& rows);

}  // namespace kaskad::app
