// The return workbook: rows of a school's files with their defects marked, to be corrected and sent back. The words
// come in; the renderer only sets them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace kaskad::reports {

struct ReturnRow {
  enum class Kind : std::uint8_t {
    line,     ///< Stands above the heads in the source.
    head,     ///< The heads of the source's columns.
    heading,  ///< Names what follows.
    data      ///< May be corrected.
  };
  Kind kind = Kind::data;
  std::int64_t number = 0;  ///< In the source; column A.
  std::string print{};      ///< Column B, hidden.
  std::vector<std::string> cells{};
  std::map<std::size_t, std::string> bad{};  ///< Why, by cell; a comment each.
  std::string remarks{};                     ///< All that is wrong with the row; behind its cells.
};

struct ReturnSheet {
  std::string name{};                  ///< Made legal and unique.
  std::string title{};                 ///< Row 1.
  std::string note{};                  ///< Row 2.
  std::string row_head{};              ///< Over the numbers.
  std::string remark_head{};           ///< Over the remarks.
  std::size_t columns = 0;             ///< Of the source.
  std::vector<ReturnRow> rows{};       ///< As in the source.
  std::vector<std::string> service{};  ///< A row of the service sheet.
};

/// A kind of defects on the first sheet.
struct ReturnKind {
  std::size_t sheet = 0;  ///< Index into the sheets; kNoSheet = of none.
  std::int64_t n = 0;
  std::string what{}, advice{};
};
inline constexpr std::size_t kNoSheet = static_cast<std::size_t>(-1);

struct ReturnBook {
  std::string title{}, date{};       ///< ISO date of issue; also the file's time.
  std::string first_sheet{};         ///< Name.
  std::vector<std::string> lines{};  ///< What to do; under the title.
  std::vector<std::string> heads{};  ///< Of the table of kinds: sheet, number, what, advice.
  std::vector<ReturnKind> kinds{};
  std::string questions_head{};
  std::vector<std::string> questions{};  ///< Doubts about no row in particular.
  std::vector<ReturnSheet> sheets{};
  std::string service_sheet{};  ///< Hidden.
  std::vector<std::string> service_heads{};
  std::size_t service_name_column = 0;  ///< Where a sheet's final name stands in its row of the service sheet.
  std::string font = "Calibri";
};

/// Bytes of an XLSX, the same for the same book. Errors: "xlsx-too-long", "xlsx-too-wide", "xlsx-text-too-long",
/// "xlsx-unwritable" as render_xlsx.
Expected<std::string> render_return_book(const ReturnBook& book);

}  // namespace kaskad::reports
