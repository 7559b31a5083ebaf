// What the reports say of works: marks against the journal, completion of tasks. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// Marks of works against marks of the journal: {has_any, text, title, chart, works, years, municipalities, …}, of the
/// last period for which the entity has any.
Object journal_data(const Briefing& b, std::size_t entity);

/// Signs of biased marking in the region: {has_any, text, kinds, years, works, municipalities, spikes, schools, …}.
Object region_marking(const Briefing& b);
/// Of one school: {has_any, text, signs, years}.
Object school_marking(const Briefing& b, SchoolId school);

/// Works whose tasks the entity's pupils did: list of {name, year, title, text, chart, rows, …}.
List tasks_data(const Briefing& b, std::size_t entity);

/// A skill of the region that is shown to be lacking.
struct LackingSkill {
  std::string skill;
  std::string work;
  Quantity completion;
  double border = 0;  ///< Percent.
};
std::vector<LackingSkill> lacking_skills(const Briefing& b);

/// From what completion a skill counts as acquired: {basic, raised, high}, percent.
Object deficit_rule(const Briefing& b);

}  // namespace kaskad::reports
