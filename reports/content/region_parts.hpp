// Parts of the region's tree, one file each. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

const EffectStudy* study_of(const Briefing& b, std::size_t series);
const SeriesComparison* comparison_of(const Briefing& b, std::size_t series);

/// Who takes part: {schools_by, types, participants}.
Object profile_data(const Briefing& b);
/// By procedure and grade: marks, score histograms, subjects × years.
List subjects_data(const Briefing& b);
/// How far schools lie apart: {rows, charts, has_any}.
Object equality_data(const Briefing& b);
/// Focus against control for researchers: {rows, forests, balance, balance_chart, …}.
Object effect_data(const Briefing& b);
/// The headlines' studies: list of {name, light, signs, flow, years, violations, …}.
List studies_data(const Briefing& b);
/// The difference in change by municipality and together, for each headline: list of {name, text, rows, chart}.
List pooled_data(const Briefing& b);
/// Spread over schools and small schools by year: {has_series, series}.
Object portrait_data(const Briefing& b);
/// Which rows were rejected, who sent nothing, what is missing.
Object quality_data(const Briefing& b);
/// Schools by role, for the annex of an order: list of {role, name, n, schools}.
List list_data(const Briefing& b);
/// Five cards of one page: list of {label, value, note}.
List brief_cards(const Briefing& b);
/// Municipalities beside the other schools, a chart a headline: list of {name, unit, title, chart}.
List municipality_charts(const Briefing& b);

}  // namespace kaskad::reports
