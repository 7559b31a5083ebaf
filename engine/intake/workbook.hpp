// A workbook of any format as a list of sheets of text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/intake/sheet_cells.hpp"

namespace kaskad::intake {

/// Whole numbers come without a fraction ("11"), others in the shortest form that reads back the same, dates as ISO
/// text, yes or no as 1 and 0, formulas as their stored results. Members throw std::exception at what is broken.
class Workbook {
 public:
  virtual ~Workbook() = default;
  virtual std::string_view format() const = 0;  ///< "XLSX" or "ODS".
  virtual const std::vector<std::string>& sheets() const = 0;
  /// The bytes of the workbook must be there still.
  virtual std::shared_ptr<const SheetCells> read(std::size_t sheet) = 0;
};

enum class WorkbookTrouble : std::uint8_t { none, broken, password, too_large };

struct OpenedWorkbook {
  std::unique_ptr<Workbook> workbook;  ///< Null when there is trouble.
  WorkbookTrouble trouble = WorkbookTrouble::none;
};

/// By its parts: XLSX or ODS.
OpenedWorkbook open_workbook(std::string_view bytes);

/// A sheet, or why it cannot be had.
struct ReadSheet {
  std::shared_ptr<const SheetCells> cells;
  WorkbookTrouble trouble = WorkbookTrouble::none;
};
ReadSheet read_sheet(Workbook& workbook, std::size_t sheet);

// One a format; they throw.
std::unique_ptr<Workbook> open_xlsx_workbook(std::string_view bytes);
std::unique_ptr<Workbook> open_ods_workbook(std::string_view bytes);

/// A workbook that asks for a password.
struct PasswordNeeded : std::runtime_error {
  PasswordNeeded() : std::runtime_error("a password is needed") {}
};

/// A number of a workbook as text.
std::string text_of_number(double value);
/// ISO text of a day of the workbook's calendar; empty when it is no day.
std::string text_of_day(double value, bool from_1904);

}  // namespace kaskad::intake
