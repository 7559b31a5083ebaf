// Bookmarks as objects of a PDF file (ISO 32000-1, 12.3.3).
#pragma once

#include <string>
#include <vector>

#include "reports/pdf/object_file.hpp"

namespace kaskad::reports::pdf {

struct Bookmark {
  int level = 1;
  std::string title;
  std::string target;  ///< A destination, as it stands in the file.
};

/// Those of the first level are open. Returns the number of the tree's root.
int write_outline(ObjectFile& file, const std::vector<Bookmark>& bookmarks);

}  // namespace kaskad::reports::pdf
