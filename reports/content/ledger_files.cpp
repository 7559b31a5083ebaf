#include "reports/content/ledger_files.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace kaskad::reports {

FileRows rows_of_files(const std::vector<SourceLedger>& ledger) {
  FileRows out;
  std::set<std::string> files;
  std::map<std::pair<std::string, std::string>, std::int64_t> sheets;
  for (const SourceLedger& s : ledger) {
    files.insert(s.file);
    std::int64_t& rows = sheets[{s.file, s.sheet}];
    rows = std::max(rows, s.read);
    out.read += s.read;
  }
  out.files = static_cast<std::int64_t>(files.size());
  for (const auto& [sheet, rows] : sheets) out.rows += rows;
  return out;
}

}  // namespace kaskad::reports
