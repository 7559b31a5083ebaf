// Readers of tables whose columns no tidy one has.
#pragma once

#include "engine/intake/layout.hpp"

namespace kaskad::intake {

/// Counts of lowered, confirmed and raised marks of each school.
void read_against_journal(OpenSource& source, IntakeState& state);
/// Percent of pupils with each primary score.
void read_distribution(OpenSource& source, IntakeState& state);
/// Lines of a social passport.
void read_passport(OpenSource& source, IntakeState& state);

}  // namespace kaskad::intake
