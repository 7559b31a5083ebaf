#include "indicators/cascade_rubric.hpp"

#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "indicators/calendar.hpp"

namespace kaskad {
namespace {

/// Place of the item that `text` names.
template <class Item>
std::optional<std::size_t> find_named(const std::vector<Item>& items, std::string_view text) {
  const std::string word = fold(trim(text));
  if (word.empty()) return std::nullopt;
  const auto is = [&](const std::string& name) { return fold(name) == word; };
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
    return is(item.id) || is(item.number) || std::any_of(item.synonyms.begin(), item.synonyms.end(), is) ||
           std::any_of(item.name.begin(), item.name.end(), [&](const auto& name) { return is(name.second); });
  });
  if (found == items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - items.begin());
}

void check_term(ConfigReader& reader, const CascadeStage& stage) {
  for (const auto& [key, date] : {std::pair("from", stage.from), std::pair("to", stage.to)}) {
    if (!date.empty() && !is_day(date)) reader.report(key, "term-date", {{"value", date}});
  }
  if (is_day(stage.from) && is_day(stage.to) && stage.to < stage.from) reader.report("to", "term-order");
}

CascadeStage read_stage(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "stage", out);
  CascadeStage s{reader.required_text("id"), reader.text("number"), reader.localized("name"),
                 reader.texts("synonyms"),   reader.text("from"),   reader.text("to")};
  if (s.name.empty()) s.name = {{"ru", s.id}, {"en", s.id}};
  check_term(reader, s);
  reader.finish();
  return s;
}

/// The ones of `names` that the texts name, in the order of `names`; others are reported.
template <class Value, std::size_t N>
std::vector<Value> read_set(ConfigReader& reader, const char* key, const std::array<std::string_view, N>& names) {
  std::vector<bool> named(N);
  for (const std::string& text : reader.texts(key)) {
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end())
      reader.report(key, "project-unknown-id",
                    {{"id", text}, {"nearest", nearest(text, {names.begin(), names.end()}).value_or("none")}});
    else
      named[static_cast<std::size_t>(found - names.begin())] = true;
  }
  std::vector<Value> out;
  for (std::size_t i = 0; i < N; ++i) {
    if (named[i]) out.push_back(static_cast<Value>(i));
  }
  return out;
}

void report_unknown_stage(ConfigReader& reader, const std::string& id, const CascadeRubric& rubric) {
  std::vector<std::string> known;
  for (const CascadeStage& stage : rubric.stages) known.push_back(stage.id);
  reader.report("stage", "project-unknown-id", {{"id", id}, {"nearest", nearest(id, known).value_or("none")}});
}

CascadeComponent read_component(const ConfigNode& node, const CascadeRubric& rubric, const std::string& file,
                                Diagnostics& out) {
  ConfigReader reader(node, file, "component", out);
  CascadeComponent c;
  c.id = reader.required_text("id");
  c.number = reader.text("number");
  c.name = reader.localized("name");
  c.synonyms = reader.texts("synonyms");
  const std::string stage = reader.required_text("stage");
  const auto found = rubric.find_stage(stage);
  if (!found && !stage.empty()) report_unknown_stage(reader, stage, rubric);
  c.stage = found.value_or(0);
  c.levels = read_set<OwnerLevel>(reader, "levels", kOwnerLevelNames);
  c.groups = read_set<SchoolGroup>(reader, "groups", kSchoolGroupNames);
  if (c.name.empty()) c.name = {{"ru", c.id}, {"en", c.id}};
  if (c.levels.empty()) reader.report("levels", "setting-missing");
  reader.finish();
  return c;
}

template <class Item>
void check_ids(ConfigReader& root, const char* key, const std::vector<Item>& items) {
  std::set<std::string> ids;
  for (const Item& item : items) {
    if (!ids.insert(fold(item.id)).second) root.report(key, "cascade-id-twice", {{"id", item.id}});
  }
}

double share_between(ConfigReader& reader, const char* key, double value) {
  const double read = reader.number(key).value_or(value);
  if (read > 0 && read <= 1) return read;
  reader.report(key, "setting-between", {{"lo", 0.0}, {"hi", 1.0}});
  return value;
}

}  // namespace

std::optional<std::size_t> CascadeRubric::find_stage(std::string_view text) const { return find_named(stages, text); }

std::optional<std::size_t> CascadeRubric::find_component(std::string_view text) const {
  return find_named(components, text);
}

std::optional<std::size_t> stage_or_end(const CascadeRubric& rubric, std::string_view text) {
  if (const auto stage = rubric.find_stage(text)) return stage;
  return fold(trim(text)) == kCascadeFinished ? std::optional(rubric.stages.size()) : std::nullopt;
}

void read_cascade_rules(ConfigReader& reader, CascadeRubric& rubric) {
  rubric.complete = share_between(reader, "complete", rubric.complete);
  rubric.gate_share = share_between(reader, "gate_share", rubric.gate_share);
  rubric.participants = static_cast<ParticipantRule>(
      reader.choice("participants", {kParticipantRuleNames.begin(), kParticipantRuleNames.end()},
                    static_cast<std::size_t>(rubric.participants)));
}

CascadeRubric read_cascade_rubric(std::string_view toml, const std::string& file, Diagnostics& out) {
  const ParsedConfig parsed = parse_config(toml, file);
  out.insert(out.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  CascadeRubric rubric;
  if (!parsed.diagnostics.empty()) return rubric;
  ConfigReader root(parsed.root, file, "", out);
  if (const ConfigNode* rules = root.table("rules")) {
    ConfigReader reader(*rules, file, "rules", out);
    read_cascade_rules(reader, rubric);
    reader.finish();
  }
  for (const ConfigNode* node : root.tables("stage")) rubric.stages.push_back(read_stage(*node, file, out));
  for (const ConfigNode* node : root.tables("component"))
    rubric.components.push_back(read_component(*node, rubric, file, out));
  if (rubric.stages.empty()) root.report("stage", "setting-missing");
  check_ids(root, "stage", rubric.stages);
  check_ids(root, "component", rubric.components);
  root.finish();
  return rubric;
}

void read_cascade_terms(const std::vector<const ConfigNode*>& tables, const std::string& file, CascadeRubric& rubric,
                        Diagnostics& out) {
  for (const ConfigNode* node : tables) {
    ConfigReader reader(*node, file, "term", out);
    const std::string id = reader.required_text("stage");
    CascadeStage term;
    term.from = reader.text("from");
    term.to = reader.text("to");
    check_term(reader, term);
    const auto stage = rubric.find_stage(id);
    if (stage) {
      rubric.stages[*stage].from = term.from;
      rubric.stages[*stage].to = term.to;
    } else if (!id.empty()) {
      report_unknown_stage(reader, id, rubric);
    }
    reader.finish();
  }
}

}  // namespace kaskad
