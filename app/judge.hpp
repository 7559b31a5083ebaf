// From the dataset to the judgements: indicators, comparison of groups, maturity.
#pragma once

#include <vector>

#include "app/project/project.hpp"
#include "indicators/judgements.hpp"

namespace kaskad::app {

Judgements judge(const Project& project, const Dataset& data, unsigned threads);

/// The series of the headlines; a headline without data is left out with the warning "headline-no-data".
std::vector<std::size_t> find_headlines(const Project& project, const Dataset& data, const Figures& figures,
                                        Diagnostics& out);

}  // namespace kaskad::app
