#include "engine/stats/agreement.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/stats/intervals.hpp"
#include "engine/stats/scale_ends.hpp"

namespace kaskad::stats {
namespace {

bool rated(double score) { return score == score; }

std::int64_t ratings_of(const RatingTable& table, std::size_t unit) {
  std::int64_t n = 0;
  for (std::size_t r = 0; r < table.raters; ++r) n += rated(table.at(unit, r)) ? 1 : 0;
  return n;
}

std::size_t place_of(const std::vector<double>& categories, double score) {
  return static_cast<std::size_t>(std::lower_bound(categories.begin(), categories.end(), score) - categories.begin());
}

/// Ratings of one unit by category.
struct UnitCounts {
  std::vector<double> of;
  double ratings = 0;
};

/// The units with at least two ratings.
std::vector<UnitCounts> counted_units(const RatingTable& table, const std::vector<double>& categories) {
  std::vector<UnitCounts> out;
  for (std::size_t u = 0; u < table.units(); ++u) {
    if (ratings_of(table, u) < 2) continue;
    UnitCounts unit{std::vector<double>(categories.size()), 0};
    for (std::size_t r = 0; r < table.raters; ++r) {
      if (!rated(table.at(u, r))) continue;
      unit.of[place_of(categories, table.at(u, r))] += 1;
      unit.ratings += 1;
    }
    out.push_back(std::move(unit));
  }
  return out;
}

/// Share of equal pairs of ratings of a unit.
double agreement_of(const UnitCounts& unit) {
  double pairs = 0;
  for (const double n : unit.of) pairs += n * (n - 1);
  return pairs / (unit.ratings * (unit.ratings - 1));
}

/// value ∓ quantile·se, cut to [lowest, 1]; nothing where the error is 0.
void give_interval(Estimate& e, double quantile, double lowest) {
  constexpr double kRounding = 1e-12;  // errors of complete agreement differ from 0 by rounding only
  if (!(e.se > kRounding)) {
    e.se = 0;
    return;
  }
  e.lo = e.value - quantile * e.se;
  e.hi = e.value + quantile * e.se;
  cut(e, {lowest, 1});
}

double two_sided_p(double z) { return student_two_sided_p(z, std::numeric_limits<double>::infinity()); }

std::vector<double> weights_of(const std::vector<double>& categories, AgreementWeights weights) {
  const std::size_t k = categories.size();
  const double range = categories.back() - categories.front();
  std::vector<double> out(k * k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      const double apart = i == j ? 0 : std::abs(categories[i] - categories[j]) / range;
      if (weights == AgreementWeights::none) out[i * k + j] = i == j ? 1 : 0;
      if (weights == AgreementWeights::linear) out[i * k + j] = 1 - apart;
      if (weights == AgreementWeights::quadratic) out[i * k + j] = 1 - apart * apart;
    }
  }
  return out;
}

/// Shares of a square table with its margins and the mean weights of each category.
struct KappaTable {
  std::size_t k = 0;
  double n = 0;
  std::vector<double> share, weight;
  std::vector<double> row, column;             ///< p_i·, p_·j
  std::vector<double> row_weight, col_weight;  ///< w̄_i· = Σ_j w_ij p_·j, w̄_·j = Σ_i w_ij p_i·
  double observed = 0, expected = 0;
};

KappaTable tabulate(const std::vector<double>& counts, const std::vector<double>& weight, std::size_t k) {
  KappaTable t{k,
               0,
               counts,
               weight,
               std::vector<double>(k),
               std::vector<double>(k),
               std::vector<double>(k),
               std::vector<double>(k)};
  for (const double c : counts) t.n += c;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      double& p = t.share[i * k + j];
      p /= t.n;
      t.row[i] += p;
      t.column[j] += p;
      t.observed += weight[i * k + j] * p;
    }
  }
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      t.row_weight[i] += weight[i * k + j] * t.column[j];
      t.col_weight[j] += weight[i * k + j] * t.row[i];
      t.expected += weight[i * k + j] * t.row[i] * t.column[j];
    }
  }
  return t;
}

/// Fleiss, Cohen & Everitt 1969, formula 13.
double kappa_variance(const KappaTable& t) {
  double sum = 0;
  for (std::size_t i = 0; i < t.k; ++i) {
    for (std::size_t j = 0; j < t.k; ++j) {
      const double term =
          t.weight[i * t.k + j] * (1 - t.expected) - (t.row_weight[i] + t.col_weight[j]) * (1 - t.observed);
      sum += t.share[i * t.k + j] * term * term;
    }
  }
  const double mean = t.observed * t.expected - 2 * t.expected + t.observed;
  return std::max(0.0, sum - mean * mean) / (t.n * std::pow(1 - t.expected, 4));
}

/// Under the hypothesis κ = 0; their formula 8.
double kappa_null_variance(const KappaTable& t) {
  double sum = 0;
  for (std::size_t i = 0; i < t.k; ++i) {
    for (std::size_t j = 0; j < t.k; ++j) {
      const double term = t.weight[i * t.k + j] - (t.row_weight[i] + t.col_weight[j]);
      sum += t.row[i] * t.column[j] * term * term;
    }
  }
  return std::max(0.0, sum - t.expected * t.expected) / (t.n * (1 - t.expected) * (1 - t.expected));
}

/// What Fleiss' kappa is made of.
struct FleissParts {
  std::vector<double> share;  ///< p_k
  double observed = 0, expected = 0;
  bool equal_ratings = true;  ///< As many of each unit.
};

