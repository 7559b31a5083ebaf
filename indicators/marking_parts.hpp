// The rules behind marking_signs.hpp, one function each. Private to this room.
#pragma once

#include <vector>

#include "engine/cube/measure.hpp"
#include "indicators/marking_signs.hpp"

namespace kaskad::marking {

struct Ground {
  const Dataset& data;
  const Frame& frame;
  const std::vector<JournalFigures>& journal;
  const MarkingSigns& signs;  ///< Settings, works, years and the number of schools.

  const MarkingSettings& settings() const { return signs.settings; }
  CellKey key(SchoolId school, int year, const MarkedWork& work) const {
    return {school, static_cast<std::int16_t>(year), work.procedure, work.subject,
            static_cast<std::uint8_t>(work.grade)};
  }
  /// Empty when there is no such cell.
  Tally tally(SchoolId school, int year, const MarkedWork& work, Outcome outcome) const;
  Scale scale(int year, const MarkedWork& work) const {
    return data.vocabulary.scale(work.procedure, work.subject, work.grade, year);
  }
};

void inflated_means(const Ground& ground, std::size_t year, std::vector<MarkingFact>& out);
void jumps(const Ground& ground, std::size_t year, std::vector<MarkingFact>& out);
void against_journal(const Ground& ground, std::size_t year, std::vector<MarkingFact>& out);
void reversed_ranks(const Ground& ground, std::size_t year, std::vector<MarkingFact>& out);
void border_spikes(const Ground& ground, std::size_t year, std::vector<MarkingFact>& out);
std::vector<RegionSpike> region_spikes(const Ground& ground, std::size_t year);

}  // namespace kaskad::marking
