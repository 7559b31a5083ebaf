// Writes the objects of one PDF file into another, with new numbers.
#pragma once

#include <deque>
#include <map>
#include <qpdf/QPDF.hh>
#include <set>
#include <string>

#include "reports/pdf/object_file.hpp"

namespace kaskad::reports::pdf {

/// What tells a part's structure from those of the other parts.
struct StructurePlace {
  long long shift = 0;   ///< Added to the keys of the parent tree.
  std::string id_start;  ///< Put before the /ID of elements.
};

class PartCopier {
 public:
  PartCopier(ObjectFile& to, StructurePlace place) : to_(to), place_(std::move(place)) {}

  /// References to `object` lead to `number`, which somebody else writes.
  void name(QPDFObjectHandle object, int number) { numbers_[object.getObjGen()] = number; }
  /// The object as it stands in the new file; what it refers to waits to be written.
  std::string text(QPDFObjectHandle object);
  std::string entries(QPDFObjectHandle dictionary, const std::set<std::string>& without);
  /// Whatever has been referred to so far, and what that refers to.
  void write_waiting();

 private:
  std::string array(QPDFObjectHandle object);
  std::string value(QPDFObjectHandle dictionary, const std::string& key);
  int number_of(QPDFObjectHandle object);
  void write(QPDFObjectHandle object);

  ObjectFile& to_;
  StructurePlace place_;
  std::map<QPDFObjGen, int> numbers_;
  std::deque<QPDFObjectHandle> waiting_;
};

}  // namespace kaskad::reports::pdf
