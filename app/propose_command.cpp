// kaskad propose: controls and partners for the supported schools, with the reason for each pair and the balance.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/study.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/proposal_words.hpp"

namespace kaskad::app {
namespace {

using nlohmann::ordered_json;

struct Proposed {
  const reports::Briefing& briefing;
  const GroupProposals& proposals;

  const School& school(SchoolId id) const { return briefing.data.registry.schools[id]; }
};

ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

ordered_json ids(const Proposed& p, const std::vector<SchoolId>& schools) {
  ordered_json out = ordered_json::array();
  for (const SchoolId s : schools) out.push_back(p.school(s).id);
  return out;
}

ordered_json pair_json(const Proposed& p, const ProposedGroup& group, const ProposedPair& pair) {
  return {{"school", p.school(pair.school).id}, {"name", reports::school_name(p.briefing, pair.school)},
          {"other", p.school(pair.other).id},   {"other_name", reports::school_name(p.briefing, pair.other)},
          {"distance", pair.distance},          {"reason", reports::pair_reason(p.briefing, p.proposals, group, pair)}};
}

ordered_json balance_json(const ProposalBalance& of) {
  return {{"covariate", kCovariateNames[static_cast<std::size_t>(of.covariate)]},
          {"before", number(of.before.standardised)},
          {"after", number(of.after.standardised)}};
}

ordered_json group_json(const Proposed& p, const ProposedGroup& group) {
  ordered_json pairs = ordered_json::array(), balance = ordered_json::array();
  for (const ProposedPair& pair : group.pairs) pairs.push_back(pair_json(p, group, pair));
  for (const ProposalBalance& of : group.balance) balance.push_back(balance_json(of));
  ordered_json out = {{"role", kProposedRoleNames[static_cast<std::size_t>(group.role)]},
                      {"candidates", group.candidates},
                      {"pairs", std::move(pairs)},
                      {"without", ids(p, group.without)},
                      {"balance", std::move(balance)}};
  if (group.reason != Undefined::none) out["missing"] = undefined_name(group.reason);
  return out;
}

void print_json(const Proposed& p) {
  ordered_json groups = ordered_json::array();
  for (const ProposedGroup& group : p.proposals.groups) groups.push_back(group_json(p, group));
  const ordered_json out = {{"supported", ids(p, p.proposals.supported)},
                            {"from", p.proposals.from_list ? "low_results" : "focus"},
                            {"years", p.proposals.years},
                            {"incomplete", ids(p, p.proposals.incomplete)},
                            {"groups", std::move(groups)}};
  fmt::print("{}\n", out.dump(1));
}

void print_group(const Proposed& p, const ProposedGroup& group, const Texts& texts) {
  fmt::print("\n{}\n{}\n",
             texts.get("proposals.title." + std::string(kProposedRoleNames[static_cast<std::size_t>(group.role)])),
             reports::proposal_text(p.briefing, p.proposals, group));
  for (const ProposalBalance& of : group.balance)
    fmt::print("  {}\n",
               texts.get("propose.balance", {{"name", reports::covariate_name(p.briefing, p.proposals, of.covariate)},
                                             {"before", p.briefing.format.number(of.before.standardised, 2)},
                                             {"after", p.briefing.format.number(of.after.standardised, 2)}}));
  for (const ProposedPair& pair : group.pairs) {
    fmt::print("  {}  {} → {}  {}\n", p.school(pair.school).id, reports::school_name(p.briefing, pair.school),
               p.school(pair.other).id, reports::school_name(p.briefing, pair.other));
    fmt::print("      {}\n", reports::pair_reason(p.briefing, p.proposals, group, pair));
  }
}

Expected<int> print_proposals(const ProposeOptions& options, const Resources& resources, const Texts& texts,
                              Console& console) {
  auto project = load_project(options.project, resources, console, stderr);
  if (!project) return tl::unexpected<Error>(project.error());
  if (!*project) return kUsage;
  Study study = begin_study(std::move(**project), options.threads, console);
  judge_study(study, Depth::without_comparisons, options.threads, console);
  const GroupProposals& proposals = study.judgements.proposals;
  if (proposals.empty()) return failure("asked-nothing-proposed", {}, options.project);
  const reports::Briefing briefing = briefing_of(study, "", texts);
  const Proposed proposed{briefing, proposals};
  if (options.json) {
    print_json(proposed);
  } else {
    fmt::print("{}\n", reports::proposal_rule(briefing, proposals));
    for (const ProposedGroup& group : proposals.groups) print_group(proposed, group, texts);
  }
  return has_errors(study.data.diagnostics) ? kDefects : kDone;
}

}  // namespace

int propose(const ProposeOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, true);
  const auto status = print_proposals(options, resources, texts, console);
  if (status) return *status;
  console.error(texts.describe(status.error()));
  return exit_code_of(status.error());
}

}  // namespace kaskad::app
