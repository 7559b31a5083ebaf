#include "engine/intake/workbook.hpp"

#include <fmt/format.h>

#include <cmath>
#include <exception>
#include <new>

#include "engine/intake/numbers.hpp"
#include "engine/intake/xml_package.hpp"

namespace kaskad::intake {
namespace {

constexpr std::string_view kOdsType = "application/vnd.oasis.opendocument.spreadsheet";

std::unique_ptr<Workbook> open_by_content(std::string_view bytes) {
  const ZipArchive archive(bytes);
  const ZipEntry* type = archive.find("mimetype");
  const bool ods = type != nullptr && type->unpacked < 2 * kOdsType.size() &&
                   archive.read(type->name).substr(0, kOdsType.size()) == kOdsType;
  return ods ? open_ods_workbook(bytes) : open_xlsx_workbook(bytes);
}

/// The edge to liborcus and to broken files: whatever is thrown ends here.
template <class Work>
WorkbookTrouble trouble_of(const Work& work) {
  try {
    work();
    return WorkbookTrouble::none;
  } catch (const TooLarge&) {
    return WorkbookTrouble::too_large;
  } catch (const PasswordNeeded&) {
    return WorkbookTrouble::password;
  } catch (const std::exception&) {
    return WorkbookTrouble::broken;
  }
}

}  // namespace

OpenedWorkbook open_workbook(std::string_view bytes) {
  OpenedWorkbook opened;
  opened.trouble = trouble_of([&] { opened.workbook = open_by_content(bytes); });
  if (opened.trouble == WorkbookTrouble::none && opened.workbook->sheets().empty()) {
    opened.trouble = WorkbookTrouble::broken;
  }
  if (opened.trouble != WorkbookTrouble::none) opened.workbook.reset();
  return opened;
}

ReadSheet read_sheet(Workbook& workbook, std::size_t sheet) {
  ReadSheet read;
  read.trouble = trouble_of([&] { read.cells = workbook.read(sheet); });
  return read;
}

std::string text_of_number(double value) {
  constexpr double whole_below = 1e15;
  if (value == std::floor(value) && std::abs(value) < whole_below) {
    return fmt::format("{}", static_cast<std::int64_t>(value));
  }
  return fmt::format("{}", value);
}

std::string text_of_day(double value, bool from_1904) {
  constexpr double last_day = 2958466;  // of the year 9999
  constexpr int days_from_1900_to_1904 = 1462;
  if (!(value >= 0 && value < last_day)) return {};
  const int day = static_cast<int>(value) + (from_1904 ? days_from_1900_to_1904 : 0);
  return parse_date(fmt::format("{}", day)).value_or(std::string());
}

}  // namespace kaskad::intake
