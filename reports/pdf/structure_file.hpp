// The structure tree as objects of a PDF file (ISO 32000-1, 14.7.2 and 14.7.4).
#pragma once

#include <string>
#include <vector>

#include "reports/pdf/structure.hpp"

namespace kaskad::reports::pdf {

/// Numbers of objects in a written file that the structure refers to.
struct WrittenObjects {
  int root = 0;  ///< The catalogue.
  int info = 0;
  int structure = 0;             ///< An empty structure tree root.
  int count = 0;                 ///< One more than the highest number.
  std::vector<int> pages;        ///< Page i has StructParents i.
  std::vector<int> annotations;  ///< Annotation i has StructParent pages.size() + i.
};

/// Appends the structure as an incremental update (7.5.6) whose objects are compressed (7.5.7). A table of ten thousand
/// rows has a hundred thousand elements: as text they cost a tenth of the memory that a tree of PDF objects takes.
void append_structure(std::string& pdf, const Structure& structure, const WrittenObjects& written);

}  // namespace kaskad::reports::pdf
