// One municipality under several names.
#pragma once

#include <string>
#include <string_view>

#include "engine/intake/state.hpp"

namespace kaskad::intake {

/// A name without the words for what it names, and what those words say.
struct MunicipalityName {
  enum class Type : std::uint8_t { unstated, city, district };
  std::string core;  ///< Folded: «барнаул» of «г. Барнаул» and «город Барнаул».
  Type type = Type::unstated;
};
MunicipalityName parse_municipality(std::string_view name);
/// One core, and types that do not speak against each other.
bool same(const MunicipalityName& a, const MunicipalityName& b);

/// Gives all schools of a municipality the spelling that was met first; each other spelling is told, and so is a name
/// that is only like another. A city and a district of one name stay two.
void unite_municipalities(RegistryDraft& draft);

}  // namespace kaskad::intake
