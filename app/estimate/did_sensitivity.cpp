// The sensitivity of an event study to violations of parallel trends, as `kaskad estimate did` shows it.
#include <algorithm>
#include <cmath>

#include "app/estimate/did_tables.hpp"

namespace kaskad::app {
namespace {

/// Sizes of relative violations (M̄), and of curvature in units of the largest before treatment.
constexpr double kRelativeSizes[] = {0, 0.5, 1, 1.5, 2};
constexpr double kCurvatureSizes[] = {0, 0.5, 1, 2};

using Points = std::vector<const stats::DidPoint*>;

/// Event times in equal steps around the reference period, the last before treatment.
struct Window {
  Points before;  ///< Without the reference period.
  Points after;
};

const stats::DidPoint* point_at(const stats::DidSeries& series, double at) {
  for (const stats::DidPoint& p : series.points) {
    if (std::abs(p.at - at) < 1e-9 * std::max(1.0, std::abs(at))) return &p;
  }
  return nullptr;
}

bool usable(const stats::DidPoint* p) { return p != nullptr && p->effect.estimate.se > 0; }

/// From the reference period outwards until a period is missing. Nothing on a side: no window.
Window window_of(const stats::DidSeries& series) {
  Window window;
  double reference = kNaN;
  for (const stats::DidPoint& p : series.points) {
    if (p.at < 0) reference = p.at;
  }
  const double step = -reference;
  if (!(step > 0)) return window;
  for (double at = reference - step; usable(point_at(series, at)); at -= step) {
    window.before.insert(window.before.begin(), point_at(series, at));
  }
  for (double at = 0; usable(point_at(series, at)); at += step) window.after.push_back(point_at(series, at));
  return window;
}

stats::EventStudy study_of(const stats::DidFit& fit, const Window& window) {
  stats::EventStudy study;
  std::vector<const stats::DidStatistic*> statistics;
  for (const stats::DidPoint* p : window.before) {
    study.pre.push_back(p->effect.estimate.value);
    statistics.push_back(&p->effect);
  }
  for (const stats::DidPoint* p : window.after) {
    study.post.push_back(p->effect.estimate.value);
    statistics.push_back(&p->effect);
  }
  study.covariance = stats::did_covariance(fit, statistics);
  return study;
}

/// Equal weights, or all on the event time asked about; nothing when that is not in the window.
std::optional<std::vector<double>> weights_of(const Window& window, const std::optional<double>& event) {
  const double share = 1 / static_cast<double>(window.after.size());
  if (!event) return std::vector<double>(window.after.size(), share);
  std::vector<double> weights;
  for (const stats::DidPoint* p : window.after) weights.push_back(p->at == *event ? 1 : 0);
  if (std::find(weights.begin(), weights.end(), 1.0) == weights.end()) return std::nullopt;
  return weights;
}

/// Largest change of slope before treatment (with two periods there is none: the largest change of level).
double scale_of(const stats::EventStudy& study) {
  std::vector<double> deltas = study.pre;
  deltas.push_back(0);
  double level = 0;
  double slope = 0;
  for (std::size_t i = 1; i < deltas.size(); ++i) {
    level = std::max(level, std::abs(deltas[i] - deltas[i - 1]));
    if (i > 1) slope = std::max(slope, std::abs(deltas[i] - 2 * deltas[i - 1] + deltas[i - 2]));
  }
  return deltas.size() > 2 ? slope : level;
}

ReportCell cell(double value) { return std::isnan(value) ? Number{kNaN, Undefined::no_method} : Number{value}; }

void add_row(const char* kind, const stats::SensitivityInterval& i, ReportTable& table) {
  table.rows.push_back({Word{kind}, Number{i.size}, cell(i.set_lo), cell(i.set_hi), cell(i.lo), cell(i.hi)});
}

void add_breakdown(const char* name, const char* note, const stats::Breakdown& breakdown, EstimateReport& report) {
  const bool endless = std::isinf(breakdown.size);
  report.figures.push_back({name, endless ? kNaN : breakdown.size, endless ? Undefined::no_method : breakdown.reason});
  if (endless) {
    report.notes.push_back({"did-breakdown-endless", {}});
  } else if (breakdown.size > 0) {
    report.notes.push_back({note, {{"size", breakdown.size}}});
  }
}

}  // namespace

void add_sensitivity(const stats::DidFit& fit, const std::optional<double>& event, double level,
                     EstimateReport& report) {
  const stats::DidSeries series = stats::average_effects(fit, stats::DidAverage::event);
  const Window window = window_of(series);
  if (window.before.empty() || window.after.empty()) {
    report.notes.push_back({"did-no-sensitivity", {}});
    return;
  }
  const std::optional<std::vector<double>> weights = weights_of(window, event);
  if (!weights) {
    report.notes.push_back({"did-no-such-event", {{"event", *event}}});
    return;
  }
  const stats::EventStudy study = study_of(fit, window);
  const stats::SensitivityTarget target{*weights, level};
  ReportTable table{"sensitivity", {"violation", "size", "set_lo", "set_hi", "lo", "hi"}, {}};
  for (double size : kRelativeSizes)
    add_row("relative_violation", stats::relative_magnitudes(study, target, size), table);
  const double scale = scale_of(study);
  for (double size : kCurvatureSizes)
    add_row("curvature_violation", stats::smoothness(study, target, size * scale), table);
  report.tables.push_back(std::move(table));
  const stats::Breakdown relative = stats::relative_breakdown(study, target);
  if (relative.size == 0) report.notes.push_back({"did-breakdown-at-once", {}});
  add_breakdown("breakdown_relative", "did-breakdown-relative", relative, report);
  add_breakdown("breakdown_curvature", "did-breakdown-curvature", stats::smoothness_breakdown(study, target), report);
}

}  // namespace kaskad::app
