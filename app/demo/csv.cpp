#include "app/demo/csv.hpp"

#include <array>
#include <cassert>
#include <charconv>

namespace kaskad::demo {
namespace {

/// Letters and signs of the synthetic region that CP1251 keeps outside А…я (0xC0…0xFF).
struct Cp1251Sign {
  std::string_view utf8;
  unsigned char byte;
};
constexpr std::array<Cp1251Sign, 7> kSigns = {
    {{"Ё", 0xA8}, {"ё", 0xB8}, {"«", 0xAB}, {"»", 0xBB}, {"№", 0xB9}, {"–", 0x96}, {"—", 0x97}}};

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// А…я stand in a row both in Unicode (U+0410…U+044F) and in CP1251 (0xC0…0xFF).
char cyrillic_byte(std::string_view two_bytes) {
  const unsigned lead = static_cast<unsigned char>(two_bytes[0]);
  const unsigned tail = static_cast<unsigned char>(two_bytes[1]);
  const unsigned code_point = ((lead & 0x1FU) << 6) | (tail & 0x3FU);
  assert(code_point >= 0x410 && code_point <= 0x44F && "a sign that the table of CP1251 lacks");
  return static_cast<char>(code_point - 0x410 + 0xC0);
}

void append_cp1251(std::string& out, std::string_view utf8) {
  while (!utf8.empty()) {
    if (is_ascii(utf8[0])) {
      out += utf8[0];
      utf8.remove_prefix(1);
      continue;
    }
    std::size_t used = 0;
    for (const Cp1251Sign& sign : kSigns) {
      if (!utf8.starts_with(sign.utf8)) continue;
      out += static_cast<char>(sign.byte);
      used = sign.utf8.size();
    }
    if (used == 0) {
      out += cyrillic_byte(utf8.substr(0, 2));
      used = 2;
    }
    utf8.remove_prefix(used);
  }
}

bool needs_quotes(std::string_view text, char delimiter) {
  return text.find(delimiter) != std::string_view::npos || text.find_first_of("\"\r\n") != std::string_view::npos;
}

}  // namespace

CsvRows::CsvRows(CsvStyle style) : style_(style) {
  if (style.encoding == CsvEncoding::utf8_bom) bytes_ += "\xEF\xBB\xBF";
}

void CsvRows::begin_field() {
  if (row_open_) bytes_ += style_.delimiter;
  row_open_ = true;
}

void CsvRows::append(std::string_view utf8) {
  if (style_.encoding == CsvEncoding::cp1251) {
    append_cp1251(bytes_, utf8);
  } else {
    bytes_ += utf8;
  }
}

CsvRows& CsvRows::text(std::string_view utf8) {
  begin_field();
  if (!needs_quotes(utf8, style_.delimiter)) {
    append(utf8);
    return *this;
  }
  std::string doubled;
  for (const char c : utf8) doubled.append(c == '"' ? 2 : 1, c);
  bytes_ += '"';
  append(doubled);
  bytes_ += '"';
  return *this;
}

CsvRows& CsvRows::number(std::int64_t value) {
  begin_field();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  bytes_.append(digits.data(), end);
  return *this;
}

CsvRows& CsvRows::thousandths(std::int64_t value) {
  assert(value >= 0 && style_.delimiter != ',' && "files with a decimal comma have another delimiter");
  number(value / 1000);
  const std::string with_zeros = std::to_string(1000 + value % 1000);
  bytes_ += ',';
  bytes_.append(with_zeros, 1);
  return *this;
}

void CsvRows::end_row() {
  bytes_ += "\r\n";
  row_open_ = false;
}

}  // namespace kaskad::demo
