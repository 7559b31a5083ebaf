// The structure tree as objects of a PDF file (ISO 32000-1, 14.7.2 and 14.7.4).
#pragma once

#include <vector>

#include "reports/pdf/object_file.hpp"
#include "reports/pdf/structure.hpp"

namespace kaskad::reports::pdf {

/// Numbers of objects that the structure refers to.
struct TaggedObjects {
  std::vector<int> pages;        ///< Page i has StructParents i.
  std::vector<int> annotations;  ///< Annotation i has StructParent pages.size() + i.
};

/// Writes the elements as text, one after the other: a table of ten thousand rows has a hundred thousand of them.
/// Returns the number of the tree's root.
int write_structure(ObjectFile& file, const Structure& structure, const TaggedObjects& objects);

}  // namespace kaskad::reports::pdf
