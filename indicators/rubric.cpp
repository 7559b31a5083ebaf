#include "indicators/rubric.hpp"

#include <algorithm>
#include <cmath>

namespace kaskad {
namespace {

Criterion read_criterion(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "criterion", out);
  Criterion c{reader.required_text("id"), reader.localized("name"), reader.number("weight").value_or(1)};
  if (!(c.weight > 0) || !std::isfinite(c.weight)) {
    reader.report("weight", "rubric-weight");
    c.weight = 1;
  }
  reader.finish();
  return c;
}

void read_share(ConfigReader& reader, MaturityLevel& level) {
  level.share = reader.number("share").value_or(0);
  if (!(0 <= level.share && level.share <= 1)) {
    reader.report("share", "rubric-share");
    level.share = 0;
  }
  level.stands =
      static_cast<ShareStands>(reader.choice("share_stands", {kShareStandsNames.begin(), kShareStandsNames.end()}, 0));
}

MaturityLevel read_level(const ConfigNode& node, const Rubric& rubric, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "level", out);
  MaturityLevel level;
  level.id = reader.required_text("id");
  level.name = reader.localized("name");
  for (const std::string& id : reader.texts("criteria")) {
    if (const auto found = rubric.find(id))
      level.criteria.push_back(*found);
    else
      reader.report("criteria", "rubric-criterion", {{"criterion", id}});
  }
  std::sort(level.criteria.begin(), level.criteria.end());
  level.criteria.erase(std::unique(level.criteria.begin(), level.criteria.end()), level.criteria.end());
  read_share(reader, level);
  reader.finish();
  return level;
}

void read_rules(ConfigReader& root, Rubric& rubric) {
  const ConfigNode* node = root.table("rules");
  if (node == nullptr) return;
  ConfigReader rules(*node, root.file(), "rules", root.diagnostics());
  rubric.met = rules.number("met").value_or(rubric.met);
  rubric.partly = rules.number("partly").value_or(rubric.partly);
  rubric.raters = static_cast<RaterRule>(rules.choice("raters", {kRaterRuleNames.begin(), kRaterRuleNames.end()}, 0));
  rubric.minimum_raters = rules.integer("minimum_raters", rubric.minimum_raters);
  if (!(0 < rubric.partly && rubric.partly <= rubric.met && rubric.met <= 1)) rules.report("met", "rubric-thresholds");
  if (rubric.minimum_raters < 1) rules.report("minimum_raters", "rubric-raters");
  rules.finish();
}

/// Ids stand once.
template <class Item>
void check_ids(ConfigReader& root, const char* key, const std::vector<Item>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto same = [&](const Item& item) { return item.id == items[i].id; };
    const auto before = items.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(items.begin(), before, same)) root.report(key, "rubric-id-twice", {{"id", items[i].id}});
  }
}

/// Only the last level demands nothing, so that every rated programme has a level and each can be reached.
bool levels_are_whole(const Rubric& rubric) {
  if (rubric.levels.empty() || !rubric.levels.back().demands_nothing()) return false;
  return std::none_of(rubric.levels.begin(), rubric.levels.end() - 1,
                      [](const MaturityLevel& level) { return level.demands_nothing(); });
}

void read_agreement(ConfigReader& reader, RaterAgreementSettings& settings) {
  const ConfigNode* node = reader.table("agreement");
  if (node == nullptr) return;
  ConfigReader r(*node, reader.file(), reader.path_of("agreement"), reader.diagnostics());
  using stats::kAgreementScaleNames, stats::kAgreementWeightNames;
  settings.scale = static_cast<stats::AgreementScale>(r.choice(
      "scale", {kAgreementScaleNames.begin(), kAgreementScaleNames.end()}, static_cast<std::size_t>(settings.scale)));
  settings.weights = static_cast<stats::AgreementWeights>(
      r.choice("weights", {kAgreementWeightNames.begin(), kAgreementWeightNames.end()},
               static_cast<std::size_t>(settings.weights)));
  settings.least = r.number("least").value_or(settings.least);
  settings.draws = r.integer("draws", settings.draws);
  settings.seed = static_cast<std::uint64_t>(r.integer("seed", static_cast<std::int64_t>(settings.seed)));
  if (!(settings.least >= 0 && settings.least <= 1)) r.report("least", "rubric-share");
  if (settings.draws < 100 || settings.draws > 100'000) r.report("draws", "maturity-draws");
  r.finish();
}

void read_effect(ConfigReader& reader, MaturityEffectSettings& settings) {
  const ConfigNode* node = reader.table("effect");
  if (node == nullptr) return;
  ConfigReader r(*node, reader.file(), reader.path_of("effect"), reader.diagnostics());
  settings.least_programmes = r.integer("least_programmes", settings.least_programmes);
  settings.permutations = r.integer("permutations", settings.permutations);
  settings.seed = static_cast<std::uint64_t>(r.integer("seed", static_cast<std::int64_t>(settings.seed)));
  if (settings.least_programmes < 3) r.report("least_programmes", "maturity-least-programmes");
  if (settings.permutations < 100 || settings.permutations > 1'000'000) r.report("permutations", "maturity-draws");
  r.finish();
}

void read_evidence_checks(ConfigReader& reader, EvidenceCheckSettings& settings) {
  const ConfigNode* node = reader.table("checks");
  if (node == nullptr) return;
  ConfigReader r(*node, reader.file(), reader.path_of("checks"), reader.diagnostics());
  settings.same_document = r.integer("same_document", settings.same_document);
  settings.same_score = r.integer("same_score", settings.same_score);
  for (const auto& [key, value] :
       {std::pair("same_document", settings.same_document), {"same_score", settings.same_score}}) {
    if (value < 2) r.report(key, "maturity-check-border");
  }
  r.finish();
}

}  // namespace

