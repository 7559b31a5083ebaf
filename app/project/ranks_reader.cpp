#include "app/project/ranks_reader.hpp"

#include <algorithm>

#include "app/project/known_ids.hpp"

namespace kaskad::app {
namespace {

std::vector<RankScope> read_within(ConfigReader& reader, const std::vector<RankScope>& fallback) {
  if (!reader.has("within")) return fallback;
  const Ids known(kRankScopeNames.begin(), kRankScopeNames.end());
  const Ids asked = reader.texts("within");
  for (const std::string& id : asked) check_id(reader, "within", id, known);
  std::vector<RankScope> out;
  for (std::size_t scope = 0; scope < known.size(); ++scope) {
    if (holds(asked, known[scope])) out.push_back(static_cast<RankScope>(scope));
  }
  if (out.empty()) reader.report("within", "setting-missing");
  return out;
}

/// Null where nobody knows the id: check_id has told.
const Indicator* find_indicator(const Project& project, const std::string& id) {
  const auto found = std::find_if(project.indicators.begin(), project.indicators.end(),
                                  [&](const Indicator& i) { return i.id == id; });
  return found == project.indicators.end() ? nullptr : &*found;
}

IndexOutcome read_ranked(ConfigReader& reader, const Project& project, const RankSettings& settings) {
  IndexOutcome asked{reader.required_text("indicator"), reader.required_text("procedure"),
                     reader.required_text("subject"), static_cast<int>(reader.integer("grade", 0))};
  check_id(reader, "indicator", asked.indicator, ids_of(project.indicators));
  check_id(reader, "procedure", asked.procedure, ids_of(project.vocabulary.procedures));
  if (asked.subject != "*") check_id(reader, "subject", asked.subject, ids_of(project.vocabulary.subjects));
  const Indicator* indicator = find_indicator(project, asked.indicator);
  if (indicator != nullptr && !can_be_ranked(*indicator))
    reader.report("indicator", "ranks-no-method", {{"indicator", asked.indicator}});
  if (settings.withholds(asked.procedure))
    reader.report("procedure", "ranks-withheld", {{"procedure", asked.procedure}});
  return asked;
}

/// The headlines that can be ranked; what is left out is told.
std::vector<IndexOutcome> ranked_headlines(ConfigReader& reader, const Project& project, const RankSettings& settings) {
  std::vector<IndexOutcome> out;
  for (const Headline& h : project.headlines) {
    const Indicator* indicator = find_indicator(project, h.indicator);
    if (indicator == nullptr) continue;
    if (settings.withholds(h.procedure))
      reader.report("", "ranks-headline-withheld", {{"indicator", h.indicator}, {"procedure", h.procedure}},
                    Severity::warning);
    else if (!can_be_ranked(*indicator))
      reader.report("", "ranks-headline-no-method", {{"indicator", h.indicator}}, Severity::warning);
    else
      out.push_back({h.indicator, h.procedure, h.subject, h.grade});
  }
  return out;
}

}  // namespace

void read_rank_keys(ConfigReader& reader, const Vocabulary& vocabulary, RankSettings& settings) {
  settings.show = reader.boolean("show", settings.show);
  settings.method = static_cast<RankMethod>(reader.choice("method", {kRankMethodNames.begin(), kRankMethodNames.end()},
                                                          static_cast<std::size_t>(settings.method)));
  const double level = reader.number("level").value_or(settings.level);
  if (level >= 0.5 && level <= 0.9999)
    settings.level = level;
  else
    reader.report("level", "setting-between", {{"lo", 0.5}, {"hi", 0.9999}});
  settings.within = read_within(reader, settings.within);
  settings.minimum_n = reader.integer("minimum_n", settings.minimum_n);
  if (settings.minimum_n < 2) reader.report("minimum_n", "setting-at-least", {{"least", std::int64_t{2}}});
  for (auto* list : {&settings.withheld, &settings.allowed}) {
    const char* key = list == &settings.withheld ? "withheld" : "allowed";
    if (reader.has(key)) *list = reader.texts(key);
    for (const std::string& id : *list) check_id(reader, key, id, ids_of(vocabulary.procedures));
  }
}

RankSettings read_ranks(ConfigReader& root, const RankSettings& shipped, const Project& project) {
  RankSettings settings = shipped;
  const ConfigNode* table = root.table("ranks");
  if (table == nullptr) return settings;
  ConfigReader reader(*table, root.file(), "ranks", root.diagnostics());
  read_rank_keys(reader, project.vocabulary, settings);
  for (const ConfigNode* node : reader.tables("of")) {
    ConfigReader of(*node, root.file(), "ranks.of", root.diagnostics());
    settings.of.push_back(read_ranked(of, project, settings));
    of.finish();
  }
  if (settings.show && !reader.has("of")) settings.of = ranked_headlines(reader, project, settings);
  if (settings.show && settings.of.empty()) reader.report("", "ranks-nothing", {}, Severity::warning);
  reader.finish();
  return settings;
}

}  // namespace kaskad::app
