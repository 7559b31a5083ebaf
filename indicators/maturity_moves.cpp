#include "indicators/maturity_moves.hpp"

namespace kaskad {
namespace {

MaturityLoss loss_of(const std::vector<MaturityRating>& ratings, const MaturityMove& move) {
  MaturityLoss out{move, {}, {}};
  const auto& before = ratings[move.from].criteria;
  const auto& after = ratings[move.to].criteria;
  for (std::size_t c = 0; c < before.size(); ++c) {
    if (before[c].state != CriterionState::met || after[c].state == CriterionState::met) continue;
    (after[c].score == after[c].score ? out.lost : out.unrated).push_back(c);
  }
  return out;
}

}  // namespace

MaturityStep step_of(const MaturityRating& from, const MaturityRating& to) {
  if (!from.level || !to.level) return MaturityStep::unknown;
  if (*from.level == *to.level) return MaturityStep::same;
  return *to.level < *from.level ? MaturityStep::up : MaturityStep::down;  // levels stand from the highest
}

MaturityMoves moves_of(const std::vector<MaturityRating>& ratings) {
  MaturityMoves out;
  for (std::size_t r = 1; r < ratings.size(); ++r) {
    if (ratings[r].programme != ratings[r - 1].programme) continue;
    const MaturityMove move{ratings[r].programme, r - 1, r};
    out.moves.push_back(move);
    if (step_of(ratings[r - 1], ratings[r]) == MaturityStep::down) out.losses.push_back(loss_of(ratings, move));
  }
  return out;
}

}  // namespace kaskad
