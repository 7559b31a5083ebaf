// How many rows the files of a project have: a file that several tables are read from counts once.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad::reports {

struct FileRows {
  std::int64_t files = 0;
  std::int64_t rows = 0;  ///< Of all files; of a sheet that is read several times as many as in one reading at most.
  std::int64_t read = 0;  ///< In all readings.
};
FileRows rows_of_files(const std::vector<SourceLedger>& ledger);

}  // namespace kaskad::reports
