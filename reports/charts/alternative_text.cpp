// A chart in words and numbers.
#include <string_view>
#include <variant>

#include "reports/charts/words.hpp"

namespace kaskad::reports {
namespace {

/// The text with a full stop, unless it ends in a mark of its own.
std::string sentence(const std::string& text) {
  if (text.empty()) return text;
  const bool ended = std::string_view(".!?").find(text.back()) != std::string_view::npos || text.ends_with("…");
  return ended ? text : text + ".";
}

}  // namespace

std::string alternative_text(const Chart& chart, const NumberFormat& format, const std::string& missing_text) {
  const Speaker speaker{format, missing_text};
  Joined text(" ");
  text.add(sentence(chart.title));
  text.add(sentence(chart.subtitle));
  const std::string items = std::visit([&](const auto& plot) { return words(speaker, plot); }, chart.plot);
  text.add(sentence(!chart.missing.empty() ? chart.missing : items.empty() ? missing_text : items));
  text.add(sentence(chart.note));
  return text.text();
}

}  // namespace kaskad::reports
