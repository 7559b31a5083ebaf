// Maturity of programmes in the trees of reports.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// Of the whole region: levels by wave, moves, losses, experts' decisions, agreement of raters, change by level,
/// rubrics.
Object region_maturity(const Briefing& b);

// Parts of it, one file each.

/// As maturity_rows, with a place in `waves` for each of these waves.
List aligned_maturity_rows(const Briefing& b, const std::vector<std::size_t>& programmes,
                           const std::vector<std::string>& waves);
/// By set of waves: list of {name, suffix, moved, flow_title, has_flow, flow, waves, programmes}.
List maturity_groups(const Briefing& b);
/// The region's rated programmes in full: list of {name, waves, levels, criteria}.
List leading_programmes(const Briefing& b);
/// Every criterion of every rated programme and wave, for the workbook.
List all_criterion_ratings(const Briefing& b);
/// {text, rows, disputed_text, note, pairs}; without two raters `has_any` is false.
Object rater_agreement_data(const Briefing& b);
/// What is to be said of the change of each headline by level: list of {name, text}.
List maturity_effect_data(const Briefing& b);
/// The changes themselves: list of {name, level, programmes, mean, median}.
List maturity_change_rows(const Briefing& b);
/// The rubrics in use: list of {name, rules, levels, criteria}.
List rubric_data(const Briefing& b);

}  // namespace kaskad::reports
