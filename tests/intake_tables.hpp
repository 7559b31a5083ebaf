// Writes tables as the three formats that intake reads.
#pragma once

#include <string>
#include <vector>

namespace kaskad {

using TableRows = std::vector<std::vector<std::string>>;

std::string csv_of(const TableRows& rows);
/// Digits alone become numbers, the rest texts. One sheet.
std::string xlsx_of(const std::string& sheet, const TableRows& rows);
std::string ods_of(const std::string& sheet, const TableRows& rows);

/// A zip archive of parts that are stored as they are.
struct ArchivePart {
  std::string name;
  std::string bytes;
};
std::string archive_of(const std::vector<ArchivePart>& parts);

}  // namespace kaskad
