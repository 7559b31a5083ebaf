#include "app/project/identify_reader.hpp"

#include <algorithm>
#include <cmath>

#include "app/project/known_ids.hpp"
#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

/// Reports each id that nobody defined, with the nearest known one.
std::vector<std::string> known_ids(ConfigReader& reader, std::string_view key, const std::vector<std::string>& known) {
  const std::vector<std::string> ids = reader.texts(key);
  for (const std::string& id : ids) check_id(reader, key, id, known);
  return ids;
}

template <class Enum, std::size_t N>
Enum one_of(ConfigReader& reader, std::string_view key, const std::array<std::string_view, N>& names, Enum fallback) {
  return static_cast<Enum>(reader.choice(key, {names.begin(), names.end()}, static_cast<std::size_t>(fallback)));
}

double number_between(ConfigReader& reader, std::string_view key, double fallback, double lo, double hi) {
  const double value = reader.number(key).value_or(fallback);
  if (!(value >= lo && value <= hi)) {
    reader.report(key, "setting-between", {{"lo", lo}, {"hi", hi}});
    return fallback;
  }
  return value;
}

std::int64_t whole_between(ConfigReader& reader, std::string_view key, std::int64_t fallback, std::int64_t lo,
                           std::int64_t hi) {
  const std::int64_t value = reader.integer(key, fallback);
  if (value >= lo && value <= hi) return value;
  reader.report(key, "setting-between", {{"lo", static_cast<double>(lo)}, {"hi", static_cast<double>(hi)}});
  return fallback;
}

int small_between(ConfigReader& reader, std::string_view key, int fallback, int lo, int hi) {
  return static_cast<int>(whole_between(reader, key, fallback, lo, hi));
}

/// Calls `read` with a reader and the id of each table in a table of tables.
template <class Read>
void for_each_table(ConfigReader& parent, std::string_view key, const Read& read) {
  const ConfigNode* tables = parent.table(key);
  if (tables == nullptr) return;
  for (const auto& [id, node] : *tables->table()) {
    if (node.table() == nullptr) {
      parent.report(key, "setting-type", {{"wanted", std::string("table")}});
      continue;
    }
    ConfigReader reader(node, parent.file(), parent.path_of(key) + "." + id, parent.diagnostics());
    read(reader, id);
    reader.finish();
  }
}

Names name_or_id(ConfigReader& reader, const std::string& id) {
  Names names = reader.localized("name");
  if (names.empty()) names = {{"ru", id}, {"en", id}};
  return names;
}

constexpr int kMostYears = 10;
constexpr int kMostGroups = 20;
constexpr std::int64_t kMostDraws = 1'000'000;

LowRule read_rule(ConfigReader& r, const std::string& id, const IdentifyNames& names) {
  LowRule rule;
  rule.id = id;
  rule.name = name_or_id(r, id);
  rule.kind = one_of(r, "kind", kLowRuleKindNames, LowRuleKind::each_year);
  rule.years = small_between(r, "years", 1, 1, kMostYears);
  rule.least = small_between(r, "least", 1, 1, 1000);
  rule.procedures = known_ids(r, "procedures", ids_of(names.vocabulary.procedures));
  rule.subjects = known_ids(r, "subjects", ids_of(names.vocabulary.subjects));
  if (r.has("threshold")) rule.threshold = number_between(r, "threshold", 0.3, 1e-9, 1);
  return rule;
}

