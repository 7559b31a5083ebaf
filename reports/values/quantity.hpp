// A number that a reader gets: value, uncertainty, unit and digits, not yet a text. A workbook makes a real number of it,
// a PDF «12,5 %».
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::reports {

enum class Unit : std::uint8_t { none, percent, percent_points, points, score, count, per_hundred, years, ratio, effect };

/// `estimate` is in the unit shown: a share of 0.2 with unit percent stands here as 20.
struct Quantity {
  Estimate estimate;
  Unit unit = Unit::none;
  int decimals = 1;
  bool is_difference = false;  ///< Printed with its sign: +2,1 / −1,0.
};

/// Numbers as a language prints them: decimal comma, thin space between thousands from 10 000, U+2212 for minus, «нет данных».
class NumberFormat {
 public:
  explicit NumberFormat(std::string language);
  const std::string& language() const { return language_; }
  std::string number(double value, int decimals, bool with_sign = false) const;
  std::string count(std::int64_t value) const;
  /// Value alone, "20,0"; empty for an undefined one.
  std::string plain(const Quantity& q) const;
  /// Value with its unit: "20,0 %", "+2,1 п. п.", "56,3 балла" is left to texts; NBSP between.
  std::string with_unit(const Quantity& q) const;
  /// "от 18,2 до 21,9" / "18.2 to 21.9"; empty without an interval.
  std::string interval(const Quantity& q) const;
  std::string unit(Unit unit) const;  ///< "%", "п. п.", …
  std::string date(std::string_view iso) const;  ///< "21 ноября 2026 г." / "21 November 2026".

 private:
  std::string language_;
};

/// Rounds half away from zero on the decimal value, as a reader checks by hand: 2.675 → "2,68" is not expected, the binary value decides.
double rounded(double value, int decimals);

}  // namespace kaskad::reports
