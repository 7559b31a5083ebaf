#include "reports/template/entities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace kaskad::reports {
namespace {

struct Entity {
  std::string_view name, text;
};
constexpr std::array<Entity, 14> kEntities = {{{"nbsp", "\u00A0"},
                                               {"amp", "&"},
                                               {"lt", "<"},
                                               {"gt", ">"},
                                               {"quot", "\""},
                                               {"apos", "'"},
                                               {"shy", "\u00AD"},
                                               {"ndash", "–"},
                                               {"mdash", "—"},
                                               {"minus", "\u2212"},
                                               {"laquo", "«"},
                                               {"raquo", "»"},
                                               {"hellip", "…"},
                                               {"numero", "№"}}};

std::string utf8(std::uint32_t c) {
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return "\uFFFD";
  const auto tail = [&](int shift) { return static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0U | (c >> 6)), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0U | (c >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | (c >> 18)), tail(12), tail(6), tail(0)};
}

std::string numeric(std::string_view digits) {
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  std::uint32_t c = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), c, hex ? 16 : 10);
  return utf8(c);
}

}  // namespace

std::string decoded_entity(std::string_view entity) {
  if (entity.size() < 3 || entity.front() != '&' || entity.back() != ';') return std::string(entity);
  const std::string_view name = entity.substr(1, entity.size() - 2);
  if (name[0] == '#') return numeric(name.substr(1));
  const auto found = std::find_if(kEntities.begin(), kEntities.end(), [&](const Entity& e) { return e.name == name; });
  return std::string(found == kEntities.end() ? entity : found->text);
}

}  // namespace kaskad::reports
