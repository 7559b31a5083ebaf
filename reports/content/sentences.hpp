// Sentences that never say more than the numbers: the words are chosen by the interval, from
// templates/texts/<language>/report.toml.
#pragma once

#include <string>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// What an interval allows to say of a difference.
enum class Verdict : std::uint8_t { up, down, unproven, few, undefined };  ///< few: too few schools to judge.
Verdict verdict_of(const Estimate& difference);
std::string verdict_name(Verdict verdict);  ///< "up", "down", "unproven", "few", "undefined": the ends of text keys.

/// The size of a fall is told as a positive number.
Quantity size_of(Quantity q);
/// From entry to the final wave; null when the project does not compare them.
const ChangeComparison* main_change(const Briefing& b, const SeriesComparison& comparison);

/// Level at entry and at the end, and the change between them, of one entity.
std::string change_sentence(const Briefing& b, std::size_t series, std::size_t entity);
/// Difference in differences from entry to the final wave.
/// Whether the design allows to link a proven difference with the programme; empty without a study.
std::string causal_text(const Briefing& b, std::size_t series);
std::string effect_sentence(const Briefing& b, const SeriesComparison& comparison);
/// Focus against control in the final wave.
std::string comparison_sentence(const Briefing& b, const SeriesComparison& comparison);
/// A municipality beside the other schools of the region; `gap` is their difference.
std::string gap_sentence(const Briefing& b, std::size_t series, std::size_t entity, const Estimate& gap);
/// Where the whole interval of a figure lies beside the value of a yardstick.
Verdict position_verdict(const Quantity& own, const Quantity& yardstick);
/// A school beside a yardstick; `gap` is their difference. Told only where it is proven or has an interval that leaves
/// it open.
std::string position_sentence(const Briefing& b, std::size_t series, const Quantity& school, const Quantity& yardstick,
                              const Estimate& gap, const std::string& yardstick_key);

}  // namespace kaskad::reports
