#include "reports/content/missing_points.hpp"

#include <map>

#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

using YearsByReason = std::map<Undefined, std::vector<int>>;

YearsByReason years_without(const Briefing& b, const DrawnLine& line) {
  YearsByReason out;
  const auto& periods = b.frame().periods;
  for (std::size_t p = 0; p < periods.size(); ++p) {
    const Estimate& e = b.figures().at(line.series, line.entity, p);
    if (!periods[p].is_wave && !e.defined()) out[e.reason].push_back(periods[p].years.front());
  }
  return out;
}

/// The reason in few words: a note beside a figure has less room than a footnote.
std::string short_reason(const Briefing& b, Undefined reason) {
  const std::string key = "missing." + std::string(undefined_name(reason));
  return b.texts.get(b.texts.has(key) ? key : "missing.other");
}

/// "Points are missing", and which, by reason; empty without any.
std::string note_of(const Briefing& b, const std::map<Undefined, std::string>& by_reason) {
  std::string gaps;
  for (const auto& [reason, names] : by_reason)
    gaps += " " + b.texts.get("missing.gap", {{"reason", short_reason(b, reason)}, {"names", names}});
  return gaps.empty() ? gaps : b.texts.get("missing.points") + gaps;
}

void append_name(std::string& names, const std::string& name) { names += (names.empty() ? "" : "; ") + name; }

}  // namespace

std::string missing_rows(const Briefing& b, const std::vector<Undrawn>& rows) {
  std::map<Undefined, std::string> by_reason;
  for (const Undrawn& row : rows) {
    if (row.reason != Undefined::none) append_name(by_reason[row.reason], row.name);
  }
  return note_of(b, by_reason);
}

std::string missing_points(const Briefing& b, const std::vector<DrawnLine>& lines) {
  std::map<Undefined, std::string> by_reason;
  for (const DrawnLine& line : lines) {
    for (const auto& [reason, years] : years_without(b, line))
      append_name(by_reason[reason], b.texts.get("missing.line", {{"name", line.name}, {"years", years_text(years)}}));
  }
  return note_of(b, by_reason);
}

}  // namespace kaskad::reports
