// The cube: for each (school, year, procedure, subject, grade) the counts of each outcome. Immutable once built; cubes
// add up.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/cube/detail.hpp"
#include "engine/cube/outcome.hpp"
#include "engine/cube/tally.hpp"

namespace kaskad {

class Cube {
 public:
  /// One cell, as a view into the cube.
  struct Cell {
    CellKey key;
    const Cube* cube = nullptr;
    std::size_t index = 0;
    Distribution distribution(Outcome outcome) const;   ///< Empty counts when there are none.
    const Aggregate* aggregate(Outcome outcome) const;  ///< Null when the source gave pupils.
    Tally tally(Outcome outcome) const;
    bool has(Outcome outcome) const;
    JointMarks joint_marks() const;
    /// Pupils by primary score and journal mark.
    std::vector<ScoreBesideJournal> scores_beside_journal() const;
    /// From the joint marks and from sources that give the three counts alone.
    Agreement agreement() const;
    /// By task, rising; empty when no source gave tasks.
    std::vector<TaskScores> tasks() const;
  };

  std::size_t size() const { return keys_.size(); }
  Cell cell(std::size_t index) const;
  /// Cells of one school, in the order of their keys.
  std::pair<std::size_t, std::size_t> range_of_school(SchoolId school) const;
  /// The cell of a key, or size() if there is none.
  std::size_t find(const CellKey& key) const;
  /// Sum of one outcome over the cells that `wanted` accepts.
  Tally sum(Outcome outcome, const std::function<bool(const CellKey&)>& wanted) const;

  friend bool operator==(const Cube&, const Cube&) = default;
  friend class CubeBuilder;

 private:
  struct Slot {
    std::uint32_t offset = 0;  ///< Into counts_.
    std::int16_t lo = 0;
    std::uint16_t length = 0;
    friend bool operator==(const Slot&, const Slot&) = default;
  };
  std::vector<std::uint64_t> keys_;  ///< Sorted.
  struct TaskSlot {
    TaskId task = 0;
    std::uint32_t not_taken = 0;
    std::uint32_t offset = 0;  ///< Into counts_.
    std::uint16_t length = 0;  ///< Scores from 0.
    friend bool operator==(const TaskSlot&, const TaskSlot&) = default;
  };
  std::vector<std::array<Slot, kOutcomes + 1>> slots_;  ///< The last one: mark × 16 + journal mark.
  std::map<std::size_t, std::vector<TaskSlot>> tasks_;  ///< By cell.
  /// Pairs of a cell stand at pairs_[pair_ends_[cell − 1]] … pairs_[pair_ends_[cell] − 1].
  struct Pair {
    std::int16_t value = 0;  ///< CubeBuilder::kPairBase·primary + journal − CubeBuilder::kLowestJournal.
    std::uint32_t n = 0;
    friend bool operator==(const Pair&, const Pair&) = default;
  };
  std::vector<Pair> pairs_;
  std::vector<std::uint32_t> pair_ends_;         ///< By cell.
  std::map<std::size_t, Agreement> agreements_;  ///< By cell; of sources that give no pupils.
  std::vector<std::uint32_t> counts_;
  std::map<std::pair<std::size_t, int>, Aggregate> aggregates_;  ///< (cell, outcome); few.
};

/// Counts rows into cells. One builder a thread; builders are added together in any order with the same result.
/// Values lie in −16 384..16 383; the net count of a value in a cell in 0..2^31 − 1 by the time of build().
class CubeBuilder {
 public:
  using CellIndex = std::uint32_t;
  static constexpr int kJointBase = 16;
  static constexpr auto kJoint = static_cast<Outcome>(kOutcomes);
  static constexpr int kPairBase = 4;  ///< Marks 2 to 5 of the journal beside a primary score.
  static constexpr int kLowestJournal = 2;
  static constexpr int kHighestPaired = 4095;
  static constexpr auto kPaired = static_cast<Outcome>(kOutcomes + 1);
  /// The cell of a key, made if new. Remembers the last key, so that sorted input costs one comparison a row.
  CellIndex cell(const CellKey& key) {
    const std::uint64_t packed = key.packed();
    return packed == last_key_ ? last_cell_ : another_cell(packed);
  }
  void count(CellIndex cell, Outcome outcome, int value,
             std::int64_t times = 1) {  ///< times may be −1: takes a row back.
    const Window& window = windows_[cell][static_cast<std::size_t>(outcome)];
    const auto place = static_cast<unsigned>(value - window.lo);
    if (place >= window.capacity() || !add(window, place, times)) count_with_room(cell, outcome, value, times);
  }
  void add(CellIndex cell, Outcome outcome, const Aggregate& aggregate);
  /// The two marks of one pupil; they must be counted as outcomes besides.
  void count_joint(CellIndex cell, int mark, int journal, std::int64_t times = 1) {
    const bool small = mark >= 0 && mark < kJointBase && journal >= 0 && journal < kJointBase;
    if (small) count(cell, kJoint, mark * kJointBase + journal, times);
  }
  /// Primary score and journal mark of one pupil; they must be counted as outcomes besides.
  void count_beside_journal(CellIndex cell, int primary, int journal, std::int64_t times = 1) {
    const auto place = static_cast<unsigned>(journal - kLowestJournal);
    const bool small = primary >= 0 && primary <= kHighestPaired && place < kPairBase;
    if (small) count(cell, kPaired, primary * kPairBase + static_cast<int>(place), times);
  }
  void add(CellIndex cell, const Agreement& agreement) { agreements_[keys_[cell]].add(agreement); }
  /// See TaskCounter::count.
  void count_task(CellIndex cell, TaskId task, int score, std::int64_t times = 1) {
    tasks_.count(keys_[cell], task, score, times);
  }
  /// Cells made so far; their indexes are 0..size() − 1 in the order of making.
  std::size_t size() const { return keys_.size(); }
  /// True when pupils have been counted one by one in the cell's outcome.
  bool has_counts(CellIndex cell, Outcome outcome) const {
    return windows_[cell][static_cast<std::size_t>(outcome)].quads > 0;
  }
  bool has_joint(CellIndex cell) const { return has_counts(cell, kJoint); }
  void add(CubeBuilder&& other);  ///< Takes over the counts of cells that are new here.
  /// Cells whose rows were all taken back are not in the cube.
  Cube build() &&;

