// How schools are found: the shipped tables of indicators/catalogue/identify.toml with the project's laid over them.
#pragma once

#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/error.hpp"
#include "indicators/identify/identification.hpp"

namespace kaskad::app {

/// What the settings may name.
struct IdentifyNames {
  const Vocabulary& vocabulary;  ///< Its years, too.
  const std::vector<ContextField>& fields;
  std::vector<std::string> indicators;
};

/// {low = …, social_index = …}: the project's keys go before the shipped ones. Its `low.tiers` and
/// `social_index.components`, where it has any, take the place of all shipped ones; rules are added to them.
ConfigNode identify_tables(const ConfigNode& shipped, const ConfigNode& project);

/// Changes one setting of such tables: "low.threshold=0.25"; the value is TOML, or a bare word. Fails with
/// "asked-setting" {text}, and "asked-setting-unknown" {key, nearest} where there is no such table or shipped key.
Expected<void> change_setting(ConfigNode& tables, const std::string& assignment);

/// Defects are told of `file`.
IdentifySettings read_identify(const ConfigNode& tables, const std::string& file, const IdentifyNames& names,
                               Diagnostics& out);

}  // namespace kaskad::app
