#include "engine/intake/workbook_shelf.hpp"

namespace kaskad::intake {

ShelvedWorkbook WorkbookShelf::open(const SourceSpec& spec, const FileBytes& bytes) {
  const bool known = opened_.workbook != nullptr && path_ == spec.path && entry_ == spec.entry;
  if (!known) {
    opened_ = {};
    bytes_ = bytes;
    path_ = spec.path;
    entry_ = spec.entry;
    opened_ = open_workbook(bytes_.view());
  }
  return {opened_.workbook.get(), opened_.trouble};
}

}  // namespace kaskad::intake
