// Places of schools as trees and in words. Nothing where a project does not ask for them.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// Of the region: {has_any, rule, has_region, has_municipal, figures, rows}.
Object region_ranks(const Briefing& b);
/// Of one school: {has_any, rule, lines}.
Object school_ranks(const Briefing& b, SchoolId school);
/// «Место среди школ региона …: 12–31 из 48», or why there is none: one sentence a list that has the school.
std::vector<std::string> rank_sentences(const Briefing& b, SchoolId school);
/// By which method and at what level; empty where ranks are not shown.
std::string rank_rule(const Briefing& b);

}  // namespace kaskad::reports
