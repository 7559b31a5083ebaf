#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <iterator>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/cube/cube.hpp"

namespace kaskad {
namespace {

/// Fibonacci hashing after one fold: neighbouring keys differ in few low bits.
std::size_t slot_of(std::uint64_t key, std::size_t mask) {
  return static_cast<std::size_t>((key ^ key >> 29) * 0x9E3779B97F4A7C15ULL >> 24) & mask;
}

/// Four sizes an octave: at most a quarter of a window is spare, and released windows fit many others.
unsigned round_capacity(unsigned needed) {
  const unsigned step = std::max(4U, std::bit_floor(needed) / 4);
  return (needed + step - 1) / step * step;
}

}  // namespace

CubeBuilder::CellIndex CubeBuilder::another_cell(std::uint64_t key) {
  last_cell_ = look_up(key);
  last_key_ = key;
  return last_cell_;
}

CubeBuilder::CellIndex CubeBuilder::look_up(std::uint64_t key) {
  if (table_.size() < 2 * (keys_.size() + 1)) grow_table();
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = slot_of(key, mask);
  for (; table_[slot] != 0; slot = (slot + 1) & mask) {
    if (keys_[table_[slot] - 1] == key) return table_[slot] - 1;
  }
  keys_.push_back(key);
  windows_.emplace_back();
  table_[slot] = static_cast<CellIndex>(keys_.size());
  return table_[slot] - 1;
}

void CubeBuilder::grow_table() {
  table_.assign(std::max<std::size_t>(1024, 2 * table_.size()), 0);
  const std::size_t mask = table_.size() - 1;
  for (CellIndex i = 0; i < keys_.size(); ++i) {
    std::size_t slot = slot_of(keys_[i], mask);
    while (table_[slot] != 0) slot = (slot + 1) & mask;
    table_[slot] = i + 1;
  }
}

std::uint32_t CubeBuilder::allocate(unsigned units) {
  auto& spare = released_[units];
  if (!spare.empty()) {
    const std::uint32_t offset = spare.back();
    spare.pop_back();
    return offset;
  }
  constexpr std::uint32_t block = 1U << kBlockBits;
  const std::uint32_t left = used_ % block == 0 ? 0 : block - used_ % block;
  if (left < units) {
    used_ += left;
    blocks_.push_back(std::make_unique<std::int32_t[]>(block));
  }
  const std::uint32_t offset = used_;
  used_ += units;
  return offset;
}

/// A window's units are zeros by now.
void CubeBuilder::release(const Window& window) {
  if (window.quads > 0) released_[window.units()].push_back(window.offset);
}

/// Leaves zeros behind. `to` holds all values of `from`, and is wide if that is.
void CubeBuilder::move_counts(const Window& from, const Window& to) {
  const auto shift = static_cast<unsigned>(from.lo - to.lo);
  for (unsigned i = 0; i < from.capacity(); ++i) {
    const std::int32_t n = count_at(from, i);
    if (n != 0) add(to, i + shift, n);
  }
  std::memset(bytes(from), 0, sizeof(std::int32_t) * from.units());
}

void CubeBuilder::count_with_room(CellIndex cell, Outcome outcome, int value, std::int64_t times) {
  Window& window = windows_[cell][static_cast<std::size_t>(outcome)];
  if (static_cast<unsigned>(value - window.lo) >= window.capacity()) widen(window, outcome, value);
  const auto place = static_cast<unsigned>(value - window.lo);
  if (add(window, place, times)) return;
  make_wide(window);
  add(window, place, times);
}

void CubeBuilder::make_wide(Window& window) {
  const Window old = window;
  window.wide = 1;
  window.offset = allocate(window.units());
  move_counts(old, window);
  release(old);
}

/// Makes the window hold `value` as well.
void CubeBuilder::widen(Window& window, Outcome outcome, int value) {
  assert(value >= -16384 && value <= 16383);
  const Window old = window;
  const bool fresh = old.quads == 0;
  // Pairs spread widely from the first pupils on: room for eight scores on each side spares most of the growing.
  const int margin = outcome == kPaired ? 8 * kPairBase : 0;
  const int low = std::max(value - margin, std::min(value, 0));
  const int first = fresh ? low : std::min<int>(old.lo, value < old.lo ? low : value);
  const int end = old.lo + static_cast<int>(old.capacity());
  const int last = fresh ? value + std::max(3, margin) : std::max<int>(end - 1, value + margin);
  const unsigned capacity = round_capacity(static_cast<unsigned>(last - first + 1));
  // What rounding leaves over goes to the side that grew, where the next new value is likely.
  const int spare = static_cast<int>(capacity) - (last - first + 1);
  const bool leftwards = !fresh && value < old.lo;
  const int floor = first >= 0 ? 0 : std::numeric_limits<std::int16_t>::min();
  window.lo = static_cast<std::int16_t>(leftwards ? std::max(first - spare, floor) : first);
  window.quads = static_cast<std::uint16_t>(capacity / 4) & 0x7FFFU;
  window.offset = allocate(window.units());
  if (!fresh) move_counts(old, window);
  release(old);
}

void CubeBuilder::add(CellIndex cell, Outcome outcome, const Aggregate& aggregate) {
  summaries_.push_back({keys_[cell], outcome, aggregate});
}

void CubeBuilder::add(CubeBuilder&& other) {
  // The other's blocks stand behind our own from now on; what is left of our last block stays unused.
  const auto shift = static_cast<std::uint32_t>(blocks_.size()) << kBlockBits;
  used_ = shift + other.used_;
  std::move(other.blocks_.begin(), other.blocks_.end(), std::back_inserter(blocks_));
  for (auto& [units, offsets] : other.released_) {
    for (const std::uint32_t offset : offsets) released_[units].push_back(offset + shift);
  }
  for (std::size_t i = 0; i < other.keys_.size(); ++i) {
    const std::size_t known = keys_.size();
    const CellIndex to = look_up(other.keys_[i]);
    for (std::size_t k = 0; k < kSlots; ++k) {
      Window from = other.windows_[i][k];
      from.offset += shift;
      to == known ? static_cast<void>(windows_[to][k] = from) : merge(from, to, static_cast<Outcome>(k));
    }
  }
  summaries_.insert(summaries_.end(), other.summaries_.begin(), other.summaries_.end());
  for (const auto& [key, agreement] : other.agreements_) agreements_[key].add(agreement);
  tasks_.add(other.tasks_);
  other = CubeBuilder{};
}

void CubeBuilder::merge(const Window& from, CellIndex to, Outcome outcome) {
  for (unsigned j = 0; j < from.capacity(); ++j) {
    const std::int32_t times = count_at(from, j);
    if (times != 0) count(to, outcome, from.lo + static_cast<int>(j), times);
  }
  if (from.quads > 0) std::memset(bytes(from), 0, sizeof(std::int32_t) * from.units());
  release(from);
}

/// The part of a window from the first value that occurs to the last.
std::pair<unsigned, unsigned> CubeBuilder::trimmed(const Window& window) const {
  unsigned first = 0;
  unsigned last = window.capacity();
  while (first < last && count_at(window, first) == 0) ++first;
  while (first < last && count_at(window, last - 1) == 0) --last;
  return {first, last};
}

Cube::Slot CubeBuilder::store(const Window& window, std::vector<std::uint32_t>& counts) const {
  const auto [first, last] = trimmed(window);
  if (first == last) return {};
  Cube::Slot slot;
  slot.offset = static_cast<std::uint32_t>(counts.size());
  slot.lo = static_cast<std::int16_t>(window.lo + static_cast<int>(first));
  slot.length = static_cast<std::uint16_t>(last - first);
  for (unsigned i = first; i < last; ++i) {
    assert(count_at(window, i) >= 0 && "more rows taken back than counted");
    counts.push_back(static_cast<std::uint32_t>(count_at(window, i)));
  }
  return slot;
}

/// Of the window only what occurs: most of its places are empty.
void CubeBuilder::store_pairs(const Window& window, std::vector<Cube::Pair>& pairs) const {
  for (unsigned i = 0; i < window.capacity(); ++i) {
    const std::int32_t n = count_at(window, i);
    assert(n >= 0 && "more rows taken back than counted");
    if (n > 0)
      pairs.push_back({static_cast<std::int16_t>(window.lo + static_cast<int>(i)), static_cast<std::uint32_t>(n)});
  }
}

std::vector<Cube::TaskSlot> CubeBuilder::store_tasks(std::uint64_t key, std::vector<std::uint32_t>& counts) const {
  std::vector<Cube::TaskSlot> slots;
  const auto* tasks = tasks_.find(key);
  if (tasks == nullptr) return slots;
  for (const auto& [task, by_score] : *tasks) {
    std::size_t last = by_score.size();
    while (last > 0 && by_score[last - 1] == 0) --last;
    if (last == 0) continue;
    Cube::TaskSlot slot{task, static_cast<std::uint32_t>(by_score[0]), static_cast<std::uint32_t>(counts.size()),
                        static_cast<std::uint16_t>(last - 1)};
    for (std::size_t i = 1; i < last; ++i) counts.push_back(static_cast<std::uint32_t>(by_score[i]));
    slots.push_back(slot);
  }
  return slots;
}

std::size_t CubeBuilder::trimmed_total() const {
  std::size_t total = 0;
  for (const auto& windows : windows_) {
    for (std::size_t k = 0; k < kStored; ++k) {
      const auto [first, last] = trimmed(windows[k]);
      total += last - first;
    }
  }
  return total;
}

Cube CubeBuilder::build() && {
  const auto rank = [](const Summary& s) {
    return std::tuple(s.key, s.outcome, s.aggregate.n, s.aggregate.sum, s.aggregate.squares, s.aggregate.has_mean,
                      s.aggregate.has_sd);
  };
  // Pooled in the order of their values, so that rounding does not depend on the order of arrival.
  std::sort(summaries_.begin(), summaries_.end(),
            [&](const Summary& a, const Summary& b) { return rank(a) < rank(b); });
  std::vector<CellIndex> order(keys_.size());
  std::iota(order.begin(), order.end(), CellIndex{0});
  std::sort(order.begin(), order.end(), [&](CellIndex a, CellIndex b) { return keys_[a] < keys_[b]; });

  Cube cube;
  cube.counts_.reserve(trimmed_total());
  auto summary = summaries_.begin();
  for (const CellIndex i : order) {
    std::array<Cube::Slot, kStored> slots;
    std::transform(windows_[i].begin(), windows_[i].begin() + kStored, slots.begin(),
                   [&](const Window& window) { return store(window, cube.counts_); });
    const bool summarised = summary != summaries_.end() && summary->key == keys_[i];
    const auto agreement = agreements_.find(keys_[i]);
    if (!summarised && agreement == agreements_.end() && slots == decltype(slots){}) continue;
    if (agreement != agreements_.end()) cube.agreements_.emplace(cube.keys_.size(), agreement->second);
    if (auto tasks = store_tasks(keys_[i], cube.counts_); !tasks.empty()) {
      cube.tasks_.emplace(cube.keys_.size(), std::move(tasks));
    }
    for (; summary != summaries_.end() && summary->key == keys_[i]; ++summary) {
      cube.aggregates_[{cube.keys_.size(), static_cast<int>(summary->outcome)}].add(summary->aggregate);
    }
    store_pairs(windows_[i].back(), cube.pairs_);
    cube.pair_ends_.push_back(static_cast<std::uint32_t>(cube.pairs_.size()));
    cube.keys_.push_back(keys_[i]);
    cube.slots_.push_back(slots);
  }
  *this = CubeBuilder{};
  return cube;
}

}  // namespace kaskad
