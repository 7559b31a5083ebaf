// Names of the synthetic region, in correct grammar. All places are invented.
#pragma once

#include <cstddef>
#include <string>

namespace kaskad::demo {

inline constexpr std::size_t kCityNames = 18;
inline constexpr std::size_t kDistrictNames = 24;
inline constexpr std::size_t kVillageNames = 98;
inline constexpr std::size_t kVillagePrefixes = 8;

/// «городской округ Ясноборск»; i < kCityNames.
std::string city_municipality(std::size_t i);
/// «городского округа Ясноборск»
std::string city_municipality_genitive(std::size_t i);
/// «г. Ясноборска», as it stands after a school's number.
std::string of_city(std::size_t i);

/// «Сосновский муниципальный район»; i < kDistrictNames.
std::string district_municipality(std::size_t i);
/// «Сосновского муниципального района»
std::string district_municipality_genitive(std::size_t i);

/// «Новоберёзовская»: the adjective by which a village school is called; i < kVillageNames, prefix < kVillagePrefixes.
std::string village_adjective(std::size_t prefix, std::size_t i);

}  // namespace kaskad::demo
