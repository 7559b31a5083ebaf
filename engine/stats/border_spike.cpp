#include "engine/stats/border_spike.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/stats/poisson.hpp"

namespace kaskad::stats {
namespace {

constexpr std::size_t kLeastScores = 4;  ///< One more than the quadratic has coefficients.
using Powers = std::array<double, 3>;

Powers powers(double x) { return {1, x, x * x}; }

/// Distance of a score from the middle of the border, so that the coefficients are told apart well.
double from_border(int score, int border) { return score - (border + 0.5); }

bool is_beside(int score, int border, const SpikeWindow& window) {
  return score > border - window.beside && score <= border + window.beside;
}

std::vector<int> fitted_scores(int scores, int border, const SpikeWindow& window) {
  std::vector<int> out;
  const int first = std::max(1, border - window.reach + 1), last = std::min(scores - 2, border + window.reach);
  for (int s = first; s <= last; ++s) {
    if (!is_beside(s, border, window)) out.push_back(s);
  }
  return out;
}

PoissonFit smooth(const std::vector<std::int64_t>& counts, const std::vector<int>& scores, int border) {
  Matrix design(scores.size(), 3);
  std::vector<double> y;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Powers row = powers(from_border(scores[i], border));
    for (std::size_t c = 0; c < row.size(); ++c) design(i, c) = row[c];
    y.push_back(static_cast<double>(counts[static_cast<std::size_t>(scores[i])]));
  }
  return poisson_regression(design, y);
}

/// Σexp(η) over some scores and its gradient by the coefficients.
struct Mass {
  double sum = 0;
  Powers gradient{};
};

Mass mass_of(const PoissonFit& fit, int first, int last, int border) {
  Mass m;
  for (int s = first; s <= last; ++s) {
    const Powers row = powers(from_border(s, border));
    double predictor = 0;
    for (std::size_t c = 0; c < row.size(); ++c) predictor += row[c] * fit.coefficients[c];
    m.sum += std::exp(predictor);
    for (std::size_t c = 0; c < row.size(); ++c) m.gradient[c] += std::exp(predictor) * row[c];
  }
  return m;
}

void expect(BorderSpike& spike, const PoissonFit& fit, int border, int beside) {
  const Mass below = mass_of(fit, border - beside + 1, border, border);
  const Mass above = mass_of(fit, border + 1, border + beside, border);
  spike.share = above.sum / (above.sum + below.sum);
  Powers direction{};
  for (std::size_t c = 0; c < direction.size(); ++c)
    direction[c] = above.gradient[c] / above.sum - below.gradient[c] / below.sum;
  spike.logit_variance = 0;
  for (std::size_t r = 0; r < direction.size(); ++r) {
    for (std::size_t c = 0; c < direction.size(); ++c)
      spike.logit_variance += direction[r] * fit.covariance(r, c) * direction[c];
  }
}

std::int64_t pupils(const std::vector<std::int64_t>& counts, int first, int last) {
  std::int64_t sum = 0;
  for (int s = first; s <= last; ++s) sum += counts[static_cast<std::size_t>(s)];
  return sum;
}

}  // namespace

BorderSpike border_spike(const std::vector<std::int64_t>& counts, int border, const SpikeWindow& window) {
  BorderSpike spike;
  const auto scores = static_cast<int>(counts.size());
  if (window.beside < 1 || border - window.beside + 1 < 1 || border + window.beside > scores - 2) return spike;
  spike.below = pupils(counts, border - window.beside + 1, border);
  spike.above = pupils(counts, border + 1, border + window.beside);
  const std::vector<int> fitted = fitted_scores(scores, border, window);
  for (const int s : fitted) spike.fitted += counts[static_cast<std::size_t>(s)];
  if (spike.both() == 0) return spike;
  spike.reason = Undefined::too_few;
  if (fitted.size() < kLeastScores || spike.fitted < window.least_fitted) return spike;
  const PoissonFit fit = smooth(counts, fitted, border);
  spike.reason = fit.reason;
  if (fit.reason == Undefined::none) expect(spike, fit, border, window.beside);
  return spike;
}

SpikeTest test_spikes(const std::vector<BorderSpike>& spikes) {
  SpikeTest test;
  double variance = 0, more = 0, fewer = 0, expected = 0;
  for (const BorderSpike& s : spikes) {
    if (s.reason != Undefined::none) continue;
    const double v = static_cast<double>(s.both()) * s.share * (1 - s.share);
    ++test.distributions;
    test.above += s.above;
    test.below += s.below;
    expected += s.expected();
    variance += v + v * v * s.logit_variance;
    more += static_cast<double>(s.above) * (1 - s.share);
    fewer += static_cast<double>(s.below) * s.share;
  }
  if (test.distributions == 0) return test;
  test.reason = Undefined::none;
  test.expected = expected;
  test.z = (static_cast<double>(test.above) - expected) / std::sqrt(variance);
  test.odds_ratio = more / fewer;
  return test;
}

}  // namespace kaskad::stats
