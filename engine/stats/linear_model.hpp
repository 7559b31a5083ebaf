// Linear regression on a table of rows: weights, absorbed effects, classic, heteroskedasticity-consistent and
// cluster-robust errors. regression.hpp has the same CR2 on the cells of the cube.
// docs/methods/regression.md tells how each number is computed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/distributions.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

/// How the variance of the coefficients is estimated. With X̃ = √w·X, ẽ = √w·e (w = 1 without weights), M = (X̃'X̃)⁻¹,
/// h the leverages of the full model (absorbed effects included), N rows, p its rank, m clusters:
///   classic  σ²·M, σ² = Σẽ²/(N − p)
///   HC0–HC3  M·(Σᵢ ωᵢẽᵢ² x̃ᵢx̃ᵢ')·M, ω = 1, N/(N − p), 1/(1 − h), 1/(1 − h)²: MacKinnon & White 1985
///   CR0      M·(Σ_g X̃_g'ẽ_g ẽ_g'X̃_g)·M: Liang & Zeger 1986
///   CR1      CR0·m/(m − 1);  CR1S  CR0·m/(m − 1)·(N − 1)/(N − p), as Stata does
///   CR2      bias-reduced under the working model of independent errors of equal variance, also with weights (as
///            clubSandwich does), or of variances 1/w (LinearData::means): Bell & McCaffrey 2002; Pustejovsky & Tipton
///            2018
///   CR3      Σ_g of X̃_g'(I − H̃_gg)⁺ẽ_g, near the jackknife over clusters
/// p counts every absorbed effect, as `lm` with dummies does. Degrees of freedom of t: classic and HC N − p; CR0, CR1,
/// CR1S m − 1; CR2 and CR3 Satterthwaite's.
enum class Covariance : std::uint8_t { classic, HC0, HC1, HC2, HC3, CR0, CR1, CR1S, CR2, CR3 };

std::string_view covariance_name(Covariance kind);  ///< "classic", "HC0" … "CR3".
std::optional<Covariance> covariance_of(std::string_view name);
bool is_clustered(Covariance kind);  ///< CR0 … CR3: needs clusters.

/// The rows of a regression. Ids only tell levels apart: any numbers in any order.
struct LinearData {
  std::vector<double> outcome;  ///< n.
  Matrix design;                ///< n × k as R's model.matrix; with `intercept` column 0 is all ones.
  bool intercept = false;       ///< Then R² and F are against the mean, else about zero.
  std::vector<double> weights;  ///< Empty, or n: inverse variances up to a factor. Rows of weight 0 are left out.
  /// A row is the mean of so many units as its weight says: the working model of CR2 and CR3 has variances 1/weight.
  /// Their errors and df are then those of a fit to the units themselves (docs/methods/cr2.md).
  bool means = false;
  std::vector<std::vector<int>> absorbed;  ///< Factors, n ids each. Give no intercept then: the effects hold it.
  std::vector<int> clusters;               ///< Empty, or n.
  /// Empty, or n: errors are related within either kind of cluster. CR0, CR1 and CR1S only:
  /// V = V_a + V_b − V_ab, each with its own factor, V_ab by the clusters that share both; df: the fewer clusters less
  /// one. Cameron, Gelbach & Miller 2011, Journal of Business & Economic Statistics 29:238–249; R's sandwich::vcovCL.
  std::vector<int> other_clusters;
};

struct LinearOptions {
  Covariance covariance = Covariance::classic;
  double level = kLevel;  ///< Of the intervals.
};

/// A coefficient has a value as soon as it is identified; its error may still be undefined for another reason.
struct LinearCoefficient {
  Estimate estimate;                            ///< n rows; reason singular: R prints NA there.
  double statistic = kNaN;                      ///< value/se, Student's t with estimate.df.
  Undefined error_reason = Undefined::no_data;  ///< Why se, df, interval and p are missing; none when they are there.
  double digits = kNaN;                         ///< Decimal digits of the value that rounded data carry, estimated.
};

struct FisherTest {
  double statistic = kNaN;
  double df1 = kNaN;
  double df2 = kNaN;
  double p = kNaN;
  Undefined reason = Undefined::no_data;
};

namespace linear {
struct Solution;  ///< The decomposed model, for tests on it; opaque outside this room.
}

struct LinearFit {
  std::vector<LinearCoefficient> coefficients;  ///< One a column of the design.
  Matrix covariance;                   ///< k × k; NaN in the rows and columns of coefficients without an error.
  Undefined reason = Undefined::none;  ///< When set, nothing below is there and no coefficient is defined.

