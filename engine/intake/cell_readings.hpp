// What layouts make of single cells before they are read.
#pragma once

#include <string>
#include <string_view>

#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// Words for an absence become «отсутствовал»; other texts stay.
std::string_view absence_of(std::string_view cell);
/// The word that all layouts put into SourceSpec::absent.
inline constexpr std::string_view kAbsent = "отсутствовал";
/// The login in parentheses, else the whole text.
std::string_view school_of(std::string_view cell);
/// «муниципальный» becomes «муниципальный этап».
std::string_view stage_of(std::string_view cell);

/// The text of an outcome, empty where people write that there is none; counts what it absorbed.
std::string_view outcome_of(std::string_view cell, DirtCounts& dirt, bool& any_dirt);
/// As above, but a task that was not passed stays as kNotTaken.
std::string_view task_score_of(std::string_view cell, DirtCounts& dirt, bool& any_dirt);
inline constexpr std::string_view kNotTaken = "X";

/// How a diagnostic names what stands in a pupil's row in place of a number: quoted, unless it has letters, since these
/// may be the pupil's name; then "letters", or "mixed" where digits stand with them.
std::string told_of_score(std::string_view text);

}  // namespace kaskad::intake