Rubric read_rubric(std::string_view toml, const std::string& file, MaturitySettings& settings, Diagnostics& out) {
  Rubric rubric;
  const ParsedConfig parsed = parse_config(toml, file);
  out.insert(out.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  if (!parsed.diagnostics.empty()) return rubric;
  ConfigReader root(parsed.root, file, "", out);
  read_rules(root, rubric);
  for (const ConfigNode* node : root.tables("criterion")) rubric.criteria.push_back(read_criterion(*node, file, out));
  for (const ConfigNode* node : root.tables("level")) rubric.levels.push_back(read_level(*node, rubric, file, out));
  constexpr std::size_t kMostCriteria = 40;
  if (rubric.criteria.empty()) root.report("criterion", "setting-missing");
  if (rubric.criteria.size() > kMostCriteria)
    root.report("criterion", "rubric-criteria", {{"most", static_cast<std::int64_t>(kMostCriteria)}});
  check_ids(root, "criterion", rubric.criteria);
  check_ids(root, "level", rubric.levels);
  if (!levels_are_whole(rubric)) root.report("level", "rubric-lowest-level");
  read_maturity_rules(root, settings);
  root.finish();
  return rubric;
}

void read_maturity_rules(ConfigReader& reader, MaturitySettings& settings) {
  read_agreement(reader, settings.agreement);
  read_effect(reader, settings.effect);
  read_evidence_checks(reader, settings.checks);
}

std::vector<MaturityOverride> read_overrides(ConfigReader& reader) {
  std::vector<MaturityOverride> out;
  for (const ConfigNode* node : reader.tables("override")) {
    ConfigReader r(*node, reader.file(), reader.path_of("override"), reader.diagnostics());
    MaturityOverride o{r.required_text("programme"),
                       r.required_text("wave"),
                       r.required_text("level"),
                       r.text("who"),
                       r.text("when"),
                       r.text("why"),
                       {}};
    o.place.file = reader.file();
    o.place.row = node->line;
    o.place.field = reader.path_of("override");
    r.finish();
    out.push_back(std::move(o));
  }
  return out;
}

void check_same_levels(ConfigReader& reader, std::string_view key, const Rubric& rubric, const Rubric& other) {
  const auto same = [](const MaturityLevel& a, const MaturityLevel& b) { return a.id == b.id; };
  const auto& levels = rubric.levels;
  if (!std::equal(levels.begin(), levels.end(), other.levels.begin(), other.levels.end(), same))
    reader.report(key, "rubric-levels-differ");
}

std::optional<std::size_t> Rubric::find(std::string_view criterion) const {
  const auto found =
      std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& c) { return c.id == criterion; });
  if (found == criteria.end()) return std::nullopt;
  return static_cast<std::size_t>(found - criteria.begin());
}

std::optional<std::size_t> Rubric::find_level(std::string_view id) const {
  const auto found = std::find_if(levels.begin(), levels.end(), [&](const MaturityLevel& l) { return l.id == id; });
  if (found == levels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - levels.begin());
}

double Rubric::weight() const {
  double sum = 0;
  for (const Criterion& c : criteria) sum += c.weight;
  return sum;
}

const Rubric& MaturitySettings::rubric_of(const Programme& programme) const {
  const auto own = by_level.find(programme.level);
  return own == by_level.end() ? rubric : own->second;
}

std::vector<std::string> MaturitySettings::criterion_ids() const {
  std::vector<std::string> out;
  const auto add = [&](const Rubric& r) {
    for (const Criterion& c : r.criteria) {
      if (std::find(out.begin(), out.end(), c.id) == out.end()) out.push_back(c.id);
    }
  };
  add(rubric);
  for (const auto& [level, own] : by_level) add(own);
  return out;
}

const Criterion* MaturitySettings::find_criterion(std::string_view id) const {
  if (const auto found = rubric.find(id)) return &rubric.criteria[*found];
  for (const auto& [level, own] : by_level) {
    if (const auto found = own.find(id)) return &own.criteria[*found];
  }
  return nullptr;
}

}  // namespace kaskad
