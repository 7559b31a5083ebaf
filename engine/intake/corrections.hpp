// Workbooks that schools have corrected and sent back. `kaskad check --return` writes them; what was changed in them
// takes the place of the sources' own rows, whatever the sources' format and layout.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// What the writer and the reader of a returned workbook agree on. Each of its other sheets holds rows of one source;
/// a row that may come back has its number in the source in column A and its print in column B, and its cells follow.
namespace return_format {
inline constexpr std::string_view kVersion = "1";
inline constexpr std::string_view kServiceSheet = "kaskad";  ///< Hidden; a row a sheet, below these heads:
inline constexpr std::array<std::string_view, 6> kServiceHeads = {"format",       "sheet",  "file",
                                                                  "source_sheet", "school", "columns"};
inline constexpr int kCellsFrom = 2;  ///< Columns before those of the source.
}  // namespace return_format

/// Tells a row of a school from any other: 16 hex digits of the school's id (empty for the office) and of the row's
/// cells without surrounding and trailing blanks. A row that was copied from another school's workbook does not have
/// it.
std::string row_print(std::string_view school, const std::vector<std::string>& cells);

struct ReturnedRow {
  std::string workbook;
  std::string school;
  std::string print;
  std::vector<std::string> cells;  ///< As many as the source had columns.
};

class Corrections {
 public:
  /// One sheet of a workbook.
  struct Sheet {
    std::string workbook;  ///< Under the folder, for messages.
    std::string path;
    std::string sheet;
    std::string file;  ///< The source, as the project names it.
    std::string source_sheet;
    std::string school;  ///< Id; empty for the office's workbook.
    std::size_t columns = 0;
  };

  /// All workbooks in a folder and in those below it, in natural order of their paths. What is no returned workbook, or
  /// cannot be read, goes to `out`.
  static Corrections read(const std::string& folder, Diagnostics& out);

  const std::vector<Sheet>& sheets() const { return sheets_; }
  std::size_t workbooks() const { return workbooks_; }
  bool speak_of(const std::string& file, const std::string& sheet) const;
  /// Rows of a source by their number; of two workbooks that have a row, the later one's holds. The cells hold what
  /// may name pupils: to be compared and dropped.
  std::map<std::int64_t, ReturnedRow> rows_of(const std::string& file, const std::string& sheet) const;

 private:
  void read_workbook(const std::string& path, const std::string& name, Diagnostics& out);

  std::vector<Sheet> sheets_;
  std::size_t workbooks_ = 0;
};

/// What became of the rows that came back, while the sources are opened.
class CorrectionLog {
 public:
  void note(CorrectedRow row);
  /// Rows of a source, by sheet and number.
  void give(const std::string& file, std::vector<CorrectedRow>& out);

 private:
  using Rows = std::map<std::pair<std::string, std::int64_t>, CorrectedRow>;
  std::map<std::string, Rows> by_file_;
};

/// Puts the returned rows of a source in the place of its own. Both must outlive what is opened through the wrap.
TableWrap corrected_tables(const Corrections& corrections, const std::string& file, CorrectionLog& log);

}  // namespace kaskad::intake
