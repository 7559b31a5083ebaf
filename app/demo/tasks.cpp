#include "app/demo/tasks.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace kaskad::demo {
namespace {

constexpr double kSecondPoint = 0.35;  ///< The second point of a task is harder than the first.
constexpr double kTaskSd = 0.9;
constexpr double kGap = 0.8;
constexpr int kLeavesEasy = 4;  ///< Percent of those without a point who did not try.
constexpr int kLeavesHard = 25;

struct Point {
  double hardness = 0;
  std::size_t task = 0;
};

bool is_basic(std::size_t task) { return kDemoTasks[task].level == "Б"; }

std::vector<Point> points_of(const Paper& paper, bool gap, RandomStream& random) {
  std::vector<Point> points;
  for (std::size_t t = 0; t < kTasks; ++t) {
    for (int k = 0; k < task_maximum(paper, t); ++k) {
      const double known = kDemoTasks[t].difficulty + (gap && t == kFocusGap ? kGap : 0.0) + kSecondPoint * k;
      points.push_back({known + kTaskSd * bell(random), t});
    }
  }
  return points;
}

}  // namespace

bool has_tasks(const Paper& paper) {
  return paper.exam == Exam::vpr && paper.subject == SubjectIndex::mathematics && paper.grade >= 5;
}

int task_maximum(const Paper& paper, std::size_t task) {
  // The last ones give two points, as many of them as the maximum asks for.
  const auto twos = static_cast<std::size_t>(paper.maximum) - kTasks;
  assert(twos <= kTasks);
  return task + twos >= kTasks ? 2 : 1;
}

std::array<int, kTasks> share_out(const Paper& paper, int primary, bool gap, RandomStream& random) {
  std::vector<Point> points = points_of(paper, gap, random);
  std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.hardness < b.hardness; });
  std::array<int, kTasks> scores{};
  for (int i = 0; i < primary; ++i) ++scores[points[static_cast<std::size_t>(i)].task];
  for (std::size_t t = 0; t < kTasks; ++t) {
    const bool left = happens(random, is_basic(t) ? kLeavesEasy : kLeavesHard);
    if (scores[t] == 0 && left) scores[t] = kNotTried;
  }
  return scores;
}

}  // namespace kaskad::demo
