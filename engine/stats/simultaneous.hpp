// Critical values that hold for several estimates at once.
#pragma once

#include <vector>

namespace kaskad::stats {

/// c with P(max_k |T_k| ≤ c) = level, where T_k = Z_k/√(χ²/df) and χ² has df degrees of freedom: the two-sided
/// equicoordinate quantile of the multivariate t, of which Student's is the case of one estimate and the studentised
/// maximum modulus that of independent ones. `greatest`: draws of max_k |Z_k|, rising. Estimates whose degrees of
/// freedom differ have each its own critical value (Hasler & Hothorn 2008, Biometrical Journal 50:793–800).
///
/// The distribution of max |Z| is that of the draws; over χ² the mean is taken at 512 quantiles. An infinite df gives
/// the draws' own quantile. No draws, df ≤ 0 or NaN → NaN.
double simultaneous_quantile(const std::vector<double>& greatest, double df, double level);

}  // namespace kaskad::stats
