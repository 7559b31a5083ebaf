// Stages of the cascade in words. Private to this room.
#pragma once

#include <string>
#include <vector>

#include "indicators/cascade.hpp"
#include "reports/content/briefing.hpp"

namespace kaskad::reports {

std::string level_name(const Briefing& b, OwnerLevel level);
std::string group_word(const Briefing& b, SchoolGroup group);
std::string component_name(const Briefing& b, std::size_t component);
std::string need_state_text(const Briefing& b, const NeedStanding& need);
/// «I.1 Самоанализ (педагоги) — нет отчёта; …»; empty of none.
std::string lacking_text(const Briefing& b, const std::vector<NeedStanding>& lacking);
/// What the rule says to a participant.
std::string verdict_text(const Briefing& b, const CascadeParticipant& participant);
/// A decision beside the rule, with what lacked.
std::string outcome_text(const Briefing& b, const JudgedDecision& judged);
/// Where a participant stands, who has passed what, and how many hold it back.
std::string standing_text(const Briefing& b, std::size_t participant);
/// Threshold, gate, who takes part.
std::string rule_text(const Briefing& b);
/// How many reports there were, and which were left out.
std::string data_text(const Briefing& b);

}  // namespace kaskad::reports
