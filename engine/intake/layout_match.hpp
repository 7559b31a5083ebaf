// Finds a layout, and the row of its heads, among the first rows of a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/intake/layout.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// Heads are looked for in so many rows that are not blank.
inline constexpr std::size_t kTopRows = 30;

struct TopRow {
  std::int64_t number = 0;  ///< From 1.
  std::uint64_t locator = 0;
  std::vector<std::string> cells;
};
/// Of a table without a head. Stops before a row with a quote that is never closed.
std::vector<TopRow> top_rows(const Table& raw);

/// One of the columns of tasks or scores.
struct RepeatedColumn {
  int place = 0;      ///< In the row, from 0.
  std::string name;   ///< «9.1», «1К1»; of a score column the score; of a context column the id of its field.
  int maximum = 0;    ///< Of the task; 0 = not stated.
  std::string level;  ///< «Б», «П», «В», or empty.
};

struct LayoutMatch {
  const Layout* layout = nullptr;
  std::vector<std::string> heads;  ///< Of all columns of the file.
  std::vector<int> places;         ///< Beside the layout's columns, from 0; −1 = not there.
  std::vector<RepeatedColumn> repeated;
  int head_rows = 1;
  std::int64_t head_row = 0;       ///< From 1; the lower one of two.
  std::uint64_t head_locator = 0;  ///< Of the same row.
  Facts facts;                     ///< Of the lines above and of the sheet's name.
};

/// What a project knows, and what narrows the search.
struct LayoutSearch {
  const Vocabulary& vocabulary;
  const std::vector<ContextField>& context;
  std::optional<SourceKind> kind;
  const Layout* wanted = nullptr;
};

/// Nothing when no layout fits.
std::optional<LayoutMatch> match_layout(const std::vector<TopRow>& rows, std::string_view sheet,
                                        const LayoutSearch& search);
/// The places of a layout's columns among these heads; empty when a required one is missing.
std::vector<int> places_of_columns(const Layout& layout, const std::vector<std::string>& heads);
/// Heads of two rows, the upper ones merged over the columns after them.
std::vector<std::string> heads_of_two(std::vector<std::string> upper, const std::vector<std::string>& lower);
/// True when the cell is a spelling of the column's head.
bool is_head_of(const LayoutColumn& column, std::string_view cell);

/// «9.1 (1б)», «балл за 3», «a-3-grade»: name and maximum (0 = not stated) of a task; nothing when it is no task.
struct TaskHead {
  std::string name;
  int maximum = 0;
};
std::optional<TaskHead> parse_task_head(std::string_view head);

}  // namespace kaskad::intake
