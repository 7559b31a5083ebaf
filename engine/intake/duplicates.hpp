// Pupils who stand twice in the same cell, in one file or in several: the first row is kept, later ones are taken back.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/intake/state.hpp"

namespace kaskad::intake {

/// Hashes that stand for more than one result of all results sources; forgets the others.
std::vector<std::uint64_t> repeated_pupils(IntakeState& state);

/// Looks at the results with these hashes in all results sources together, in their order. `cube` is what all threads
/// have counted.
void take_back_duplicates(const std::vector<std::uint64_t>& repeated, const std::vector<OpenSource*>& sources,
                          IntakeState& state, CubeBuilder& cube);

}  // namespace kaskad::intake