  std::int64_t n = 0;              ///< Rows of positive weight.
  std::int64_t clusters = 0;       ///< 0 without clusters; of two kinds the fewer.
  std::int64_t rank = 0;           ///< p: columns told apart and absorbed effects.
  std::int64_t absorbed_rank = 0;  ///< Of them absorbed: levels less the redundant ones.
  double residual_df = kNaN;       ///< N − p.
  double residual_squares = kNaN;  ///< Σw e².
  double sigma = kNaN;             ///< √(residual_squares/residual_df).
  double model_squares = kNaN;     ///< Σw(ŷ − ȳ)² against the mean, Σwŷ² without intercept and effects.
  double r_squared = kNaN;
  double adjusted_r_squared = kNaN;
  double within_r_squared = kNaN;  ///< Share of the variation left by the absorbed effects; NaN without them.
  FisherTest regression;           ///< All columns and effects against the mean (or zero), classic.
  double log_likelihood = kNaN;    ///< Of normal errors at the ML variance, as R's logLik.
  std::vector<double> residuals;   ///< y − ŷ, one a row of the data; NaN where the weight is 0.

  std::shared_ptr<const linear::Solution> solution;
};

/// Weighted least squares by Householder's QR of centred columns of norm 1, in extended precision. Columns that depend
/// on earlier ones (and on the effects) are left out and `singular`, the others fitted, as R's lm does.
///
/// The fit is undefined: sizes that do not match, no rows, a number that is not finite or a negative weight → no_data;
/// all weights zero → no_data; a clustered error without clusters, or with one → too_few_clusters.
/// A single coefficient is undefined: it depends on earlier columns → singular; fewer than about three digits of it are
/// right in double precision → inaccurate. Its error is undefined: the rows are fitted without residual, or the outcome
/// is constant → no_variation; no residual degree of freedom → too_few; it hangs on one cluster only (CR2, CR3) →
/// too_few_clusters; on one row only (HC2, HC3) → too_few; leverages of factors too large for memory → no_method;
/// two kinds of clusters with CR2 or CR3, or a variance under 0 by the subtraction → no_method.
LinearFit least_squares(const LinearData& data, const LinearOptions& options);

/// Which approximation of the distribution a Wald test uses.
enum class WaldKind : std::uint8_t {
  fisher,  ///< Q/q against F(q, N − p) for classic and HC, F(q, m − 1) for CR.
  htz,     ///< Hotelling's T² with degrees of freedom estimated by moments (Pustejovsky & Tipton 2018): CR2, CR3.
};

/// Wald's test of R·β = r for the rows of `restrictions` (q × k; nothing on singular columns) with the fit's own
/// covariance. Q = (Rβ − r)'(RVR')⁻¹(Rβ − r). `htz`: (ν − q + 1)/(νq)·Q against F(q, ν − q + 1).
/// Undefined: a restriction on an undefined coefficient, restrictions that depend on each other → singular; errors
/// undefined → their reason; htz with ν ≤ q − 1, or q > m − 1 with clusters → too_few_clusters.
FisherTest wald_test(const LinearFit& fit, const Matrix& restrictions, const std::vector<double>& values,
                     WaldKind kind);

/// The test that belongs to the fit's covariance (htz for CR2 and CR3) that all of `columns` are zero.
FisherTest joint_test(const LinearFit& fit, const std::vector<std::size_t>& columns);

enum class WildWeights : std::uint8_t { rademacher, webb };

struct WildOptions {
  WildWeights weights = WildWeights::rademacher;
  std::int64_t draws = 9999;
  std::uint64_t seed = 1;
  double level = kLevel;
  bool interval = true;
};

struct WildTest {
  double statistic = kNaN;      ///< t of the data by CR1.
  double p = kNaN;              ///< Two-sided, of |t*| ≥ |t|.
  double lo = kNaN, hi = kNaN;  ///< All values that the test does not reject; infinite when it never rejects.
  std::int64_t draws = 0;       ///< 2^m when all signs were taken in turn.
  bool enumerated = false;
  Undefined reason = Undefined::no_data;
};

/// Wild cluster bootstrap-t of H0: β_column = value, null imposed (Cameron, Gelbach & Miller 2008, Review of Economics
/// and Statistics 90:414–427): y* = ŷ₀ + v_g·e₀ with one v a cluster, ±1 (Rademacher) or Webb's six points ±√½, ±1,
/// ±√1½. All 2^m signs are taken when that is no more than the draws asked for; draw b is a function of seed and b
/// alone. p = share of |t*| ≥ |t| when enumerated, (1 + count)/(1 + draws) otherwise. The interval is the test
/// inverted. Undefined: no clusters, one cluster, or the coefficient hangs on one cluster → too_few_clusters; its own
/// reasons.
WildTest wild_bootstrap(const LinearFit& fit, std::size_t column, double value, const WildOptions& options);

}  // namespace kaskad::stats
