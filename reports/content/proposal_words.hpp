// Proposed groups in words, and as trees: shared by the reports and by `kaskad propose`.
#pragma once

#include <string>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// «Индекс: 41,2 и 40,8; учеников: 210 и 198; …; по правилам совпадают: сельская» and the distance.
std::string pair_reason(const Briefing& b, const GroupProposals& proposals, const ProposedGroup& group,
                        const ProposedPair& pair);
/// Which schools are supported, by what the others were matched, and with what limits.
std::string proposal_rule(const Briefing& b, const GroupProposals& proposals);
/// How many pairs, how many without, or why there is none.
std::string proposal_text(const Briefing& b, const GroupProposals& proposals, const ProposedGroup& group);
std::string covariate_name(const Briefing& b, const GroupProposals& proposals, Covariate covariate);

}  // namespace kaskad::reports
