#include "reports/charts/chart.hpp"

#include <variant>

#include "reports/charts/canvas.hpp"
#include "reports/charts/kinds.hpp"

namespace kaskad::reports {
namespace {

constexpr double kAfterTitle = 1.5;
constexpr double kBeforePlot = 8;
constexpr double kBeforeNote = 6;

/// A block of wrapped text from `top`; nothing for an empty one.
double draw_text(Canvas& canvas, const std::string& text, const Font& font, double top) {
  if (text.empty()) return top;
  return canvas.lines(0, top, wrap_balanced(text, font, canvas.width(), canvas.measure()).lines, font);
}

double draw_head(Canvas& canvas, const Chart& chart) {
  double y = draw_text(canvas, chart.title, kTitleFont, 0);
  if (!chart.title.empty() && !chart.subtitle.empty()) y += kAfterTitle;
  y = draw_text(canvas, chart.subtitle, kSubtitleFont, y);
  return y > 0 ? y + kBeforePlot : y;
}

/// In place of a plot, its subtitle and its note: these promise scales and intervals that are not there.
double draw_reason(Canvas& canvas, const Chart& chart) {
  const double top = draw_text(canvas, chart.title, kTitleFont, 0);
  const std::string& reason = chart.missing.empty() ? canvas.missing_text() : chart.missing;
  return draw_text(canvas, reason, kSubtitleFont, top > 0 ? top + kAfterTitle : top);
}

bool has_plot(const Chart& chart) {
  return chart.missing.empty() && std::visit([](const auto& plot) { return drawable(plot); }, chart.plot);
}

double draw_note(Canvas& canvas, const std::string& note, double top) {
  return note.empty() ? top : draw_text(canvas, note, kNoteFont, top + kBeforeNote);
}

}  // namespace

Picture draw(const Chart& chart, double width, const NumberFormat& format, const MeasureText& measure,
             const std::string& missing_text) {
  Canvas canvas(width, format, measure, missing_text);
  if (!has_plot(chart)) {
    const double bottom = draw_reason(canvas, chart);
    return std::move(canvas).finish(bottom);
  }
  const double top = draw_head(canvas, chart);
  const double body = std::visit([&](const auto& plot) { return draw_plot(canvas, plot, top); }, chart.plot);
  const double bottom = draw_note(canvas, chart.note, body);
  return std::move(canvas).finish(bottom);
}

}  // namespace kaskad::reports
