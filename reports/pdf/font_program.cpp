#include "reports/pdf/font_program.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <vector>

namespace kaskad::reports::pdf {
namespace {

constexpr std::size_t kDirectory = 12;
constexpr std::size_t kDirectoryEntry = 16;
constexpr std::size_t kLongOffsets = 50;  // In head: indexToLocFormat.
constexpr std::size_t kChecksum = 8;      // In head: checkSumAdjustment.
constexpr std::uint32_t kWholeSum = 0xB1B0AFBAU;
constexpr std::array<std::string_view, 3> kHints = {"cvt ", "fpgm", "prep"};

// Flags of a part of a composite glyph.
constexpr unsigned kWordArguments = 0x0001;
constexpr unsigned kScale = 0x0008;
constexpr unsigned kMoreParts = 0x0020;
constexpr unsigned kTwoScales = 0x0040;
constexpr unsigned kMatrix = 0x0080;
constexpr unsigned kInstructions = 0x0100;

/// Big-endian numbers; std::out_of_range past the end.
std::string_view part(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) throw std::out_of_range("font");
  return bytes.substr(at, size);
}
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (const char c : part(bytes, at, size)) value = value << 8U | static_cast<unsigned char>(c);
  return value;
}
unsigned word(std::string_view bytes, std::size_t at) { return number(bytes, at, 2); }

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += char(value >> unsigned(8 * i) & 0xFFU);
}
void put_at(std::string& out, std::size_t at, std::uint32_t value, int bytes) {
  std::string text;
  put(text, value, bytes);
  out.replace(at, text.size(), text);
}

using Tables = std::map<std::string, std::string>;

Tables tables_of(std::string_view font) {
  Tables tables;
  for (unsigned i = 0; i < word(font, 4); ++i) {
    const std::size_t entry = kDirectory + kDirectoryEntry * i;
    const std::string name(part(font, entry, 4));
    tables[name] = std::string(part(font, number(font, entry + 8, 4), number(font, entry + 12, 4)));
  }
  return tables;
}

std::string simple_glyph(std::string_view glyph, unsigned contours) {
  const std::size_t at = 10 + 2 * std::size_t(contours);
  const std::size_t length = word(glyph, at);
  return std::string(part(glyph, 0, at)) + std::string(2, '\0') +
         std::string(glyph.substr(std::min(glyph.size(), at + 2 + length)));
}

std::string composite_glyph(std::string_view glyph) {
  std::string out(glyph);
  std::size_t at = 10;
  for (unsigned flags = kMoreParts; (flags & kMoreParts) != 0;) {
    flags = word(glyph, at);
    put_at(out, at, flags & ~kInstructions, 2);
    at += 4 + ((flags & kWordArguments) != 0 ? 4U : 2U);
    at += (flags & kScale) != 0 ? 2 : (flags & kTwoScales) != 0 ? 4 : (flags & kMatrix) != 0 ? 8 : 0;
  }
  part(glyph, 0, at);
  out.resize(at);
  return out;
}

std::string glyph_without_hints(std::string_view glyph) {
  if (glyph.empty()) return {};
  const unsigned contours = word(glyph, 0);
  std::string out = contours < 0x8000U ? simple_glyph(glyph, contours) : composite_glyph(glyph);
  out.resize((out.size() + 3) / 4 * 4, '\0');
  return out;
}

void strip_glyphs(Tables& tables) {
  const bool is_long = word(tables.at("head"), kLongOffsets) != 0;
  const std::string& places = tables.at("loca");
  const std::size_t size = is_long ? 4 : 2;
  const auto place = [&](std::size_t i) { return number(places, i * size, size) * (is_long ? 1U : 2U); };
  std::string glyphs;
  std::string new_places;
  for (std::size_t i = 0; i * size < places.size(); ++i) {
    put(new_places, std::uint32_t(is_long ? glyphs.size() : glyphs.size() / 2), int(size));
    if ((i + 1) * size >= places.size()) break;
    if (place(i + 1) < place(i)) throw std::out_of_range("font");
    glyphs += glyph_without_hints(part(tables.at("glyf"), place(i), place(i + 1) - place(i)));
  }
  tables["glyf"] = std::move(glyphs);
  tables["loca"] = std::move(new_places);
}

std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += std::uint32_t(static_cast<unsigned char>(bytes[i])) << unsigned(24 - 8 * (i % 4));
  }
  return sum;
}

std::string font_of(std::string_view version, Tables& tables) {
  put_at(tables.at("head"), kChecksum, 0, 4);
  unsigned power = 0;
  while ((2U << power) <= tables.size()) ++power;
  std::string out(version);
  put(out, std::uint32_t(tables.size()), 2);
  put(out, 16U << power, 2);
  put(out, power, 2);
  put(out, std::uint32_t(tables.size() * 16) - (16U << power), 2);
  std::size_t at = kDirectory + kDirectoryEntry * tables.size();
  const std::size_t head = at;
  std::size_t head_at = head;
  std::string body;
  for (const auto& [name, table] : tables) {
    out += name;
    put(out, checksum(table), 4);
    put(out, std::uint32_t(at), 4);
    put(out, std::uint32_t(table.size()), 4);
    if (name == "head") head_at = at;
    body += table;
    body.resize((body.size() + 3) / 4 * 4, '\0');
    at = head + body.size();
  }
  out += body;
  put_at(out, head_at + kChecksum, kWholeSum - checksum(out), 4);
  return out;
}

}  // namespace

std::string without_hints(std::string_view font) {
  try {
    Tables tables = tables_of(font);
    if (tables.count("glyf") == 0) return std::string(font);
    for (const std::string_view hint : kHints) tables.erase(std::string(hint));
    strip_glyphs(tables);
    return font_of(part(font, 0, 4), tables);
  } catch (const std::out_of_range&) {
    return std::string(font);
  }
}

}  // namespace kaskad::reports::pdf
