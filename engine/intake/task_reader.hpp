// Scores of tasks: those columns of a pupils' file that a layout has found.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "engine/intake/results_parser.hpp"

namespace kaskad::intake {

/// Binds the columns of tasks that the source's layout has found, and names the tasks in the dataset.
void bind_tasks(const OpenSource& source, Tasks& tasks, ResultFields& fields);
/// The file's maximum, where its title states one and the scale states another: told once, because years are then not
/// comparable. What the file states becomes the scale of its work, so that dynamics show the break.
void check_maximum(OpenSource& source, Dataset& dataset, const ResultFields& fields);
/// Keeps what the file says of its tasks for each work that was met in it (packed keys without school).
void keep_task_specs(OpenSource& source, const std::set<std::uint64_t>& works, const ResultFields& fields,
                     Tasks& tasks);

/// Reads the tasks of one row. Not shared between threads.
class TaskReader {
 public:
  explicit TaskReader(const ResultFields& fields) : fields_(fields), scores_(fields.tasks.size()) {}

  /// False, with a warning, when they contradict themselves, their maxima or the primary score.
  bool read(const Row& row, const PupilResult& result, Report& report);
  /// Adds what was read to a cell, or takes it back.
  void count(CubeBuilder& cube, CubeBuilder::CellIndex cell, std::int64_t times) const;

 private:
  bool read_score(std::size_t task, const Row& row, Report& report);
  std::optional<int> total() const;

  const ResultFields& fields_;
  std::vector<std::optional<int>> scores_;  ///< Nothing = blank.
};

}  // namespace kaskad::intake
