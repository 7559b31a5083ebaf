// Words that the parts on stages, measures and visits share. Private to this room.
#pragma once

#include <string>

#include "indicators/cascade.hpp"
#include "indicators/road_map.hpp"
#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// «10.06.2024»; empty of an empty text.
std::string short_date(const Briefing& b, const std::string& iso);
/// The day of the reports as the judgements take it; «сегодня» never comes from the clock.
std::string as_of_text(const Briefing& b);

/// «I. Анализ»; the end of the cascade has a name of its own.
std::string stage_name(const Briefing& b, std::size_t stage);
/// «Регион», the municipality's name, the school's name.
std::string row_owner_name(const Briefing& b, const RowOwner& owner);
/// The frame's entity of a row's owner; the region for municipalities that the registry does not have.
Owner row_owner(const Briefing& b, const RowOwner& owner);
/// Municipality of a school, or the municipality itself; empty for the region.
std::string place_of(const Briefing& b, const RowOwner& owner);

/// Place of a municipality in the dictionary order; behind all for others.
std::size_t place_order(const Briefing& b, const std::string& municipality);

/// `part` of `n` as percents without interval: all were counted, none was drawn.
Quantity share_of(std::int64_t part, std::int64_t n, Owner owner);
/// Texts with commas between them.
std::string joined(const std::vector<std::string>& texts, const std::string& between = ", ");

/// Words and months of every Gantt chart: {today, plan_label, …, months} beside `rows`.
Object gantt_chart(const Briefing& b, List rows);
/// A row of one; no plan or fact where its ends are unknown.
Object gantt_row(std::string label, std::string note, const std::string& plan_from, const std::string& plan_to,
                 const std::string& fact_from, const std::string& fact_to);

/// Stages, measures, visits. Each is null where the project has no such data, or nothing of this owner.
Value region_cascade(const Briefing& b);
Value municipality_cascade(const Briefing& b, const std::string& municipality);
Value school_cascade(const Briefing& b, SchoolId school);
Value region_road_map(const Briefing& b);
Value municipality_road_map(const Briefing& b, const std::string& municipality);
Value school_road_map(const Briefing& b, SchoolId school);
Value region_support(const Briefing& b);
Value municipality_support(const Briefing& b, const std::string& municipality);
Value school_support(const Briefing& b, SchoolId school);

}  // namespace kaskad::reports
