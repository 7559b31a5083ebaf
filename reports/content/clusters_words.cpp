#include "reports/content/clusters_words.hpp"

#include <algorithm>

#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

const Clusters& found_of(const Briefing& b) { return b.judgements.clusters; }
const ClusterBlock& asked_of(const Briefing& b, std::size_t block) { return found_of(b).settings.blocks[block]; }

bool is_share(const ContextField& field) { return field.unit == "share" || field.unit == "percent"; }

const ContextField* field_of(const Briefing& b, const ClusterItemFound& item) {
  return item.field ? &b.data.context.fields[static_cast<std::size_t>(*item.field)] : nullptr;
}

Unit unit_of_field(const ContextField& field) {
  if (is_share(field)) return Unit::percent;
  if (field.unit == "years") return Unit::years;
  return field.unit == "count" ? Unit::count : Unit::none;
}

std::string indicator_name(const Briefing& b, const std::string& id) {
  const auto& all = b.figures().indicators;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Indicator& i) { return i.id == id; });
  return found == all.end() ? id : in_language(found->name, b.language(), id);
}

std::string number_of(const Briefing& b, std::size_t block, std::size_t item, double value) {
  return b.format.with_unit(cluster_item_value(b, block, item, exactly(value, 1), owner_of(kRegion)));
}

/// Of one leading item; `step` counts thresholds from the worse end.
std::string bounds_of_item(const Briefing& b, std::size_t block, std::size_t item, int group) {
  const ClusterItemFound& found = found_of(b).blocks[block].items[item];
  const auto last = static_cast<int>(found.thresholds.size());
  if (last == 0 || group > last) return b.texts.get("clusters.bounds.all");
  const auto border = [&](int step) {
    const auto at = static_cast<std::size_t>(found.less_is_better ? last - 1 - step : step);
    return number_of(b, block, item, found.thresholds[at]);
  };
  const std::string side = found.less_is_better ? "down" : "up";
  if (group == 0) return b.texts.get("clusters.bounds.first_" + side, {{"border", border(0)}});
  if (group == last) return b.texts.get("clusters.bounds.last_" + side, {{"border", border(last - 1)}});
  return b.texts.get("clusters.bounds.middle_" + side, {{"from", border(group - 1)}, {"to", border(group)}});
}

std::string pattern_name(const Briefing& b, const std::vector<int>& pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string group =
        pattern[i] < 0 ? b.texts.get("clusters.unknown_group") : cluster_group_name(b, i, pattern[i]);
    out += (out.empty() ? "" : "; ") +
           b.texts.get("clusters.block_group", {{"block", cluster_block_name(b, i)}, {"group", group}});
  }
  return out;
}

}  // namespace

std::string cluster_block_name(const Briefing& b, std::size_t block) {
  return in_language(asked_of(b, block).name, b.language(), asked_of(b, block).id);
}

std::string cluster_item_name(const Briefing& b, std::size_t block, std::size_t item) {
  const ClusterItemFound& found = found_of(b).blocks[block].items[item];
  const ClusterItem& asked = asked_of(b, block).items[item];
  if (const ContextField* field = field_of(b, found)) return in_language(field->name, b.language(), field->id);
  if (found.series) return series_name(b, *found.series);
  return asked.field.empty() ? indicator_name(b, asked.outcome.indicator) : asked.field;
}

Quantity cluster_item_value(const Briefing& b, std::size_t block, std::size_t item, Estimate value, Owner owner) {
  const ClusterItemFound& found = found_of(b).blocks[block].items[item];
  if (found.series) return level(b.figures().indicator_of(*found.series), value, owner);
  const ContextField* field = field_of(b, found);
  if (field != nullptr && field->unit == "share" && value.defined()) value.value *= 100;
  return {value, field == nullptr ? Unit::none : unit_of_field(*field), 1, false, owner};
}

std::string cluster_group_name(const Briefing& b, std::size_t block, int group) {
  const auto& names = asked_of(b, block).groups;
  const auto at = static_cast<std::size_t>(group);
  if (at < names.size()) return in_language(names[at], b.language());
  return b.texts.get("clusters.group", {{"number", std::int64_t{group} + 1}});
}

std::string cluster_group_bounds(const Briefing& b, std::size_t block, int group) {
  const auto& items = found_of(b).blocks[block].items;
  const auto leading =
      std::count_if(items.begin(), items.end(), [](const ClusterItemFound& item) { return item.is_leading; });
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is_leading) continue;
    const std::string bounds = bounds_of_item(b, block, i, group);
    if (leading == 1) return bounds;
    out += (out.empty() ? "" : "; ") +
           b.texts.get("clusters.block_group", {{"block", cluster_item_name(b, block, i)}, {"group", bounds}});
  }
  return out;
}

std::string cluster_name(const Briefing& b, const Cluster& cluster) {
  switch (found_of(b).settings.rule) {
    case ClusterRule::blocks:
      return cluster_block_name(b, *cluster.block);
    case ClusterRule::pattern:
      return pattern_name(b, cluster.pattern);
    case ClusterRule::weak_blocks:
      break;
  }
  return b.texts.get("clusters.weak", {{"n", std::int64_t{cluster.weak}}});
}

std::string cluster_group_reason(const Briefing& b, std::size_t block, SchoolId school) {
  const SchoolBlock& own = found_of(b).schools[school].blocks[block];
  const std::string name = cluster_item_name(b, block, own.decided_by);
  if (!own.group) {
    const bool no_leading = found_of(b).blocks[block].reason != Undefined::none;
    return b.texts.get(no_leading ? "clusters.reason.no_leading" : "clusters.reason.missing", {{"indicator", name}});
  }
  const Quantity value =
      cluster_item_value(b, block, own.decided_by, own.values[own.decided_by], owner_of_school(b, school));
  return b.texts.get("clusters.reason.value", {{"indicator", name},
                                               {"value", b.format.with_unit(value)},
                                               {"bounds", bounds_of_item(b, block, own.decided_by, *own.group)}});
}

std::string school_cluster_text(const Briefing& b, SchoolId school) {
  const SchoolClusters& own = found_of(b).schools[school];
  if (!own.judged) return b.texts.get("clusters.not_judged");
  std::string out;
  for (const std::size_t cluster : own.clusters)
    out += (out.empty() ? "" : "; ") + cluster_name(b, found_of(b).clusters[cluster]);
  return out.empty() ? b.texts.get("clusters.in_none") : out;
}

}  // namespace kaskad::reports
