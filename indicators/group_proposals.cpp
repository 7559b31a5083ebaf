#include "indicators/group_proposals.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/stats/matching.hpp"
#include "engine/stats/spread.hpp"

namespace kaskad {
namespace {

std::optional<int> size_field_of(const Dataset& data) {
  const auto& fields = data.context.fields;
  const auto found = std::find_if(fields.begin(), fields.end(), [](const ContextField& f) { return f.is_total; });
  return found == fields.end() ? std::nullopt : std::optional(static_cast<int>(found - fields.begin()));
}

double size_of(const Dataset& data, const GroupProposals& p, SchoolId school, std::int64_t participants) {
  if (!p.size_field) return participants > 0 ? static_cast<double>(participants) : kNaN;
  double sum = 0, n = 0;
  for (const int year : p.years) {
    const ContextValue* value = data.context.find(*p.size_field, school, year);
    if (value == nullptr || value->n == 0) continue;
    sum += value->sum;
    n += 1;
  }
  return n > 0 && sum > 0 ? sum / n : kNaN;
}

ProposalUnit unit_of(const Dataset& data, const Figures& figures, const GroupProposals& p, const SocialIndex& index,
                     SchoolId school) {
  ProposalUnit unit;
  const auto time = identification_of(index, p.years.back());
  const std::size_t first = 0;
  if (!index.empty()) unit.values[0] = index.times[time.value_or(first)].schools[school].value;
  const Basis basis = pool(figures.series[*p.series], data.vocabulary.years, {school}, p.years);
  const Estimate result = printed(figures, figures.series[*p.series], data.vocabulary.years, {school}, p.years);
  unit.n = basis.n;
  unit.values[1] = size_of(data, p, school, basis.n);
  unit.values[2] = result.defined() ? result.value : kNaN;
  return unit;
}

bool is_listed(const Identification& identification, SchoolId school) {
  const LowIdentification& low = identification.low;
  return !low.empty() && low.verdict(school, low.years.size() - 1).listed == Answer::yes;
}

std::vector<SchoolId> members_of(const Frame& frame, Role role) {
  const auto entity = frame.find_entity(EntityKind::group, kRoleNames[static_cast<std::size_t>(role)]);
  return entity ? frame.members[*entity] : std::vector<SchoolId>{};
}

/// Whom to support: the focus group, or else the list.
void choose_supported(const Dataset& data, const Figures& figures, const Identification& identification,
                      GroupProposals& out) {
  out.supported = members_of(figures.frame, Role::focus);
  out.from_list = out.supported.empty();
  for (SchoolId s = 0; out.from_list && s < data.registry.schools.size(); ++s) {
    if (is_listed(identification, s)) out.supported.push_back(s);
  }
}

bool contains(const std::vector<SchoolId>& schools, SchoolId school) {
  return std::find(schools.begin(), schools.end(), school) != schools.end();
}

std::string exact_value(const School& school, ExactField field) {
  const auto flag = [](const std::optional<bool>& b) { return !b ? std::string("?") : std::string(*b ? "1" : "0"); };
  switch (field) {
    case ExactField::rural:
      return flag(school.rural);
    case ExactField::small:
      return flag(school.small);
    case ExactField::type:
      return school.type;
    case ExactField::municipality:
      break;
  }
  return school.municipality;
}

/// Schools of one stratum share every exact field.
std::vector<int> strata_of(const Dataset& data, const std::vector<SchoolId>& schools,
                           const std::vector<ExactField>& exact) {
  std::map<std::vector<std::string>, int> known;
  std::vector<int> out;
  for (const SchoolId s : schools) {
    std::vector<std::string> key;
    for (const ExactField field : exact) key.push_back(exact_value(data.registry.schools[s], field));
    out.push_back(known.try_emplace(key, static_cast<int>(known.size())).first->second);
  }
  return out;
}

double in_distance(const ProposalUnit& unit, Covariate covariate) {
  const double value = unit.values[static_cast<std::size_t>(covariate)];
  return covariate == Covariate::size ? std::log(value) : value;
}

/// Covariates that some school has; partners are not asked to have the same results.
std::vector<Covariate> covariates_of(const GroupProposals& p, ProposedRole role) {
  std::vector<Covariate> out;
  for (std::size_t c = 0; c < kCovariates; ++c) {
    const auto covariate = static_cast<Covariate>(c);
    const bool known = std::any_of(p.units.begin(), p.units.end(),
                                   [&](const ProposalUnit& u) { return std::isfinite(in_distance(u, covariate)); });
    if (known && !(role == ProposedRole::partner && covariate == Covariate::result)) out.push_back(covariate);
  }
  return out;
}

bool is_complete(const ProposalUnit& unit, const std::vector<Covariate>& covariates) {
  return std::all_of(covariates.begin(), covariates.end(),
                     [&](Covariate c) { return std::isfinite(in_distance(unit, c)); });
}

/// The result from which a school may be a partner; in the direction of the indicator.
double strong_border(const GroupProposals& p, bool less_is_better) {
  std::vector<double> results;
  for (const ProposalUnit& unit : p.units) {
    const double value = unit.values[static_cast<std::size_t>(Covariate::result)];
    if (std::isfinite(value)) results.push_back(less_is_better ? -value : value);
  }
  std::sort(results.begin(), results.end());
  return results.empty() ? kNaN : stats::quantile7(results, p.settings.strong_from);
}

struct Pool {
  std::vector<SchoolId> schools;  ///< Supported first.
  std::size_t supported = 0;
};

Pool pool_of(const GroupProposals& p, const Identification& identification, const ProposedGroup& group,
             bool less_is_better) {
  Pool out;
  for (const SchoolId s : p.supported) {
    if (is_complete(p.units[s], group.covariates)) out.schools.push_back(s);
  }
  out.supported = out.schools.size();
  const double strong = strong_border(p, less_is_better);
  for (SchoolId s = 0; s < p.units.size(); ++s) {
    const double result = p.units[s].values[static_cast<std::size_t>(Covariate::result)];
    const bool is_strong = (less_is_better ? -result : result) >= strong;
    if (group.role == ProposedRole::partner && !is_strong) continue;
    if (!contains(p.supported, s) && !is_listed(identification, s) && is_complete(p.units[s], group.covariates))
      out.schools.push_back(s);
  }
  return out;
}

stats::Matrix values_of(const GroupProposals& p, const Pool& pool, const std::vector<Covariate>& covariates) {
  stats::Matrix out(pool.schools.size(), covariates.size());
  for (std::size_t i = 0; i < pool.schools.size(); ++i) {
    for (std::size_t c = 0; c < covariates.size(); ++c)
      out(i, c) = in_distance(p.units[pool.schools[i]], covariates[c]);
  }
  return out;
}

stats::MatchPlan plan_of(const ProposalSettings& settings, ProposedRole role) {
  stats::MatchPlan plan;
  plan.ratio = role == ProposedRole::control ? settings.controls : settings.partners;
  plan.reuse_most = role == ProposedRole::control ? 1 : settings.most_helped;
  plan.caliper = settings.caliper > 0 ? settings.caliper : kNaN;
  plan.ties = stats::TieRule::first_row;
  return plan;
}

void add_balance(const stats::Matrix& values, const std::vector<char>& supported, const std::vector<double>& weights,
                 ProposedGroup& group) {
  for (std::size_t c = 0; c < group.covariates.size(); ++c) {
    const std::vector<double> column(values.column(c), values.column(c) + values.rows);
    const double sd = stats::balance_sd(column, supported);
    group.balance.push_back({group.covariates[c], stats::covariate_balance(column, supported, {}, sd),
                             stats::covariate_balance(column, supported, weights, sd)});
  }
}

ProposedGroup propose(const Dataset& data, const GroupProposals& p, const Identification& identification,
                      ProposedRole role, bool less_is_better) {
  ProposedGroup group;
  group.role = role;
  group.covariates = covariates_of(p, role);
  const Pool pool = pool_of(p, identification, group, less_is_better);
  group.candidates = static_cast<std::int64_t>(pool.schools.size() - pool.supported);
  std::vector<char> supported(pool.schools.size(), 0);
  std::fill_n(supported.begin(), pool.supported, char{1});
  if (group.covariates.empty() || pool.supported == 0 || group.candidates == 0) return group;
  const stats::Matrix values = values_of(p, pool, group.covariates);
  stats::MahalanobisPoints points = stats::mahalanobis_points(values, supported);
  group.reason = points.reason;
  if (group.reason != Undefined::none) return group;
  const stats::MatchUnits units{std::move(points.points), supported, strata_of(data, pool.schools, p.settings.exact)};
  const bool optimal = role == ProposedRole::control && p.settings.method == PairMethod::optimal;
  const stats::MatchPlan plan = plan_of(p.settings, role);
  const stats::Matching matching = optimal ? stats::match_optimal(units, plan) : stats::match_nearest(units, plan);
  group.reason = matching.reason;
  for (const stats::MatchedPair& pair : matching.pairs)
    group.pairs.push_back({pool.schools[pair.treated], pool.schools[pair.control], pair.distance});
  for (std::size_t i = 0; i < pool.supported; ++i) {
    const SchoolId s = pool.schools[i];
    const auto is_own = [&](const ProposedPair& pair) { return pair.school == s; };
    if (std::none_of(group.pairs.begin(), group.pairs.end(), is_own)) group.without.push_back(s);
  }
  if (group.reason == Undefined::none) add_balance(values, supported, matching.weights, group);
  return group;
}

}  // namespace

GroupProposals propose_groups(const Dataset& data, const Figures& figures, std::optional<std::size_t> series,
                              const std::vector<int>& years, const Identification& identification,
                              const ProposalSettings& settings) {
  GroupProposals out;
  out.settings = settings;
  out.series = series;
  out.years = years;
  if (!settings.on || !series || years.empty()) return out;
  choose_supported(data, figures, identification, out);
  if (out.supported.empty()) return out;
  out.size_field = size_field_of(data);
  for (SchoolId s = 0; s < data.registry.schools.size(); ++s)
    out.units.push_back(unit_of(data, figures, out, identification.social, s));
  const std::vector<Covariate> needed = covariates_of(out, ProposedRole::control);
  for (const SchoolId s : out.supported) {
    if (!is_complete(out.units[s], needed)) out.incomplete.push_back(s);
  }
  const bool less_is_better = figures.indicator_of(*series).direction == Direction::down;
  for (const ProposedRole role : {ProposedRole::control, ProposedRole::partner})
    out.groups[static_cast<std::size_t>(role)] = propose(data, out, identification, role, less_is_better);
  return out;
}

}  // namespace kaskad
