// Names as readers see them: of schools, periods, series; and estimates as quantities with the unit of their indicator.
#pragma once

#include <string>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

std::string school_name(const Briefing& b, SchoolId school);
std::string entity_name(const Briefing& b, const Entity& entity);
std::string period_name(const Briefing& b, const Period& period);  ///< "1999" or «Входной мониторинг»
std::string years_text(const std::vector<int>& years);             ///< "1999–2000"
std::string group_name(const Briefing& b, Role role);

/// The indicator and what tells this series from the others of the same indicator: «Доля сдавших предмет (Математика)».
std::string series_name(const Briefing& b, std::size_t series);
std::string series_short_name(const Briefing& b, std::size_t series);
/// Procedure, subject and grade alone.
std::string slice_name(const Briefing& b, const Series& series);

Unit unit_of(const Indicator& indicator);
Quantity level(const Indicator& indicator, const Estimate& estimate);
/// A difference of two levels: percent become percentage points, signs are printed.
Quantity difference(const Indicator& indicator, const Estimate& estimate);
Quantity effect_size(const Estimate& estimate);

}  // namespace kaskad::reports
