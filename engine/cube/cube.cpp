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

JointMarks Cube::Cell::joint_marks() const {
  constexpr int base = CubeBuilder::kJointBase;
  const Slot& slot = cube->slots_[index].back();
  JointMarks joint;
  for (int i = 0; i < slot.length; ++i) {
    const std::uint32_t n = cube->counts_[slot.offset + static_cast<std::size_t>(i)];
    const int value = slot.lo + i;
    if (n > 0) joint[{value / base, value % base}] = n;
  }
  return joint;
}

std::vector<ScoreBesideJournal> Cube::Cell::scores_beside_journal() const {
  std::vector<ScoreBesideJournal> out;
  const std::uint32_t first = index == 0 ? 0 : cube->pair_ends_[index - 1];
  for (std::uint32_t i = first; i < cube->pair_ends_[index]; ++i) {
    const Pair& pair = cube->pairs_[i];
    out.push_back({pair.value / CubeBuilder::kPairBase,
                   pair.value % CubeBuilder::kPairBase + CubeBuilder::kLowestJournal, pair.n});
  }
  return out;
}

Agreement Cube::Cell::agreement() const {
  const auto stated = cube->agreements_.find(index);
  Agreement sum = stated == cube->agreements_.end() ? Agreement{} : stated->second;
  for (const auto& [marks, n] : joint_marks()) {
    const auto [mark, journal] = marks;
    (mark < journal ? sum.lowered : mark == journal ? sum.confirmed : sum.raised) += n;
  }
  return sum;
}

std::vector<TaskScores> Cube::Cell::tasks() const {
  std::vector<TaskScores> tasks;
  const auto found = cube->tasks_.find(index);
  if (found == cube->tasks_.end()) return tasks;
  for (const TaskSlot& slot : found->second) {
    tasks.push_back({slot.task, slot.not_taken, {0, std::span(cube->counts_).subspan(slot.offset, slot.length)}});
  }
  return tasks;
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
