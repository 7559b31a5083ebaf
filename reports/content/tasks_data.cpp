#include <algorithm>
#include <array>

#include "reports/content/labels.hpp"
#include "reports/content/sentences.hpp"
#include "reports/content/works_parts.hpp"

namespace kaskad::reports {
namespace {

/// Somebody whose completion stands in a column of its own.
struct Column {
  std::string name;   ///< In the tree.
  std::string label;  ///< In the legend.
  std::string role;
  std::optional<std::size_t> entity;
};

std::vector<Column> columns_of(const Briefing& b, std::size_t entity) {
  const auto region = Column{"region", b.texts.get("label.region"), "region", kRegion};
  if (entity != kRegion) {
    const bool school = b.frame().entities[entity].kind == EntityKind::school;
    return {{"own", school ? b.texts.get("label.this_school") : b.frame().entities[entity].id,
             school ? "school" : "municipality", entity},
            region};
  }
  const auto group = [&](Role role) {
    const std::string id(kRoleNames[static_cast<std::size_t>(role)]);
    return Column{id, group_name(b, role), id, b.frame().find_entity(EntityKind::group, id)};
  };
  return {region, group(Role::focus), group(Role::control)};
}

Quantity percent(const Estimate& e, std::size_t entity) { return {e, Unit::percent, 1, false, owner_of(entity)}; }

Quantity completion(const Briefing& b, const WorkTask& task, std::size_t entity) {
  return percent(completion_of(task, entity, b.figures().minimum_n), entity);
}

std::string work_name(const Briefing& b, const TaskedWork& work) {
  Series slice;
  slice.procedure = work.procedure;
  slice.subject = work.subject;
  slice.grade = work.grade;
  return slice_name(b, slice);
}

/// «5. Текстовая задача (Б)»
std::string task_label(const Briefing& b, const WorkTask& task) {
  const std::string& name = b.data.tasks.names[task.task];
  const std::string what =
      task.spec.skill.empty() ? b.texts.get("tasks.task", {{"name", name}}) : name + ". " + task.spec.skill;
  return task.spec.level.empty() ? what : what + " (" + task.spec.level + ")";
}

List task_rows(const Briefing& b, const TaskedWork& work, std::size_t entity, const std::vector<Column>& columns) {
  List rows;
  for (const WorkTask& task : work.tasks) {
    Object row = {
        {"task", b.data.tasks.names[task.task]},
        {"skill", task.spec.skill},
        {"level", task.spec.level},
        {"maximum", std::to_string(task.spec.maximum)},
        {"level_maximum", (task.spec.level.empty() ? "" : task.spec.level + ", ") + std::to_string(task.spec.maximum)},
        {"not_tried", percent(not_tried_of(task, entity, b.figures().minimum_n), entity)}};
    for (const Column& c : columns)
      row.emplace_back(c.name, c.entity ? Value(completion(b, task, *c.entity)) : Value());
    rows.push_back(std::move(row));
  }
  return rows;
}

Value tasks_chart(const Briefing& b, const TaskedWork& work, const std::vector<Column>& columns) {
  List legend, rows;
  for (const Column& c : columns) {
    if (c.entity) legend.push_back(Object{{"role", c.role}, {"label", c.label}});
  }
  for (const WorkTask& task : work.tasks) {
    List dots;
    for (const Column& c : columns) {
      if (c.entity) dots.push_back(Object{{"role", c.role}, {"value", completion(b, task, *c.entity)}});
    }
    // The one that the report is about is drawn last, over the others.
    std::rotate(dots.begin(), dots.begin() + 1, dots.end());
    rows.push_back(Object{{"label", task_label(b, task)}, {"note", ""}, {"dots", std::move(dots)}});
  }
  return Object{{"legend", std::move(legend)}, {"rows", std::move(rows)}, {"zero_line", false}, {"own_scale", false}};
}

struct Judged {
  SkillOfWork skill;
  Quantity completion;
  SkillVerdict verdict = SkillVerdict::undefined;
};

std::vector<Judged> judged_skills(const Briefing& b, const TaskedWork& work, std::size_t entity) {
  std::vector<Judged> out;
  for (SkillOfWork& skill : skills_of(work)) {
    const Estimate e = completion_of(work, skill, entity, b.figures().minimum_n);
    const SkillVerdict verdict = verdict_on_skill(b.judgements.deficits, skill.level, e);
    out.push_back({std::move(skill), percent(e, entity), verdict});
  }
  return out;
}

std::int64_t count(const std::vector<Judged>& skills, SkillVerdict verdict) {
  return std::count_if(skills.begin(), skills.end(), [&](const Judged& j) { return j.verdict == verdict; });
}

/// «A; B», or «A и ещё 2».
std::string lacking_names(const Briefing& b, const std::vector<Judged>& skills) {
  std::vector<std::string> names;
  for (const Judged& j : skills) {
    if (j.verdict == SkillVerdict::lacking) names.push_back(j.skill.skill);
  }
  if (names.size() == 1) return names.front();
  if (names.size() == 2) return names.front() + "; " + names.back();
  return b.texts.get("tasks.and_more", {{"first", names.front()}, {"n", static_cast<std::int64_t>(names.size()) - 1}});
}

std::string title_of(const Briefing& b, const std::vector<Judged>& skills, const std::string& work) {
  const auto all = static_cast<std::int64_t>(skills.size());
  const std::int64_t lacking = count(skills, SkillVerdict::lacking), acquired = count(skills, SkillVerdict::acquired);
  if (all == 0 || count(skills, SkillVerdict::undefined) == all)
    return b.texts.get("tasks.title.plain", {{"work", work}});
  if (lacking > 0) return b.texts.get("tasks.title.lacking", {{"names", lacking_names(b, skills)}, {"work", work}});
  return b.texts.get(acquired == all ? "tasks.title.acquired" : "tasks.title.unproven", {{"work", work}});
}

std::string text_of(const Briefing& b, const std::vector<Judged>& skills) {
  const auto all = static_cast<std::int64_t>(skills.size());
  const std::int64_t undefined = count(skills, SkillVerdict::undefined);
  if (all == 0 || undefined == all) return {};
  return b.texts.get("tasks.text", {{"all", all},
                                    {"acquired", count(skills, SkillVerdict::acquired)},
                                    {"lacking", count(skills, SkillVerdict::lacking)},
                                    {"unproven", count(skills, SkillVerdict::unproven)},
                                    {"undefined", undefined}});
}

Quantity border_quantity(const Briefing& b, const Judged& j) {
  const auto border = border_of(b.judgements.deficits, j.skill.level);
  return {border ? exactly(*border, 0) : undefined(Undefined::no_scale), Unit::percent, 0, false, kNobody};
}

/// Skills that are lacking, or of which nothing is proven.
List deficit_rows(const Briefing& b, const TaskedWork& work, const std::vector<Judged>& skills) {
  List rows;
  for (const Judged& j : skills) {
    if (j.verdict != SkillVerdict::lacking && j.verdict != SkillVerdict::unproven) continue;
    std::string tasks;
    for (const std::size_t t : j.skill.tasks)
      tasks += (tasks.empty() ? "" : ", ") + b.data.tasks.names[work.tasks[t].task];
    const auto verdict = kSkillVerdictNames[static_cast<std::size_t>(j.verdict)];
    rows.push_back(Object{{"skill", j.skill.skill},
                          {"tasks", std::move(tasks)},
                          {"level", j.skill.level},
                          {"completion", j.completion},
                          {"border", b.format.with_unit(border_quantity(b, j))},
                          {"verdict", b.texts.get("tasks.verdict." + std::string(verdict))}});
  }
  return rows;
}

bool any_completion(const Briefing& b, const TaskedWork& work, std::size_t entity) {
  return std::any_of(work.tasks.begin(), work.tasks.end(),
                     [&](const WorkTask& t) { return completion(b, t, entity).estimate.defined(); });
}

Object work_part(const Briefing& b, const TaskedWork& work, std::size_t entity) {
  const std::string name = work_name(b, work);
  const std::vector<Column> columns = columns_of(b, entity);
  const std::vector<Judged> skills = judged_skills(b, work, entity);
  const Owner owner = owner_of(entity);
  Object out = {{"name", name},
                {"year", std::to_string(work.year)},
                {"title", Value::told_of(owner, title_of(b, skills, name))},
                {"text", Value::told_of(owner, text_of(b, skills))},
                {"chart", tasks_chart(b, work, columns)},
                {"has_groups", entity == kRegion && columns[1].entity && columns[2].entity},
                {"rows", task_rows(b, work, entity, columns)}};
  List deficits = deficit_rows(b, work, skills);
  out.emplace_back("has_deficits", !deficits.empty());
  out.emplace_back("deficits", std::move(deficits));
  return out;
}

}  // namespace

List tasks_data(const Briefing& b, std::size_t entity) {
  List out;
  for (const TaskedWork& work : b.judgements.works) {
    if (!any_completion(b, work, entity)) continue;
    Object part = work_part(b, work, entity);
    part.emplace_back("index", static_cast<int>(out.size()));
    out.push_back(std::move(part));
  }
  return out;
}

std::vector<LackingSkill> lacking_skills(const Briefing& b) {
  std::vector<LackingSkill> out;
  for (const TaskedWork& work : b.judgements.works) {
    for (const Judged& j : judged_skills(b, work, kRegion)) {
      if (j.verdict != SkillVerdict::lacking) continue;
      const auto border = border_of(b.judgements.deficits, j.skill.level);
      out.push_back({j.skill.skill, work_name(b, work), j.completion, *border});
    }
  }
  return out;
}

Object deficit_rule(const Briefing& b) {
  const auto told = [&](std::size_t level) {
    return b.format.with_unit({exactly(b.judgements.deficits.least[level], 0), Unit::percent, 0});
  };
  return {{"basic", told(0)}, {"raised", told(1)}, {"high", told(2)}};
}

}  // namespace kaskad::reports
