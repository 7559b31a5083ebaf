#include "engine/cube/cube.hpp"

#include <algorithm>

namespace kaskad {

Distribution Cube::Cell::distribution(Outcome outcome) const {
  const Slot& slot = cube->slots_[index][static_cast<std::size_t>(outcome)];
  return {slot.lo, std::span(cube->counts_).subspan(slot.offset, slot.length)};
}

const Aggregate* Cube::Cell::aggregate(Outcome outcome) const {
  const auto found = cube->aggregates_.find({index, static_cast<int>(outcome)});
  return found == cube->aggregates_.end() ? nullptr : &found->second;
}

Tally Cube::Cell::tally(Outcome outcome) const {
  Tally tally;
  tally.add(distribution(outcome));
  if (const Aggregate* summary = aggregate(outcome)) tally.add(*summary);
  return tally;
}

bool Cube::Cell::has(Outcome outcome) const {
  return cube->slots_[index][static_cast<std::size_t>(outcome)].length > 0 || aggregate(outcome) != nullptr;
}

Cube::Cell Cube::cell(std::size_t index) const { return {CellKey::unpack(keys_[index]), this, index}; }

std::pair<std::size_t, std::size_t> Cube::range_of_school(SchoolId school) const {
  const std::uint64_t first = CellKey{school, 0, 0, 0, 0}.packed();
  const std::uint64_t width = CellKey{1, 0, 0, 0, 0}.packed();
  const auto from = std::lower_bound(keys_.begin(), keys_.end(), first);
  const auto to = std::lower_bound(from, keys_.end(), first + width);
  return {from - keys_.begin(), to - keys_.begin()};
}

std::size_t Cube::find(const CellKey& key) const {
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), key.packed());
  return found != keys_.end() && *found == key.packed() ? static_cast<std::size_t>(found - keys_.begin()) : size();
}

Tally Cube::sum(Outcome outcome, const std::function<bool(const CellKey&)>& wanted) const {
  Tally total;
  for (std::size_t i = 0; i < size(); ++i) {
    const Cell c = cell(i);
    if (!wanted(c.key)) continue;
    total.add(c.distribution(outcome));
    if (aggregates_.empty()) continue;
    if (const Aggregate* summary = c.aggregate(outcome)) total.add(*summary);
  }
  return total;
}

}  // namespace kaskad
