#include "reports/content/next_tasks_data.hpp"

#include <algorithm>

#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

std::string text_of(const Value& row, std::string_view name) {
  const Value* value = row.find(name);
  return value != nullptr && value->text() != nullptr ? *value->text() : std::string();
}

struct TaskList {
  const Briefing& b;
  List rows;

  void add(const char* kind, std::string who, std::string what, std::string why, std::string term = {}) {
    rows.push_back(Object{{"kind", b.texts.get(std::string("next_task.") + kind)},
                          {"who", std::move(who)},
                          {"what", std::move(what)},
                          {"why", std::move(why)},
                          {"term", std::move(term)}});
  }

  /// Calls `take` for each row of a list of the tree; for none where there is no such list.
  template <class Take>
  static void each(const Value& root, const char* path, const Take& take) {
    const Value* list = root.find(path);
    if (list == nullptr || list->list() == nullptr) return;
    for (const Value& row : *list->list()) take(row);
  }

  void measures(const Value& root) {
    each(root, "road_map.all", [&](const Value& row) {
      if (!text_of(row, "done").empty()) return;
      const std::string performer = text_of(row, "performer");
      add("measure", performer.empty() ? text_of(row, "owner") : performer, text_of(row, "measure"),
          text_of(row, "state"), text_of(row, "finish"));
    });
  }

  void cascade(const Value& root) {
    each(root, "cascade.holders", [&](const Value& row) {
      add("component", text_of(row, "name"), text_of(row, "lacking"), b.texts.get("next_task.holds_back"));
    });
  }

  void visits(const Value& root) {
    each(root, "support.overdue", [&](const Value& row) {
      add("visit", text_of(row, "supporter"),
          b.texts.get("next_task.visit_school", {{"school", text_of(row, "school")}}), text_of(row, "state"),
          text_of(row, "planned"));
    });
  }

  void programmes(const Value& root) {
    each(root, "programmes", [&](const Value& row) {
      const std::string lacking = text_of(row, "lacking");
      if (!lacking.empty() && lacking != b.texts.get("maturity.nothing_lacking"))
        add("programme", text_of(row, "name"), b.texts.get("next_task.confirm", {{"criteria", lacking}}),
            b.texts.get("next_task.next_level"));
    });
  }

  /// Of the municipality and its schools.
  void targets(std::size_t entity) {
    const auto& members = b.frame().members[entity];
    const TargetJudgements& all = b.judgements.targets;
    for (std::size_t t = 0; t < all.targets.size(); ++t) {
      const TargetJudgement& judged = all.targets[t];
      const bool open = judged.state == TargetState::missed || judged.state == TargetState::off_course;
      const Entity& whose = b.frame().entities[judged.entity];
      const bool of_school =
          whose.kind == EntityKind::school &&
          std::find(members.begin(), members.end(), static_cast<SchoolId>(whose.index)) != members.end();
      if (!open || !judged.series || (judged.entity != entity && !of_school)) continue;
      const Indicator& indicator = b.figures().indicator_of(*judged.series);
      const Quantity target = level(indicator, exactly(b.data.programme_data.targets[t].value, 0), kNobody);
      add("target", entity_name(b, whose),
          b.texts.get("next_task.reach",
                      {{"indicator", series_name(b, *judged.series)}, {"target", b.format.with_unit(target)}}),
          b.texts.get("target.state." + std::string(kTargetStateNames[static_cast<std::size_t>(judged.state)])),
          b.data.programme_data.targets[t].period);
    }
  }

  void pairs(std::size_t entity) {
    const auto& members = b.frame().members[entity];
    for (const SchoolPair& pair : b.judgements.partners.pairs) {
      const bool own = std::find(members.begin(), members.end(), pair.weak) != members.end();
      if (!own || pair.trend != GapTrend::widened) continue;
      add("pair", school_name(b, pair.weak) + " — " + school_name(b, pair.strong), b.texts.get("next_task.change_help"),
          b.texts.get("partners.trend.widened"));
    }
  }
};

}  // namespace

List next_tasks(const Briefing& b, const Value& root, std::size_t entity) {
  TaskList list{b, {}};
  list.measures(root);
  list.cascade(root);
  list.visits(root);
  list.targets(entity);
  list.programmes(root);
  list.pairs(entity);
  return std::move(list.rows);
}

}  // namespace kaskad::reports
