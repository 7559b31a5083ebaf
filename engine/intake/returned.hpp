// What became of the workbooks that came back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad {

struct ReturnedWorkbook {
  std::string workbook;
  std::int64_t corrected = 0;    ///< Rows that are read as they came back, without a defect.
  std::int64_t withdrawn = 0;    ///< Rows that came back blank and are left out.
  std::int64_t still_wrong = 0;  ///< Rows that were changed and still have a defect.
  std::int64_t unchanged = 0;
  std::int64_t stale = 0;  ///< Rows that the source does not have any more.

  std::int64_t rows() const { return corrected + withdrawn + still_wrong + unchanged + stale; }
  friend bool operator==(const ReturnedWorkbook&, const ReturnedWorkbook&) = default;
};

/// In the order of their names; read off the dataset's corrections and the errors and warnings at their places.
std::vector<ReturnedWorkbook> returned_workbooks(const Dataset& data);

/// Rows that were not taken over: warnings "returned-row-stale" at their places.
Diagnostics stale_rows(const Dataset& data);

}  // namespace kaskad
