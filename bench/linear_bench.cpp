// Linear models of tables: the tasks that bench/README.md sets beside R.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "engine/stats/linear_model.hpp"

namespace {

using namespace kaskad::stats;

/// A row a pupil; a third of the schools in a programme from the middle year on; school and year effects absorbed.
LinearData panel(int schools, int years, int pupils) {
  std::mt19937_64 bits(20240901);
  const auto uniform = [&bits] { return static_cast<double>(bits() >> 11) * 0x1p-53; };
  LinearData data;
  data.absorbed.resize(2);
  for (int school = 0; school < schools; ++school) {
    const double level = 10 * uniform();
    for (int row = 0; row < years * pupils; ++row) {
      const int year = row % years;
      data.outcome.push_back(50 + level + 5 * uniform());
      data.design.values.push_back(school % 3 == 0 && 2 * year >= years ? 1 : 0);
      data.absorbed[0].push_back(school);
      data.absorbed[1].push_back(year);
      data.weights.push_back(1 + 60 * uniform());
    }
  }
  data.design.rows = data.outcome.size();
  data.design.columns = 1;
  data.clusters = data.absorbed[0];
  return data;
}

/// Arguments: schools, years, pupils a school and year; weighted.
void TwoWayCr2(benchmark::State& state) {
  LinearData data =
      panel(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)), static_cast<int>(state.range(2)));
  if (state.range(3) == 0) data.weights.clear();
  for (auto _ : state) benchmark::DoNotOptimize(least_squares(data, {Covariance::CR2}));
  state.counters["df"] = least_squares(data, {Covariance::CR2}).coefficients[0].estimate.df;
}
BENCHMARK(TwoWayCr2)
    ->Args({300, 6, 1, 0})
    ->Args({1000, 6, 1, 0})
    ->Args({1000, 6, 1, 1})
    ->Args({1000, 6, 20, 0})
    ->Unit(benchmark::kMillisecond);

/// One cluster of 2 000 pupils among clusters of one: low rank, no 2 000 × 2 000 matrix.
void LargeCluster(benchmark::State& state) {
  LinearData data = panel(100, 4, 10);
  data.absorbed.clear();
  for (std::size_t i = 0; i < data.clusters.size(); ++i) data.clusters[i] = i < 2000 ? 0 : static_cast<int>(i);
  for (auto _ : state) benchmark::DoNotOptimize(least_squares(data, {Covariance::CR2}));
}
BENCHMARK(LargeCluster)->Unit(benchmark::kMillisecond);

void WildBootstrap(benchmark::State& state) {
  const LinearFit fit = least_squares(panel(static_cast<int>(state.range(0)), 6, 1), {Covariance::CR2});
  for (auto _ : state) benchmark::DoNotOptimize(wild_bootstrap(fit, 0, 0, {}));
}
BENCHMARK(WildBootstrap)->Arg(40)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
