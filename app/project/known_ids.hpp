// Ids in settings that must be known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"

namespace kaskad::app {

using Ids = std::vector<std::string>;

Ids ids_of(const auto& items) {
  Ids out;
  for (const auto& item : items) out.push_back(item.id);
  return out;
}

bool holds(const Ids& list, const std::string& id);

/// Reports an id that nobody defined, with the nearest known one.
void check_id(ConfigReader& reader, std::string_view key, const std::string& id, const Ids& known);

}  // namespace kaskad::app
