#include "indicators/clusters_settings.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/text.hpp"

namespace kaskad {
namespace {

constexpr std::int64_t kMostClusters = 30;
constexpr std::int64_t kMostRestarts = 10'000;

std::int64_t whole_between(ConfigReader& reader, std::string_view key, std::int64_t fallback, std::int64_t lo,
                           std::int64_t hi) {
  const std::int64_t read = reader.integer(key, fallback);
  if (read >= lo && read <= hi) return read;
  reader.report(key, "setting-between", {{"lo", static_cast<double>(lo)}, {"hi", static_cast<double>(hi)}});
  return fallback;
}

template <class Enum, std::size_t N>
Enum one_of(ConfigReader& reader, std::string_view key, const std::array<std::string_view, N>& names, Enum fallback) {
  return static_cast<Enum>(reader.choice(key, {names.begin(), names.end()}, static_cast<std::size_t>(fallback)));
}

void check_known(ConfigReader& reader, std::string_view key, const std::string& id,
                 const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), id) == known.end())
    reader.report(key, "project-unknown-id", {{"id", id}, {"nearest", nearest(id, known).value_or("none")}});
}

/// Rising numbers; with `lo` < `hi` they must lie between the two.
std::vector<double> rising(ConfigReader& reader, std::string_view key, double lo, double hi) {
  std::vector<double> out = reader.numbers(key);
  const auto outside = [&](double v) { return !(v > lo && v < hi); };
  const bool in_order = std::adjacent_find(out.begin(), out.end(), std::greater_equal<>()) == out.end();
  if (in_order && std::none_of(out.begin(), out.end(), outside)) return out;
  reader.report(key, "clusters-rising");
  return {};
}

void read_outcome(ConfigReader& reader, const ClusterNames& names, IndexOutcome& outcome) {
  outcome = {reader.required_text("indicator"), reader.required_text("procedure"), reader.text("subject", "*"),
             static_cast<int>(reader.integer("grade", 0))};
  if (!outcome.indicator.empty()) check_known(reader, "indicator", outcome.indicator, names.indicators);
  if (!outcome.procedure.empty()) check_known(reader, "procedure", outcome.procedure, names.procedures);
  if (outcome.subject != "*") check_known(reader, "subject", outcome.subject, names.subjects);
}

ClusterItem read_item(ConfigReader& reader, const ClusterNames& names) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  ClusterItem item;
  item.field = reader.text("context");
  if (item.field.empty())
    read_outcome(reader, names, item.outcome);
  else
    check_known(reader, "context", item.field, names.fields);
  if (reader.has("direction")) item.less_is_better = reader.choice("direction", {"up", "down"}, 0) == 1;
  item.thresholds = rising(reader, "thresholds", -kInfinity, kInfinity);
  return item;
}

/// Leading items by the id of their context field or indicator.
std::vector<std::size_t> read_leading(ConfigReader& reader, const ClusterBlock& block) {
  std::vector<std::string> ids;
  for (const ClusterItem& item : block.items) ids.push_back(item.field.empty() ? item.outcome.indicator : item.field);
  std::vector<std::size_t> out;
  for (const std::string& id : reader.texts("leading")) {
    const auto found = std::find(ids.begin(), ids.end(), id);
    if (found == ids.end())
      reader.report("leading", "project-unknown-id", {{"id", id}, {"nearest", nearest(id, ids).value_or("none")}});
    else
      out.push_back(static_cast<std::size_t>(found - ids.begin()));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Every indicator that may lead needs borders of its own, or the block's quantiles.
void check_borders(ConfigReader& reader, const ClusterBlock& block) {
  for (std::size_t i = 0; i < block.items.size(); ++i) {
    const bool may_lead =
        block.leading.empty() || std::find(block.leading.begin(), block.leading.end(), i) != block.leading.end();
    const ClusterItem& item = block.items[i];
    if (may_lead && item.thresholds.empty() && block.quantiles.empty())
      reader.report("indicator", "clusters-no-thresholds",
                    {{"id", item.field.empty() ? item.outcome.indicator : item.field}});
  }
}

std::vector<Names> read_group_names(ConfigReader& reader) {
  std::vector<Names> out;
  for (const ConfigNode* node : reader.tables("group")) {
    ConfigReader group(*node, reader.file(), reader.path_of("group"), reader.diagnostics());
    out.push_back(group.localized("name"));
    if (out.back().empty()) group.report("name", "setting-missing");
    group.finish();
  }
  return out;
}

ClusterBlock read_block(ConfigReader& reader, const ClusterNames& names) {
  ClusterBlock block;
  block.id = reader.required_text("id");
  block.name = reader.localized("name");
  if (block.name.empty()) block.name = {{"ru", block.id}, {"en", block.id}};
  for (const ConfigNode* node : reader.tables("indicator")) {
    ConfigReader item(*node, reader.file(), reader.path_of("indicator"), reader.diagnostics());
    block.items.push_back(read_item(item, names));
    item.finish();
  }
  if (block.items.empty()) reader.report("indicator", "setting-missing");
  block.leading = read_leading(reader, block);
  block.join = one_of(reader, "join", kLeadingJoinNames, block.join);
  block.quantiles = rising(reader, "quantiles", 0, 1);
  block.groups = read_group_names(reader);
  check_borders(reader, block);
  return block;
}

void read_partition(ConfigReader& parent, PartitionSettings& partition) {
  const ConfigNode* table = parent.table("partition");
  if (table == nullptr) return;
  ConfigReader reader(*table, parent.file(), parent.path_of("partition"), parent.diagnostics());
  partition.on = reader.boolean("on", partition.on);
  partition.most = static_cast<int>(whole_between(reader, "most", partition.most, 2, kMostClusters));
  if (reader.has("clusters"))
    partition.clusters = static_cast<int>(whole_between(reader, "clusters", 2, 2, kMostClusters));
  partition.restarts = static_cast<int>(whole_between(reader, "restarts", partition.restarts, 0, kMostRestarts));
  partition.seed = static_cast<std::uint64_t>(reader.integer("seed", static_cast<std::int64_t>(partition.seed)));
  reader.finish();
}

std::vector<int> read_years(ConfigReader& reader, const std::vector<int>& known) {
  std::vector<int> out;
  for (const std::int64_t year : reader.integers("years")) {
    if (std::find(known.begin(), known.end(), year) == known.end())
      reader.report("years", "wave-year", {{"year", std::to_string(year)}});
    else
      out.push_back(static_cast<int>(year));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

void read_clusters(ConfigReader& reader, const ClusterNames& names, ClusterSettings& settings) {
  settings.on = reader.boolean("on", settings.on);
  settings.years = read_years(reader, names.years);
  settings.correlation = one_of(reader, "correlation", kCorrelationKindNames, settings.correlation);
  settings.least_schools = whole_between(reader, "least_schools", settings.least_schools, 4, 100'000);
  settings.rule = one_of(reader, "rule", kClusterRuleNames, settings.rule);
  settings.missing = one_of(reader, "missing", kMissingBlocksNames, settings.missing);
  std::vector<std::string> ids;
  for (const ConfigNode* node : reader.tables("block")) {
    ConfigReader block(*node, reader.file(), reader.path_of("block"), reader.diagnostics());
    settings.blocks.push_back(read_block(block, names));
    const std::string& id = settings.blocks.back().id;
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) block.report("id", "clusters-block-twice", {{"id", id}});
    ids.push_back(id);
    block.finish();
  }
  read_partition(reader, settings.partition);
}

}  // namespace kaskad