FleissParts parts_of(const std::vector<UnitCounts>& units, std::size_t categories) {
  FleissParts parts{std::vector<double>(categories), 0, 0, true};
  const auto n = static_cast<double>(units.size());
  for (const UnitCounts& unit : units) {
    for (std::size_t k = 0; k < categories; ++k) parts.share[k] += unit.of[k] / unit.ratings / n;
    parts.observed += agreement_of(unit) / n;
    parts.equal_ratings = parts.equal_ratings && unit.ratings == units.front().ratings;
  }
  for (const double p : parts.share) parts.expected += p * p;
  return parts;
}

/// Gwet 2021.
double fleiss_error(const std::vector<UnitCounts>& units, const FleissParts& parts, double kappa) {
  const double by_chance = parts.expected;
  double squares = 0;
  for (const UnitCounts& unit : units) {
    double expected = 0;
    for (std::size_t k = 0; k < parts.share.size(); ++k) expected += parts.share[k] * unit.of[k] / unit.ratings;
    const double own =
        (agreement_of(unit) - by_chance) / (1 - by_chance) - 2 * (1 - kappa) * (expected - by_chance) / (1 - by_chance);
    squares += (own - kappa) * (own - kappa);
  }
  const auto n = static_cast<double>(units.size());
  return std::sqrt(squares / (n * (n - 1)));
}

/// Fleiss, Nee & Landis 1979: with no agreement but by chance; `m` ratings of each unit.
double fleiss_null_error(const FleissParts& parts, double n, double m) {
  double spread = 0, skew = 0;
  for (const double p : parts.share) {
    spread += p * (1 - p);
    skew += p * (1 - p) * (1 - 2 * p);
  }
  return std::sqrt(2 * (spread * spread - skew)) / (spread * std::sqrt(n * m * (m - 1)));
}

}  // namespace

std::vector<double> pairable_categories(const RatingTable& table) {
  std::vector<double> out;
  for (std::size_t u = 0; u < table.units(); ++u) {
    if (ratings_of(table, u) < 2) continue;
    for (std::size_t r = 0; r < table.raters; ++r) {
      if (rated(table.at(u, r))) out.push_back(table.at(u, r));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Estimate percent_agreement(const RatingTable& table, double level) {
  const std::vector<UnitCounts> units = counted_units(table, pairable_categories(table));
  const auto n = static_cast<std::int64_t>(units.size());
  if (n == 0) return undefined(Undefined::no_data);
  double sum = 0, squares = 0;
  bool pairs = true;
  for (const UnitCounts& unit : units) {
    sum += agreement_of(unit);
    pairs = pairs && unit.ratings == 2;
  }
  if (pairs) return wilson(std::llround(sum), n, level);
  Estimate e = exactly(sum / static_cast<double>(n), n);
  if (n < 2) return e;
  for (const UnitCounts& unit : units) squares += std::pow(agreement_of(unit) - e.value, 2);
  e.df = static_cast<double>(n - 1);
  e.se = std::sqrt(squares / (e.df * static_cast<double>(n)));
  give_interval(e, student_quantile(0.5 + level / 2, e.df), 0);
  return e;
}

Estimate cohen_kappa(const std::vector<double>& counts, const std::vector<double>& agreement, std::size_t categories,
                     double level) {
  assert(counts.size() == categories * categories && agreement.size() == counts.size());
  const KappaTable table = tabulate(counts, agreement, categories);
  const auto n = static_cast<std::int64_t>(std::llround(table.n));
  if (n == 0) return undefined(Undefined::no_data);
  if (n == 1) return undefined(Undefined::too_few, n);
  constexpr double kRounding = 1e-12;
  if (1 - table.expected < kRounding) return undefined(Undefined::no_variation, n);
  Estimate e = exactly((table.observed - table.expected) / (1 - table.expected), n);
  e.se = std::sqrt(kappa_variance(table));
  give_interval(e, normal_quantile(0.5 + level / 2), -1);
  const double null_error = std::sqrt(kappa_null_variance(table));
  if (null_error > kRounding) e.p = two_sided_p(e.value / null_error);
  return e;
}

Estimate cohen_kappa(const RatingTable& table, std::size_t one, std::size_t other, AgreementWeights weights,
                     double level) {
  RatingTable pair{2, {}};
  for (std::size_t u = 0; u < table.units(); ++u) {
    if (!rated(table.at(u, one)) || !rated(table.at(u, other))) continue;
    pair.scores.insert(pair.scores.end(), {table.at(u, one), table.at(u, other)});
  }
  if (pair.units() == 0) return undefined(Undefined::no_data);
  const std::vector<double> categories = pairable_categories(pair);
  std::vector<double> counts(categories.size() * categories.size());
  for (std::size_t u = 0; u < pair.units(); ++u)
    counts[place_of(categories, pair.at(u, 0)) * categories.size() + place_of(categories, pair.at(u, 1))] += 1;
  return cohen_kappa(counts, weights_of(categories, weights), categories.size(), level);
}

Estimate fleiss_kappa(const RatingTable& table, double level) {
  const std::vector<double> categories = pairable_categories(table);
  const std::vector<UnitCounts> units = counted_units(table, categories);
  const auto n = static_cast<std::int64_t>(units.size());
  if (n < 2) return undefined(n == 0 ? Undefined::no_data : Undefined::too_few, n);
  if (categories.size() == 1) return undefined(Undefined::no_variation, n);
  const FleissParts parts = parts_of(units, categories.size());
  Estimate e = exactly((parts.observed - parts.expected) / (1 - parts.expected), n);
  e.df = static_cast<double>(n - 1);
  e.se = fleiss_error(units, parts, e.value);
  give_interval(e, student_quantile(0.5 + level / 2, e.df), -1);
  if (parts.equal_ratings)
    e.p = two_sided_p(e.value / fleiss_null_error(parts, static_cast<double>(n), units.front().ratings));
  return e;
}

}  // namespace kaskad::stats
