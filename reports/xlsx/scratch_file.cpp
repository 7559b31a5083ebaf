#include "reports/xlsx/scratch_file.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

namespace kaskad::reports {

ScratchFile::ScratchFile() {
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  path_ = ((error ? std::filesystem::path("/tmp") : folder) / "kaskad-XXXXXX").string();
  const int descriptor = mkstemp(path_.data());
  good_ = descriptor >= 0;
  if (good_) close(descriptor);
}

ScratchFile::~ScratchFile() {
  if (good_) std::remove(path_.c_str());
}

std::time_t creation_time(const std::string& iso) {
  int year = 2000, month = 1, day = 1;
  if (std::sscanf(iso.c_str(), "%4d-%2d-%2d", &year, &month, &day) != 3) year = 2000, month = day = 1;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return std::chrono::system_clock::to_time_t(std::chrono::sys_days(date));
}

}  // namespace kaskad::reports
