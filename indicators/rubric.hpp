// Reading the rubric of maturity and its settings: indicators/catalogue/maturity.toml, a project's own files and its
// [maturity].
#pragma once

#include <string>
#include <string_view>

#include "engine/base/config.hpp"
#include "indicators/maturity.hpp"

namespace kaskad {

/// Reads a rubric file; defects (no lowest level, a level that names an unknown criterion …) go to `out`. Its tables
/// [agreement], [effect] and [checks] are read over what `settings` holds.
Rubric read_rubric(std::string_view toml, const std::string& file, MaturitySettings& settings, Diagnostics& out);

/// Reads the tables [agreement], [effect] and [checks] below `reader` over what `settings` holds.
void read_maturity_rules(ConfigReader& reader, MaturitySettings& settings);

/// Reads [[maturity.override]]: programme, wave, level, who, when, why. Ids are checked by check_evidence.
std::vector<MaturityOverride> read_overrides(ConfigReader& reader);

/// Rubrics of one project have the same levels in the same order, else levels could not be counted together: an error
/// "rubric-levels-differ" at the key.
void check_same_levels(ConfigReader& reader, std::string_view key, const Rubric& rubric, const Rubric& other);

}  // namespace kaskad
