#include "indicators/maturity_study.hpp"

namespace kaskad {

MaturityStudy study_maturity(const Dataset& data, const MaturitySettings& settings, const std::vector<WaveSet>& waves,
                             const Figures& figures, const std::vector<std::size_t>& series, unsigned threads) {
  MaturityStudy out;
  out.settings = settings;
  out.ratings = rate_maturity(data, settings, waves);
  if (out.ratings.empty()) return out;
  out.moves = moves_of(out.ratings);
  out.agreement = rater_agreement(data, settings, threads);
  out.effects = maturity_effects(data, settings, out.ratings, figures, series, threads);
  return out;
}

}  // namespace kaskad
