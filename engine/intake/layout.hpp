// Layouts: the forms in which offices get their tables. Each is one row of the table in layouts.cpp, found by the heads
// of its columns and never by the name of its file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

struct OpenSource;
struct IntakeState;

/// What a column of a layout holds besides the fields of source_fields.hpp.
namespace column {
inline constexpr std::string_view kName = "-name";        ///< Names a pupil: blanked before anything else sees it.
inline constexpr std::string_view kTask = "-task";        ///< Scores of a task; any number of columns.
inline constexpr std::string_view kScore = "-score";      ///< Percent of pupils with a score; any number of columns.
inline constexpr std::string_view kUnits = "-units";      ///< Number of schools behind a row: only sums have one.
inline constexpr std::string_view kSign = "-sign";        ///< Marks the layout; its cells are not read.
inline constexpr std::string_view kContext = "-context";  ///< Context fields by their names; any number of columns.
inline constexpr std::string_view kKey = "-key";          ///< Names of context fields, one a row.
inline constexpr std::string_view kValue = "-value";      ///< Their values.
inline constexpr std::string_view kLowered = "-lowered";
inline constexpr std::string_view kConfirmed = "-confirmed";
inline constexpr std::string_view kRaised = "-raised";
}  // namespace column

/// What a layout makes of a cell before it is read, as a part of the cell's text or a text that always lives.
using CellReading = std::string_view (*)(std::string_view);

struct LayoutColumn {
  std::string_view field;
  /// Folded spellings of the head, without punctuation at its end; one that ends with '*' need only begin so.
  std::array<std::string_view, 7> heads{};
  bool required = false;
  CellReading reading = nullptr;
};

/// What holds for all rows from one on: from the title, from a group row or from the heading of a block. A blank entry
/// says nothing.
struct Facts {
  enum Index : std::size_t { kSchool, kYear, kProcedure, kSubject, kGrade, kMaximum, kCount };
  std::array<std::string, kCount> values;
};
inline constexpr std::array<std::string_view, Facts::kCount> kFactNames = {"school",  "year",  "procedure",
                                                                           "subject", "grade", "maximum"};

enum class RowRole : std::uint8_t {
  data,
  heading,  ///< Names what follows, or decorates: nothing in it is counted.
  total,    ///< A sum over schools.
};

/// A row as a layout sees it: its cells by the layout's columns.
struct LayoutRow {
  const Row* row = nullptr;
  std::span<const int> places;  ///< Of each column of the layout in the row, from 0; −1 = not there.
  std::string_view cell(std::size_t layout_column) const;
  /// The first cell that is not blank.
  std::string_view first() const;
};

using RoleOf = RowRole (*)(const LayoutRow& row, const Vocabulary& vocabulary, Facts& facts);
using ReadLayout = void (*)(OpenSource& source, IntakeState& state);

struct Layout {
  std::string_view id;
  SourceKind kind = SourceKind::results;
  std::span<const LayoutColumn> columns;
  int head_rows = 1;           ///< 2: heads stand in two rows, the upper ones merged over several columns.
  int least_repeated = 0;      ///< Least number of columns of tasks, scores or context fields.
  std::string_view procedure;  ///< Synonym of the procedure that the layout implies; may be empty.
  RoleOf role = nullptr;       ///< Null: every row below the head is data.
  ReadLayout read = nullptr;   ///< Null: the reader of the kind.
};

std::span<const Layout> layouts();
const Layout* find_layout(std::string_view id);
std::vector<std::string> layout_ids();

}  // namespace kaskad::intake
