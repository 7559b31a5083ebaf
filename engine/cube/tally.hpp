// What is known of one outcome in a cell or in any sum of cells: exact counts, plus what came only as a summary.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad {

/// Counts by value: counts[i] pupils have the value lo + i.
struct Distribution {
  int lo = 0;
  std::span<const std::uint32_t> counts;
};

/// Pupils known only through a summary of their school. NaN = not given.
struct Aggregate {
  std::int64_t n = 0;
  double sum = 0;      ///< n × mean.
  double squares = 0;  ///< Σ(x − mean of the aggregate's own)² + the between part when aggregates are added.
  bool has_mean = true;
  bool has_sd = true;

  void add(const Aggregate& other);  ///< Pools: squares within plus n₁n₂/(n₁+n₂)·(mean₁ − mean₂)² between.
  double mean() const;               ///< NaN when not given.
  friend bool operator==(const Aggregate&, const Aggregate&) = default;
  static Aggregate of(std::int64_t n, double mean, double sd);  ///< mean or sd may be NaN.
};

/// A sum of cells' outcomes that owns its counts. Tallies add up; every measure is read off one.
class Tally {
 public:
  void add(const Distribution& d);
  void add(const Aggregate& a) { rest_.add(a); }
  void add(const Tally& other);
  void add(int value, std::int64_t count);

  std::int64_t n() const;        ///< All pupils, counted or summarised.
  std::int64_t counted() const;  ///< Pupils known one by one.
  bool has_distribution() const { return rest_.n == 0; }
  int lo() const { return lo_; }
  const std::vector<std::int64_t>& counts() const { return counts_; }
  const Aggregate& rest() const { return rest_; }

 private:
  void cover(int first, int last);  ///< Makes room for the values first..last.

  int lo_ = 0;
  std::vector<std::int64_t> counts_;
  Aggregate rest_;
};

}  // namespace kaskad
