#include "reports/charts/funnel_limits.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaskad::reports {
namespace {

struct Transform {
  double (*to)(double);
  double (*back)(double);
};
/// In the order of Funnel::XScale.
constexpr std::array<Transform, 3> kTransforms = {{
    {[](double n) { return n; }, [](double place) { return place; }},
    {[](double n) { return std::sqrt(std::max(n, 0.0)); }, [](double place) { return place * place; }},
    {[](double n) { return std::log10(std::max(n, 1.0)); }, [](double place) { return std::pow(10.0, place); }},
}};

const Transform& transform_of(const Funnel& plot) { return kTransforms.at(static_cast<std::size_t>(plot.x_scale)); }

}  // namespace

double place_on(const Funnel& plot, double n) { return transform_of(plot).to(n); }
double n_at(const Funnel& plot, double place) { return transform_of(plot).back(place); }

std::optional<Range> limits_at(const Funnel& plot, const Funnel::Limits& limits, double place) {
  const auto& points = limits.points;
  if (points.empty()) return std::nullopt;
  const auto after =
      std::find_if(points.begin(), points.end(), [&](const auto& p) { return place_on(plot, p.n) >= place; });
  if (after == points.end()) return Range{points.back().lo, points.back().hi};
  if (after == points.begin()) return Range{after->lo, after->hi};
  const auto& before = *(after - 1);
  const double from = place_on(plot, before.n), to = place_on(plot, after->n);
  const double share = to > from ? (place - from) / (to - from) : 1;
  return Range{before.lo + (after->lo - before.lo) * share, before.hi + (after->hi - before.hi) * share};
}

bool is_shown(const Funnel::Dot& dot) { return dot.value.estimate.defined() && dot.value.estimate.n > 0; }

double excess(const Funnel& plot, const Funnel::Dot& dot) {
  if (plot.limits.empty()) return 0;
  const double value = dot.value.estimate.value;
  const auto limits = limits_at(plot, plot.limits.back(), place_on(plot, static_cast<double>(dot.value.estimate.n)));
  if (!limits) return 0;
  const double half = std::max((limits->hi - limits->lo) / 2, 1e-12);
  return std::max({0.0, (value - limits->hi) / half, (limits->lo - value) / half});
}

bool stands_out(SeriesRole role) { return role == SeriesRole::school || role == SeriesRole::focus; }

}  // namespace kaskad::reports
