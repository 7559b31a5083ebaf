// Rows of fields, whatever the format: what the readers of the eight kinds see of a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"

namespace kaskad::intake {

/// What offices write where a number is expected; layouts absorb it, and the ledger says how often.
enum class Dirt : std::uint8_t { cross, not_passed, spaced_number, no_word, null_word, dash, absent_word };
inline constexpr std::array<std::string_view, 7> kDirtNames = {"cross",     "not-passed", "spaced-number", "no-word",
                                                               "null-word", "dash",       "absent-word"};
using DirtCounts = std::array<std::uint32_t, kDirtNames.size()>;

/// One record. Views hold until the reader's next record.
struct Row {
  std::int64_t number = 0;    ///< Within its chunk, from 1; blank lines count, as in a spreadsheet program.
  std::uint64_t locator = 0;  ///< For Table::read_at.
  const std::string_view* fields = nullptr;
  std::size_t size = 0;
  int unclosed_column = 0;               ///< Column whose quote is never closed; 0 when the record is sound.
  std::string_view left_out;             ///< Why the record is no data, as in SourceLedger::left_out; empty for data.
  const DirtCounts* absorbed = nullptr;  ///< Null when there was none.

  std::string_view operator[](std::size_t column) const { return column < size ? fields[column] : std::string_view(); }
};

class RowReader {
 public:
  virtual ~RowReader() = default;
  /// The next record that is not blank.
  virtual bool next(Row& row) = 0;
  /// Records passed so far, blank ones too: the row numbers that this chunk takes up, once `next` has said no.
  virtual std::int64_t passed() const = 0;
};

/// A sheet or a delimited file below its head. Cut into chunks that do not depend on the number of threads.
class Table {
 public:
  virtual ~Table() = default;
  virtual const std::vector<std::string>& heads() const = 0;
  virtual const std::string& sheet() const = 0;
  virtual std::int64_t rows_before() const = 0;  ///< Rows above the first chunk, the head included.
  virtual std::size_t chunks() const = 0;
  virtual std::unique_ptr<RowReader> read(std::size_t chunk) const = 0;
  /// A reader that stands before the record of this locator.
  virtual std::unique_ptr<RowReader> read_at(std::uint64_t locator) const = 0;
  /// The chunk will not be needed soon; its memory may go.
  virtual void release(std::size_t chunk) const = 0;
  /// True when every record must have as many fields as the head.
  virtual bool fixed_width() const = 0;
  /// Columns of the table that stand before those of the file: what a layout knows besides.
  virtual int columns_before_file() const { return 0; }
};

/// The table below a row of heads of an open file; row 0 = all rows, no heads. Null when there are no heads there, and
/// `out` then says so.
using TableMaker = std::function<std::unique_ptr<Table>(int header_row, Diagnostics& out)>;
/// Puts something between a table of a file and its reader.
using TableWrap = std::function<std::unique_ptr<Table>(std::unique_ptr<Table>)>;

}  // namespace kaskad::intake
