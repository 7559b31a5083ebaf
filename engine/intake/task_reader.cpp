#include "engine/intake/task_reader.hpp"

#include <algorithm>

#include "engine/intake/cell_readings.hpp"
#include "engine/intake/special_fields.hpp"

namespace kaskad::intake {
namespace {

std::optional<int> stated_maximum(const LayoutMatch& match) {
  const ParsedInteger number = parse_integer(match.facts.values[Facts::kMaximum]);
  const bool good = number.state == NumberState::good && number.value > 0 && number.value <= kHighestScore;
  return good ? std::optional(static_cast<int>(number.value)) : std::nullopt;
}

}  // namespace

namespace {

bool is_mapped(const SourceSpec& spec, const std::string& head) {
  return std::any_of(spec.fields.begin(), spec.fields.end(),
                     [&](const auto& f) { return !f.second.is_constant && f.second.column == head; });
}

/// Columns of a tidy table whose heads are those of tasks with their maxima: «9.1 (1б)».
void bind_tidy_tasks(const OpenSource& source, Tasks& tasks, ResultFields& fields) {
  const std::vector<std::string>& heads = source.table->heads();
  for (std::size_t i = 0; i < heads.size() && fields.results.size() == 1; ++i) {
    const auto task = is_mapped(*source.spec, heads[i]) ? std::nullopt : parse_task_head(heads[i]);
    const auto id = task ? tasks.add(task->name) : std::nullopt;
    if (!id) continue;
    Field field;
    field.name = task->name;
    field.head = heads[i];
    field.column = field.shown_column = static_cast<int>(i) + 1;
    field.given = true;
    fields.tasks.push_back({std::move(field), *id, task->maximum, {}});
  }
}

}  // namespace

void bind_tasks(const OpenSource& source, Tasks& tasks, ResultFields& fields) {
  if (!source.layout) {
    bind_tidy_tasks(source, tasks, fields);
    return;
  }
  fields.maximum = stated_maximum(*source.layout);
  for (const RepeatedColumn& column : source.layout->repeated) {
    const auto task = tasks.add(column.name);
    if (task)
      fields.tasks.push_back({field_at(source, column.place, column.name), *task, column.maximum, column.level});
  }
}

void check_maximum(OpenSource& source, Dataset& dataset, const ResultFields& fields) {
  if (!fields.maximum) return;
  const auto& facts = source.layout->facts.values;
  const auto procedure = dataset.vocabulary.find_procedure(facts[Facts::kProcedure]);
  const auto subject = dataset.vocabulary.find_subject(facts[Facts::kSubject]);
  const auto grade = parse_grade(facts[Facts::kGrade]);
  const auto year = parse_year(facts[Facts::kYear]);
  if (!procedure || !subject || !grade || !year) return;
  const Scale scale = dataset.vocabulary.scale(*procedure, *subject, *grade, *year);
  if (scale.maximum == fields.maximum) return;
  Scale stated;
  stated.procedure = dataset.vocabulary.procedures[*procedure].id;
  stated.subject = dataset.vocabulary.subjects[*subject].id;
  stated.grade = *grade;
  stated.first_year = stated.last_year = *year;
  stated.maximum = fields.maximum;
  stated.source = source.spec->name;
  dataset.vocabulary.scales.push_back(std::move(stated));
  if (!scale.maximum) return;
  Diagnostic d;
  d.severity = Severity::warning;
  d.place.file = source.spec->name;
  d.place.sheet = source.table->sheet();
  d.message = {"maximum-differs-from-scale",
               {{"file_maximum", std::int64_t{*fields.maximum}}, {"scale_maximum", std::int64_t{*scale.maximum}}}};
  source.report.diagnostics().push_back(std::move(d));
}

void keep_task_specs(OpenSource& source, const std::set<std::uint64_t>& works, const ResultFields& fields,
                     Tasks& tasks) {
  for (const std::uint64_t work : works) {
    for (const ResultFields::Task& task : fields.tasks) {
      TaskSpec& known = tasks.specs[{work, task.id}];
      if (known.level.empty()) known.level = task.level;
      if (known.maximum == 0) known.maximum = task.maximum;
      if (task.maximum == 0 || known.maximum == task.maximum) continue;
      source.report.go_to_row(0);
      source.report.warn("task-maximum-differs", task.field, [&] {
        return Args{
            {"task", task.field.name}, {"value", std::int64_t{task.maximum}}, {"known", std::int64_t{known.maximum}}};
      });
    }
  }
}

bool TaskReader::read_score(std::size_t i, const Row& row, Report& report) {
  const ResultFields::Task& task = fields_.tasks[i];
  std::string_view text = task.field.text(row);
  if (fields_.absorbs && !text.empty()) {
    DirtCounts dirt{};
    bool any_dirt = false;
    text = task_score_of(text, dirt, any_dirt);
    if (any_dirt) report.absorb(dirt);
  }
  scores_[i] = std::nullopt;
  if (text.empty()) return true;
  if (text == kNotTaken) {
    scores_[i] = TaskCounter::kNotTaken;
    return true;
  }
  const ParsedInteger number = parse_integer(text);
  if (number.state != NumberState::good || number.value < 0) {
    report.warn("task-not-a-number", task.field, [&] {
      return Args{{"value", told_of_score(text)}, {"task", task.field.name}};
    });
    return false;
  }
  const int highest = task.maximum > 0 ? task.maximum : TaskCounter::kHighest;
  if (number.value > highest) {
    report.warn("task-over-maximum", task.field, [&] {
      return Args{{"value", number.value}, {"task", task.field.name}, {"highest", std::int64_t{highest}}};
    });
    return false;
  }
  scores_[i] = static_cast<int>(number.value);
  return true;
}

std::optional<int> TaskReader::total() const {
  std::optional<int> sum;
  for (const std::optional<int>& score : scores_) {
    if (score) sum = sum.value_or(0) + std::max(0, *score);
  }
  return sum;
}

bool TaskReader::read(const Row& row, const PupilResult& result, Report& report) {
  bool sound = true;
  for (std::size_t i = 0; i < scores_.size(); ++i) sound = read_score(i, row, report) && sound;
  if (!sound) return false;
  const std::optional<int> sum = total();
  const auto primary = static_cast<std::size_t>(Outcome::primary);
  if (!sum || !result.has[primary] || *sum == result.values[primary]) return sum.has_value();
  report.warn("sum-differs-from-tasks", fields_.results.front().outcomes[primary], [&] {
    return Args{{"sum", std::int64_t{result.values[primary]}}, {"total", std::int64_t{*sum}}};
  });
  return false;
}

void TaskReader::count(CubeBuilder& cube, CubeBuilder::CellIndex cell, std::int64_t times) const {
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    if (scores_[i]) cube.count_task(cell, fields_.tasks[i].id, *scores_[i], times);
  }
}

}  // namespace kaskad::intake
