// Statistics on sufficient statistics, on the tasks that bench/README.md sets beside other programs.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <vector>

#include "engine/stats/intervals.hpp"
#include "engine/stats/regression.hpp"
#include "engine/stats/spread.hpp"

namespace {

using namespace kaskad;
using namespace kaskad::stats;

/// Uniform in [0, 1), the same on every machine.
class Draws {
 public:
  double next() { return static_cast<double>(bits_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 bits_{20240901};
};

/// One cell a school and year, a third of the schools in a programme from the middle year on. Terms: the years but the
/// first, and the programme.
std::vector<CellRow> panel(int schools, int years) {
  Draws draws;
  std::vector<CellRow> rows;
  for (int school = 0; school < schools; ++school) {
    const double level = 10 * draws.next();
    for (int year = 0; year < years; ++year) {
      CellRow row{{}, 5 + static_cast<std::int64_t>(60 * draws.next()), 50 + level + 5 * draws.next(), 900, school};
      for (int other = 1; other < years; ++other) row.terms.push_back(year == other ? 1 : 0);
      row.terms.push_back(school % 3 == 0 && 2 * year >= years ? 1 : 0);
      rows.push_back(row);
    }
  }
  return rows;
}

void Cr2(benchmark::State& state, FixedEffects effects) {
  const std::vector<CellRow> rows = panel(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(cr2_regression(rows, effects));
  state.counters["df"] = cr2_regression(rows, effects).coefficients.back().estimate.df;
}
BENCHMARK_CAPTURE(Cr2, school_and_year_effects, FixedEffects::cluster)
    ->Args({300, 5})
    ->Args({1000, 6})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Cr2, intercept, FixedEffects::none)->Args({1000, 6})->Unit(benchmark::kMillisecond);

std::vector<Sample> samples(std::size_t count) {
  Draws draws;
  std::vector<Sample> all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back({20 + static_cast<std::int64_t>(180 * draws.next()), 60 + 5 * draws.next(), 50 + 100 * draws.next()});
  }
  return all;
}

void Welch1000(benchmark::State& state) {
  const std::vector<Sample> all = samples(1001);
  for (auto _ : state) {
    for (std::size_t i = 0; i + 1 < all.size(); ++i) benchmark::DoNotOptimize(welch(all[i], all[i + 1]));
  }
}
BENCHMARK(Welch1000)->Unit(benchmark::kMillisecond);

void Wilson1000(benchmark::State& state) {
  for (auto _ : state) {
    for (std::int64_t hits = 0; hits < 1000; ++hits) benchmark::DoNotOptimize(wilson(hits, 1000));
  }
}
BENCHMARK(Wilson1000)->Unit(benchmark::kMillisecond);

void GapOfTenths875(benchmark::State& state) {
  Draws draws;
  std::vector<SchoolValue> schools;
  for (int i = 0; i < 875; ++i)
    schools.push_back({40 + 40 * draws.next(), 10 + static_cast<std::int64_t>(90 * draws.next())});
  for (auto _ : state) benchmark::DoNotOptimize(gap_of_tenths(schools));
}
BENCHMARK(GapOfTenths875)->Unit(benchmark::kMillisecond);

}  // namespace
