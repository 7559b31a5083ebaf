// The workbook that was opened last: its sheets are mostly read one after the other.
#pragma once

#include <memory>
#include <string>

#include "engine/intake/file_bytes.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/workbook.hpp"

namespace kaskad::intake {

struct ShelvedWorkbook {
  Workbook* workbook = nullptr;  ///< Null when there is trouble; holds until the next one is opened.
  WorkbookTrouble trouble = WorkbookTrouble::none;
};

/// Not shared between threads.
class WorkbookShelf {
 public:
  ShelvedWorkbook open(const SourceSpec& spec, const FileBytes& bytes);
  void clear() { *this = WorkbookShelf(); }

 private:
  std::string path_;
  std::string entry_;
  FileBytes bytes_;
  OpenedWorkbook opened_;
};

}  // namespace kaskad::intake
