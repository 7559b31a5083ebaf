#include <array>

#include "reports/document/dump_writer.hpp"

namespace kaskad::reports {
namespace {

constexpr std::array<std::string_view, 8> kRoles = {"focus",  "control",      "region",  "base",
                                                    "school", "municipality", "similar", "neutral"};

std::string role_name(SeriesRole role) { return std::string(kRoles[static_cast<std::size_t>(role)]); }

void dump_plot(DumpWriter& out, const StackedBars& plot) {
  out.line("stacked bars");
  const Indented inside(out);
  std::string parts;
  for (const auto& part : plot.parts) parts += " " + quoted(part.label);
  out.line("parts" + parts);
  for (const auto& bar : plot.bars) {
    std::string line = quoted(bar.label) + ", n = " + out.format().count(bar.n) + ":";
    for (const Quantity& q : bar.parts) line += " " + out.value(q);
    if (bar.missing) line += " " + out.missing() + " [" + std::string(undefined_name(*bar.missing)) + "]";
    out.line(line);
  }
}

void dump_lines(DumpWriter& out, const Dynamics& plot) {
  for (const auto& series : plot.series) {
    out.line("series " + quoted(series.label) + " " + role_name(series.role));
    const Indented points(out);
    for (const auto& point : series.points) {
      out.line(point.label + ": " + out.in_full(point.value) + (point.break_before ? " after a break of scale" : ""));
    }
  }
  for (const auto& band : plot.bands) {
    out.line("band " + quoted(band.label) + " " + std::to_string(band.first) + "–" + std::to_string(band.last));
  }
}

void dump_plot(DumpWriter& out, const Dynamics& plot) {
  out.line("dynamics");
  const Indented inside(out);
  dump_lines(out, plot);
}

void dump_plot(DumpWriter& out, const SmallMultiples& plot) {
  out.line("small multiples");
  const Indented inside(out);
  for (const auto& panel : plot.panels) {
    out.line("panel " + quoted(panel.title));
    const Indented lines(out);
    dump_lines(out, panel.plot);
  }
}

void dump_plot(DumpWriter& out, const Slope& plot) {
  out.line("slope from " + quoted(plot.from_label) + " to " + quoted(plot.to_label));
  const Indented inside(out);
  for (const auto& line : plot.lines) {
    out.line(quoted(line.label) + " " + role_name(line.role) + ": " + out.in_full(line.from) + " → " +
             out.in_full(line.to));
  }
}

void dump_plot(DumpWriter& out, const Scatter& plot) {
  out.line("scatter of " + quoted(plot.y_label) + " on " + quoted(plot.x_label));
  const Indented inside(out);
  for (const auto& [role, label] : plot.legend) out.line("legend " + role_name(role) + " " + quoted(label));
  if (plot.line) out.line("line " + bare(plot.line->intercept) + " + " + bare(plot.line->slope) + " x");
  for (const auto& dot : plot.dots) {
    out.line(quoted(dot.label) + " " + role_name(dot.role) + ": x " + out.value(dot.x) + ", y " + out.in_full(dot.y));
  }
}

void dump_plot(DumpWriter& out, const DotPlot& plot) {
  out.line(std::string("dots") + (plot.zero_line ? " zero-line" : "") + (plot.own_scale ? " own-scale" : ""));
  const Indented inside(out);
  for (const auto& [role, label] : plot.legend) out.line("legend " + role_name(role) + " " + quoted(label));
  for (const auto& row : plot.rows) {
    out.line("row " + quoted(row.label) + (row.note.empty() ? "" : " " + quoted(row.note)));
    const Indented dots(out);
    for (const auto& dot : row.dots) out.line(role_name(dot.role) + ": " + out.in_full(dot.value));
  }
}

void dump_plot(DumpWriter& out, const Histogram& plot) {
  out.line("histogram from " + std::to_string(plot.lo) + (plot.x_label.empty() ? "" : " of " + quoted(plot.x_label)));
  const Indented inside(out);
  std::string counts = "counts";
  for (const std::int64_t count : plot.counts) counts += " " + std::to_string(count);
  out.line(counts);
  for (const auto& border : plot.borders) out.line("border " + bare(border.at) + " " + quoted(border.label));
}

void dump_plot(DumpWriter& out, const Bars& plot) {
  out.line("bars");
  const Indented inside(out);
  for (const auto& bar : plot.bars) {
    out.line(quoted(bar.label) + " " + role_name(bar.role) + ": " + out.in_full(bar.value));
  }
}

}  // namespace

void dump_chart(DumpWriter& out, const Chart& chart) {
  out.field("title", chart.title);
  out.field("subtitle", chart.subtitle);
  if (chart.missing.empty()) {
    std::visit([&](const auto& plot) { dump_plot(out, plot); }, chart.plot);
  } else {
    out.line("nothing to draw: " + chart.missing);
  }
  out.field("note", chart.note);
}

}  // namespace kaskad::reports
