// From the dataset to the judgements: indicators, comparison of groups, maturity.
#pragma once

#include <vector>

#include "app/project/project.hpp"
#include "indicators/judgements.hpp"

namespace kaskad::app {

/// How far to go: comparing the groups takes long, and only reports on the region speak of it.
enum class Depth : std::uint8_t { whole, without_comparisons };

Judgements judge(const Project& project, const Dataset& data, unsigned threads, Depth depth = Depth::whole);

/// The results that the index's weights may be regressed on; empty when there are none.
SchoolOutcomes index_outcomes(const Project& project, const Dataset& data, const Figures& figures);

/// The series of the headlines; a headline without data is left out with the warning "headline-no-data", a
/// figure that schools were to be ranked by with "ranks-no-data".
std::vector<std::size_t> find_headlines(const Project& project, const Dataset& data, const Figures& figures,
                                        Diagnostics& out);

}  // namespace kaskad::app
