#include "engine/intake/sheet_cells.hpp"

#include <algorithm>
#include <cstring>

namespace kaskad::intake {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18;

/// A cell: two bytes of column, one of length, the text. Longer texts and shared ones have a number of four bytes
/// instead of the length.
constexpr std::size_t kHead = 3;
constexpr unsigned char kLong = 254;
constexpr unsigned char kShared = 255;

void put(char*& at, const void* value, std::size_t size) {
  std::memcpy(at, value, size);
  at += size;
}

template <class Number>
Number take(const char*& at) {
  Number number;
  std::memcpy(&number, at, sizeof number);
  at += sizeof number;
  return number;
}

bool is_in_sheet(CellPlace place) {
  return place.row >= 0 && place.row < kSheetRows && place.column >= 0 && place.column < kSheetColumns;
}

void put_head(char*& at, std::int32_t column, unsigned char length) {
  const auto narrow = static_cast<std::uint16_t>(column);
  put(at, &narrow, sizeof narrow);
  put(at, &length, sizeof length);
}

}  // namespace

std::string_view TextArena::add(std::string_view text) {
  bytes_ += text.size() + sizeof(std::string_view);
  if (bytes_ > kMostCellBytes) throw TooLarge();
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < text.size()) {
    blocks_.emplace_back().reserve(std::max(kBlock, text.size()));
  }
  std::string& block = blocks_.back();
  block += text;
  return views_.emplace_back(block.data() + block.size() - text.size(), text.size());
}

char* SheetCells::room_for(CellPlace place, std::size_t bytes) {
  const bool new_row = rows_.empty() || rows_.back().row != place.row;
  bytes_ += bytes + (new_row ? sizeof(RowStart) : 0);
  if (bytes_ > kMostCellBytes || ++cells_ > kMostCells) throw TooLarge();
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < bytes) {
    blocks_.emplace_back().reserve(std::max(kBlock, bytes));
  }
  std::vector<char>& block = blocks_.back();
  if (new_row) {
    rows_.push_back(
        {place.row, static_cast<std::uint32_t>(blocks_.size() - 1), static_cast<std::uint32_t>(block.size()), 0});
  }
  ++rows_.back().cells;
  block.resize(block.size() + bytes);
  return block.data() + block.size() - bytes;
}

void SheetCells::add(CellPlace place, std::string_view text) {
  if (text.empty() || !is_in_sheet(place)) return;
  const bool is_long = text.size() >= kLong;
  char* at = room_for(place, kHead + (is_long ? sizeof(std::uint32_t) : 0) + text.size());
  put_head(at, place.column, is_long ? kLong : static_cast<unsigned char>(text.size()));
  const auto size = static_cast<std::uint32_t>(text.size());
  if (is_long) put(at, &size, sizeof size);
  put(at, text.data(), text.size());
}

void SheetCells::add_shared(CellPlace place, std::size_t index) {
  if (shared_ == nullptr || index >= shared_->size()) throw std::runtime_error("a shared string that is not there");
  if ((*shared_)[index].empty() || !is_in_sheet(place)) return;
  char* at = room_for(place, kHead + sizeof(std::uint32_t));
  put_head(at, place.column, kShared);
  const auto narrow = static_cast<std::uint32_t>(index);
  put(at, &narrow, sizeof narrow);
}

void SheetCells::repeat_last_row(std::int32_t times) {
  if (rows_.empty()) return;
  RowStart row = rows_.back();
  cells_ += std::uint64_t{row.cells} * static_cast<std::uint64_t>(std::max(0, times));
  if (cells_ > kMostCells) throw TooLarge();
  for (std::int32_t i = 0; i < times && row.row + 1 < kSheetRows; ++i) {
    ++row.row;
    bytes_ += sizeof(RowStart);
    if (bytes_ > kMostCellBytes) throw TooLarge();
    rows_.push_back(row);
  }
}

void SheetCells::note_uncomputed(CellPlace place) {
  if (uncomputed_++ == 0) first_uncomputed_ = place;
}

void SheetCells::finish() {
  std::stable_sort(rows_.begin(), rows_.end(), [](const RowStart& a, const RowStart& b) { return a.row < b.row; });
}

std::size_t SheetCells::row_at_or_after(std::int64_t row) const {
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), row,
                                      [](const RowStart& start, std::int64_t wanted) { return start.row < wanted; });
  return static_cast<std::size_t>(found - rows_.begin());
}

void SheetCells::collect(std::size_t index, std::vector<std::string_view>& fields) const {
  const RowStart& start = rows_[index];
  std::size_t block = start.block;
  const char* at = blocks_[block].data() + start.offset;
  for (std::uint32_t i = 0; i < start.cells; ++i) {
    // A cell never lies in two blocks, a row may.
    if (at == blocks_[block].data() + blocks_[block].size()) at = blocks_[++block].data();
    const auto column = std::size_t{take<std::uint16_t>(at)};
    const auto length = take<unsigned char>(at);
    std::string_view text;
    if (length == kShared) {
      text = (*shared_)[take<std::uint32_t>(at)];
    } else {
      const std::size_t size = length == kLong ? take<std::uint32_t>(at) : length;
      text = {at, size};
      at += size;
    }
    if (column >= fields.size()) fields.resize(column + 1);
    fields[column] = text;
  }
}

}  // namespace kaskad::intake
