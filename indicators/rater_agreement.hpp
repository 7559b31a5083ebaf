// How far raters of programmes agree: over all evidence, by criterion, by pair of raters. docs/methods/agreement.md.
#pragma once

#include <string>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/intake/dataset.hpp"
#include "indicators/maturity.hpp"

namespace kaskad {

/// Of some ratings. A unit is a criterion of a programme in a wave that at least two raters have rated.
struct AgreementFigures {
  std::int64_t units = 0;
  std::int64_t raters = 0;  ///< Who rated any of the units.
  Estimate percent;         ///< Share of equal pairs of ratings.
  Estimate fleiss;
  Estimate alpha;  ///< Krippendorff's, on the settings' scale.
};

struct CriterionAgreement {
  std::string criterion;  ///< Id.
  AgreementFigures figures;
};

/// Two raters on what both have rated.
struct RaterPair {
  std::string one, other;
  std::int64_t units = 0;
  Estimate percent;
  Estimate kappa;     ///< Cohen's.
  Estimate weighted;  ///< With the settings' weights.
};

struct RaterAgreement {
  std::vector<std::string> raters;  ///< In the order of bytes.
  std::int64_t unnamed = 0;         ///< Reliable evidence without a rater: nothing to compare.
  AgreementFigures overall;
  std::vector<CriterionAgreement> criteria;  ///< That have units, in the rubrics' order.
  std::vector<RaterPair> pairs;              ///< That have units.
  std::vector<std::size_t> disputed;         ///< Into `criteria`: alpha below the settings' least, the lowest first.

  bool empty() const { return overall.units == 0; }
};

/// Of reliable evidence by named raters.
RaterAgreement rater_agreement(const Dataset& data, const MaturitySettings& settings, unsigned threads);

}  // namespace kaskad
