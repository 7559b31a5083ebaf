// Proposed groups as a tree: pairs with their reasons, balance before and after, schools for which there is none.
#include <cmath>

#include "reports/content/identify_data.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/proposal_words.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

Quantity standardised(double value, std::int64_t n) {
  return {std::isfinite(value) ? exactly(value, n) : undefined(Undefined::no_variation, n), Unit::effect, 2, true,
          owner_of(kRegion)};
}

Quantity mean_of(const GroupProposals& p, const Briefing& b, Covariate covariate, double value, std::int64_t n) {
  // Sizes are compared by their logarithms; the reader gets pupils, the geometric mean.
  if (covariate == Covariate::size) value = std::exp(value);
  const Estimate e = std::isfinite(value) ? exactly(value, n) : undefined(Undefined::no_data, n);
  if (covariate == Covariate::result) return level(b.figures().indicator_of(*p.series), e, owner_of(kRegion));
  return {e, Unit::none, covariate == Covariate::size ? 0 : 1, false, owner_of(kRegion)};
}

List balance_rows(const Briefing& b, const GroupProposals& p, const ProposedGroup& group) {
  List rows;
  const auto n = static_cast<std::int64_t>(p.supported.size());
  for (const ProposalBalance& of : group.balance)
    rows.push_back(Object{
        {"name", covariate_name(b, p, of.covariate)},
        {"supported", mean_of(p, b, of.covariate, of.before.mean_treated, n)},
        {"candidates", mean_of(p, b, of.covariate, of.before.mean_control, group.candidates)},
        {"matched", mean_of(p, b, of.covariate, of.after.mean_control, static_cast<std::int64_t>(group.pairs.size()))},
        {"before", standardised(of.before.standardised, n)},
        {"after", standardised(of.after.standardised, n)}});
  return rows;
}

/// Standardised differences before and after, a row a covariate.
Value love_plot(const Briefing& b, const GroupProposals& p, const ProposedGroup& group) {
  if (group.balance.empty()) return Object{{"missing", b.texts.get("undefined.no_data")}};
  List rows;
  const auto n = static_cast<std::int64_t>(p.supported.size());
  for (const ProposalBalance& of : group.balance)
    rows.push_back(
        Object{{"label", covariate_name(b, p, of.covariate)},
               {"dots", List{Object{{"role", "control"}, {"value", standardised(of.before.standardised, n)}},
                             Object{{"role", "focus"}, {"value", standardised(of.after.standardised, n)}}}}});
  List legend = {Object{{"role", "control"}, {"label", b.texts.get("proposals.legend.before")}},
                 Object{{"role", "focus"}, {"label", b.texts.get("proposals.legend.after")}}};
  return Object{{"legend", std::move(legend)}, {"rows", std::move(rows)}, {"zero_line", true}};
}

Object pair_row(const Briefing& b, const GroupProposals& p, const ProposedGroup& group, const ProposedPair& pair,
                std::size_t number) {
  Object row = found_school(b, pair.school, number);
  row.emplace_back(
      "role", b.texts.get("proposals.role." + std::string(kProposedRoleNames[static_cast<std::size_t>(group.role)])));
  row.emplace_back("other_id", b.data.registry.schools[pair.other].id);
  row.emplace_back("other", school_name(b, pair.other));
  row.emplace_back("other_municipality", b.data.registry.schools[pair.other].municipality);
  row.emplace_back("distance", Quantity{exactly(pair.distance, 1), Unit::none, 2, false, owner_of(kRegion)});
  row.emplace_back("reason", Value::told_of(owner_of(kRegion), pair_reason(b, p, group, pair)));
  return row;
}

List without_rows(const Briefing& b, const std::vector<SchoolId>& schools) {
  List rows;
  for (const SchoolId s : schools) rows.push_back(found_school(b, s, rows.size() + 1));
  return rows;
}

Object group_data(const Briefing& b, const GroupProposals& p, const ProposedGroup& group) {
  const std::string role(kProposedRoleNames[static_cast<std::size_t>(group.role)]);
  List pairs;
  for (const ProposedPair& pair : group.pairs) pairs.push_back(pair_row(b, p, group, pair, pairs.size() + 1));
  Object out = {{"name", b.texts.get("proposals.title." + role)},
                {"text", proposal_text(b, p, group)},
                {"chart_title", b.texts.get("proposals.chart_title." + role)},
                {"love", love_plot(b, p, group)}};
  add_list(out, "balance", balance_rows(b, p, group));
  add_list(out, "pairs", std::move(pairs));
  add_list(out, "without", without_rows(b, group.without));
  return out;
}

}  // namespace

Object proposals_data(const Briefing& b) {
  const GroupProposals& p = b.judgements.proposals;
  Object out = {{"has_any", !p.empty()}};
  if (p.empty()) return out;
  List groups, all;
  for (const ProposedGroup& group : p.groups) {
    groups.push_back(group_data(b, p, group));
    for (const Value& pair : *groups.back().find("pairs")->list()) all.push_back(pair);
  }
  out.emplace_back("needed", !b.frame().find_entity(EntityKind::group, "control"));
  out.emplace_back("rule", proposal_rule(b, p));
  out.emplace_back("groups", std::move(groups));
  add_list(out, "pairs", std::move(all));
  add_list(out, "incomplete", without_rows(b, p.incomplete));
  return out;
}

}  // namespace kaskad::reports
