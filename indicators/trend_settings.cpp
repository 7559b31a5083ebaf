#include <algorithm>

#include "indicators/wave_trends.hpp"

namespace kaskad {
namespace {

constexpr double kMost = 1000;

void read_size(ConfigReader& reader, const char* key, double& value) {
  const double read = reader.number(key).value_or(value);
  if (read >= 0 && read <= kMost)
    value = read;
  else
    reader.report(key, "setting-between", {{"lo", 0.0}, {"hi", kMost}});
}

}  // namespace

void read_trends(ConfigReader& reader, TrendSettings& settings) {
  read_size(reader, "percent", settings.percent);
  read_size(reader, "sd", settings.sd);
  for (const std::int64_t year : reader.integers("chosen_in")) settings.chosen_in.push_back(static_cast<int>(year));
  std::sort(settings.chosen_in.begin(), settings.chosen_in.end());
  for (const ConfigNode* node : reader.tables("indicator")) {
    ConfigReader own(*node, reader.file(), reader.path_of("indicator"), reader.diagnostics());
    double smallest = 0;
    const std::string id = own.required_text("id");
    if (!own.has("smallest")) own.report("smallest", "setting-missing");
    read_size(own, "smallest", smallest);
    settings.indicators[id] = smallest;
    own.finish();
  }
}

}  // namespace kaskad
