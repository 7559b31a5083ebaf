// Maturity in words: levels, criteria, demands, shortest ways.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

const Rubric& rubric_of(const Briefing& b, const MaturityRating& rating);
/// Waves that any programme was rated in, by set and then in their order.
std::vector<std::string> rated_maturity_waves(const Briefing& b);
std::string programme_name(const Programme& programme);
/// The school's name, or the owner as the file has it.
std::string programme_owner(const Briefing& b, const Programme& programme);
/// The name, with its owner's where several programmes have the same.
std::string programme_label(const Briefing& b, const Programme& programme);
/// The same for a table of such programmes: the owner alone where the name is not its own.
std::string programme_short_label(const Briefing& b, const Programme& programme);
/// «Программа, раздел 2 (16 мая 2023 г.); …», each reliable document with its latest date.
std::string documents_text(const Briefing& b, const CriterionRating& rating);
std::string criterion_name(const Briefing& b, const Criterion& criterion);
/// Joined by «; ».
std::string criteria_names(const Briefing& b, const Rubric& rubric, const std::vector<std::size_t>& criteria);

/// Of the common rubric: all rubrics of a project have the same levels.
std::string maturity_level_name(const Briefing& b, std::size_t level);
/// Name of a level, or that the programme was not rated.
std::string maturity_level_name(const Briefing& b, const std::optional<std::size_t>& level);
/// The level that counts; where an expert has overridden the computed one, both.
std::string rated_level_text(const Briefing& b, const MaturityRating& rating);

/// What a level demands: criteria, a share of weight, both or either.
std::string demands_text(const Briefing& b, const Rubric& rubric, const MaturityLevel& level);
/// What the computed level rests on; empty for a programme that was not rated.
std::string basis_text(const Briefing& b, const MaturityRating& rating);
/// The shortest ways to the next level; that there is none above; empty for a programme that was not rated.
std::string way_text(const Briefing& b, const MaturityRating& rating);
std::string criterion_state_text(const Briefing& b, CriterionState state);

}  // namespace kaskad::reports
