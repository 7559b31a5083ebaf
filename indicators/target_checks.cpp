// Targets and waves that name what nobody knows.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/base/text.hpp"
#include "engine/intake/numbers.hpp"
#include "indicators/targets.hpp"

namespace kaskad {
namespace {

Diagnostic warning(const Place& place, std::string code, Args args) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.place = place;
  d.message = {std::move(code), std::move(args)};
  return d;
}

bool holds(const std::vector<std::string>& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

/// What targets may name.
struct Known {
  std::vector<std::string> indicators, fields, procedures, subjects, groups, waves;
};

Known known_of(const Dataset& data, const std::vector<Indicator>& indicators, const std::vector<Wave>& waves) {
  Known out;
  for (const Indicator& i : indicators) out.indicators.push_back(i.id);
  for (const ContextField& f : data.context.fields) out.fields.push_back(f.id);
  for (const Procedure& p : data.vocabulary.procedures) out.procedures.push_back(p.id);
  for (const Subject& s : data.vocabulary.subjects) out.subjects.push_back(s.id);
  for (const Membership& m : data.memberships) out.groups.emplace_back(kRoleNames[static_cast<std::size_t>(m.role)]);
  for (const Wave& w : waves) out.waves.push_back(w.id);
  return out;
}

class TargetChecks {
 public:
  TargetChecks(const Dataset& data, Known known, Diagnostics& out) : data_(data), known_(std::move(known)), out_(out) {}

  void check(const TargetValue& target) {
    const bool of_context = target.procedure.empty();
    check_id(target, "target-unknown-indicator", target.indicator, of_context ? known_.fields : known_.indicators);
    if (!of_context) {
      check_id(target, "target-unknown-procedure", target.procedure, known_.procedures);
      if (target.subject != "*") check_id(target, "target-unknown-subject", target.subject, known_.subjects);
    }
    if (!target.group.empty()) check_id(target, "target-unknown-group", target.group, known_.groups);
    check_period(target);
    check_twice(target);
  }

 private:
  void check_id(const TargetValue& target, const char* code, const std::string& id,
                const std::vector<std::string>& known) {
    if (!holds(known, id))
      out_.push_back(warning(target.place, code, {{"id", id}, {"nearest", nearest_of(id, known)}}));
  }

  static std::string nearest_of(const std::string& id, const std::vector<std::string>& known) {
    return nearest(id, known).value_or("none");
  }

  void check_period(const TargetValue& target) {
    if (holds(known_.waves, target.period)) return;
    const auto year = intake::parse_year(target.period);
    if (!year) {
      out_.push_back(warning(target.place, "target-unknown-period",
                             {{"id", target.period}, {"nearest", nearest_of(target.period, known_.waves)}}));
    } else if (!data_.vocabulary.years.empty() && *year < data_.vocabulary.years.front()) {
      out_.push_back(warning(target.place, "target-before-project", {{"year", std::to_string(*year)}}));
    }
  }

  /// Two values for one thing.
  void check_twice(const TargetValue& t) {
    const auto key = std::tuple(t.programme.value_or(-1), static_cast<int>(t.owner.level), t.owner.name, t.group,
                                t.indicator, t.procedure, t.subject, t.grade, t.period);
    const auto [seen, is_new] = seen_.emplace(key, &t);
    if (is_new || seen->second->value == t.value) return;
    out_.push_back(warning(t.place, "target-twice",
                           {{"indicator", t.indicator},
                            {"period", t.period},
                            {"file", seen->second->place.file},
                            {"row", seen->second->place.row}}));
  }

  const Dataset& data_;
  Known known_;
  Diagnostics& out_;
  std::map<std::tuple<int, int, std::string, std::string, std::string, std::string, std::string, int, std::string>,
           const TargetValue*>
      seen_;
};

/// Programmes of waves that no programme's row names.
void check_programmes(const Dataset& data, const std::vector<Wave>& waves, Diagnostics& out) {
  std::vector<std::string> known;
  for (const Programme& p : data.programmes) known.push_back(p.id);
  for (const Wave& wave : waves) {
    for (const std::string& id : wave.programmes) {
      if (holds(known, id)) continue;
      out.push_back(warning({}, "wave-unknown-programme",
                            {{"wave", wave.id}, {"id", id}, {"nearest", nearest(id, known).value_or("none")}}));
    }
  }
}

/// Results of one number in one programme.
void check_expected(const Dataset& data, Diagnostics& out) {
  std::map<std::pair<int, std::string>, const ExpectedResult*> seen;
  for (const ExpectedResult& result : data.programme_data.expected) {
    const auto [other, is_new] = seen.emplace(std::pair(result.programme, result.number), &result);
    if (is_new) continue;
    out.push_back(
        warning(result.place, "expected-twice",
                {{"number", result.number}, {"file", other->second->place.file}, {"row", other->second->place.row}}));
  }
}

}  // namespace

Diagnostics check_targets(const Dataset& data, const std::vector<Indicator>& indicators,
                          const std::vector<Wave>& waves) {
  Diagnostics out;
  TargetChecks checks(data, known_of(data, indicators, waves), out);
  for (const TargetValue& target : data.programme_data.targets) checks.check(target);
  for (const ExpectedResult& result : data.programme_data.expected) {
    if (result.measure) checks.check(*result.measure);
  }
  check_expected(data, out);
  check_programmes(data, waves, out);
  return out;
}

}  // namespace kaskad
