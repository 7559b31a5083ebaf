// Decisions on what may be printed of tables with counts of their own: tasks, and marks against the journal.
#pragma once

#include <cstdint>
#include <vector>

#include "indicators/figures.hpp"
#include "indicators/identify/low_results.hpp"
#include "indicators/journal.hpp"
#include "indicators/marking_signs.hpp"
#include "indicators/tasks.hpp"

namespace kaskad {

/// Fills in what may be printed of the tasks, by the pupils who tried them. What the publication hides of the work
/// itself is hidden here, too.
void decide_tasks(const Dataset& data, const Figures& figures, std::vector<TaskedWork>& works);

/// The same of the marks against the journal, by the pupils with both. Returns the decisions on all works together, by
/// entity × periods + period; empty without works.
std::vector<Undefined> decide_journal(const Dataset& data, const Figures& figures,
                                      std::vector<JournalFigures>& journal);

/// The same of shares below the border and of signs of marking: judged on all pupils, but their numbers are not printed
/// where those of their work are not.
void decide_shares(const Dataset& data, const Figures& figures, LowIdentification& low);
void decide_signs(const Figures& figures, MarkingSigns& signs);

/// How many figures of all series, entities and periods are printed, too few, and hidden for the sake of those.
struct PublicationCounts {
  std::int64_t printed = 0, too_few = 0, complementary = 0;
};
PublicationCounts count_figures(const Figures& figures);

}  // namespace kaskad
