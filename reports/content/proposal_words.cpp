#include "reports/content/proposal_words.hpp"

#include <cmath>

#include "engine/base/text.hpp"
#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

std::string covariate_id(Covariate covariate) {
  return std::string(kCovariateNames[static_cast<std::size_t>(covariate)]);
}

/// As a reader writes it: an index and a mean with a decimal, pupils whole, percents with their sign.
std::string value_text(const Briefing& b, const GroupProposals& p, SchoolId school, Covariate covariate) {
  const double value = p.units[school].values[static_cast<std::size_t>(covariate)];
  if (!std::isfinite(value)) return b.texts.get("undefined.no_data");
  if (covariate == Covariate::result)
    return b.format.plain(level(b.figures().indicator_of(*p.series), exactly(value, p.units[school].n), kNobody));
  return b.format.number(value, covariate == Covariate::size ? 0 : 1);
}

std::string exact_names(const Briefing& b, const ProposalSettings& settings) {
  std::string out;
  for (const ExactField field : settings.exact)
    out += (out.empty() ? "" : ", ") +
           b.texts.get("proposals.exact." + std::string(kExactFieldNames[static_cast<std::size_t>(field)]));
  return out;
}

}  // namespace

std::string covariate_name(const Briefing& b, const GroupProposals& p, Covariate covariate) {
  if (covariate == Covariate::result) return series_short_name(b, *p.series);
  if (covariate == Covariate::size && p.size_field)
    return in_language(b.data.context.fields[static_cast<std::size_t>(*p.size_field)].name, b.language(),
                       covariate_id(covariate));
  return b.texts.get("proposals.covariate." + covariate_id(covariate));
}

std::string pair_reason(const Briefing& b, const GroupProposals& p, const ProposedGroup& group,
                        const ProposedPair& pair) {
  std::string values;
  for (std::size_t c = 0; c < kCovariates; ++c) {
    const auto covariate = static_cast<Covariate>(c);
    const bool known = std::isfinite(p.units[pair.school].values[c]) || std::isfinite(p.units[pair.other].values[c]);
    if (!known) continue;
    values += (values.empty() ? "" : "; ") +
              b.texts.get("proposals.both", {{"name", covariate_name(b, p, covariate)},
                                             {"own", value_text(b, p, pair.school, covariate)},
                                             {"other", value_text(b, p, pair.other, covariate)}});
  }
  return b.texts.get("proposals.reason",
                     {{"values", values},
                      {"exact", exact_names(b, p.settings)},
                      {"has_exact", std::string(p.settings.exact.empty() ? "no" : "yes")},
                      {"role", std::string(kProposedRoleNames[static_cast<std::size_t>(group.role)])},
                      {"distance", b.format.number(pair.distance, 2)}});
}

std::string proposal_rule(const Briefing& b, const GroupProposals& p) {
  const ProposalSettings& s = p.settings;
  return b.texts.get("proposals.rule", {{"supported", static_cast<std::int64_t>(p.supported.size())},
                                        {"from", std::string(p.from_list ? "list" : "focus")},
                                        {"incomplete", static_cast<std::int64_t>(p.incomplete.size())},
                                        {"indicator", series_name(b, *p.series)},
                                        {"years", years_text(p.years)},
                                        {"method", std::string(kPairMethodNames[static_cast<std::size_t>(s.method)])},
                                        {"has_exact", std::string(s.exact.empty() ? "no" : "yes")},
                                        {"exact", exact_names(b, s)},
                                        {"controls", std::int64_t{s.controls}},
                                        {"partners", std::int64_t{s.partners}},
                                        {"most", std::int64_t{s.most_helped}},
                                        {"has_caliper", std::string(s.caliper > 0 ? "yes" : "no")},
                                        {"caliper", s.caliper},
                                        {"strong", b.format.number(100 * s.strong_from, 0)}});
}

std::string proposal_text(const Briefing& b, const GroupProposals& p, const ProposedGroup& group) {
  const std::string role(kProposedRoleNames[static_cast<std::size_t>(group.role)]);
  if (group.reason != Undefined::none)
    return b.texts.get("proposals.none",
                       {{"role", role},
                        {"reason", b.texts.get("undefined." + std::string(undefined_name(group.reason)))},
                        {"candidates", group.candidates}});
  return b.texts.get("proposals.text", {{"role", role},
                                        {"pairs", static_cast<std::int64_t>(group.pairs.size())},
                                        {"candidates", group.candidates},
                                        {"without", static_cast<std::int64_t>(group.without.size())},
                                        {"supported", static_cast<std::int64_t>(p.supported.size())}});
}

}  // namespace kaskad::reports
