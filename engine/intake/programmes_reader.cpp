#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

enum ProgrammeField : std::size_t { kProgramme, kLevel, kOwner, kName };
static_assert(kProgrammeFields[kName].name == "name" && kProgrammeFields.size() == kName + 1);

constexpr std::string_view kSchoolLevel = "school";
constexpr std::string_view kMunicipalLevel = "municipal";
constexpr std::string_view kRegionalLevel = "regional";

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kLevelWords = {
    {{"school", kSchoolLevel},
     {"школа", kSchoolLevel},
     {"школьный", kSchoolLevel},
     {"школьная", kSchoolLevel},
     {"municipal", kMunicipalLevel},
     {"муниципалитет", kMunicipalLevel},
     {"муниципальный", kMunicipalLevel},
     {"муниципальная", kMunicipalLevel},
     {"regional", kRegionalLevel},
     {"регион", kRegionalLevel},
     {"региональный", kRegionalLevel},
     {"региональная", kRegionalLevel}}};

std::string read_level(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return {};
  const std::string word = fold(text);
  const auto* found =
      std::find_if(kLevelWords.begin(), kLevelWords.end(), [&](const auto& entry) { return entry.first == word; });
  if (found != kLevelWords.end()) return std::string(found->second);
  report.error("unknown-level", field, [&] { return Args{{"level", quoted(text)}}; });
  return {};
}

void read_municipality(Programme& programme, const Field& field, const Registry& registry, Report& report) {
  const std::string word = fold(programme.owner);
  const auto found = std::find_if(registry.municipalities.begin(), registry.municipalities.end(),
                                  [&](const std::string& name) { return fold(name) == word; });
  if (found != registry.municipalities.end()) {
    programme.owner = *found;
    return;
  }
  report.error("unknown-municipality", field, [&] {
    return Args{{"municipality", quoted(programme.owner)},
                {"nearest", nearest_of(programme.owner, registry.municipalities)}};
  });
}

void read_owner(Programme& programme, const Field& field, const Row& row, const IntakeState& state, Report& report) {
  programme.owner = field.text(row);
  if (programme.level == kSchoolLevel) {
    if (!is_filled(programme.owner, field, report)) return;
    programme.school = state.schools->find(programme.owner);
    if (!programme.school)
      report_unknown_school(programme.owner, field, *state.schools, report);
    else
      programme.owner = state.dataset.registry.schools[*programme.school].id;
  } else if (programme.level == kMunicipalLevel && is_filled(programme.owner, field, report)) {
    read_municipality(programme, field, state.dataset.registry, report);
  }
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
    Programme programme;
    programme.id = fields[kProgramme].text(row);
    is_filled(programme.id, fields[kProgramme], source.report);
    programme.level = read_level(fields[kLevel], row, source.report);
    programme.name = fields[kName].text(row);
    read_owner(programme, fields[kOwner], row, state, source.report);
    source.report.row_is_sound() ? keep(std::move(programme), fields[kProgramme], source, state)
                                 : source.report.reject_row();
  });
}

}  // namespace kaskad::intake
