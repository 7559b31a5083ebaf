#include <algorithm>
#include <set>

#include "indicators/calendar.hpp"
#include "indicators/cascade_parts.hpp"

namespace kaskad::cascade {
namespace {

constexpr double kRounding = 1e-9;  // a mean of thirds that should reach the threshold

bool asks(const CascadeComponent& component, OwnerLevel level) {
  return std::find(component.levels.begin(), component.levels.end(), level) != component.levels.end();
}

std::vector<CascadeNeed> spoken_of(const CascadeRubric& rubric, const ComponentReport& report, std::size_t component) {
  std::vector<CascadeNeed> needs;
  for (const CascadeNeed& need : needs_of(rubric, report.owner.level)) {
    const bool of_group = report.group.empty() ||
                          (need.group && kSchoolGroupNames[static_cast<std::size_t>(*need.group)] == report.group);
    if (need.component == component && of_group) needs.push_back(need);
  }
  return needs;
}

bool counts(const ComponentReport& report, const LookBack& at) {
  return is_day(report.date) ? has_come(report.date, at.date) : at.with_undated;
}

/// Does `next` take the place of `held`? The reports come by date, undated ones first.
bool decides(const ComponentReport& held, const ComponentReport& next) {
  return held.date != next.date || next.score < held.score;
}

}  // namespace

std::optional<Unit> unit_of(const Dataset& data, const RowOwner& owner) {
  if (owner.level == OwnerLevel::region) return Unit{owner.level, 0};
  if (owner.level == OwnerLevel::school)
    return owner.school ? std::optional(Unit{owner.level, std::size_t{*owner.school}}) : std::nullopt;
  const auto& names = data.registry.municipalities;
  const auto found = std::find(names.begin(), names.end(), owner.name);
  if (found == names.end()) return std::nullopt;
  return Unit{owner.level, static_cast<std::size_t>(found - names.begin())};
}

std::vector<CascadeNeed> needs_of(const CascadeRubric& rubric, OwnerLevel level) {
  std::vector<CascadeNeed> needs;
  for (std::size_t c = 0; c < rubric.components.size(); ++c) {
    const CascadeComponent& component = rubric.components[c];
    if (!asks(component, level)) continue;
    if (level != OwnerLevel::school || component.groups.empty()) needs.push_back({c, std::nullopt});
    if (level != OwnerLevel::school) continue;
    for (const SchoolGroup group : component.groups) needs.push_back({c, group});
  }
  return needs;
}

std::vector<PlacedReport> place_reports(const Dataset& data, const CascadeRubric& rubric) {
  std::map<std::string, std::optional<std::size_t>> known;  // few texts stand in many rows
  std::vector<PlacedReport> out;
  for (const ComponentReport& report : data.programme_data.components) {
    const auto [entry, is_new] = known.try_emplace(report.component);
    if (is_new) entry->second = rubric.find_component(report.component);
    PlacedReport placed{unit_of(data, report.owner), entry->second, {}};
    if (placed.component) placed.needs = spoken_of(rubric, report, *placed.component);
    out.push_back(std::move(placed));
  }
  return out;
}

ReportIndex::Key ReportIndex::key(const Unit& unit, const CascadeNeed& need) {
  return {unit.first, unit.second, need.component, need.group ? static_cast<int>(*need.group) : -1};
}

ReportIndex::ReportIndex(const Dataset& data, const CascadeRubric& rubric)
    : data_(data), complete_(rubric.complete), placed_(place_reports(data, rubric)) {
  const auto& reports = data.programme_data.components;
  std::set<std::string> dates;
  for (std::size_t r = 0; r < reports.size(); ++r) {
    const PlacedReport& placed = placed_[r];
    if (!placed.counts()) continue;
    for (const CascadeNeed& need : placed.needs) reports_[key(*placed.unit, need)].push_back(r);
    ++units_[*placed.unit];
    if (is_day(reports[r].date)) dates.insert(reports[r].date);
  }
  const auto day = [&](std::size_t r) { return is_day(reports[r].date) ? reports[r].date : std::string(); };
  for (auto& [unused, list] : reports_)
    std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) { return day(a) < day(b); });
  dates_.assign(dates.begin(), dates.end());
}

NeedStanding ReportIndex::standing(const Unit& unit, const CascadeNeed& need, const LookBack& at) const {
  NeedStanding out;
  out.need = need;
  const auto found = reports_.find(key(unit, need));
  if (found == reports_.end()) return out;
  const auto& reports = data_.programme_data.components;
  for (const std::size_t r : found->second) {
    if (!counts(reports[r], at)) continue;
    if (!reports[r].reliable)
      ++out.unreliable;
    else if (!out.report || decides(reports[*out.report], reports[r]))
      out.report = r;
  }
  if (!out.report) {
    out.state = out.unreliable > 0 ? NeedState::unreliable : NeedState::missing;
    return out;
  }
  out.score = reports[*out.report].score;
  out.state = out.score + kRounding >= complete_ ? NeedState::complete : NeedState::incomplete;
  return out;
}

}  // namespace kaskad::cascade
