// The report's data of a whole run, for other programs.
#pragma once

#include <cstdio>

#include "app/batch/selection.hpp"
#include "reports/content/briefing.hpp"

namespace kaskad::app {

/// Writes {"region": {…}, "municipalities": [{…}], "schools": [{…}]} to `to`: the trees of docs/report-data.md, in the
/// registry's order; with a selection only the trees of its kinds and entities. A few trees are in memory at a time.
/// Errors: those of find_school and find_municipality; "file-unwritable" when `to` takes no more.
Expected<void> write_trees(const reports::Briefing& briefing, const Selection& selection, unsigned threads,
                           std::FILE* to);

}  // namespace kaskad::app
