// Pupils who stand twice in the same cell, in one file or in several: the first row is kept, later ones are taken back.
// Pupils who stand in the same work of two schools are counted in both, and told: they may have moved.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/intake/state.hpp"

namespace kaskad::intake {

/// So many results in a second school are told one by one, at most: 1 of 100 results with a pupil's code, 20 of fewer.
/// More than these are no pupils who have moved but codes that tell pupils apart within their school alone.
std::int64_t most_in_two_schools(std::int64_t results);

/// What repeats, and among how many results with a pupil's code.
struct RepeatSearch {
  RepeatedPupils repeated;
  std::int64_t results = 0;
};

/// Over all results sources; forgets the pupils.
RepeatSearch repeated_pupils(IntakeState& state);

/// Looks at these results in all results sources together, in their order. `cube` is what all threads have counted.
void judge_repeated(const RepeatSearch& search, const std::vector<OpenSource*>& sources, IntakeState& state,
                    CubeBuilder& cube);

}  // namespace kaskad::intake
