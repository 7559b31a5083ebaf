// The items of each kind of chart in words and numbers. The words are the chart's own; only punctuation is added, so
// that it reads in any language. Private to this room.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/charts/chart.hpp"

namespace kaskad::reports {

struct Speaker {
  const NumberFormat& format;
  const std::string& missing_text;

  /// "23,9 % (22,1–25,8), n = 2 131" with the interval in the language's own words, or the text for no data.
  std::string say(const Quantity& q) const;
  std::string count(std::int64_t n) const { return "n = " + format.count(n); }
};

/// Parts joined by a separator, empty ones left out.
class Joined {
 public:
  explicit Joined(std::string_view separator) : separator_(separator) {}
  void add(const std::string& part);
  const std::string& text() const { return text_; }

 private:
  std::string_view separator_;
  std::string text_;
};

/// "label: text", or the text alone.
std::string labelled(const std::string& label, const std::string& text);
/// Empty when the legend does not know the role.
std::string name_of(const std::vector<std::pair<SeriesRole, std::string>>& legend, SeriesRole role);

std::string words(const Speaker& speaker, const StackedBars& plot);
std::string words(const Speaker& speaker, const Dynamics& plot);
std::string words(const Speaker& speaker, const DotPlot& plot);
std::string words(const Speaker& speaker, const Histogram& plot);
std::string words(const Speaker& speaker, const Bars& plot);
std::string words(const Speaker& speaker, const SmallMultiples& plot);
std::string words(const Speaker& speaker, const Slope& plot);
std::string words(const Speaker& speaker, const Scatter& plot);
std::string words(const Speaker& speaker, const Forest& plot);
std::string words(const Speaker& speaker, const Funnel& plot);
std::string words(const Speaker& speaker, const LovePlot& plot);
std::string words(const Speaker& speaker, const HeatMap& plot);
std::string words(const Speaker& speaker, const Gantt& plot);
std::string words(const Speaker& speaker, const Flow& plot);

}  // namespace kaskad::reports
