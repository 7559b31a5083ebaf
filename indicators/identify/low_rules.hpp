// What a rule says of one school and year. Private to this room.
#pragma once

#include <functional>

#include "indicators/identify/low_results.hpp"

namespace kaskad::identify {

/// Whether a procedure's share is low in a year, asked only where it is judged: by the shares themselves, or by a draw
/// of the true ones.
using IsLow = std::function<bool(std::size_t procedure, std::size_t year, double threshold)>;

/// Which of the judged procedures a rule looks at.
std::vector<bool> procedures_of_rule(const LowIdentification& low, const LowRule& rule, const Vocabulary& vocabulary);

/// Three answers: met, not met, or not judged when fewer procedures than the rule asks for can be judged in its years.
RuleVerdict ask_rule(const LowIdentification& low, const LowRule& rule, const std::vector<bool>& chosen,
                     SchoolId school, std::size_t year, const IsLow& is_low);

/// All: one «no» decides, then one «not judged». Any: one «yes» decides, then one «not judged».
TierVerdict ask_tier(const LowTier& tier, const std::vector<RuleVerdict>& rules);

}  // namespace kaskad::identify
