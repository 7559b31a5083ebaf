// The checks of plausibility, one function each; private to this room.
#pragma once

#include <string>

#include "indicators/plausibility.hpp"

namespace kaskad::plausibility {

/// More participants than pupils of the school or the grade; fewer than a share of the grade.
void check_participation(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out);
/// K = S(before)/S(after) outside the fences of the schools' quartiles (Tukey 1977; the outer fences at 3 IQR are those
/// of the regional method of domain facts §4, rule 3), for the same grade a year later and for the same pupils. Works
/// whose scale changed between the years are not compared.
void check_jumps(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out);
/// Nearly all participants with one result; the same counts of scores in two schools or two years.
void check_repeats(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out);
/// Subjects and grades that a procedure does not have.
void check_works(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out);
/// Summaries that speak of another number of participants than the pupils' rows of another source.
void check_participants(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out);
/// Sources of one kind with the same bytes under several names.
void check_files(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out);

/// A warning about no place in particular.
Diagnostic doubt(std::string code, Args args);
/// school, name ("none" when the registry has none), work_ru, work_en (procedure and subject), grade (0 = not stated),
/// year.
Args args_of(const Dataset& data, const CellKey& key);
/// The outcome that is read off a cell's scores: primary, else test; nothing when it has neither.
std::optional<Outcome> scores_of(const Cube::Cell& cell);
/// Highest score of the outcome, where the scale is known.
std::optional<int> highest_of(const Dataset& data, const CellKey& key, Outcome outcome);

}  // namespace kaskad::plausibility
