// Speed of the PDF renderer. One iteration renders one document with a renderer that has rendered others before.
#include <benchmark/benchmark.h>

#include <functional>

#include "reports/pdf/pdf_renderer.hpp"
#include "tests/pdf_samples.hpp"

namespace kaskad::reports {
namespace {

PdfResources resources() { return {{"/usr/share/fonts/truetype/paratype"}, {"/usr/share/hyphen"}}; }

void render_each(benchmark::State& state, const std::function<Document(int)>& document) {
  auto renderer = PdfRenderer::make(resources());
  if (!renderer) {
    state.SkipWithError("the package fonts-paratype is needed");
    return;
  }
  int number = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto pdf = renderer->render(document(++number));
    if (!pdf) state.SkipWithError(pdf.error().message.code.c_str());
    bytes = pdf ? pdf->size() : 0;
  }
  state.counters["bytes"] = double(bytes);
}

/// Two pages: two charts, two tables of twenty rows. "pages" is pages a second.
void passport(benchmark::State& state) {
  render_each(state, samples::passport);
  state.counters["pages"] = benchmark::Counter(2.0 * double(state.iterations()), benchmark::Counter::kIsRate);
}

void report(benchmark::State& state) {
  render_each(state, [](int) { return samples::report(); });
}

/// 10 000 rows of eight columns.
void long_table(benchmark::State& state) {
  const Document table = samples::long_table(10000);
  render_each(state, [&](int) { return table; });
}

void make_renderer(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(PdfRenderer::make(resources()));
}

BENCHMARK(passport)->Unit(benchmark::kMillisecond);
BENCHMARK(report)->Unit(benchmark::kMillisecond);
BENCHMARK(long_table)->Unit(benchmark::kMillisecond);
BENCHMARK(make_renderer)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kaskad::reports
