// Pooling of several estimates with known standard errors: municipalities, procedures, studies.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

struct PooledInput {
  double estimate = 0;
  double se = 0;  ///< Taken as known; > 0.
};

/// How the variance τ² between true effects is estimated. common: it is taken to be 0.
enum class TauMethod { common, reml, dersimonian_laird, paule_mandel };

/// normal: Wald with known weights. knapp_hartung: t with k − 1 degrees of freedom and the weighted residual variance
/// (Knapp & Hartung 2003; Sidik & Jonkman 2002), as R's metafor test = "knha".
enum class PoolTest { normal, knapp_hartung };

/// Degrees of freedom of the prediction interval's t: k − 2 (Higgins, Thompson & Spiegelhalter 2009), or those of the
/// pooled estimate (k − 1 with Knapp and Hartung, infinite without; metafor's default).
enum class PredictionDf { higgins, of_estimate };

struct PoolOptions {
  TauMethod method = TauMethod::reml;
  PoolTest test = PoolTest::knapp_hartung;
  PredictionDf prediction = PredictionDf::higgins;
  double level = 0.95;
};

/// An input's part in the pooled estimate, and the pooled estimate without it.
struct PooledPart {
  double weight = kNaN;    ///< 1/(s² + τ²) as a share of the sum.
  Estimate left_out;       ///< The others pooled; undefined (too_few) when fewer than two are left.
  double tau2 = kNaN;      ///< Of the others.
  double shrunken = kNaN;  ///< Empirical Bayes estimate of its own true effect (normal prior of mean μ, variance τ²).
  double shrunken_se = kNaN;  ///< With τ² known, μ estimated (metafor's blup).
};

struct Pooled {
  Undefined reason = Undefined::no_data;
  Estimate mean;            ///< n: inputs used. df infinite for the normal test.
  double statistic = kNaN;  ///< value/se.
  Estimate prediction;      ///< Value of the mean with the interval of the true effect of a further case.

  double q = kNaN;  ///< Σ(y − ȳ)²/s², ȳ weighted by 1/s².
  double q_df = kNaN;
  double q_p = kNaN;

  Estimate tau2;     ///< With the Q-profile interval (Viechtbauer 2007); 0 for the common effect, without interval.
  double i2 = kNaN;  ///< τ²/(τ² + s²_typical), as metafor; for the common effect max(0, (Q − df)/Q).
  double h2 = kNaN;  ///< 1 + τ²/s²_typical; Q/df for the common effect.
  double log_likelihood = kNaN;  ///< Of REML; NaN for other methods.
  int iterations = 0;
  std::vector<PooledPart> parts;  ///< In the order of the inputs.
};

/// Σ w(y)/Σ w with w = 1/(s² + τ²).
///   REML: maximises −½[Σ log(s² + τ²) + log Σ w + Σ w(y − μ)²]; Viechtbauer 2005, J. Educ. Behav. Stat. 30:261–293.
///   DerSimonian & Laird 1986, Control. Clin. Trials 7:177–188: (Q − df)/(Σ w − Σ w²/Σ w), w = 1/s², at least 0.
///   Paule & Mandel 1982, J. Res. NBS 87:377–385: Σ w(y − μ)² = k − 1, at least 0.
/// I² and H² after Higgins & Thompson 2002, Stat. Med. 21:1539–1558, with the typical s² = (k − 1)Σ w/((Σ w)² − Σ w²).
///
/// Undefined: nothing to pool, a number that is not finite or s ≤ 0 → no_data; one input → too_few. REML without a
/// maximum → no_convergence. With two inputs all is defined, but τ² rests on one degree of freedom, and the prediction
/// interval by k − 2 has none (too_few). Equal inputs with the Knapp–Hartung test: no interval (no_variation).
Pooled pool(const std::vector<PooledInput>& inputs, const PoolOptions& options = {});

}  // namespace kaskad::stats
