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
  out.line(std::string("small multiples") + (plot.own_scale ? " own-scale" : ""));
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
  for (const auto& band : plot.bands) {
    out.line("band " + quoted(band.label) + " " + bare(band.from) + "–" + bare(band.to) +
             (band.mean ? ", mean " + out.in_full(*band.mean) : ""));
  }
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

constexpr std::array<std::string_view, 3> kRowKinds = {"", "head ", "pooled "};

void dump_plot(DumpWriter& out, const Forest& plot) {
  out.line("forest about " + bare(plot.reference));
  const Indented inside(out);
  out.field("below", plot.below_label);
  out.field("above", plot.above_label);
  out.field("weights", plot.weight_head);
  out.field("prediction", plot.prediction_label);
  for (const auto& row : plot.rows) {
    std::string line = std::string(kRowKinds.at(static_cast<std::size_t>(row.kind))) + quoted(row.label);
    if (!row.note.empty()) line += " " + quoted(row.note);
    if (row.kind != Forest::RowKind::head) line += ": " + out.in_full(row.value);
    if (row.weight) line += ", weight " + out.value(*row.weight);
    if (row.prediction) line += ", prediction " + bare(row.prediction->lo) + " to " + bare(row.prediction->hi);
    out.line(line);
  }
}

constexpr std::array<std::string_view, 3> kXScales = {"linear", "root", "log"};

void dump_plot(DumpWriter& out, const Funnel& plot) {
  out.line("funnel of " + quoted(plot.y_label) + " on " +
           std::string(kXScales.at(static_cast<std::size_t>(plot.x_scale))) + " " + quoted(plot.x_label));
  const Indented inside(out);
  out.line("centre " + quoted(plot.centre_label) + ": " + out.in_full(plot.centre));
  for (const auto& limits : plot.limits) {
    std::string line = "limits " + quoted(limits.label) + ":";
    for (const auto& point : limits.points)
      line += " " + bare(point.n) + " → " + bare(point.lo) + " to " + bare(point.hi) + ";";
    out.line(line);
  }
  for (const auto& [role, label] : plot.legend) out.line("legend " + role_name(role) + " " + quoted(label));
  for (const auto& dot : plot.dots)
    out.line(quoted(dot.label) + " " + role_name(dot.role) + ": " + out.in_full(dot.value));
}

void dump_plot(DumpWriter& out, const LovePlot& plot) {
  std::string thresholds;
  for (const double threshold : plot.thresholds) thresholds += " " + bare(threshold);
  out.line("love plot with thresholds" + (thresholds.empty() ? " none" : thresholds));
  const Indented inside(out);
  for (const auto& row : plot.rows) {
    out.line(quoted(row.label) + ": " + quoted(plot.before_label) + " " + out.in_full(row.before) + ", " +
             quoted(plot.after_label) + " " + out.in_full(row.after));
  }
}

void dump_plot(DumpWriter& out, const HeatMap& plot) {
  out.line("heat map of " + quoted(plot.scale_label) + (plot.middle ? " about " + bare(*plot.middle) : "") +
           (plot.with_counts ? " with counts" : ""));
  const Indented inside(out);
  std::string columns = "columns";
  for (const std::string& column : plot.columns) columns += " " + quoted(column);
  out.line(columns);
  for (const auto& row : plot.rows) {
    out.line("row " + quoted(row.label));
    const Indented cells(out);
    for (const Quantity& q : row.cells) out.line(out.in_full(q));
  }
}

std::string dates(std::string_view name, const std::optional<Gantt::Span>& span) {
  return span ? ", " + std::string(name) + " " + span->from + " to " + (span->to.empty() ? "…" : span->to) : "";
}

void dump_plot(DumpWriter& out, const Gantt& plot) {
  out.line("Gantt" + (plot.today.empty() ? "" : " on " + plot.today));
  const Indented inside(out);
  out.field("plan", plot.plan_label);
  out.field("fact", plot.fact_label);
  out.field("overdue", plot.overdue_label);
  out.field("milestone", plot.milestone_label);
  out.field("today", plot.today_label);
  std::string months;
  for (const std::string& month : plot.months) months += (months.empty() ? "" : " ") + month;
  out.field("months", months);
  for (const auto& row : plot.rows) {
    std::string line = (row.head ? "head " : "row ") + quoted(row.label);
    if (!row.note.empty()) line += " " + quoted(row.note);
    line += dates("plan", row.plan) + dates("fact", row.fact);
    for (const std::string& date : row.milestones) line += ", milestone " + date;
    out.line(line);
  }
}

void dump_plot(DumpWriter& out, const Flow& plot) {
  out.line("flow");
  const Indented inside(out);
  for (const auto& stage : plot.stages) {
    std::string line = "stage " + quoted(stage.label) + ":";
    for (std::size_t c = 0; c < stage.counts.size(); ++c)
      line +=
          " " + (c < plot.categories.size() ? quoted(plot.categories[c]) + " " : "") + std::to_string(stage.counts[c]);
    out.line(line);
  }
  for (const auto& link : plot.links) {
    out.line("from stage " + std::to_string(link.stage) + ": " + std::to_string(link.from) + " → " +
             std::to_string(link.to) + ", " + std::to_string(link.count));
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
