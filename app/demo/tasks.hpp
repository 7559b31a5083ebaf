// Tasks of the mathematics ВПР of grades 5–8 in the synthetic region: which there are, and who did what.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "app/demo/draws.hpp"
#include "app/demo/papers.hpp"

namespace kaskad::demo {

inline constexpr std::size_t kTasks = 13;

struct DemoTask {
  std::string_view skill;
  std::string_view level;  ///< «Б», «П», «В»
  double difficulty = 0;   ///< In SD of what moves a pupil from task to task.
};

/// From the first task of the paper to the last.
inline constexpr std::array<DemoTask, kTasks> kDemoTasks = {{{"Действия с целыми числами", "Б", -1.7},
                                                             {"Дроби и проценты", "Б", -1.1},
                                                             {"Сравнение и порядок чисел", "Б", -1.4},
                                                             {"Единицы величин", "Б", -0.9},
                                                             {"Текстовая задача в несколько действий", "Б", 0.7},
                                                             {"Чтение таблиц и диаграмм", "Б", -1.0},
                                                             {"Прикидка и оценка результата", "Б", -0.5},
                                                             {"Фигуры на клетчатой бумаге", "Б", -0.6},
                                                             {"Числовые и буквенные выражения", "П", 0.2},
                                                             {"Координатная прямая", "П", 0.0},
                                                             {"Задача на части и отношения", "П", 0.9},
                                                             {"Пространственное воображение", "П", 0.6},
                                                             {"Логическая задача", "В", 1.8}}};
/// The task that focus schools find harder than others until the last year.
inline constexpr std::size_t kFocusGap = 5;

/// The paper's results come by task.
bool has_tasks(const Paper& paper);
/// Highest score of a task; those of a paper add up to its maximum.
int task_maximum(const Paper& paper, std::size_t task);

inline constexpr int kNotTried = -1;
/// Scores by task that add up to the primary score; kNotTried is no score. `gap` makes the task kFocusGap harder.
std::array<int, kTasks> share_out(const Paper& paper, int primary, bool gap, RandomStream& random);

}  // namespace kaskad::demo
