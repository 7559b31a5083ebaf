#include <array>

#include "reports/template/data_reader.hpp"

namespace kaskad::reports {
namespace {

using Plot = decltype(Chart::plot);
using Legend = std::vector<std::pair<SeriesRole, std::string>>;

Legend read_legend(const DataReader& data) {
  Legend legend;
  for (const DataReader& entry : data.objects("legend", false)) legend.emplace_back(entry.role(), entry.text("label"));
  return legend;
}

std::optional<Quantity> optional_quantity(const DataReader& data, std::string_view key) {
  return data.has(key) ? std::optional(data.quantity(key)) : std::nullopt;
}

Plot read_stacked(const DataReader& data) {
  StackedBars plot;
  for (const DataReader& part : data.objects("parts")) plot.parts.push_back({part.text("label")});
  for (const DataReader& bar : data.objects("bars")) {
    const auto missing = bar.reason("missing");
    plot.bars.push_back({bar.text("label"), bar.count("n"), bar.quantities("parts", !missing), missing});
  }
  return plot;
}

Dynamics read_lines(const DataReader& data) {
  Dynamics plot;
  for (const DataReader& series : data.objects("series")) {
    plot.series.push_back({series.text("label"), series.role(), {}});
    for (const DataReader& point : series.objects("points")) {
      plot.series.back().points.push_back({point.text("label"), point.quantity("value"), point.flag("break_before")});
    }
  }
  for (const DataReader& band : data.objects("bands", false)) {
    const auto at = [&](const char* key) {
      return static_cast<std::size_t>(std::max<std::int64_t>(band.count(key), 0));
    };
    plot.bands.push_back({band.text("label"), at("first"), at("last")});
  }
  return plot;
}

Plot read_dynamics(const DataReader& data) { return read_lines(data); }

Plot read_multiples(const DataReader& data) {
  SmallMultiples plot;
  plot.own_scale = data.flag("own_scale");
  for (const DataReader& panel : data.objects("panels"))
    plot.panels.push_back({panel.text("title"), read_lines(panel)});
  return plot;
}

Plot read_dots(const DataReader& data) {
  DotPlot plot;
  plot.legend = read_legend(data);
  plot.zero_line = data.flag("zero_line");
  plot.own_scale = data.flag("own_scale");
  for (const DataReader& row : data.objects("rows")) {
    plot.rows.push_back({row.text("label"), row.optional_text("note"), {}});
    for (const DataReader& dot : row.objects("dots"))
      plot.rows.back().dots.push_back({dot.role(), dot.quantity("value")});
  }
  return plot;
}

Plot read_histogram(const DataReader& data) {
  Histogram plot;
  plot.lo = static_cast<int>(data.count("lo", 0));
  plot.counts = data.counts("counts");
  plot.x_label = data.optional_text("x_label");
  for (const DataReader& border : data.objects("borders", false)) {
    plot.borders.push_back({border.number("at"), border.text("label")});
  }
  return plot;
}

Plot read_bars(const DataReader& data) {
  Bars plot;
  for (const DataReader& bar : data.objects("bars")) {
    plot.bars.push_back({bar.text("label"), bar.role(), bar.quantity("value")});
  }
  return plot;
}

Plot read_slope(const DataReader& data) {
  Slope plot{data.text("from_label"), data.text("to_label"), {}};
  for (const DataReader& line : data.objects("lines")) {
    plot.lines.push_back({line.text("label"), line.role(), line.quantity("from"), line.quantity("to")});
  }
  return plot;
}

Plot read_scatter(const DataReader& data) {
  Scatter plot;
  plot.x_label = data.text("x_label");
  plot.y_label = data.text("y_label");
  plot.legend = read_legend(data);
  for (const DataReader& dot : data.objects("dots")) {
    plot.dots.push_back({dot.optional_text("label"), dot.role(), dot.quantity("x"), dot.quantity("y")});
  }
  if (const auto line = data.optional_object("line")) {
    plot.line = Scatter::StraightLine{line->number("intercept"), line->number("slope")};
  }
  for (const DataReader& band : data.objects("bands", false)) {
    plot.bands.push_back(
        {band.optional_text("label"), band.number("from"), band.number("to"), optional_quantity(band, "mean")});
  }
  return plot;
}

Forest::Row read_forest_row(const DataReader& data) {
  Forest::Row row;
  row.label = data.text("label");
  row.note = data.optional_text("note");
  if (data.flag("head")) {
    row.kind = Forest::RowKind::head;
    return row;
  }
  if (data.flag("pooled")) row.kind = Forest::RowKind::pooled;
  row.value = data.quantity("value");
  row.weight = optional_quantity(data, "weight");
  if (const auto prediction = data.optional_object("prediction"))
    row.prediction = Forest::Interval{prediction->number("lo"), prediction->number("hi")};
  return row;
}

Plot read_forest(const DataReader& data) {
  Forest plot;
  for (const DataReader& row : data.objects("rows")) plot.rows.push_back(read_forest_row(row));
  if (data.has("reference")) plot.reference = data.number("reference");
  plot.below_label = data.optional_text("below_label");
  plot.above_label = data.optional_text("above_label");
  plot.weight_head = data.optional_text("weight_head");
  plot.prediction_label = data.optional_text("prediction_label");
  return plot;
}

Funnel::Limits read_limits(const DataReader& data) {
  Funnel::Limits limits{data.text("label"), {}};
  for (const DataReader& point : data.objects("points"))
    limits.points.push_back({point.number("n"), point.number("lo"), point.number("hi")});
  return limits;
}

Plot read_funnel(const DataReader& data) {
  Funnel plot;
  plot.x_label = data.text("x_label");
  plot.y_label = data.text("y_label");
  plot.centre_label = data.optional_text("centre_label");
  if (data.flag("root_scale")) plot.x_scale = Funnel::XScale::root;
  if (data.flag("log_scale")) plot.x_scale = Funnel::XScale::log;
  if (data.has("centre")) plot.centre = data.quantity("centre");
  for (const DataReader& limits : data.objects("limits", false)) plot.limits.push_back(read_limits(limits));
  plot.legend = read_legend(data);
  for (const DataReader& dot : data.objects("dots"))
    plot.dots.push_back({dot.optional_text("label"), dot.role(), dot.quantity("value")});
  return plot;
}

Plot read_love(const DataReader& data) {
  LovePlot plot;
  plot.before_label = data.text("before_label");
  plot.after_label = data.text("after_label");
  for (const DataReader& row : data.objects("rows"))
    plot.rows.push_back({row.text("label"), row.quantity("before"), row.quantity("after")});
  if (data.has("thresholds")) {
    plot.thresholds.clear();
    for (const DataReader& threshold : data.objects("thresholds")) plot.thresholds.push_back(threshold.number("at"));
  }
  return plot;
}

Plot read_heat_map(const DataReader& data) {
  HeatMap plot;
  for (const DataReader& column : data.objects("columns")) plot.columns.push_back(column.text("label"));
  for (const DataReader& row : data.objects("rows")) plot.rows.push_back({row.text("label"), row.quantities("cells")});
  if (data.has("middle")) plot.middle = data.number("middle");
  plot.scale_label = data.optional_text("scale_label");
  plot.with_counts = data.flag("with_counts");
  return plot;
}

std::optional<Gantt::Span> read_span(const DataReader& data, std::string_view key) {
  const auto span = data.optional_object(key);
  if (!span) return std::nullopt;
  return Gantt::Span{span->text("from"), span->optional_text("to")};
}

Gantt::Row read_gantt_row(const DataReader& data) {
  Gantt::Row row;
  row.label = data.text("label");
  row.note = data.optional_text("note");
  row.head = data.flag("head");
  row.plan = read_span(data, "plan");
  row.fact = read_span(data, "fact");
  for (const DataReader& event : data.objects("milestones", false)) row.milestones.push_back(event.text("date"));
  return row;
}

Plot read_gantt(const DataReader& data) {
  Gantt plot;
  for (const DataReader& row : data.objects("rows")) plot.rows.push_back(read_gantt_row(row));
  plot.today = data.optional_text("today");
  plot.plan_label = data.optional_text("plan_label");
  plot.fact_label = data.optional_text("fact_label");
  plot.overdue_label = data.optional_text("overdue_label");
  plot.milestone_label = data.optional_text("milestone_label");
  plot.today_label = data.optional_text("today_label");
  for (const DataReader& month : data.objects("months", false)) plot.months.push_back(month.text("label"));
  return plot;
}

std::size_t place(const DataReader& data, std::string_view key) {
  return static_cast<std::size_t>(std::max<std::int64_t>(data.count(key), 0));
}

Plot read_flow(const DataReader& data) {
  Flow plot;
  for (const DataReader& category : data.objects("categories")) plot.categories.push_back(category.text("label"));
  for (const DataReader& stage : data.objects("stages"))
    plot.stages.push_back({stage.text("label"), stage.counts("counts")});
  for (const DataReader& link : data.objects("links"))
    plot.links.push_back({place(link, "stage"), place(link, "from"), place(link, "to"), link.count("count")});
  return plot;
}

struct PlotKind {
  std::string_view name;
  Plot (*read)(const DataReader&);
};
/// A new kind of chart is a row here.
constexpr std::array<PlotKind, 14> kKinds = {{{"dynamics", read_dynamics},
                                              {"stacked", read_stacked},
                                              {"dots", read_dots},
                                              {"histogram", read_histogram},
                                              {"bars", read_bars},
                                              {"multiples", read_multiples},
                                              {"slope", read_slope},
                                              {"scatter", read_scatter},
                                              {"forest", read_forest},
                                              {"funnel", read_funnel},
                                              {"love", read_love},
                                              {"heat", read_heat_map},
                                              {"gantt", read_gantt},
                                              {"flow", read_flow}}};

std::vector<std::string_view> kind_names() {
  std::vector<std::string_view> names;
  for (const PlotKind& kind : kKinds) names.push_back(kind.name);
  return names;
}

/// Plain counts say nothing of their owner: the object that they stand in does.
void own_counts(Plot& plot, Owner owner) {
  if (auto* histogram = std::get_if<Histogram>(&plot)) histogram->owner = owner;
  if (auto* flow = std::get_if<Flow>(&plot)) flow->owner = owner;
}

void read_plot(const BlockJob& job, std::size_t kind, Chart& chart) {
  if (job.object("data") == nullptr) return;
  const DataReader data(*job.data("data"), job.plain("data"), job);
  if (data.has("missing")) chart.missing = data.optional_text("missing");
  if (chart.missing.empty()) chart.plot = kKinds[kind].read(data);
  own_counts(chart.plot, job.data("data")->owner);
}

}  // namespace

Blocks build_chart(const BlockJob& job) {
  Figure figure;
  if (!job.reader.has("kind")) job.reader.required_text("kind");
  const std::size_t kind = job.reader.choice("kind", kind_names(), kKinds.size());
  figure.caption = job.plain("caption");
  figure.id = job.plain("id");
  figure.chart.title = job.plain("title");
  figure.chart.subtitle = job.plain("subtitle");
  figure.chart.note = job.plain("note");
  if (kind == kKinds.size())
    job.reader.raw("data");
  else
    read_plot(job, kind, figure.chart);
  return {{std::move(figure)}};
}

Blocks build_cards(const BlockJob& job) {
  Cards cards;
  const List* items = job.list("items");
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const DataReader card((*items)[i], job.plain("items") + "." + std::to_string(i), job);
    cards.cards.push_back({card.text("label"), card.quantity("value"), card.optional_text("note")});
  }
  return cards.cards.empty() ? Blocks{} : Blocks{{std::move(cards)}};
}

}  // namespace kaskad::reports
