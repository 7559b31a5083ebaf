#include <algorithm>
#include <numeric>

#include "engine/base/text.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/municipalities.hpp"
#include "engine/intake/natural_order.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

constexpr std::size_t kMostSchools = (std::size_t{1} << 20) - 1;  // CellKey gives a school 20 bits.

enum RegistryField : std::size_t { kSchool, kName, kMunicipality, kType, kRural, kSmall };
static_assert(kRegistryFields[kSmall].name == "small" && kRegistryFields.size() == kSmall + 1);

std::optional<bool> read_boolean(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return std::nullopt;
  const std::optional<bool> value = parse_boolean(text);
  if (!value) report.error("not-a-boolean", field, [&] { return Args{{"value", quoted(text)}}; });
  return value;
}

School read_school(const std::vector<Field>& fields, const Row& row, Report& report) {
  School school;
  school.id = fields[kSchool].text(row);
  is_filled(school.id, fields[kSchool], report);
  school.name = fields[kName].text(row);
  school.municipality = fields[kMunicipality].text(row);
  school.type = fields[kType].text(row);
  school.rural = read_boolean(fields[kRural], row, report);
  school.small = read_boolean(fields[kSmall], row, report);
  return school;
}

/// What two rows say of a school: blank agrees with everything.
bool agree(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }
bool agree(const std::optional<bool>& a, const std::optional<bool>& b) { return !a || !b || *a == *b; }

std::optional<RegistryField> disagreement(const School& a, const School& b) {
  if (!agree(a.name, b.name)) return kName;
  if (!agree(a.municipality, b.municipality)) return kMunicipality;
  if (!agree(a.type, b.type)) return kType;
  if (!agree(a.rural, b.rural)) return kRural;
  if (!agree(a.small, b.small)) return kSmall;
  return std::nullopt;
}

void fill_blanks(School& school, const School& from) {
  if (school.name.empty()) school.name = from.name;
  if (school.municipality.empty()) school.municipality = from.municipality;
  if (school.type.empty()) school.type = from.type;
  if (!school.rural) school.rural = from.rural;
  if (!school.small) school.small = from.small;
}

Args about_school(const School& school, const Origin& first) {
  Args args = first_seen(first);
  args.emplace_back("school", school.id);
  return args;
}

void keep_school(School school, OpenSource& source, RegistryDraft& draft) {
  if (draft.schools.size() == kMostSchools) {
    source.report.error("too-many-schools", Field{}, [] { return Args{{"most", std::int64_t{kMostSchools}}}; });
    source.report.reject_row();
    return;
  }
  draft.by_id.emplace(school.id, draft.schools.size());
  draft.schools.push_back(std::move(school));
  draft.origins.push_back({&source, source.report.row()});
  source.report.count_row();
}

void meet_again(const School& school, std::size_t known, const std::vector<Field>& fields, OpenSource& source,
                RegistryDraft& draft) {
  Report& report = source.report;
  const Origin& first = draft.origins[known];
  if (!source.spec->repeated) {
    report.error("duplicate-school", fields[kSchool], [&] { return about_school(school, first); });
    report.reject_row();
    return;
  }
  const std::optional<RegistryField> field = disagreement(draft.schools[known], school);
  if (field) {
    report.error("contradictory-school", fields[*field], [&] { return about_school(school, first); });
    report.reject_row();
    return;
  }
  fill_blanks(draft.schools[known], school);
  report.leave_out_row("repeated");
}

std::vector<std::string> municipalities_of(const std::vector<School>& schools) {
  std::vector<std::string> names;
  for (const School& school : schools) {
    if (!school.municipality.empty()) names.push_back(school.municipality);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::stable_sort(names.begin(), names.end(),
                   [](const std::string& a, const std::string& b) { return collates_before(a, b, "ru"); });
  return names;
}

}  // namespace

void read_registry(OpenSource& source, IntakeState& state) {
  const std::vector<Field> fields = bind_fields(source, kRegistryFields);
  if (fields.empty()) return;
  for_each_row(source, [&](const Row& row) {
    School school = read_school(fields, row, source.report);
    if (!source.report.row_is_sound()) {
      source.report.reject_row();
      return;
    }
    const auto known = state.registry.by_id.find(school.id);
    known == state.registry.by_id.end() ? keep_school(std::move(school), source, state.registry)
                                        : meet_again(school, known->second, fields, source, state.registry);
  });
}

void finish_registry(IntakeState& state) {
  Registry& registry = state.dataset.registry;
  unite_municipalities(state.registry);
  registry.schools = std::move(state.registry.schools);
  std::sort(registry.schools.begin(), registry.schools.end(),
            [](const School& a, const School& b) { return naturally_before(a.id, b.id); });
  registry.municipalities = municipalities_of(registry.schools);
  state.schools.emplace(registry);
}

}  // namespace kaskad::intake
