// Everything that is said of the maturity of programmes, as one value.
#pragma once

#include <vector>

#include "indicators/figures.hpp"
#include "indicators/maturity.hpp"
#include "indicators/maturity_effect.hpp"
#include "indicators/maturity_moves.hpp"
#include "indicators/rater_agreement.hpp"

namespace kaskad {

struct MaturityStudy {
  MaturitySettings settings;
  std::vector<MaturityRating> ratings;
  MaturityMoves moves;
  RaterAgreement agreement;
  std::vector<MaturityEffect> effects;

  bool empty() const { return ratings.empty(); }
  const Rubric& rubric_of(const Dataset& data, const MaturityRating& rating) const {
    return settings.rubric_of(data.programmes[rating.programme]);
  }
};

/// `series`: the headlines whose change is held against maturity.
MaturityStudy study_maturity(const Dataset& data, const MaturitySettings& settings, const std::vector<WaveSet>& waves,
                             const Figures& figures, const std::vector<std::size_t>& series, unsigned threads);

}  // namespace kaskad
