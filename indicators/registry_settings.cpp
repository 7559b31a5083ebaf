#include "indicators/participation.hpp"

namespace kaskad {
namespace {

constexpr std::int64_t kFirstYear = 1900, kLastYear = 2200;

template <class Enum, std::size_t n>
void read_choice(ConfigReader& reader, const char* key, const std::array<std::string_view, n>& names, Enum& value) {
  value = static_cast<Enum>(reader.choice(key, {names.begin(), names.end()}, static_cast<std::size_t>(value)));
}

/// A school year; 0 stands for none and is not written.
int read_year(ConfigReader& reader, const char* key) {
  const auto year = reader.integer(key);
  if (!year) return 0;
  if (*year >= kFirstYear && *year <= kLastYear) return static_cast<int>(*year);
  reader.report(key, "setting-between",
                {{"lo", static_cast<double>(kFirstYear)}, {"hi", static_cast<double>(kLastYear)}});
  return 0;
}

void read_rule(ConfigReader& parent, CompletionRule& rule) {
  read_choice(parent, "counts", kCompletedWhatNames, rule.what);
  read_choice(parent, "when", kCompletedWhenNames, rule.when);
  read_choice(parent, "denominator", kCompletedOfNames, rule.of);
  rule.only_of = parent.boolean("only_of_denominator", rule.only_of);
}

void read_stated(ConfigReader& parent, RegistrySettings& settings) {
  for (const ConfigNode* node : parent.tables("stated")) {
    ConfigReader reader(*node, parent.file(), parent.path_of("stated"), parent.diagnostics());
    StatedCompletion stated{reader.text("programme"), read_year(reader, "year"), 0};
    if (!reader.has("year")) reader.report("year", "setting-missing");
    if (const auto percent = reader.number("percent"))
      stated.percent = *percent;
    else
      reader.report("percent", "setting-missing");
    reader.finish();
    settings.stated.push_back(std::move(stated));
  }
}

void read_quality(ConfigReader& parent, OutcomeSettings& outcome) {
  const ConfigNode* node = parent.table("quality");
  if (node == nullptr) return;
  ConfigReader reader(*node, parent.file(), parent.path_of("quality"), parent.diagnostics());
  outcome.quality = {reader.required_text("indicator"), reader.required_text("procedure"), reader.text("subject", "*"),
                     static_cast<int>(reader.integer("grade", 0))};
  outcome.quality_from = reader.text("from");
  outcome.quality_to = reader.text("to");
  reader.finish();
}

void read_outcome(ConfigReader& parent, OutcomeSettings& outcome) {
  const ConfigNode* node = parent.table("outcome");
  if (node == nullptr) return;
  ConfigReader reader(*node, parent.file(), parent.path_of("outcome"), parent.diagnostics());
  outcome.on = true;
  outcome.programme = reader.text("programme");
  outcome.first_year = read_year(reader, "first_year");
  outcome.last_year = read_year(reader, "last_year");
  outcome.index_from = read_year(reader, "index_from");
  outcome.index_to = read_year(reader, "index_to");
  outcome.group_year = read_year(reader, "group_year");
  read_quality(reader, outcome);
  reader.finish();
}

}  // namespace

void read_registry(ConfigReader& reader, RegistrySettings& settings) {
  read_rule(reader, settings.rule);
  read_stated(reader, settings);
  read_outcome(reader, settings.outcome);
}

}  // namespace kaskad
