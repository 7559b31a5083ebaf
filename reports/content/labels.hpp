// Names as readers see them: of schools, periods, series; and estimates as quantities with the unit of their indicator.
#pragma once

#include <string>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

std::string school_name(const Briefing& b, SchoolId school);
/// In the report's language when the project declares the type, as the registry has it otherwise.
std::string school_type_name(const Briefing& b, const std::string& type);
std::string entity_name(const Briefing& b, const Entity& entity);
std::string period_name(const Briefing& b, const Period& period);  ///< "1999" or «Входной мониторинг»
/// The wave's own name, or that of its role: «Входной мониторинг».
std::string wave_name(const Briefing& b, const Period& wave);
std::string short_wave_name(const Briefing& b, const Period& wave);  ///< Of its role: «Вход».
/// Of a wave of any set by its id, as evidence names it.
std::string wave_name(const Briefing& b, const std::string& id);
std::string years_text(const std::vector<int>& years);  ///< "1999–2000"
std::string group_name(const Briefing& b, Role role);
/// «Базовая площадка»; empty for a school in no group.
std::string group_of_school(const Briefing& b, SchoolId school);
/// «Успеваемость, %»; the name alone when it tells the unit itself: «Образование отца, лет».
std::string with_unit(const std::string& name, const std::string& unit);
/// A name as it stands inside a sentence: the first letter small unless it begins an abbreviation.
std::string in_sentence(const std::string& name);

/// The indicator and what tells this series from the others of the same indicator: «Доля сдавших предмет (Математика)».
std::string series_name(const Briefing& b, std::size_t series);
std::string series_short_name(const Briefing& b, std::size_t series);
/// Procedure, subject and grade alone.
std::string slice_name(const Briefing& b, const Series& series);

inline constexpr std::size_t kRegion = 0;  ///< The region is the frame's first entity.

/// An entity of the frame as the owner of its figures.
inline Owner owner_of(std::size_t entity) { return static_cast<Owner>(entity + 1); }
Owner owner_of_school(const Briefing& b, SchoolId school);
Owner owner_of_group(const Briefing& b, Role role);  ///< Nobody when the project has no such group.

Unit unit_of(const Indicator& indicator);
Unit unit_of(const Briefing& b, const Scale& scale);  ///< Of a score on the scale.
/// The name of a series with the unit of its values, or of their differences: «Качество обучения (Математика), п. п.»
std::string series_with_unit(const Briefing& b, std::size_t series);
std::string series_with_change_unit(const Briefing& b, std::size_t series);
/// Its short name with the unit, unless the name tells it: «Успеваемость, %», «Средний балл».
std::string short_with_unit(const Briefing& b, const Indicator& indicator);
Quantity level(const Indicator& indicator, const Estimate& estimate, Owner owner);
/// One of the figures; its owner is the entity.
Quantity figure(const Briefing& b, std::size_t series, std::size_t entity, std::size_t period);
/// A difference of two levels: percent become percentage points, signs are printed.
Quantity difference(const Indicator& indicator, const Estimate& estimate, Owner owner);
Quantity effect_size(const Estimate& estimate, Owner owner);

/// Whom values above (or below) zero of a difference between focus and control speak for: of an indicator that should
/// fall, the group that fell more.
std::string favoured(const Briefing& b, const Indicator& indicator, bool above);

}  // namespace kaskad::reports
