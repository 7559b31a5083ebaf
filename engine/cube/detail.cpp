#include "engine/cube/detail.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace kaskad {

void Agreement::add(const Agreement& other) {
  lowered += other.lowered;
  confirmed += other.confirmed;
  raised += other.raised;
}

std::int64_t TaskScores::taken() const {
  return std::accumulate(scores.counts.begin(), scores.counts.end(), std::int64_t{0});
}

std::int64_t TaskScores::sum() const {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < scores.counts.size(); ++i) {
    total += static_cast<std::int64_t>(scores.counts[i]) * (scores.lo + static_cast<std::int64_t>(i));
  }
  return total;
}

void TaskCounter::count(std::uint64_t cell, TaskId task, int score, std::int64_t times) {
  assert(score >= kNotTaken && score <= kHighest);
  if (last_ == nullptr || cell != last_cell_) {
    last_ = &cells_[cell];
    last_cell_ = cell;
  }
  std::vector<std::int64_t>& counts = (*last_)[task];
  const auto place = static_cast<std::size_t>(score + 1);
  if (place >= counts.size()) counts.resize(place + 1, 0);
  counts[place] += times;
}

void TaskCounter::add(const TaskCounter& other) {
  for (const auto& [cell, tasks] : other.cells_) {
    for (const auto& [task, counts] : tasks) {
      for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] != 0) count(cell, task, static_cast<int>(i) - 1, counts[i]);
      }
    }
  }
}

const std::map<TaskId, std::vector<std::int64_t>>* TaskCounter::find(std::uint64_t cell) const {
  const auto found = cells_.find(cell);
  return found == cells_.end() ? nullptr : &found->second;
}

}  // namespace kaskad
