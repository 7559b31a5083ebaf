// Completion of tasks: what part of a task's points its pupils got, by task and by skill; and which skills are lacking.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/estimate.hpp"
#include "indicators/frame.hpp"

namespace kaskad {

/// Pupils who tried a task, Σ of their scores and of the squares; and those who did not try, who have no score.
struct TaskSums {
  std::int64_t n = 0;
  std::int64_t sum = 0;
  std::int64_t squares = 0;
  std::int64_t not_tried = 0;

  void add(const TaskSums& other);
};

struct WorkTask {
  TaskId task = 0;
  TaskSpec spec;
  std::vector<TaskSums> sums;            ///< By entity of the frame.
  std::vector<Undefined> withheld = {};  ///< By entity: why nothing of it is printed; empty = not decided.
};

/// The tasks of one procedure, subject and grade in the last year for which some source gave them.
struct TaskedWork {
  ProcedureId procedure = 0;
  SubjectId subject = 0;
  int grade = 0;
  int year = 0;
  std::vector<WorkTask> tasks;  ///< In the order of the paper: by the numbers in their names.
};

/// In the order of procedure, grade, subject. Tasks whose maximum nobody states are left out: they have no completion.
std::vector<TaskedWork> tasked_works(const Dataset& data, const Frame& frame);

/// Completion Σ scores / (n·maximum) in percent, n = those who tried. Its interval over pupils: Wilson's for a task of
/// one point, and with the largest variance that scores can have where all are equal (stats::bounded_mean); else
/// Student's, cut to the scale.
Estimate completion_of(const TaskSums& sums, int maximum, std::int64_t minimum_n);
/// Percent of all pupils who did not try, with Wilson's interval.
Estimate not_tried_of(const TaskSums& sums, std::int64_t minimum_n);
/// The same of an entity as they may be printed.
Estimate completion_of(const WorkTask& task, std::size_t entity, std::int64_t minimum_n);
Estimate not_tried_of(const WorkTask& task, std::size_t entity, std::int64_t minimum_n);

/// Tasks of one work that check the same skill. A task without a stated skill is none.
struct SkillOfWork {
  std::string skill;
  std::string level;               ///< Of its tasks; empty where they differ or nobody states it.
  std::vector<std::size_t> tasks;  ///< Into TaskedWork::tasks.
};
std::vector<SkillOfWork> skills_of(const TaskedWork& work);

/// Completion over the tasks of a skill, each with the weight of its points. Scores of one pupil on these tasks go
/// together in a way that the cube does not keep, so the standard error takes them as going together wholly,
/// se = Σ wₜ·seₜ: the interval is never too narrow. n is that of the task with the fewest pupils. Undefined where one
/// of the tasks may not be printed.
Estimate completion_of(const TaskedWork& work, const SkillOfWork& skill, std::size_t entity, std::int64_t minimum_n);

/// From what completion in percent a skill of a level counts as acquired.
struct DeficitRule {
  std::array<double, 3> least{};  ///< Of the levels basic «Б», raised «П», high «В».
};
/// Reads the keys basic, raised, high of [deficits] over what `rule` holds.
void read_deficit_rule(ConfigReader& reader, DeficitRule& rule);
/// The border of a level as files state it; nothing for a level that is none of the three.
std::optional<double> border_of(const DeficitRule& rule, const std::string& level);

/// `lacking` and `acquired` only where the whole interval lies on one side of the border.
enum class SkillVerdict : std::uint8_t { acquired, lacking, unproven, undefined };
inline constexpr std::array<std::string_view, 4> kSkillVerdictNames = {"acquired", "lacking", "unproven", "undefined"};
SkillVerdict verdict_on_skill(const DeficitRule& rule, const std::string& level, const Estimate& completion);

}  // namespace kaskad
