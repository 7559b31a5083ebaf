#include "reports/charts/words.hpp"

#include <algorithm>

namespace kaskad::reports {
namespace {

std::string bar_words(const Speaker& speaker, const StackedBars::Bar& bar, const StackedBars& plot) {
  if (bar.missing) return labelled(bar.label, speaker.missing_text);
  Joined parts(", ");
  for (std::size_t i = 0; i < bar.parts.size(); ++i) {
    const std::string& part = i < plot.parts.size() ? plot.parts[i].label : std::string();
    const Quantity& q = bar.parts[i];
    parts.add(labelled(part, q.estimate.defined() ? speaker.format.with_unit(q) : speaker.missing_text));
  }
  if (bar.n > 0) parts.add(speaker.count(bar.n));
  return labelled(bar.label, parts.text());
}

/// All dots of a small chart, the labelled ones of a large one.
constexpr std::size_t kMostUnnamed = 40;

std::string dot_words(const Speaker& speaker, const Scatter& plot, const Scatter::Dot& dot) {
  return labelled(dot.label.empty() ? name_of(plot.legend, dot.role) : dot.label,
                  labelled(plot.x_label, speaker.say(dot.x)) + "; " + labelled(plot.y_label, speaker.say(dot.y)));
}

}  // namespace

std::string Speaker::say(const Quantity& q) const {
  if (!q.estimate.defined()) return missing_text;
  std::string text = format.with_unit(q);
  if (const std::string interval = format.interval(q); !interval.empty()) text += " (" + interval + ")";
  if (q.estimate.n > 0 && q.unit != Unit::count) text += ", " + count(q.estimate.n);
  return text;
}

void Joined::add(const std::string& part) {
  if (part.empty()) return;
  const bool ended = text_.ends_with('.') || text_.ends_with("…");  // «2026 г.» needs no second full stop.
  if (!text_.empty()) text_ += ended && separator_.starts_with('.') ? separator_.substr(1) : separator_;
  text_ += part;
}

std::string labelled(const std::string& label, const std::string& text) {
  return label.empty() ? text : label + ": " + text;
}

std::string name_of(const std::vector<std::pair<SeriesRole, std::string>>& legend, SeriesRole role) {
  const auto known =
      std::find_if(legend.begin(), legend.end(), [role](const auto& entry) { return entry.first == role; });
  return known == legend.end() ? std::string() : known->second;
}

std::string words(const Speaker& speaker, const StackedBars& plot) {
  Joined items("; ");
  for (const StackedBars::Bar& bar : plot.bars) items.add(bar_words(speaker, bar, plot));
  return items.text();
}

std::string words(const Speaker& speaker, const Dynamics& plot) {
  Joined series(". ");
  for (const Dynamics::Series& s : plot.series) {
    Joined points("; ");
    for (const Dynamics::Point& p : s.points) points.add(labelled(p.label, speaker.say(p.value)));
    series.add(labelled(s.label, points.text()));
  }
  return series.text();
}

std::string words(const Speaker& speaker, const DotPlot& plot) {
  Joined rows(". ");
  for (const DotPlot::Row& row : plot.rows) {
    Joined dots("; ");
    for (const DotPlot::Dot& dot : row.dots)
      dots.add(labelled(plot.legend.size() > 1 ? name_of(plot.legend, dot.role) : "", speaker.say(dot.value)));
    rows.add(labelled(row.label, dots.text().empty() ? speaker.missing_text : dots.text()));
  }
  return rows.text();
}

std::string words(const Speaker& speaker, const Histogram& plot) {
  Joined bars("; ");
  for (std::size_t i = 0; i < plot.counts.size(); ++i)
    if (plot.counts[i] > 0)
      bars.add(speaker.format.number(plot.lo + static_cast<double>(i), 0) + ": " +
               speaker.format.count(plot.counts[i]));
  Joined text(". ");
  text.add(labelled(plot.x_label, bars.text()));
  Joined borders("; ");
  for (const Histogram::Border& b : plot.borders)
    borders.add(labelled(
        b.label, speaker.format.number(b.at, b.at == static_cast<double>(static_cast<std::int64_t>(b.at)) ? 0 : 1)));
  text.add(borders.text());
  return text.text();
}

std::string words(const Speaker& speaker, const Bars& plot) {
  Joined bars("; ");
  for (const Bars::Bar& bar : plot.bars) bars.add(labelled(bar.label, speaker.say(bar.value)));
  return bars.text();
}

std::string words(const Speaker& speaker, const SmallMultiples& plot) {
  Joined panels(". ");
  for (const SmallMultiples::Panel& panel : plot.panels) panels.add(labelled(panel.title, words(speaker, panel.plot)));
  return panels.text();
}

std::string words(const Speaker& speaker, const Slope& plot) {
  Joined lines(". ");
  for (const Slope::Line& line : plot.lines)
    lines.add(labelled(line.label, labelled(plot.from_label, speaker.say(line.from)) + "; " +
                                       labelled(plot.to_label, speaker.say(line.to))));
  return lines.text();
}

std::string words(const Speaker& speaker, const Scatter& plot) {
  Joined items(". ");
  const bool all = plot.dots.size() <= kMostUnnamed;
  for (const Scatter::Band& band : plot.bands)
    if (band.mean) items.add(labelled(band.label, labelled(plot.y_label, speaker.say(*band.mean))));
  for (const Scatter::Dot& dot : plot.dots)
    if (all || !dot.label.empty()) items.add(dot_words(speaker, plot, dot));
  return items.text();
}

}  // namespace kaskad::reports
