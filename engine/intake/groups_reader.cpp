#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/role_words.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

enum GroupField : std::size_t { kSchool, kRole, kFrom, kTo };
static_assert(kGroupFields[kTo].name == "to" && kGroupFields.size() == kTo + 1);

constexpr std::array<std::pair<std::string_view, Role>, 21> kRoleWords = {{{"focus", Role::focus},
                                                                           {"фокус", Role::focus},
                                                                           {"фокусная", Role::focus},
                                                                           {"фокус-группа", Role::focus},
                                                                           {"фокусная группа", Role::focus},
                                                                           {"control", Role::control},
                                                                           {"контроль", Role::control},
                                                                           {"контрольная", Role::control},
                                                                           {"контрольная группа", Role::control},
                                                                           {"base", Role::base},
                                                                           {"базовая", Role::base},
                                                                           {"опорная", Role::base},
                                                                           {"базовая площадка", Role::base},
                                                                           {"опорная площадка", Role::base},
                                                                           {"базовая (опорная) площадка", Role::base},
                                                                           {"б(о)п", Role::base},
                                                                           {"бп", Role::base},
                                                                           {"partner", Role::partner},
                                                                           {"партнер", Role::partner},
                                                                           {"школа-партнер", Role::partner},
                                                                           {"партнерская", Role::partner}}};

std::optional<Role> find_role(std::string_view text) {
  const std::string word = fold(text);
  const auto* found =
      std::find_if(kRoleWords.begin(), kRoleWords.end(), [&](const auto& entry) { return entry.first == word; });
  return found == kRoleWords.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<Role> read_role(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  const std::optional<Role> role = find_role(text);
  if (!role) {
    report.error("unknown-role", field, [&] {
      std::vector<std::string> words;
      for (const auto& [word, known] : kRoleWords) words.emplace_back(word);
      return Args{{"role", quoted(text)}, {"nearest", nearest_of(text, words)}};
    });
  }
  return role;
}

namespace {

int read_end(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  const std::optional<int> year = text.empty() ? std::optional(0) : parse_year(text);
  if (!year) report.error("not-a-year", field, [&] { return Args{{"value", quoted(text)}}; });
  return year.value_or(0);
}

bool overlap(const Membership& a, const Membership& b) {
  const auto starts_in_time = [](const Membership& x, const Membership& y) { return y.to == 0 || x.from <= y.to; };
  return starts_in_time(a, b) && starts_in_time(b, a);
}

/// A school cannot be supported and compared with at one time, nor hold one role twice.
bool exclude(Role a, Role b) {
  const bool focus_and_control = (a == Role::focus && b == Role::control) || (a == Role::control && b == Role::focus);
  return a == b || focus_and_control;
}

bool same(const Membership& a, const Membership& b) {
  return a.school == b.school && a.role == b.role && a.from == b.from && a.to == b.to;
}

Args about_overlap(const IntakeState& state, const Membership& known, const Origin& origin, Role role) {
  Args args = first_seen(origin);
  args.emplace_back("school", state.dataset.registry.schools[known.school].id);
  args.emplace_back("role", std::string(kRoleNames[static_cast<std::size_t>(role)]));
  args.emplace_back("other", std::string(kRoleNames[static_cast<std::size_t>(known.role)]));
  return args;
}

void keep(const Membership& membership, const Field& role_field, OpenSource& source, IntakeState& state) {
  std::vector<Membership>& all = state.dataset.memberships;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].school != membership.school) continue;
    if (source.spec->repeated && same(all[i], membership)) {
      source.report.leave_out_row("repeated");
      return;
    }
    if (!exclude(all[i].role, membership.role) || !overlap(all[i], membership)) continue;
    const std::string_view code = all[i].role == membership.role ? "repeated-membership" : "overlapping-membership";
    source.report.error(code, role_field,
                        [&] { return about_overlap(state, all[i], state.membership_origins[i], membership.role); });
    source.report.reject_row();
    return;
  }
  all.push_back(membership);
  state.membership_origins.push_back({&source, source.report.row()});
  source.report.count_row();
}

}  // namespace

void read_groups(OpenSource& source, IntakeState& state) {
  const std::vector<Field> fields = bind_fields(source, kGroupFields);
  if (fields.empty()) return;
  SchoolReader school_reader(*state.schools);
  for_each_row(source, [&](const Row& row) {
    Report& report = source.report;
    // A list of all schools leaves the role of most of them blank.
    if (fields[kRole].text(row).empty()) {
      report.leave_out_row("filtered");
      return;
    }
    const std::optional<SchoolId> school = school_reader.read(fields[kSchool], Field{}, row, report);
    const std::optional<Role> role = read_role(fields[kRole], row, report);
    const int from = read_end(fields[kFrom], row, report);
    const int to = read_end(fields[kTo], row, report);
    if (to != 0 && from > to) {
      report.error("period-reversed", fields[kTo], [&] {
        return Args{{"from", std::int64_t{from}}, {"to", std::int64_t{to}}};
      });
    }
    report.row_is_sound() ? keep({*school, *role, from, to}, fields[kRole], source, state) : report.reject_row();
  });
}

}  // namespace kaskad::intake
