#include "indicators/clusters.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/rank_correlation.hpp"
#include "engine/stats/spread.hpp"

namespace kaskad {
namespace {

struct Ground {
  const Dataset& data;
  const Figures& figures;
  const ClusterSettings& settings;
  const std::vector<int>& years;

  std::size_t schools() const { return data.registry.schools.size(); }
};

std::optional<std::size_t> series_of(const Ground& g, const IndexOutcome& wanted) {
  const Vocabulary& v = g.data.vocabulary;
  for (std::size_t s = 0; s < g.figures.series.size(); ++s) {
    const Series& series = g.figures.series[s].series;
    const bool subject =
        wanted.subject == "*" ? !series.subject : series.subject && v.subjects[*series.subject].id == wanted.subject;
    if (subject && g.figures.indicator_of(s).id == wanted.indicator &&
        v.procedures[series.procedure].id == wanted.procedure && series.grade == wanted.grade)
      return s;
  }
  return std::nullopt;
}

ClusterItemFound look_up(const Ground& g, const ClusterItem& item) {
  ClusterItemFound out;
  if (!item.field.empty())
    out.field = g.data.context.field(item.field);
  else
    out.series = series_of(g, item.outcome);
  const bool down = out.series && g.figures.indicator_of(*out.series).direction == Direction::down;
  out.less_is_better = item.less_is_better.value_or(down);
  return out;
}

/// Of the last of the years that has one.
Estimate context_value(const Ground& g, int field, SchoolId school) {
  for (auto year = g.years.rbegin(); year != g.years.rend(); ++year) {
    const ContextValue* value = g.data.context.find(field, school, *year);
    if (value == nullptr || value->n == 0) continue;
    const bool total = g.data.context.fields[static_cast<std::size_t>(field)].is_total;
    return exactly(total ? value->sum : value->sum / static_cast<double>(value->n), value->n);
  }
  return undefined(Undefined::no_data);
}

Estimate value_of(const Ground& g, const ClusterItemFound& item, SchoolId school) {
  if (item.field) return context_value(g, *item.field, school);
  if (!item.series) return undefined(Undefined::no_data);
  return printed(g.figures, g.figures.series[*item.series], g.data.vocabulary.years, {school}, g.years);
}

/// The schools' values of an item that are there.
std::vector<double> known_values(const Clusters& c, std::size_t block, std::size_t item) {
  std::vector<double> out;
  for (const SchoolClusters& school : c.schools) {
    const Estimate& value = school.blocks[block].values[item];
    if (value.defined()) out.push_back(value.value);
  }
  return out;
}

void describe(const Clusters& c, std::size_t block, std::size_t item, ClusterItemFound& found) {
  const std::vector<double> values = known_values(c, block, item);
  found.schools = static_cast<std::int64_t>(values.size());
  if (values.empty()) return;
  found.mean = 0;
  double squares = 0;
  for (const double v : values) found.mean += v / static_cast<double>(values.size());
  for (const double v : values) squares += (v - found.mean) * (v - found.mean);
  if (values.size() > 1) found.sd = std::sqrt(squares / static_cast<double>(values.size() - 1));
}

Estimate correlation(const Clusters& c, std::size_t block, std::size_t one, std::size_t other) {
  std::vector<stats::CountedPair> pairs;
  for (const SchoolClusters& school : c.schools) {
    const Estimate& x = school.blocks[block].values[one];
    const Estimate& y = school.blocks[block].values[other];
    if (x.defined() && y.defined()) pairs.push_back({x.value, y.value, 1});
  }
  const auto n = static_cast<std::int64_t>(pairs.size());
  if (n < c.settings.least_schools) return undefined(Undefined::too_few, n);
  return c.settings.correlation == CorrelationKind::spearman ? stats::spearman(pairs) : stats::pearson(pairs);
}

void measure_agreement(const Clusters& c, std::size_t block, ClusterBlockFound& found) {
  for (std::size_t i = 0; i < found.items.size(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < found.items.size(); ++j) {
      const Estimate r = i == j ? undefined(Undefined::no_data) : correlation(c, block, i, j);
      if (!r.defined()) continue;
      sum += std::abs(r.value);
      ++found.items[i].pairs;
    }
    if (found.items[i].pairs > 0) found.items[i].agreement = sum / static_cast<double>(found.items[i].pairs);
  }
}

/// The item of the highest agreement, the first of equals; one alone leads its block.
std::optional<std::size_t> best_item(const ClusterBlockFound& block) {
  if (block.items.size() == 1) return block.items[0].schools > 0 ? std::optional<std::size_t>(0) : std::nullopt;
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < block.items.size(); ++i) {
    const double here = block.items[i].agreement;
    if (std::isfinite(here) && (!best || here > block.items[*best].agreement)) best = i;
  }
  return best;
}

std::vector<double> borders_of(const Clusters& c, std::size_t block, std::size_t item) {
  const ClusterBlock& asked = c.settings.blocks[block];
  if (!asked.items[item].thresholds.empty()) return asked.items[item].thresholds;
  std::vector<double> values = known_values(c, block, item);
  std::sort(values.begin(), values.end());
  std::vector<double> out;
  for (const double q : asked.quantiles) {
    const bool down = c.blocks[block].items[item].less_is_better;
    out.push_back(stats::quantile7(values, down ? 1 - q : q));
  }
  std::sort(out.begin(), out.end());
  return out;
}

void choose_leading(Clusters& c, std::size_t block) {
  ClusterBlockFound& found = c.blocks[block];
  std::vector<std::size_t> leading = c.settings.blocks[block].leading;
  const std::optional<std::size_t> best = leading.empty() ? best_item(found) : std::nullopt;
  if (best) leading = {*best};
  const bool has_values =
      std::all_of(leading.begin(), leading.end(), [&](auto i) { return found.items[i].schools > 0; });
  if (leading.empty() || !has_values) {
    found.reason = has_values ? Undefined::no_variation : Undefined::no_data;
    const auto none = [](const ClusterItemFound& item) { return item.schools == 0; };
    if (std::all_of(found.items.begin(), found.items.end(), none)) found.reason = Undefined::no_data;
    return;
  }
  for (const std::size_t i : leading) {
    found.items[i].is_leading = true;
    found.items[i].thresholds = borders_of(c, block, i);
  }
}

/// A value on a border is in the better group.
int group_by(const ClusterItemFound& item, double value) {
  const auto better = [&](double border) { return item.less_is_better ? value <= border : value >= border; };
  return static_cast<int>(std::count_if(item.thresholds.begin(), item.thresholds.end(), better));
}

void place_in_group(const ClusterBlock& asked, const ClusterBlockFound& found, SchoolBlock& school) {
  school.reason = found.reason;
  if (found.reason != Undefined::none) return;
  std::optional<int> group;
  for (std::size_t i = 0; i < found.items.size(); ++i) {
    if (!found.items[i].is_leading) continue;
    if (!school.values[i].defined()) {
      school.decided_by = i;
      school.reason = school.values[i].reason;
      return;
    }
    const int here = group_by(found.items[i], school.values[i].value);
    const bool takes = !group || (asked.join == LeadingJoin::lowest ? here < *group : here > *group);
    if (takes) school.decided_by = i;
    if (takes) group = here;
  }
  school.group = group;
}

/// Mean of the standardised values that are there, each turned so that more is better.
double score_of(const ClusterBlockFound& found, const SchoolBlock& school) {
  double sum = 0;
  int n = 0;
  for (std::size_t i = 0; i < found.items.size(); ++i) {
    const ClusterItemFound& item = found.items[i];
    if (!school.values[i].defined() || !(item.sd > 0)) continue;
    sum += (school.values[i].value - item.mean) / item.sd * (item.less_is_better ? -1 : 1);
    ++n;
  }
  return n > 0 ? sum / n : kNaN;
}

void find_block(const Ground& g, std::size_t block, Clusters& c) {
  const ClusterBlock& asked = c.settings.blocks[block];
  ClusterBlockFound& found = c.blocks[block];
  for (const ClusterItem& item : asked.items) found.items.push_back(look_up(g, item));
  for (SchoolId s = 0; s < c.schools.size(); ++s) {
    for (const ClusterItemFound& item : found.items) c.schools[s].blocks[block].values.push_back(value_of(g, item, s));
  }
  for (std::size_t i = 0; i < found.items.size(); ++i) describe(c, block, i, found.items[i]);
  measure_agreement(c, block, found);
  choose_leading(c, block);
  std::size_t groups = 0;
  for (const ClusterItemFound& item : found.items)
    groups = std::max(groups, item.is_leading ? item.thresholds.size() + 1 : 0);
  found.group_schools.assign(groups, 0);
  for (SchoolClusters& school : c.schools) {
    SchoolBlock& own = school.blocks[block];
    place_in_group(asked, found, own);
    own.score = score_of(found, own);
    if (own.group) ++found.group_schools[static_cast<std::size_t>(*own.group)];
  }
}

}  // namespace

Clusters find_clusters(const Dataset& data, const Figures& figures, const ClusterSettings& settings) {
  Clusters out;
  out.settings = settings;
  if (!settings.on || settings.blocks.empty() || data.vocabulary.years.empty()) return out;
  out.years = settings.years.empty() ? std::vector<int>{data.vocabulary.years.back()} : settings.years;
  const Ground g{data, figures, out.settings, out.years};
  out.blocks.resize(settings.blocks.size());
  out.schools.resize(g.schools());
  for (SchoolClusters& school : out.schools) school.blocks.resize(settings.blocks.size());
  for (std::size_t b = 0; b < out.blocks.size(); ++b) find_block(g, b, out);
  combine_blocks(out);
  if (settings.partition.on) out.partition = partition_schools(out);
  for (std::size_t i = 0; i < out.partition.schools.size(); ++i) out.schools[out.partition.schools[i]].point = i;
  return out;
}

}  // namespace kaskad
