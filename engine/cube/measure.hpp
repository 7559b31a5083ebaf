// Measures: what is read off a tally. Each answers, or says why it cannot.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/base/estimate.hpp"
#include "engine/cube/tally.hpp"

namespace kaskad {

/// A figure without uncertainty: what the data say of themselves.
struct Measured {
  double value = kNaN;
  Undefined reason = Undefined::no_data;
  bool defined() const { return reason == Undefined::none; }
};

/// n, mean and SD (divisor n − 1) of f(value) over the pupils; f is called once per distinct value.
/// Σ and Σ² are compensated and centred, so that integer scores give their exact mean to the last digit.
struct Moments {
  std::int64_t n = 0;
  double mean = kNaN;
  double squares = kNaN;  ///< Σ(x − mean)².
  Undefined reason = Undefined::no_data;
  double variance() const { return n > 1 ? squares / static_cast<double>(n - 1) : kNaN; }
};
/// Of the values themselves; uses summaries too.
Moments moments(const Tally& tally);
/// Of a function of the value; undefined (no_distribution) when part of the pupils came as a summary.
Moments moments(const Tally& tally, const std::function<double(int)>& f);

/// Pupils for whom `is` holds. Undefined as above.
struct ShareCount {
  std::int64_t hits = 0;
  std::int64_t n = 0;
  Undefined reason = Undefined::no_data;
};
ShareCount share(const Tally& tally, const std::function<bool(int)>& is);
ShareCount share_below(const Tally& tally, int threshold);
ShareCount share_at_least(const Tally& tally, int threshold);

Measured mean(const Tally& tally);
Measured sd(const Tally& tally);
/// Quantile of type 7 (Hyndman & Fan 1996), 0 ≤ probability ≤ 1.
Measured quantile(const Tally& tally, double probability);

}  // namespace kaskad
