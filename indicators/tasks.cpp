#include "indicators/tasks.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/base/text.hpp"
#include "engine/stats/intervals.hpp"
#include "engine/stats/scale_ends.hpp"
#include "indicators/withheld.hpp"

namespace kaskad {
namespace {

using WorkKey = std::tuple<ProcedureId, int, SubjectId>;

TaskSums sums_of(const TaskScores& scores) {
  TaskSums out;
  out.not_tried = scores.not_taken;
  for (std::size_t i = 0; i < scores.scores.counts.size(); ++i) {
    const std::int64_t score = scores.scores.lo + static_cast<std::int64_t>(i), n = scores.scores.counts[i];
    out.n += n;
    out.sum += n * score;
    out.squares += n * score * score;
  }
  return out;
}

WorkTask& task_in(TaskedWork& work, const Dataset& data, TaskId task, CellKey key, std::size_t entities) {
  const auto found =
      std::find_if(work.tasks.begin(), work.tasks.end(), [&](const WorkTask& t) { return t.task == task; });
  if (found != work.tasks.end()) return *found;
  const TaskSpec* spec = data.tasks.find(key, task);
  work.tasks.push_back({task, spec == nullptr ? TaskSpec{} : *spec, std::vector<TaskSums>(entities)});
  return work.tasks.back();
}

void add_cell(TaskedWork& work, const Dataset& data, const Frame& frame, const Cube::Cell& cell,
              const std::vector<TaskScores>& tasks) {
  for (const TaskScores& scores : tasks) {
    WorkTask& task = task_in(work, data, scores.task, cell.key, frame.entities.size());
    const TaskSums sums = sums_of(scores);
    for (const std::size_t e : frame.of_school[cell.key.school]) task.sums[e].add(sums);
  }
}

/// «2.1» stands after «2» and before «10».
std::vector<int> numbers_in(const std::string& name) {
  std::vector<int> out;
  bool inside = false;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !inside) out.push_back(0);
    if (digit) out.back() = out.back() * 10 + (c - '0');
    inside = digit;
  }
  return out;
}

void put_in_order(TaskedWork& work, const Dataset& data) {
  std::erase_if(work.tasks, [](const WorkTask& t) { return t.spec.maximum <= 0; });
  std::sort(work.tasks.begin(), work.tasks.end(), [&](const WorkTask& a, const WorkTask& b) {
    const std::string &x = data.tasks.names[a.task], &y = data.tasks.names[b.task];
    return std::make_pair(numbers_in(x), x) < std::make_pair(numbers_in(y), y);
  });
}

/// Basic, raised, high; as files name them in Russian and English.
constexpr std::array<std::array<std::string_view, 3>, 3> kLevels = {
    {{"б", "базовый", "basic"}, {"п", "повышенный", "raised"}, {"в", "высокий", "high"}}};

/// Of a task of one point, a share; and of equal scores, whose spread is not seen, with the largest that there can be.
void put_share_interval(double share, Estimate& e) {
  const Estimate of_share = stats::bounded_mean(std::clamp(share, 0.0, 1.0), e.n);
  e.lo = 100 * of_share.lo;
  e.hi = 100 * of_share.hi;
  e.df = kNaN;
}

/// Of a completion within a skill; where its scores are equal, the whole length of the interval counts as one side.
double error_of(const Estimate& completion) {
  return completion.se > 0 ? completion.se : (completion.hi - completion.lo) / stats::normal_quantile(0.975);
}

}  // namespace

void TaskSums::add(const TaskSums& other) {
  n += other.n;
  sum += other.sum;
  squares += other.squares;
  not_tried += other.not_tried;
}

std::vector<TaskedWork> tasked_works(const Dataset& data, const Frame& frame) {
  std::map<WorkKey, TaskedWork> works;
  for (std::size_t c = 0; c < data.cube.size(); ++c) {
    const Cube::Cell cell = data.cube.cell(c);
    const std::vector<TaskScores> tasks = cell.tasks();
    if (tasks.empty()) continue;
    const CellKey& k = cell.key;
    TaskedWork& work = works[{k.procedure, k.grade, k.subject}];
    if (k.year < work.year) continue;
    if (k.year > work.year) work = {k.procedure, k.subject, k.grade, k.year, {}};
    add_cell(work, data, frame, cell, tasks);
  }
  std::vector<TaskedWork> out;
  for (auto& [key, work] : works) {
    put_in_order(work, data);
    if (!work.tasks.empty()) out.push_back(std::move(work));
  }
  return out;
}

