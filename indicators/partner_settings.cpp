#include "indicators/partners.hpp"

namespace kaskad {

void read_partners_settings(ConfigReader& reader, PartnerSettings& settings) {
  if (reader.has("indicators")) settings.indicators = reader.texts("indicators");
  const double share = reader.number("false_discovery").value_or(settings.false_discovery);
  if (share > 0 && share < 1)
    settings.false_discovery = share;
  else
    reader.report("false_discovery", "setting-between", {{"lo", 0.0}, {"hi", 1.0}});
  const std::int64_t works = reader.integer("least_works", std::int64_t{settings.least_works});
  if (works >= 1 && works <= 1000)
    settings.least_works = static_cast<int>(works);
  else
    reader.report("least_works", "setting-between", {{"lo", 1.0}, {"hi", 1000.0}});
}

}  // namespace kaskad