 private:
  /// Where the counts of one cell's outcome stand while they may still grow. Most counts of a school are small: they
  /// have one byte each, and four once one of them asks for more.
  struct Window {
    std::uint32_t offset = 0;  ///< In units of four bytes.
    std::int16_t lo = 0;
    std::uint16_t quads : 15 = 0;  ///< Four values each; see round_capacity in builder.cpp; 0 = nothing counted yet.
    std::uint16_t wide : 1 = 0;    ///< Four bytes a count.
    unsigned capacity() const { return 4U * quads; }  ///< Values.
    unsigned units() const { return wide != 0 ? capacity() : quads; }
  };
  struct Summary {
    std::uint64_t key = 0;
    Outcome outcome = Outcome::primary;
    Aggregate aggregate;
  };
  static constexpr std::size_t kStored = kOutcomes + 1;  ///< Windows that become slots of the cube.
  static constexpr std::size_t kSlots = kStored + 1;     ///< The last one: pairs.
  static constexpr unsigned kBlockBits = 16;             ///< Blocks of 65 536 units, so that growing copies nothing.

  std::int32_t* unit(std::uint32_t offset) const {
    return blocks_[offset >> kBlockBits].get() + (offset & ((1U << kBlockBits) - 1));
  }
  unsigned char* bytes(const Window& window) const { return reinterpret_cast<unsigned char*>(unit(window.offset)); }
  /// False, and nothing added, when the sum does not fit into the byte of a narrow window.
  bool add(const Window& window, unsigned place, std::int64_t times) {
    if (window.wide != 0) {
      unit(window.offset)[place] += static_cast<std::int32_t>(times);
      return true;
    }
    unsigned char& byte = bytes(window)[place];
    const std::int64_t sum = static_cast<std::int8_t>(byte) + times;
    if (sum < std::numeric_limits<std::int8_t>::min() || sum > std::numeric_limits<std::int8_t>::max()) return false;
    byte = static_cast<unsigned char>(sum);
    return true;
  }
  std::int32_t count_at(const Window& window, unsigned place) const {
    return window.wide != 0 ? unit(window.offset)[place] : static_cast<std::int8_t>(bytes(window)[place]);
  }
  void count_with_room(CellIndex cell, Outcome outcome, int value, std::int64_t times);
  void widen(Window& window, Outcome outcome, int value);
  void make_wide(Window& window);
  void move_counts(const Window& from, const Window& to);
  void release(const Window& window);
  std::uint32_t allocate(unsigned units);
  void merge(const Window& from, CellIndex to, Outcome outcome);
  CellIndex another_cell(std::uint64_t key);
  CellIndex look_up(std::uint64_t key);
  void grow_table();
  std::pair<unsigned, unsigned> trimmed(const Window& window) const;
  std::size_t trimmed_total() const;
  Cube::Slot store(const Window& window, std::vector<std::uint32_t>& counts) const;
  void store_pairs(const Window& window, std::vector<Cube::Pair>& pairs) const;
  std::vector<Cube::TaskSlot> store_tasks(std::uint64_t key, std::vector<std::uint32_t>& counts) const;

  std::uint64_t last_key_ = ~std::uint64_t{0};
  CellIndex last_cell_ = 0;
  std::vector<std::uint64_t> keys_;  ///< In the order of making.
  std::vector<std::array<Window, kSlots>> windows_;
  std::vector<CellIndex> table_;  ///< Open addressing; cell + 1, 0 = free.
  std::vector<std::unique_ptr<std::int32_t[]>> blocks_;
  std::uint32_t used_ = 0;                                   ///< Units given out of blocks_.
  std::map<unsigned, std::vector<std::uint32_t>> released_;  ///< Offsets of zeros to use again, by units.
  std::vector<Summary> summaries_;
  std::map<std::uint64_t, Agreement> agreements_;  ///< By key.
  TaskCounter tasks_;
};

}  // namespace kaskad
