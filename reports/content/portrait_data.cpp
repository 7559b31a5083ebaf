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

List spread_rows(const Indicator& indicator, const SeriesPortrait& portrait) {
  List rows;
  for (const SpreadYear& year : portrait.spread)
    rows.push_back(Object{{"year", std::to_string(year.year)},
                          {"schools", year.schools},
                          {"range", level(indicator, year.range, owner_of(kRegion))},
                          {"p90_p10", plain(year.p90_p10, 2)},
                          {"gini", plain(year.gini, 3)},
                          {"theil", plain(year.theil, 4)},
                          {"theil_between", plain(year.theil_between, 4)},
                          {"theil_within", plain(year.theil_within, 4)},
                          {"intraclass", in_percent(year.intraclass)}});
  return rows;
}

List small_rows(const Indicator& indicator, const SeriesPortrait& portrait) {
  List rows;
  for (const SmallYear& year : portrait.small)
    rows.push_back(Object{{"year", std::to_string(year.year)},
                          {"small", level(indicator, year.small, owner_of(kRegion))},
                          {"rest", level(indicator, year.rest, owner_of(kRegion))},
                          {"difference", difference(indicator, year.difference, owner_of(kRegion))}});
  return rows;
}

}  // namespace

Object portrait_data(const Briefing& b) {
  List series;
  for (const SeriesPortrait& portrait : portray(b.data, b.figures(), b.headlines, 1)) {
    const Indicator& indicator = b.figures().indicator_of(portrait.series);
    Object one = {{"name", series_name(b, portrait.series)}, {"unit", b.format.unit(unit_of(indicator))}};
    add_list(one, "spread", spread_rows(indicator, portrait));
    add_list(one, "small", small_rows(indicator, portrait));
    series.push_back(std::move(one));
  }
  Object out;
  add_list(out, "series", std::move(series));
  return out;
}

}  // namespace kaskad::reports
