// Rules on the marks of the work beside those in the journal.
#include <algorithm>

#include "engine/stats/rank_correlation.hpp"
#include "indicators/marking_parts.hpp"

namespace kaskad::marking {
namespace {

const JournalFigures* figures_of(const Ground& g, const MarkedWork& work) {
  const auto found = std::find_if(g.journal.begin(), g.journal.end(), [&](const JournalFigures& f) {
    return MarkedWork{f.procedure, f.subject, f.grade} == work;
  });
  return found == g.journal.end() ? nullptr : &*found;
}

bool above(const Estimate& own, const Estimate& region) {
  return own.has_interval() && region.has_interval() && own.lo > region.hi;
}

MarkingFact compared(const AgreementShares& own, const AgreementShares& region) {
  MarkingFact fact;
  fact.kind = SignKind::journal;
  fact.own = own.raised;
  fact.region = region.raised;
  if (above(own.raised, region.raised)) {
    fact.side = SignSide::high;
  } else if (above(own.lowered, region.lowered)) {
    fact.side = SignSide::low;
    fact.own = own.lowered;
    fact.region = region.lowered;
  }
  return fact;
}

std::vector<stats::CountedPair> pairs_of(const JointMarks& marks) {
  std::vector<stats::CountedPair> out;
  for (const auto& [pair, n] : marks)
    out.push_back({static_cast<double>(pair.first), static_cast<double>(pair.second), n});
  return out;
}

std::vector<stats::CountedPair> pairs_of(const std::vector<ScoreBesideJournal>& scores) {
  std::vector<stats::CountedPair> out;
  for (const ScoreBesideJournal& pair : scores)
    out.push_back({static_cast<double>(pair.primary), static_cast<double>(pair.journal), pair.n});
  return out;
}

/// Of the primary scores where no fewer pupils have them than marks, else of the marks, which are coarser.
struct RankOfCell {
  Estimate rho;
  bool by_score = false;
};

RankOfCell rank_of(const Cube::Cell& cell) {
  const Estimate by_score = stats::spearman(pairs_of(cell.scores_beside_journal()));
  const Estimate by_mark = stats::spearman(pairs_of(cell.joint_marks()));
  if (by_score.n > 0 && by_score.n >= by_mark.n) return {by_score, true};
  return {by_mark, false};
}

}  // namespace

void against_journal(const Ground& g, std::size_t year, std::vector<MarkingFact>& out) {
  const auto period = g.frame.find_period(std::to_string(g.signs.years[year]));
  for (std::size_t w = 0; period && w < g.signs.works.size(); ++w) {
    const JournalFigures* figures = figures_of(g, g.signs.works[w]);
    if (figures == nullptr) continue;
    const auto shares = [&](std::size_t entity) {
      return shares_of(figures->at(g.frame, entity, *period), g.settings().minimum_n);
    };
    const AgreementShares region = shares(0);
    for (SchoolId s = 0; s < g.signs.schools; ++s) {
      const AgreementShares own = shares(g.frame.first_school() + s);
      if (!own.raised.defined() || !region.raised.defined()) continue;
      MarkingFact fact = compared(own, region);
      fact.school = s;
      fact.year = year;
      fact.work = w;
      out.push_back(std::move(fact));
    }
  }
}

void reversed_ranks(const Ground& g, std::size_t year, std::vector<MarkingFact>& out) {
  for (std::size_t w = 0; w < g.signs.works.size(); ++w) {
    for (SchoolId s = 0; s < g.signs.schools; ++s) {
      const std::size_t cell = g.data.cube.find(g.key(s, g.signs.years[year], g.signs.works[w]));
      if (cell == g.data.cube.size()) continue;
      const auto [rho, by_score] = rank_of(g.data.cube.cell(cell));
      if (!rho.defined() || rho.n < g.settings().minimum_n) continue;
      const SignSide side = rho.value < g.settings().rank_below ? SignSide::low : SignSide::none;
      out.push_back({s, year, w, SignKind::rank, side, 0, rho, undefined(Undefined::no_data), {}, by_score});
    }
  }
}

}  // namespace kaskad::marking
