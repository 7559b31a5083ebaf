// Small schools: what a school's own few pupils say, drawn towards what all schools say, as far as they differ at all.
// docs/methods/shrinkage.md has the formulas and assumptions.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

/// `hits` of `n` pupils; 0 ≤ hits ≤ n.
struct CountedShare {
  std::int64_t hits = 0;
  std::int64_t n = 0;
};

/// What is held of a school's true share before its pupils are counted: Beta(a, b).
struct BetaPrior {
  double a = 0.5;
  double b = 0.5;
};
/// Jeffreys 1946, Proc. R. Soc. A 186:453–461: says next to nothing.
inline constexpr BetaPrior kJeffreysPrior{};

/// The distribution of true shares over schools, estimated from all of them.
struct PriorFit {
  Undefined reason = Undefined::no_data;
  BetaPrior prior;
  double mean = kNaN;        ///< a/(a + b).
  double between_sd = kNaN;  ///< SD of the true shares over schools.
  std::int64_t schools = 0;  ///< With n > 0.
  std::int64_t pupils = 0;
  double log_likelihood = kNaN;  ///< Without the binomial coefficients.
};

/// Maximum likelihood of the beta-binomial model, hits ~ Binomial(n, p), p ~ Beta(a, b), by Newton's method over
/// (log a, log b). Source: Griffiths 1973, Biometrics 29:637–648. No school → no_data; one school → too_few; schools
/// that do not differ more than chance makes them (the score of the variance at 0 is not positive: Tarone 1979,
/// Biometrika 66:585–590) → no_variation; no maximum found → no_convergence.
PriorFit fit_beta_prior(const std::vector<CountedShare>& schools);

/// Mean of the posterior Beta(a + hits, b + n − hits) with its equal-tailed interval. n = 0 → no_data.
Estimate posterior_share(const CountedShare& school, const BetaPrior& prior, double level = kLevel);

/// Posterior probability that the true share is at least `threshold`; NaN for n = 0.
double probability_at_least(const CountedShare& school, const BetaPrior& prior, double threshold);

/// n pupils, their mean and Σ(x − mean)².
struct CountedMean {
  std::int64_t n = 0;
  double mean = 0;
  double squares = 0;
};

struct ShrunkenMeans {
  Undefined reason = Undefined::no_data;
  Estimate centre;         ///< The schools' mean in the model.
  double between = kNaN;   ///< SD between schools.
  double within = kNaN;    ///< SD of pupils within schools.
  bool at_border = false;  ///< `between` is 0: every school is drawn all the way to the centre.
  struct School {
    Estimate shrunken;  ///< Conditional mean with the interval of its prediction error (normal).
    double own = kNaN;  ///< How much of the school's own distance from the centre is kept: n/(n + σ²/τ²).
  };
  std::vector<School> schools;  ///< In the order given; no_data where n = 0.
};

/// Empirical Bayes of means: random intercepts of schools by REML (mixed.hpp), each school's conditional mean.
/// Undefined as fit_mixed is.
ShrunkenMeans shrink_means(const std::vector<CountedMean>& schools);

}  // namespace kaskad::stats
