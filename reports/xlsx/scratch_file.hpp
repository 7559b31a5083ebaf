// Where a workbook is written before its bytes are known; private to this room.
#pragma once

#include <ctime>
#include <string>

namespace kaskad::reports {

/// A file of ours alone, gone at the end: the library writes to names only.
class ScratchFile {
 public:
  ScratchFile();
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  bool good() const { return good_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool good_ = false;
};

/// 00:00 UTC of an ISO date; the library counts from 1970 and takes 0 for "now", so a missing date is 1 January 2000.
std::time_t creation_time(const std::string& iso);

}  // namespace kaskad::reports
