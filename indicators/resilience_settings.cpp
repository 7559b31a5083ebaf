#include <algorithm>

#include "indicators/resilience.hpp"

namespace kaskad {
namespace {

struct OfWhole {
  const char* key;
  int ResilienceSettings::*field;
  std::int64_t lo, hi;
};
constexpr std::array<OfWhole, 3> kWhole = {{{"lowest_groups", &ResilienceSettings::lowest_groups, 1, 20},
                                            {"years", &ResilienceSettings::years, 1, 50},
                                            {"least_years", &ResilienceSettings::least_years, 1, 50}}};
struct OfCount {
  const char* key;
  std::int64_t ResilienceSettings::*field;
  std::int64_t lo, hi;
};
constexpr std::array<OfCount, 2> kCounts = {{{"minimum_n", &ResilienceSettings::minimum_n, 1, 1'000'000},
                                             {"least_schools", &ResilienceSettings::least_schools, 5, 100'000}}};

template <class Value>
void read_whole(ConfigReader& reader, const char* key, Value& value, std::int64_t lo, std::int64_t hi) {
  const std::int64_t read = reader.integer(key, std::int64_t{value});
  if (read >= lo && read <= hi)
    value = static_cast<Value>(read);
  else
    reader.report(key, "setting-between", {{"lo", static_cast<double>(lo)}, {"hi", static_cast<double>(hi)}});
}

void read_outcome(ConfigReader& parent, IndexOutcome& outcome) {
  const ConfigNode* table = parent.table("outcome");
  if (table == nullptr) return;
  ConfigReader reader(*table, parent.file(), parent.path_of("outcome"), parent.diagnostics());
  outcome = {reader.required_text("indicator"), reader.required_text("procedure"), reader.text("subject", "*"),
             static_cast<int>(reader.integer("grade", 0))};
  reader.finish();
}

}  // namespace

void read_resilience(ConfigReader& reader, ResilienceSettings& settings) {
  settings.on = reader.boolean("on", settings.on);
  settings.predictors = static_cast<ResiliencePredictors>(
      reader.choice("predictors", {kResiliencePredictorNames.begin(), kResiliencePredictorNames.end()},
                    static_cast<std::size_t>(settings.predictors)));
  for (const auto& [key, field, lo, hi] : kWhole) read_whole(reader, key, settings.*field, lo, hi);
  for (const auto& [key, field, lo, hi] : kCounts) read_whole(reader, key, settings.*field, lo, hi);
  const double margin = reader.number("margin").value_or(settings.margin);
  if (margin >= 0 && margin <= 10)
    settings.margin = margin;
  else
    reader.report("margin", "setting-between", {{"lo", 0.0}, {"hi", 10.0}});
  if (settings.least_years > settings.years)
    reader.report("least_years", "setting-between", {{"lo", 1.0}, {"hi", static_cast<double>(settings.years)}});
  read_outcome(reader, settings.outcome);
}

}  // namespace kaskad
