// The structure trees of many files as one: a document whose kids are theirs.
#pragma once

#include "reports/pdf/part_copier.hpp"

namespace kaskad::reports::pdf {

class MergedStructure {
 public:
  explicit MergedStructure(ObjectFile& to) : to_(to), root_(to.reserve()), document_(to.reserve()) {}

  /// Of the next part.
  StructurePlace place() const;
  /// To be called when the part's pages have numbers. Its elements wait in the copier.
  /// Throws std::runtime_error when the part has no structure tree.
  void add(QPDF& part, PartCopier& copier);
  /// What is common to all; returns the number of the tree's root.
  int write();

 private:
  void add_parents(QPDF& part, PartCopier& copier);
  void add_names(QPDF& part, PartCopier& copier);

  ObjectFile& to_;
  int root_;
  int document_;
  int parts_ = 0;
  long long next_key_ = 0;
  std::string kids_, parents_, names_;
};

}  // namespace kaskad::reports::pdf
