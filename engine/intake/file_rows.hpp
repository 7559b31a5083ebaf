// A second look at some rows of the sources, after the intake: whose they are, and what stands in them. The dataset
// knows no rows any more; whoever tells schools of their defects needs them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/corrections.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/intake/lookups.hpp"
#include "engine/intake/source.hpp"

namespace kaskad::intake {

/// A row as it stands in its file, or as it came back. Its cells may name a pupil: they go to the row's school, or to
/// the office where the row has none, and nowhere else.
struct FileRow {
  std::int64_t number = 0;  ///< As in Place::row.
  std::vector<std::string> cells;
  std::optional<SchoolId> school;           ///< Nothing: the row does not say, or the registry has no such school.
  std::optional<SchoolId> school_at_first;  ///< Before it came back.
  std::vector<std::string> original;        ///< Cells as they stand in the file, for row_print.
};

/// What stands above the rows of a table.
struct FileTop {
  std::vector<FileRow> lines;  ///< Down to the heads.
  std::vector<std::string> heads;
  std::int64_t head_row = 0;
};

class FileRows {
 public:
  /// Arguments must outlive this; `corrections` may be null.
  FileRows(const std::vector<SourceSpec>& sources, const Dataset& data, const Corrections* corrections,
           unsigned threads);
  ~FileRows();
  FileRows(const FileRows&) = delete;
  FileRows& operator=(const FileRows&) = delete;

  /// `headings` are the rows just above that name what follows (exam, school), when they speak of no other school.
  using Take = std::function<void(const FileRow& row, const std::vector<FileRow>& headings)>;
  /// Calls `take` for each of the rows (rising) of a table, in order; reads the file once and keeps nothing of it.
  /// What stands above the rows; nothing when the table cannot be opened any more.
  std::optional<FileTop> visit(const std::string& file, const std::string& sheet, const std::vector<std::int64_t>& rows,
                               const Take& take) const;
  /// A number that does not depend on the order of rows, nor on the file's format: tables of the same rows have the
  /// same.
  std::uint64_t sum_of_rows(const std::string& file, const std::string& sheet) const;

 private:
  class Identity;
  class Visit;
  struct Opened;
  void learn_crosswalk(const SourceSpec& spec);
  std::unique_ptr<Opened> open(const std::string& file, const std::string& sheet) const;

  const Dataset& data_;
  const Corrections* corrections_;
  unsigned threads_;
  std::vector<SourceSpec> specs_;  ///< One a table.
  std::unique_ptr<SchoolIndex> schools_;
  std::unique_ptr<Identity> identity_;
};

}  // namespace kaskad::intake