Estimate completion_of(const TaskSums& sums, int maximum, std::int64_t minimum_n) {
  if (sums.n == 0 || maximum <= 0) return undefined(Undefined::no_data);
  if (sums.n < minimum_n) return undefined(Undefined::too_few, sums.n);
  const auto n = static_cast<double>(sums.n), sum = static_cast<double>(sums.sum);
  // Whole numbers, so that n·Σx² − (Σx)² is exact: a task has at most some tens of points.
  const auto squares = static_cast<double>(sums.n * sums.squares - sums.sum * sums.sum);
  Estimate e = stats::student_mean(sums.n, sum / n, sums.n > 1 ? squares / (n * (n - 1)) : kNaN);
  for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= 100.0 / maximum;
  if (maximum == 1 || squares == 0) put_share_interval(sum / (n * maximum), e);
  // A mean of bounded scores: the interval for the unbounded may leave the scale.
  stats::cut(e, {0, 100});
  return e;
}

Estimate not_tried_of(const TaskSums& sums, std::int64_t minimum_n) {
  const std::int64_t all = sums.n + sums.not_tried;
  if (all == 0) return undefined(Undefined::no_data);
  if (all < minimum_n) return undefined(Undefined::too_few, all);
  Estimate e = stats::wilson(sums.not_tried, all);
  for (double* part : {&e.value, &e.lo, &e.hi}) *part *= 100;
  return e;
}

Estimate completion_of(const WorkTask& task, std::size_t entity, std::int64_t minimum_n) {
  const Estimate e = completion_of(task.sums[entity], task.spec.maximum, minimum_n);
  return task.withheld.empty() ? e : unless(task.withheld[entity], e);
}

Estimate not_tried_of(const WorkTask& task, std::size_t entity, std::int64_t minimum_n) {
  const Estimate e = not_tried_of(task.sums[entity], minimum_n);
  return task.withheld.empty() ? e : unless(task.withheld[entity], e);
}

std::vector<SkillOfWork> skills_of(const TaskedWork& work) {
  std::vector<SkillOfWork> out;
  for (std::size_t t = 0; t < work.tasks.size(); ++t) {
    const TaskSpec& spec = work.tasks[t].spec;
    if (spec.skill.empty()) continue;
    auto found = std::find_if(out.begin(), out.end(), [&](const SkillOfWork& s) { return s.skill == spec.skill; });
    if (found == out.end()) {
      out.push_back({spec.skill, spec.level, {t}});
      continue;
    }
    found->tasks.push_back(t);
    if (found->level != spec.level) found->level.clear();
  }
  return out;
}

Estimate completion_of(const TaskedWork& work, const SkillOfWork& skill, std::size_t entity, std::int64_t minimum_n) {
  double points = 0, value = 0, se = 0;
  std::int64_t n = 0;
  for (const std::size_t t : skill.tasks) {
    const WorkTask& task = work.tasks[t];
    const Estimate one = completion_of(task, entity, minimum_n);
    if (!one.defined() || skill.tasks.size() == 1) return one;
    points += task.spec.maximum;
    value += task.spec.maximum * one.value;
    se += task.spec.maximum * error_of(one);
    n = n == 0 ? one.n : std::min(n, one.n);
  }
  const double share = value / points / 100;
  // As a mean of n values with the variance that has this standard error.
  Estimate e = stats::student_mean(n, share, static_cast<double>(n) * (se / points / 100) * (se / points / 100));
  for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= 100;
  stats::cut(e, {0, 100});
  return e;
}

void read_deficit_rule(ConfigReader& reader, DeficitRule& rule) {
  constexpr std::array<std::string_view, 3> keys = {"basic", "raised", "high"};
  for (std::size_t level = 0; level < keys.size(); ++level) {
    const auto least = reader.number(keys[level]);
    if (!least) continue;
    if (*least < 0 || *least > 100)
      reader.report(keys[level], "setting-percent");
    else
      rule.least[level] = *least;
  }
}

std::optional<double> border_of(const DeficitRule& rule, const std::string& level) {
  const std::string folded = fold(level);
  for (std::size_t l = 0; l < kLevels.size(); ++l) {
    if (std::find(kLevels[l].begin(), kLevels[l].end(), folded) != kLevels[l].end()) return rule.least[l];
  }
  return std::nullopt;
}

SkillVerdict verdict_on_skill(const DeficitRule& rule, const std::string& level, const Estimate& completion) {
  const auto border = border_of(rule, level);
  if (!border || !completion.defined()) return SkillVerdict::undefined;
  if (!completion.has_interval()) return SkillVerdict::unproven;
  return completion.lo >= *border  ? SkillVerdict::acquired
         : completion.hi < *border ? SkillVerdict::lacking
                                   : SkillVerdict::unproven;
}

}  // namespace kaskad