LowTier read_tier(ConfigReader& r, const std::string& id, const std::vector<LowRule>& rules) {
  LowTier tier;
  tier.id = id;
  tier.name = name_or_id(r, id);
  tier.combine = one_of(r, "combine", kCombinationNames, Combination::all);
  const std::vector<std::string> known = ids_of(rules);
  for (const std::string& rule : known_ids(r, "rules", known)) {
    const auto found = std::find(known.begin(), known.end(), rule);
    if (found != known.end()) tier.rules.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  if (tier.rules.empty()) r.report("rules", "setting-missing");
  return tier;
}

LowSettings read_low(const ConfigNode& table, const std::string& file, const IdentifyNames& names, Diagnostics& out) {
  ConfigReader r(table, file, "low", out);
  LowSettings low;
  low.on = r.boolean("on", true);
  low.threshold = number_between(r, "threshold", 0.3, 1e-9, 1);
  low.minimum_n = whole_between(r, "minimum_n", 10, 1, 1'000'000);
  low.procedures = known_ids(r, "procedures", ids_of(names.vocabulary.procedures));
  low.subjects = known_ids(r, "subjects", ids_of(names.vocabulary.subjects));
  for (const std::int64_t grade : r.integers("grades")) low.grades.push_back(static_cast<int>(grade));
  const std::vector<std::string> parts = known_ids(r, "procedure_is", {"subject", "grade"});
  low.by_subject = holds(parts, "subject");
  low.by_grade = holds(parts, "grade");
  low.few = one_of(r, "few_participants", kFewPupilsNames, FewPupils::leave_out);
  low.pool_years = small_between(r, "pool_years", 3, 2, kMostYears);
  low.model = one_of(r, "model", kShareModelNames, ShareModel::jeffreys);
  low.draws = whole_between(r, "draws", 2000, 0, kMostDraws);
  low.seed = static_cast<std::uint64_t>(r.integer("seed", 1));
  for_each_table(r, "rules",
                 [&](ConfigReader& rule, const std::string& id) { low.rules.push_back(read_rule(rule, id, names)); });
  for_each_table(r, "tiers", [&](ConfigReader& tier, const std::string& id) {
    low.tiers.push_back(read_tier(tier, id, low.rules));
  });
  if (low.on && low.tiers.empty()) r.report("tiers", "setting-missing");
  r.finish();
  return low;
}

/// The extremes that a unit has by itself; other fields must name theirs.
void read_extremes(ConfigReader& r, const ContextField* field, IndexComponent& component) {
  const std::string unit = field == nullptr ? "share" : field->unit;
  component.hi = unit == "percent" ? 100 : 1;
  if (unit != "share" && unit != "percent" && !(r.has("lo") && r.has("hi"))) r.report("", "index-extremes");
  component.lo = r.number("lo").value_or(component.lo);
  component.hi = r.number("hi").value_or(component.hi);
  if (!(component.hi > component.lo)) r.report("hi", "index-extremes");
}

IndexComponent read_component(ConfigReader& r, const std::string& id, const IdentifyNames& names) {
  IndexComponent component;
  component.field = id;
  const auto field = std::find_if(names.fields.begin(), names.fields.end(), [&](const auto& f) { return f.id == id; });
  if (field == names.fields.end())
    r.report("", "project-unknown-id", {{"id", id}, {"nearest", nearest(id, ids_of(names.fields)).value_or("none")}});
  component.weight = number_between(r, "weight", 1, 0, 1e6);
  component.is_good = r.choice("direction", {"up", "down"}, 0) == 0;
  read_extremes(r, field == names.fields.end() ? nullptr : &*field, component);
  return component;
}

std::optional<IndexTime> read_time(ConfigReader& r, const std::string& id, const IdentifyNames& names, int decimals) {
  const auto& years = names.vocabulary.years;
  const auto is_it = [&](int year) { return std::to_string(year) == id; };
  const auto year = std::find_if(years.begin(), years.end(), is_it);
  IndexTime time{year == years.end() ? 0 : *year, name_or_id(r, id), small_between(r, "decimals", decimals, 0, 6)};
  if (year != years.end()) return time;
  r.report("", "wave-year", {{"year", id}});
  return std::nullopt;
}

void read_ends(ConfigReader& r, SocialIndexSettings& social) {
  const std::vector<double> ends = r.numbers("ends");
  if (ends.empty()) return;
  if (ends.size() != 2 || ends[0] > ends[1]) {
    r.report("ends", "setting-pair");
    return;
  }
  social.low_end = ends[0];
  social.high_end = ends[1];
}

void read_outcome(ConfigReader& r, const IdentifyNames& names, SocialIndexSettings& social) {
  const ConfigNode* table = r.table("outcome");
  if (table == nullptr) {
    if (social.on && social.weights == WeightMode::regression) r.report("outcome", "setting-missing");
    return;
  }
  ConfigReader outcome(*table, r.file(), r.path_of("outcome"), r.diagnostics());
  const auto one = [&](std::string_view key, const std::vector<std::string>& known) {
    if (!outcome.has(key)) outcome.report(key, "setting-missing");
    const std::vector<std::string> ids = known_ids(outcome, key, known);
    return ids.empty() ? std::string() : ids.front();
  };
  std::vector<std::string> subjects = ids_of(names.vocabulary.subjects);
  subjects.emplace_back("*");
  social.outcome = {one("indicator", names.indicators), one("procedure", ids_of(names.vocabulary.procedures)),
                    one("subject", subjects), static_cast<int>(outcome.integer("grade", 0))};
  outcome.finish();
}

SocialIndexSettings read_social(const ConfigNode& table, const std::string& file, const IdentifyNames& names,
                                Diagnostics& out) {
  ConfigReader r(table, file, "social_index", out);
  SocialIndexSettings social;
  social.on = r.boolean("on", true);
  social.weights = one_of(r, "weights", kWeightModeNames, WeightMode::given);
  social.scaling = one_of(r, "scaling", kShareScalingNames, ShareScaling::theoretical);
  social.missing = one_of(r, "missing", kMissingSharesNames, MissingShares::leave_out);
  social.least_weight = number_between(r, "least_weight", 0.5, 0, 1);
  social.groups = small_between(r, "groups", 5, 2, kMostGroups);
  social.cuts = one_of(r, "cuts", kCutRuleNames, CutRule::rank);
  social.ties = one_of(r, "ties", kTieRuleNames, TieRule::lower);
  read_ends(r, social);
  social.decimals = small_between(r, "decimals", 2, 0, 6);
  social.fit = one_of(r, "fit", kFitToNames, FitTo::last);
  social.risk_groups = small_between(r, "risk_groups", 1, 1, kMostGroups);
  social.draws = whole_between(r, "draws", 1000, 0, kMostDraws);
  social.concentration = number_between(r, "concentration", 100, 1e-3, 1e9);
  social.seed = static_cast<std::uint64_t>(r.integer("seed", 1));
  double weights = 0;
  for_each_table(r, "components", [&](ConfigReader& component, const std::string& id) {
    social.components.push_back(read_component(component, id, names));
    weights += social.components.back().weight;
  });
  if (social.on && !(weights > 0)) r.report("components", "index-weights");
  for_each_table(r, "times", [&](ConfigReader& time, const std::string& id) {
    if (auto read = read_time(time, id, names, social.decimals)) social.times.push_back(std::move(*read));
  });
  std::sort(social.times.begin(), social.times.end(),
            [](const IndexTime& a, const IndexTime& b) { return a.year < b.year; });
  read_outcome(r, names, social);
  r.finish();
  return social;
}

}  // namespace

IdentifySettings read_identify(const ConfigNode& tables, const std::string& file, const IdentifyNames& names,
                               Diagnostics& out) {
  return {read_low(*tables.find("low"), file, names, out), read_social(*tables.find("social_index"), file, names, out)};
}

}  // namespace kaskad::app
