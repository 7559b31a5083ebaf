// One school or municipality beside its yardsticks: the parts that passports and municipal reports share.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"
#include "reports/content/sentences.hpp"

namespace kaskad::reports {

struct EntityView {
  const Briefing& b;
  std::size_t entity = 0;
  std::string role;               ///< In charts: "school" or "municipality".
  std::string own_label;          ///< «Эта школа», or the municipality's name.
  std::vector<SchoolId> similar;  ///< Schools in like conditions; empty for municipalities.

  /// The period in which it is read beside others: the last wave, or the last year. Null without any.
  const Period* last() const;
  /// A headline: figures, `own`, `region`, `similar`, and the sentences on change and position.
  Object headline(std::size_t h) const;
  /// Of the headlines that it had participants for.
  List headlines() const;
  /// A sentence with the names of the other headlines; empty when there are none.
  std::string absent() const;
  /// {chart, title, rest}: own, similar and region in the last period, a row a headline.
  Object position() const;
  /// {has_any, title, chart}: small multiples of own and region by year, a panel a headline.
  Object dynamics() const;
  List context() const;
  /// Every series with a figure in some period, by year; olympiads over all subjects together only.
  List series() const;
  /// The works that have a figure in the last period of an indicator that is among the headlines, in all procedures and
  /// subjects: a table for those with the same indicators, a row a work.
  List main_works() const;
  /// How many series have participants, but too few to publish a single figure; empty when there are none.
  std::string hidden_series() const;
  /// Of the last period, works that main_works() leaves out because they may not be printed: how many, by reason.
  std::string hidden_works() const;

  /// Its difference from its yardstick: similar schools, else the other schools of the region; of a municipality these.
  Estimate gap(std::size_t series) const;
  Verdict standing(std::size_t series) const;  ///< Above or below its yardstick.
  std::string yardstick() const;               ///< "similar", "region" or "others".
  /// Which headlines are not shown to differ from it, and which have no data, in one or two sentences.
  std::string not_standing_out() const;
  /// Of each headline how many participants it rests on, or why it has no dot: the chart itself has no room for them.
  std::string counts_note() const;

  /// Somebody took part in some period.
  bool takes_part(std::size_t series) const;
  Quantity own(std::size_t series) const;
  Quantity region(std::size_t series) const;
  Quantity alike(std::size_t series) const;
};

/// Pupils of some schools in a period as one figure.
Quantity pooled(const Briefing& b, std::size_t series, const std::vector<SchoolId>& schools, const Period& period,
                Owner owner);

}  // namespace kaskad::reports
