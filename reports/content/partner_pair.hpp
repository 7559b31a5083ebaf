// One pair of partners as a tree: shared by region, municipality and school. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

const Partners& partners_of(const Briefing& b);
/// [{label, index}] of the compared periods.
List partner_periods(const Briefing& b);
/// A gap in SDs of the region's pupils; of a difference of schools its first side, the strong one, owns it.
Quantity gap_quantity(const Estimate& gap, Owner owner);
std::string trend_word(const Briefing& b, GapTrend trend);

/// {weak, strong, weak_id, strong_id, municipality, label, gaps, works, change, works_of_change, trend}
Object pair_row(const Briefing& b, const SchoolPair& pair);
/// Who reads of a pair: in the passport of the helping school that school is “this school”.
enum class PairReader : std::uint8_t { anyone, helper };
/// The same with the text, the works, and what each does better.
Object pair_detail(const Briefing& b, const SchoolPair& pair, PairReader reader = PairReader::anyone);
/// A row a work and period, with all figures, for the workbook.
List work_rows(const Briefing& b, const SchoolPair& pair);
/// A row a task, also those of which nothing is proven.
List task_rows(const Briefing& b, const SchoolPair& pair, bool only_led, PairReader reader = PairReader::anyone);

}  // namespace kaskad::reports
