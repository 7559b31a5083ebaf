// Rows of participation that do not go together.
#include <algorithm>
#include <array>
#include <map>

#include "engine/base/text.hpp"
#include "indicators/participation.hpp"

namespace kaskad {
namespace {

using State = ParticipationState;

/// States of one school and year that cannot both be true. A school may take part and complete in one year, or take
/// part and leave.
constexpr std::array<std::pair<State, State>, 4> kExclude = {{{State::takes_part, State::goes_on},
                                                              {State::goes_on, State::completed},
                                                              {State::completed, State::left},
                                                              {State::goes_on, State::left}}};

bool exclude(State a, State b) {
  return std::any_of(kExclude.begin(), kExclude.end(), [&](const auto& pair) {
    return (pair.first == a && pair.second == b) || (pair.first == b && pair.second == a);
  });
}

std::string name_of(State state) { return std::string(kParticipationStateNames[static_cast<std::size_t>(state)]); }

/// A warning at a row that names another one.
Diagnostic doubt(const Dataset& data, std::string code, const Participation& row, const Participation* other) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.place = row.place;
  d.message = {std::move(code),
               {{"school", data.registry.schools[row.school].id},
                {"programme", data.programmes[static_cast<std::size_t>(row.programme)].id},
                {"year", std::to_string(row.year)},
                {"state", name_of(row.state)}}};
  if (other == nullptr) return d;
  d.message.args.emplace_back("other_year", std::to_string(other->year));
  d.message.args.emplace_back("other_state", name_of(other->state));
  d.message.args.emplace_back("file", other->place.file);
  d.message.args.emplace_back("row", other->place.row);
  return d;
}

/// Rows of one school in one programme, in the order of the files.
using Rows = std::vector<const Participation*>;

const Participation* first_of(const Rows& rows, State state) {
  const Participation* out = nullptr;
  for (const Participation* p : rows) {
    if (p->state == state && (out == nullptr || p->year < out->year)) out = p;
  }
  return out;
}

bool is_inside(State state) { return state == State::takes_part || state == State::goes_on; }

/// Completed or going on, and never took part in that year or before.
void check_entry(const Dataset& data, const Rows& rows, Diagnostics& out) {
  const Participation* entry = first_of(rows, State::takes_part);
  for (const Participation* p : rows) {
    if (p->state != State::completed && p->state != State::goes_on) continue;
    if (entry == nullptr) {
      out.push_back(doubt(data, "participation-never-entered", *p, nullptr));
    } else if (p->year < entry->year) {
      out.push_back(doubt(data, "participation-before-entry", *p, entry));
    }
  }
}

void check_after_completion(const Dataset& data, const Rows& rows, Diagnostics& out) {
  const Participation* completed = first_of(rows, State::completed);
  if (completed == nullptr) return;
  for (const Participation* p : rows) {
    if (is_inside(p->state) && p->year > completed->year)
      out.push_back(doubt(data, "participation-after-completion", *p, completed));
    if (p->state == State::completed && p->year > completed->year)
      out.push_back(doubt(data, "participation-completed-twice", *p, completed));
  }
}

void check_states(const Dataset& data, const Rows& rows, Diagnostics& out) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[i]->year == rows[j]->year && exclude(rows[i]->state, rows[j]->state))
        out.push_back(doubt(data, "participation-two-states", *rows[i], rows[j]));
    }
  }
}

/// The year of an ISO date; 0 when there is none.
int year_of(const std::string& date) { return date.size() < 4 ? 0 : std::stoi(date.substr(0, 4)); }

/// School years 2017/18 … of a programme from 2017 to 2021 are 2018 … 2021, and 2017 where it began in spring.
void check_term(const Dataset& data, const Rows& rows, Diagnostics& out) {
  for (const Participation* p : rows) {
    const Programme& programme = data.programmes[static_cast<std::size_t>(p->programme)];
    const int from = year_of(programme.from), to = year_of(programme.to);
    if ((from == 0 || p->year >= from) && (to == 0 || p->year <= to + 1)) continue;
    Diagnostic d = doubt(data, "participation-outside-term", *p, nullptr);
    d.message.args.emplace_back("from", from == 0 ? "none" : programme.from);
    d.message.args.emplace_back("to", to == 0 ? "none" : programme.to);
    out.push_back(std::move(d));
  }
}

}  // namespace

Diagnostics check_registry(const Dataset& data, const RegistrySettings& settings) {
  std::vector<std::string> programmes;
  for (const Programme& p : data.programmes) programmes.push_back(p.id);
  Diagnostics out;
  const auto check_programme = [&](const std::string& id) {
    if (id.empty() || std::find(programmes.begin(), programmes.end(), id) != programmes.end()) return;
    out.push_back(
        {Severity::warning,
         {},
         {"registry-unknown-programme", {{"id", id}, {"nearest", nearest(id, programmes).value_or("none")}}}});
  };
  const auto& rows = data.programme_data.participation;
  for (const StatedCompletion& stated : settings.stated) {
    check_programme(stated.programme);
    const auto of_year = [&](const Participation& p) { return p.year == stated.year; };
    if (std::none_of(rows.begin(), rows.end(), of_year))
      out.push_back({Severity::warning, {}, {"registry-year-without-rows", {{"year", std::to_string(stated.year)}}}});
  }
  check_programme(settings.outcome.programme);
  return out;
}

Diagnostics check_participation(const Dataset& data) {
  std::map<std::pair<int, SchoolId>, Rows> by_school;
  for (const Participation& p : data.programme_data.participation) by_school[{p.programme, p.school}].push_back(&p);
  Diagnostics out;
  for (const auto& [key, rows] : by_school) {
    for (const auto check : {check_entry, check_after_completion, check_states, check_term}) check(data, rows, out);
  }
  return out;
}

}  // namespace kaskad
