// Signs of biased marking in words. Private to this room.
#pragma once

#include <string>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

std::string marked_work_name(const Briefing& b, const MarkedWork& work);
/// «Завышенное среднее»
std::string sign_name(const Briefing& b, SignKind kind);
/// What was seen and what it was held against, in one sentence.
std::string sign_text(const Briefing& b, const MarkingSigns& signs, const MarkingFact& fact);
/// The same for a table: shorter where the sign is seen work by work.
std::string short_sign_text(const Briefing& b, const MarkingSigns& signs, const MarkingFact& fact);
/// The years that spikes of a year count together: «2024–2026».
std::string spike_years_text(const Briefing& b, const MarkingSigns& signs, std::size_t year);
/// Rules and thresholds that were applied: list of {name, value}.
List marking_settings(const Briefing& b, const MarkingSigns& signs);

}  // namespace kaskad::reports
