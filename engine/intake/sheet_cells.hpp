// The cells of one sheet as text, packed: a number of two digits costs five bytes, a text that many cells share is kept
// once. A sheet of a million rows and ten columns takes less than 100 MB.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad::intake {

/// The size of a sheet of all three formats, at most.
inline constexpr std::int32_t kSheetRows = 1048576;
inline constexpr std::int32_t kSheetColumns = 16384;

/// A sheet that needs more memory than this, or has more cells, is refused.
inline constexpr std::size_t kMostCellBytes = std::size_t{512} << 20;
inline constexpr std::uint64_t kMostCells = 200'000'000;

struct TooLarge : std::runtime_error {
  TooLarge() : std::runtime_error("more cells than are read") {}
};

/// Texts in blocks that never move.
class TextArena {
 public:
  std::string_view add(std::string_view text);
  std::size_t size() const { return views_.size(); }
  std::string_view operator[](std::size_t i) const { return views_[i]; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::vector<std::string> blocks_;
  std::vector<std::string_view> views_;
  std::size_t bytes_ = 0;
};

struct CellPlace {
  std::int32_t row = 0;     ///< From 0.
  std::int32_t column = 0;  ///< From 0.
};

class SheetCells {
 public:
  /// `shared` holds the texts that add_shared names; it may be null.
  explicit SheetCells(std::shared_ptr<const TextArena> shared = nullptr) : shared_(std::move(shared)) {}

  /// Blank texts and places outside a sheet are passed over. Throws TooLarge.
  void add(CellPlace place, std::string_view text);
  /// Throws std::runtime_error when there is no such text.
  void add_shared(CellPlace place, std::size_t index);
  /// The row just filled stands `times` more under itself.
  void repeat_last_row(std::int32_t times);
  /// A formula without a stored result.
  void note_uncomputed(CellPlace place);
  /// To be called once, when all cells are there: rows may have come in any order.
  void finish();

  bool empty() const { return rows_.empty(); }
  std::int32_t last_row() const { return rows_.empty() ? -1 : rows_.back().row; }
  std::int64_t uncomputed() const { return uncomputed_; }
  CellPlace first_uncomputed() const { return first_uncomputed_; }
  std::size_t bytes() const { return bytes_; }

  /// Index of the first filled row at or after `row`; `row_count()` when there is none.
  std::size_t row_at_or_after(std::int64_t row) const;
  std::size_t row_count() const { return rows_.size(); }
  std::int32_t row_number(std::size_t index) const { return rows_[index].row; }
  /// Puts the cells of a row at their columns; views hold as long as this object.
  void collect(std::size_t index, std::vector<std::string_view>& fields) const;

 private:
  struct RowStart {
    std::int32_t row = 0;
    std::uint32_t block = 0;
    std::uint32_t offset = 0;
    std::uint32_t cells = 0;
  };
  char* room_for(CellPlace place, std::size_t bytes);

  std::shared_ptr<const TextArena> shared_;
  std::vector<RowStart> rows_;
  std::vector<std::vector<char>> blocks_;
  std::size_t bytes_ = 0;
  std::uint64_t cells_ = 0;
  std::int64_t uncomputed_ = 0;
  CellPlace first_uncomputed_;
};

}  // namespace kaskad::intake
