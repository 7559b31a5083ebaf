// What a reviewer needs to repeat the effects: tidy tables, their description, the command lines, the same in R.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

struct BundleFile {
  std::string name;  ///< Relative; no folders.
  std::string bytes;
};

/// For each headline with an estimated change from entry to final:
///   <series>.csv        school, focus, final, n, mean: one row a school and wave (mean in the unit of the indicator)
///   <series>-years.csv  school, year, first_treated, n, mean: one row a school and year
/// and effects.csv (what the report says, in full precision), datapackage.json (Frictionless Data Package),
/// commands.sh, repeat.R. Means weighted by n give what pupils give (docs/methods/cr2.md), so no row is about one
/// pupil; but schools with few pupils are in the tables, so they are for those who may see them, not for publication.
/// Empty where nothing has been estimated.
std::vector<BundleFile> effect_bundle(const Briefing& b);

}  // namespace kaskad::reports
