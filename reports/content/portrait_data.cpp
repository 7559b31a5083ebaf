// The region's portrait: how far schools lie apart by year, and small schools beside the rest.
#include "indicators/portrait.hpp"

#include "reports/content/labels.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

Quantity plain(const Estimate& estimate, int decimals) {
  return {estimate, Unit::none, decimals, false, owner_of(kRegion)};
}

Quantity in_percent(Estimate fraction) {
  for (double* part : {&fraction.value, &fraction.se, &fraction.lo, &fraction.hi}) *part *= 100;
  return {fraction, Unit::percent, 1, false, owner_of(kRegion)};
}

/// Adds the rows of one headline; `series` heads them where several headlines share a table.
void add_spread(const Indicator& indicator, const SeriesPortrait& portrait, const std::string& series, List& rows) {
  for (const SpreadYear& year : portrait.spread)
    rows.push_back(Object{{"series", series},
                          {"year", std::to_string(year.year)},
                          {"schools", year.schools},
                          {"range", level(indicator, year.range, owner_of(kRegion))},
                          {"p90_p10", plain(year.p90_p10, 2)},
                          {"gini", plain(year.gini, 3)},
                          {"theil", plain(year.theil, 4)},
                          {"theil_between", plain(year.theil_between, 4)},
                          {"theil_within", plain(year.theil_within, 4)},
                          {"intraclass", in_percent(year.intraclass)}});
}

void add_small(const Indicator& indicator, const SeriesPortrait& portrait, const std::string& series, List& rows) {
  for (const SmallYear& year : portrait.small)
    rows.push_back(Object{{"series", series},
                          {"year", std::to_string(year.year)},
                          {"small", level(indicator, year.small, owner_of(kRegion))},
                          {"rest", level(indicator, year.rest, owner_of(kRegion))},
                          {"difference", difference(indicator, year.difference, owner_of(kRegion))}});
}

}  // namespace

Object portrait_data(const Briefing& b) {
  List spread, small;
  for (const SeriesPortrait& portrait : portray(b.data, b.figures(), b.headlines, 1)) {
    const Indicator& indicator = b.figures().indicator_of(portrait.series);
    const std::string unit = b.format.unit(unit_of(indicator));
    const std::string name = series_name(b, portrait.series) + (unit.empty() ? "" : ", " + unit);
    add_spread(indicator, portrait, name, spread);
    add_small(indicator, portrait, name, small);
  }
  Object out = {{"has_any", !spread.empty() || !small.empty()}};
  add_list(out, "spread", std::move(spread));
  add_list(out, "small", std::move(small));
  return out;
}

}  // namespace kaskad::reports
