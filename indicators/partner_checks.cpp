#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/cube/measure.hpp"
#include "indicators/partners.hpp"

namespace kaskad {
namespace {

struct Check {
  const Dataset& data;
  const PartnerSettings& settings;
  std::int64_t minimum_n;
  Diagnostics& out;

  const std::string& id(SchoolId school) const { return data.registry.schools[school].id; }
  std::string name(SchoolId school) const {
    const std::string& name = data.registry.schools[school].name;
    return name.empty() ? "none" : name;
  }

  void tell(const Partnership& p, Severity severity, std::string code, Args more = {}) const {
    Diagnostic d;
    d.severity = severity;
    d.place = p.place;
    d.message = {std::move(code),
                 {{"school", id(p.school)},
                  {"partner", id(p.partner)},
                  {"school_name", name(p.school)},
                  {"partner_name", name(p.partner)}}};
    for (auto& arg : more) d.message.args.push_back(std::move(arg));
    out.push_back(std::move(d));
  }

  bool is_focus(SchoolId school) const {
    return std::any_of(data.memberships.begin(), data.memberships.end(),
                       [&](const Membership& m) { return m.school == school && m.role == Role::focus; });
  }

  void roles(const Partnership& p) const {
    if (is_focus(p.school) && is_focus(p.partner)) tell(p, Severity::warning, "partners-both-focus");
  }

  /// Two helpers of one school under the same label of a pair.
  void labels() const {
    std::map<std::pair<SchoolId, std::string>, const Partnership*> first;
    for (const Partnership& p : data.partnerships) {
      if (p.label.empty()) continue;
      const auto [found, is_new] = first.try_emplace({p.school, p.label}, &p);
      if (is_new || found->second->partner == p.partner) continue;
      tell(p, Severity::warning, "partners-two-in-pair",
           {{"label", p.label}, {"other", id(found->second->partner)}, {"row", found->second->place.row}});
    }
  }

  /// Mean of a cell's scores, or of its marks, if at least minimum_n pupils have one.
  std::optional<double> mean_in(std::size_t place, Outcome outcome) const {
    if (place == data.cube.size()) return std::nullopt;
    const Tally tally = data.cube.cell(place).tally(outcome);
    const Measured m = mean(tally);
    if (tally.n() < minimum_n || !m.defined()) return std::nullopt;
    return m.value;
  }

  /// Common works, counted once over all years, and in how many of them the partner's mean is the lower one in every
  /// year.
  std::pair<std::int64_t, std::int64_t> compared(const Partnership& p) const {
    std::map<std::tuple<ProcedureId, SubjectId, std::uint8_t>, bool> is_lower;
    const auto [begin, end] = data.cube.range_of_school(p.school);
    for (std::size_t c = begin; c < end; ++c) {
      CellKey key = data.cube.cell(c).key;
      key.school = p.partner;
      const std::size_t other = data.cube.find(key);
      for (const Outcome outcome : {Outcome::test, Outcome::primary, Outcome::mark}) {
        const auto own = mean_in(c, outcome), theirs = mean_in(other, outcome);
        if (!own || !theirs) continue;
        bool& lower = is_lower.try_emplace({key.procedure, key.subject, key.grade}, true).first->second;
        lower = lower && *theirs < *own;
        break;
      }
    }
    const auto lower = std::count_if(is_lower.begin(), is_lower.end(), [](const auto& work) { return work.second; });
    return {static_cast<std::int64_t>(is_lower.size()), lower};
  }

  void weaker(const Partnership& p) const {
    const auto [works, lower] = compared(p);
    if (works >= settings.least_works && lower == works) tell(p, Severity::note, "partners-weaker", {{"works", works}});
  }
};

}  // namespace

Diagnostics check_partners(const Dataset& data, const PartnerSettings& settings, std::int64_t minimum_n) {
  Diagnostics out;
  const Check check{data, settings, minimum_n, out};
  for (const Partnership& p : data.partnerships) {
    check.roles(p);
    check.weaker(p);
  }
  check.labels();
  return out;
}

}  // namespace kaskad
