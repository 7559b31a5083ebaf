// The cube: for each (school, year, procedure, subject, grade) the counts of each outcome. Immutable once built; cubes add up.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

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
    Distribution distribution(Outcome outcome) const;    ///< Empty counts when there are none.
    const Aggregate* aggregate(Outcome outcome) const;   ///< Null when the source gave pupils.
    Tally tally(Outcome outcome) const;
    bool has(Outcome outcome) const;
  };

  std::size_t size() const { return keys_.size(); }
  Cell cell(std::size_t index) const;
  /// Cells of one school, in the order of their keys.
  std::pair<std::size_t, std::size_t> range_of_school(SchoolId school) const;
  /// The cell of a key, or size() if there is none.
  std::size_t find(const CellKey& key) const;
  /// Sum of one outcome over the cells that `wanted` accepts.
  Tally sum(Outcome outcome, const std::function<bool(const CellKey&)>& wanted) const;

  friend class CubeBuilder;

 private:
  struct Slot {
    std::uint32_t offset = 0;  ///< Into counts_.
    std::int16_t lo = 0;
    std::uint16_t length = 0;
  };
  std::vector<std::uint64_t> keys_;  ///< Sorted.
  std::vector<std::array<Slot, kOutcomes>> slots_;
  std::vector<std::uint32_t> counts_;
  std::map<std::pair<std::size_t, int>, Aggregate> aggregates_;  ///< (cell, outcome); few.
};

/// Counts rows into cells. One builder a thread; builders are added together in any order with the same result.
class CubeBuilder {
 public:
  using CellIndex = std::uint32_t;
  /// The cell of a key, made if new. Remembers the last key, so that sorted input costs one comparison a row.
  CellIndex cell(const CellKey& key);
  void count(CellIndex cell, Outcome outcome, int value, std::int64_t times = 1);  ///< times may be −1: takes a row back.
  void add(CellIndex cell, Outcome outcome, const Aggregate& aggregate);
  void add(const CubeBuilder& other);
  Cube build() &&;
};

}  // namespace kaskad
