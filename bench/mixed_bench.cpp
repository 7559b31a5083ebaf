// Mixed models of 200 000 pupils in 1 000 schools, sums over schools included; mixed_peers.R has the task in lme4.
#include <benchmark/benchmark.h>

#include "engine/base/random.hpp"
#include "engine/stats/mixed.hpp"

namespace {

using namespace kaskad;
using namespace kaskad::stats;

MixedData pupils(int rows, int schools, bool slope) {
  RandomStream random(20240901, 1);
  std::vector<double> level, tilt;
  for (int g = 0; g < schools; ++g) {
    level.push_back(4 * random.normal());
    tilt.push_back(0.5 * random.normal());
  }
  MixedData data;
  data.x = Matrix(static_cast<std::size_t>(rows), 2, 1);
  for (int i = 0; i < rows; ++i) {
    const std::size_t row = static_cast<std::size_t>(i);
    const std::size_t g = row % level.size();
    data.x(row, 1) = random.normal();
    data.group.push_back(static_cast<int>(g));
    data.outcome.push_back(50 + (6 + tilt[g]) * data.x(row, 1) + level[g] + 8 * random.normal());
    if (slope) data.slope.push_back(data.x(row, 1));
  }
  return data;
}

void Mixed(benchmark::State& state, bool slope, bool intervals) {
  const MixedData data = pupils(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)), slope);
  for (auto _ : state) benchmark::DoNotOptimize(fit_mixed(data, {Likelihood::reml, 0.95, intervals}));
  state.counters["sd"] = fit_mixed(data).fit.components.intercept.value;
}
BENCHMARK_CAPTURE(Mixed, intercept, false, false)
    ->Args({200000, 1000})
    ->Args({1000000, 1000})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Mixed, intercept_with_intervals, false, true)->Args({200000, 1000})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Mixed, slope, true, false)->Args({200000, 1000})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Mixed, slope_with_intervals, true, true)->Args({200000, 1000})->Unit(benchmark::kMillisecond);

}  // namespace
