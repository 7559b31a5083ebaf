// A file as a frame.
#pragma once

#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/frame/frame.hpp"

namespace kaskad::frame {

struct ReadOptions {
  std::string file;
  std::string sheet;                 ///< Of a workbook; empty = the first.
  int header_row = 1;                ///< Line of the file (row of the sheet) with the names of the columns.
  char delimiter = 0;                ///< 0 = the most frequent of ; , tab in the head.
  std::vector<std::string> missing;  ///< Further words that stand for a missing value.
};

/// Reads CSV (UTF-8 or CP1251, found by itself) or XLSX. A column is numeric when each of its cells that is not missing
/// is a number. A column without a name is called "X", as R calls it. A file of columns parted by blanks alone is read,
/// too, when all its rows have as many words as the head. Rows that cannot be read (an open quote, another number of
/// fields than the head) are told in `out` and counted in Frame::defective. Fails with "frame-unreadable" when there is
/// no table at all (`out` says why), "frame-no-rows" when it has a head only.
Expected<Frame> read_frame(const ReadOptions& options, Diagnostics& out);

}  // namespace kaskad::frame
