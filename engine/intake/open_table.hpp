// Opens a source's file: the format is told by the first bytes and the layout by the heads, not by the name.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/intake/file_bytes.hpp"
#include "engine/intake/layout_match.hpp"
#include "engine/intake/pupil_keys.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"
#include "engine/intake/workbook_shelf.hpp"

namespace kaskad::intake {

struct OpenedTable {
  std::unique_ptr<Table> table;  ///< Null when nothing can be read; a diagnostic says why.
  SourceSpec spec;               ///< With what the layout says of the columns, and the kind that was found.
  std::shared_ptr<const LayoutMatch> layout;  ///< Null for a tidy table.
  TableMaker make;  ///< Opens the file’s rows once more, as they stand there. The spec that it was opened with and the
                    ///< bytes must outlive it.
  std::string hash;
  std::size_t size = 0;                     ///< Bytes.
  std::optional<std::int64_t> passed_over;  ///< Rows of a sheet that holds no such table; nothing when it was not one.
};

/// `bytes` are those of the source's file or of its entry in an archive. `wrap` is put between the file and its layout;
/// it may be empty. `shelf` keeps the
/// workbook for its other sheets; `names` hashes pupils' names where nothing else tells them apart.
OpenedTable open_table(const SourceSpec& spec, const FileBytes& bytes, const Dataset& dataset, unsigned threads,
                       Diagnostics& out, const TableWrap& wrap = {}, WorkbookShelf* shelf = nullptr,
                       const PupilHash* names = nullptr);

/// As above for a tidy table in a file of its own, whose heads stand in `spec.header_row`.
OpenedTable open_table(const SourceSpec& spec, unsigned threads, Diagnostics& out);

/// Looks for the kind of a tidy table among these rows: each kind has heads that no other has.
struct TidyHead {
  SourceKind kind = SourceKind::results;
  std::size_t row = 0;  ///< Index into the rows.
};
std::optional<TidyHead> find_kind(const std::vector<TopRow>& rows, const SourceSpec& spec,
                                  const std::vector<ContextField>& context);
/// The row that has all heads that the source needs; nothing when there is none.
std::optional<std::size_t> find_head_row(const std::vector<TopRow>& rows, const SourceSpec& spec);

}  // namespace kaskad::intake
