// Figures: every series for every entity and period, as Estimates; and the changes between waves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "indicators/basis.hpp"
#include "indicators/catalogue.hpp"
#include "indicators/frame.hpp"
#include "indicators/publication.hpp"

namespace kaskad {

/// The figures of one series: estimates[entity × periods + period], in the unit of the indicator (percent as 0..100).
struct SeriesFigures {
  Series series;
  std::vector<Estimate> estimates;
  std::vector<Basis> bases;      ///< By school and year.
  std::vector<Estimate> change;  ///< By entity: final minus entry; empty when the project has no such waves.
  PublicationLine line = {};     ///< Where the decisions on its figures stand.
};

struct Figures {
  Frame frame;
  std::vector<Indicator> indicators;
  std::vector<SeriesFigures> series;
  std::int64_t minimum_n = 10;
  Publications publications;

  const Estimate& at(std::size_t series_index, std::size_t entity, std::size_t period) const {
    return series[series_index].estimates[entity * frame.periods.size() + period];
  }
  const Indicator& indicator_of(std::size_t series_index) const {
    return indicators[series[series_index].series.indicator];
  }
};

struct FigureOptions {
  std::vector<Wave> waves;
  std::int64_t minimum_n = 10;
  unsigned threads = 1;
  bool complementary = true;
};

Figures make_figures(const Dataset& data, std::vector<Indicator> indicators, const FigureOptions& options);

/// The basis of some schools in some years, added up.
Basis pool(const SeriesFigures& figures, const std::vector<int>& all_years, const std::vector<SchoolId>& schools,
           const std::vector<int>& years);

/// The same in a period; nothing in a wave whose figures come from other procedures.
Basis pool(const SeriesFigures& figures, const std::vector<int>& all_years, const std::vector<SchoolId>& schools,
           const Period& period);

/// A basis as an estimate of its indicator, with the interval of its kind.
Estimate estimate_of(const Indicator& indicator, const Basis& basis, std::int64_t minimum_n);

/// What may be printed of some schools in some years or a period: the estimate of their pooled basis, or too_few or
/// complementary as the publication decides. Judgements that print nothing rest on estimate_of instead.
Estimate printed(const Figures& figures, const SeriesFigures& series, const std::vector<int>& all_years,
                 const std::vector<SchoolId>& schools, const std::vector<int>& years);
Estimate printed(const Figures& figures, const SeriesFigures& series, const std::vector<int>& all_years,
                 const std::vector<SchoolId>& schools, const Period& period);

/// The estimate as it may be printed: `e` is of these schools and years, or of a change that begins or ends in them.
Estimate withheld(const Figures& figures, const SeriesFigures& series, const std::vector<SchoolId>& schools,
                  const std::vector<int>& years, const Estimate& e);

/// What a unit multiplies a fraction by: 100 for shares in percent, else 1.
double scale_of(const Indicator& indicator);

/// True when the scale of the series changed between the first of `from` and the last of `to`.
bool scale_changed(const Series& series, const std::vector<int>& all_years, const std::vector<int>& from,
                   const std::vector<int>& to);

/// The last year in which a school has a result of the series, into the years of the project.
std::optional<std::size_t> last_year_with_results(const Dataset& data, const SeriesFigures& series);

}  // namespace kaskad
