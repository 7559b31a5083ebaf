// Pupils who stand twice in the same cell, in one file or in several: the first row is kept, later ones are taken back.
#pragma once

#include <vector>

#include "engine/intake/state.hpp"

namespace kaskad::intake {

/// Looks at all results sources together, in their order. `cube` is what all threads have counted.
void take_back_duplicates(const std::vector<OpenSource*>& sources, IntakeState& state, CubeBuilder& cube);

}  // namespace kaskad::intake
