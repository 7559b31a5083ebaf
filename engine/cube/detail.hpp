// What some sources know of a cell besides its outcomes: marks against the journal, and scores by task.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "engine/cube/tally.hpp"

namespace kaskad {

/// Index into Dataset::tasks.
using TaskId = std::uint16_t;

/// Pupils whose mark is lower than, equal to or higher than their mark in the journal.
struct Agreement {
  std::int64_t lowered = 0;
  std::int64_t confirmed = 0;
  std::int64_t raised = 0;

  std::int64_t n() const { return lowered + confirmed + raised; }
  void add(const Agreement& other);
  friend bool operator==(const Agreement&, const Agreement&) = default;
};

/// Pupils of a cell by mark and journal mark, of those who have both and for whom both lie in 0..15.
using JointMarks = std::map<std::pair<int, int>, std::int64_t>;

/// Pupils with this primary score and this mark in the journal (2..5).
struct ScoreBesideJournal {
  int primary = 0;
  int journal = 0;
  std::int64_t n = 0;
  friend bool operator==(const ScoreBesideJournal&, const ScoreBesideJournal&) = default;
};

/// Scores of one task in a cell. Pupils who did not take it are counted apart: they have no score.
struct TaskScores {
  TaskId task = 0;
  std::int64_t not_taken = 0;
  Distribution scores;

  std::int64_t taken() const;
  std::int64_t sum() const;  ///< Of the scores.
};

/// Scores by task while they are counted. Apart from the outcomes, because few sources have tasks.
class TaskCounter {
 public:
  static constexpr int kNotTaken = -1;
  static constexpr int kHighest = 255;

  TaskCounter() = default;
  TaskCounter(const TaskCounter&) = delete;  // last_ points into cells_.
  TaskCounter& operator=(const TaskCounter&) = delete;
  TaskCounter(TaskCounter&&) = default;
  TaskCounter& operator=(TaskCounter&&) = default;

  /// `score` is kNotTaken or lies in 0..kHighest; `times` may be −1: takes a score back.
  void count(std::uint64_t cell, TaskId task, int score, std::int64_t times);
  void add(const TaskCounter& other);
  /// Counts of a cell by task, rising: first those who did not take it, then by score from 0. Empty if there are none.
  const std::map<TaskId, std::vector<std::int64_t>>* find(std::uint64_t cell) const;

 private:
  using Tasks = std::map<TaskId, std::vector<std::int64_t>>;
  std::map<std::uint64_t, Tasks> cells_;
  std::uint64_t last_cell_ = 0;
  Tasks* last_ = nullptr;  ///< Files are sorted, so the next pupil mostly belongs to the same cell.
};

}  // namespace kaskad
