#include <algorithm>
#include <utility>

#include "engine/intake/programme_cells.hpp"

namespace kaskad::intake {
namespace {

enum ProgrammeField : std::size_t { kProgramme, kLevel, kOwner, kName, kGoal, kTasks, kFrom, kTo, kCoordinator };
static_assert(kProgrammeFields[kCoordinator].name == "coordinator" && kProgrammeFields.size() == kCoordinator + 1);

void read_owner(Programme& programme, OwnerLevel level, const Field& field, const Row& row, const IntakeState& state,
                Report& report) {
  programme.level = kOwnerLevelNames[static_cast<std::size_t>(level)];
  programme.owner = field.text(row);
  if (level == OwnerLevel::region || !is_filled(programme.owner, field, report)) return;
  if (level == OwnerLevel::school) {
    programme.school = state.schools->find(programme.owner);
    if (!programme.school)
      report_unknown_school(programme.owner, field, *state.schools, report);
    else
      programme.owner = state.dataset.registry.schools[*programme.school].id;
    return;
  }
  const std::optional<std::string> name = find_municipality(programme.owner, state.dataset.registry);
  if (!name) report_unknown_municipality(programme.owner, field, state.dataset.registry, report);
  programme.owner = name.value_or("");
}

/// «задача; задача; задача»
std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    if (const std::string_view part = trimmed(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

Programme read_row(const std::vector<Field>& fields, const Row& row, const IntakeState& state, Report& report) {
  Programme programme;
  programme.id = read_required(fields[kProgramme], row, report);
  if (is_filled(fields[kLevel].text(row), fields[kLevel], report)) {
    if (const std::optional<OwnerLevel> level = read_owner_level(fields[kLevel], row, report))
      read_owner(programme, *level, fields[kOwner], row, state, report);
  }
  programme.name = fields[kName].text(row);
  programme.goal = fields[kGoal].text(row);
  programme.tasks = parted(fields[kTasks].text(row));
  programme.from = read_first_day(fields[kFrom], row, report);
  programme.to = read_last_day(fields[kTo], row, report);
  check_order(programme.from, programme.to, fields[kTo], report);
  programme.coordinator = fields[kCoordinator].text(row);
  return programme;
}

bool same(const Programme& a, const Programme& b) {
  return a.level == b.level && a.name == b.name && a.owner == b.owner;
}

void keep(Programme programme, const Field& id_field, OpenSource& source, IntakeState& state) {
  std::vector<Programme>& all = state.dataset.programmes;
  const auto known = std::find_if(all.begin(), all.end(), [&](const Programme& p) { return p.id == programme.id; });
  if (known == all.end()) {
    all.push_back(std::move(programme));
    state.programme_origins.push_back({&source, source.report.row()});
    source.report.count_row();
  } else if (source.spec->repeated && same(*known, programme)) {
    source.report.leave_out_row("repeated");
  } else {
    source.report.error("duplicate-programme", id_field, [&] {
      Args args = first_seen(state.programme_origins[static_cast<std::size_t>(known - all.begin())]);
      args.emplace_back("programme", quoted(programme.id));
      return args;
    });
    source.report.reject_row();
  }
}

}  // namespace

void read_programmes(OpenSource& source, IntakeState& state) {
  const std::vector<Field> fields = bind_fields(source, kProgrammeFields);
  if (fields.empty()) return;
  for_each_row(source, [&](const Row& row) {
    Programme programme = read_row(fields, row, state, source.report);
    source.report.row_is_sound() ? keep(std::move(programme), fields[kProgramme], source, state)
                                 : source.report.reject_row();
  });
}

}  // namespace kaskad::intake
