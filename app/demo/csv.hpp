// Rows of a CSV file in the encodings and with the delimiters that offices have.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kaskad::demo {

enum class CsvEncoding : std::uint8_t { utf8, utf8_bom, cp1251 };

struct CsvStyle {
  CsvEncoding encoding = CsvEncoding::utf8;
  char delimiter = ';';
};

/// Collects rows; lines end with CR LF as Excel writes them. Fields come as UTF-8 and are quoted where they must be.
class CsvRows {
 public:
  explicit CsvRows(CsvStyle style);

  CsvRows& text(std::string_view utf8);
  CsvRows& number(std::int64_t value);
  /// A value given in thousandths, with a decimal comma: 314 → «0,314».
  CsvRows& thousandths(std::int64_t value);
  CsvRows& blank() { return text({}); }
  void end_row();

  const std::string& bytes() const { return bytes_; }
  /// Forgets what has been handed over.
  void clear() { bytes_.clear(); }

 private:
  void begin_field();
  void append(std::string_view utf8);

  CsvStyle style_;
  std::string bytes_;
  bool row_open_ = false;
};

}  // namespace kaskad::demo
