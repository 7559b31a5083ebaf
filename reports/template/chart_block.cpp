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
  return plot;
}

struct PlotKind {
  std::string_view name;
  Plot (*read)(const DataReader&);
};
/// A new kind of chart is a row here.
constexpr std::array<PlotKind, 8> kKinds = {{{"dynamics", read_dynamics},
                                             {"stacked", read_stacked},
                                             {"dots", read_dots},
                                             {"histogram", read_histogram},
                                             {"bars", read_bars},
                                             {"multiples", read_multiples},
                                             {"slope", read_slope},
                                             {"scatter", read_scatter}}};

std::vector<std::string_view> kind_names() {
  std::vector<std::string_view> names;
  for (const PlotKind& kind : kKinds) names.push_back(kind.name);
  return names;
}

void read_plot(const BlockJob& job, std::size_t kind, Chart& chart) {
  if (job.object("data") == nullptr) return;
  const DataReader data(*job.data("data"), job.plain("data"), job);
  if (data.has("missing")) chart.missing = data.optional_text("missing");
  if (chart.missing.empty()) chart.plot = kKinds[kind].read(data);
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
