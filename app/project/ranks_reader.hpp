// Reads [ranks].
#pragma once

#include "app/project/project.hpp"

namespace kaskad::app {

/// Keys of indicators/catalogue/ranks.toml, or of a project's [ranks], over what `settings` holds.
void read_rank_keys(ConfigReader& reader, const Vocabulary& vocabulary, RankSettings& settings);

/// The project's [ranks] over the shipped ones. What is ranked is asked for by [[ranks.of]], else the headlines that
/// can be. Asking for a procedure that is withheld is an error; a headline of such a procedure is left out with a
/// remark.
RankSettings read_ranks(ConfigReader& root, const RankSettings& shipped, const Project& project);

}  // namespace kaskad::app
