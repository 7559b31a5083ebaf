#include "app/demo/names.hpp"

#include <array>
#include <cassert>
#include <string_view>

namespace kaskad::demo {
namespace {

constexpr std::array<std::string_view, kCityNames> kCities = {
    "Верхнереченск", "Ясноборск",     "Каменоборск",  "Новорудинск",  "Заозёрногорск", "Светлоборск",
    "Тихореченск",   "Старозаводск",  "Кедрогорск",   "Рудоозёрск",   "Белоярогорск",  "Лесоречинск",
    "Полевогорск",   "Северореченск", "Степноозёрск", "Соснореченск", "Яроозёрск",     "Новокаменск"};

constexpr std::array<std::string_view, kDistrictNames> kDistricts = {
    "Сосновский",   "Заречный",      "Берёзовский",    "Луговской",    "Приозёрный",     "Краснополянский",
    "Каменский",    "Ольховский",    "Троицкий",       "Степной",      "Родниковский",   "Верхнеозёрский",
    "Покровский",   "Дубровский",    "Таёжный",        "Михайловский", "Раздольненский", "Подгорненский",
    "Первомайский", "Белореченский", "Нижнереченский", "Кедровский",   "Ключевской",     "Успенский"};

constexpr std::array<std::string_view, kVillagePrefixes> kPrefixes = {"",      "ново", "верхне", "нижне",
                                                                      "старо", "мало", "больше", "усть-"};

constexpr std::array<std::string_view, kVillageNames> kVillages = {
    "берёзовская",    "сосновская",      "ключевская",      "покровская",     "никольская",     "троицкая",
    "михайловская",   "ивановская",      "александровская", "петровская",     "павловская",     "алексеевская",
    "николаевская",   "георгиевская",    "воскресенская",   "ильинская",      "преображенская", "успенская",
    "богородская",    "знаменская",      "луговская",       "озёрская",       "зареченская",    "подгорненская",
    "каменская",      "песчанская",      "боровская",       "дубровская",     "осиновская",     "липовская",
    "еловская",       "кедровская",      "черёмуховская",   "калиновская",    "рябиновская",    "малиновская",
    "смородинская",   "степновская",     "полевская",       "таёжинская",     "солнечновская",  "раздольненская",
    "привольненская", "краснополянская", "белоярская",      "чистополянская", "тополинская",    "ольховская",
    "ракитинская",    "камышинская",     "родниковская",    "ручьёвская",     "криничанская",   "мостовская",
    "мельниковская",  "кузнецовская",    "гончаровская",    "рыбаковская",    "пчелинская",     "медведевская",
    "лебединская",    "журавлёвская",    "соколовская",     "орловская",      "голубовская",    "зайцевская",
    "барсуковская",   "бобровская",      "лосиновская",     "октябрьская",    "первомайская",   "комсомольская",
    "кировская",      "калининская",     "чапаевская",      "мичуринская",    "гагаринская",    "титовская",
    "целиновская",    "урожайновская",   "заветинская",     "дружбинская",    "победенская",    "юбилейновская",
    "тарасовская",    "фёдоровская",     "семёновская",     "захаровская",    "романовская",    "тимофеевская",
    "андреевская",    "васильевская",    "дмитриевская",    "егоровская",     "кирилловская",   "матвеевская",
    "степановская",   "яковлевская"};

/// «ский», «ный», «ой» → «ского», «ного», «ого»: both endings of the nominative are two letters, four bytes.
std::string adjective_genitive(std::string_view masculine) {
  return std::string(masculine.substr(0, masculine.size() - 4)) + "ого";
}

/// Small Cyrillic letters а…п are D0 B0…BF, р…я are D1 80…8F; the capitals stand at D0 90…AF.
std::string capitalised(std::string word) {
  const auto tail = static_cast<unsigned char>(word[1]);
  const bool in_second_half = static_cast<unsigned char>(word[0]) == 0xD1;
  word[0] = static_cast<char>(0xD0);
  word[1] = static_cast<char>(in_second_half ? tail + 0x20 : tail - 0x20);
  return word;
}

}  // namespace

std::string city_municipality(std::size_t i) { return "городской округ " + std::string(kCities.at(i)); }
std::string city_municipality_genitive(std::size_t i) { return "городского округа " + std::string(kCities.at(i)); }
std::string of_city(std::size_t i) { return "г. " + std::string(kCities.at(i)) + "а"; }

std::string district_municipality(std::size_t i) { return std::string(kDistricts.at(i)) + " муниципальный район"; }
std::string district_municipality_genitive(std::size_t i) {
  return adjective_genitive(kDistricts.at(i)) + " муниципального района";
}

std::string village_adjective(std::size_t prefix, std::size_t i) {
  const std::string_view before = kPrefixes.at(prefix);
  const std::string village(kVillages.at(i));
  if (before.empty()) return capitalised(village);
  const bool hyphen = before.ends_with('-');
  return capitalised(std::string(before)) + (hyphen ? capitalised(village) : village);
}

}  // namespace kaskad::demo
