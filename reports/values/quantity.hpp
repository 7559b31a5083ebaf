// A number that a reader gets: value, uncertainty, unit and digits, not yet a text. A workbook makes a real number of
// it, a PDF «12,5 %».
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/base/unit_names.hpp"

namespace kaskad::reports {

struct Unit {
  enum Kind : std::uint8_t {
    none,
    percent,
    percent_points,
    points,
    score,
    count,
    per_hundred,
    years,
    ratio,
    effect,
    probability,
    chance  ///< A probability in percent, never told as 0 or 100.
  };

  Unit(Kind of = none)
      : kind(of) {}  // NOLINT(google-explicit-constructor): a kind is a unit with the words of its kind
  Unit(Kind of, std::shared_ptr<const UnitNames> names) : kind(of), own(std::move(names)) {}
  friend bool operator==(const Unit& a, const Unit& b) { return a.kind == b.kind && a.own == b.own; }

  Kind kind;
  std::shared_ptr<const UnitNames> own;  ///< The project's words instead of the kind's; null without.
};

/// Whose figure it is: 1 + the place of the entity among the frame's entities. Figures of a group made up for one
/// entity alone, such as the schools similar to it, carry that entity's number with kCompanion set.
using Owner = std::uint32_t;
inline constexpr Owner kNobody = 0;
inline constexpr Owner kCompanion = 0x8000'0000U;
/// A whole number of the tree that is no figure of anybody: a place in a list, a number of criteria or of schools.
inline constexpr Owner kPlainCount = 0x7FFF'FFFFU;

/// `estimate` is in the unit shown: a share of 0.2 with unit percent stands here as 20.
struct Quantity {
  Estimate estimate;
  Unit unit = Unit::none;
  int decimals = 1;
  bool is_difference = false;  ///< Printed with its sign: +2,1 / −1,0.
  Owner owner = kNobody;  ///< Checked before a document of one entity is rendered; of a difference, its first side.
};

/// Numbers as a language prints them. Russian: decimal comma, non-breaking space between thousands (the narrow U+202F
/// has no glyph in PT Sans and PT Serif, so U+00A0). English and any other language: point, comma between thousands.
/// Both: thousands are grouped from 10 000 on, so that a year is 2026; U+2212 for minus, never a minus before zero.
/// Infinities print as ∞; NaN is for the caller to catch.
class NumberFormat {
 public:
  explicit NumberFormat(std::string language);
  const std::string& language() const { return language_; }
  /// With exactly `decimals` digits after the mark, rounded as `rounded` does. `with_sign` puts + before positive
  /// numbers.
  std::string number(double value, int decimals, bool with_sign = false) const;
  std::string count(std::int64_t value) const;
  /// Value alone, "20,0"; empty for an undefined one. A probability that would be rounded to 0 is "<0,001".
  std::string plain(const Quantity& q) const;
  /// Value with its unit in the form that the number asks for: "20,0 %", "+2,1 п. п.", "56,3 балла", "1 год"; the
  /// spaces do not break. Counts, ratios, effect sizes and probabilities stand alone. Empty for an undefined one.
  std::string with_unit(const Quantity& q) const;
  /// A limit of the interval as it is printed: a number on one side of zero is never a bare zero, but has one or two
  /// digits more, so that nothing proven looks as if it were not: "0,04".
  std::string limit(const Quantity& q, double value) const;
  /// "от 18,2 до 21,9" / "18.2 to 21.9"; minus signs are printed, plus signs are not. Empty without an interval.
  std::string interval(const Quantity& q) const;
  /// The unit as a table head names it: "%", "п. п.", "балл", … Empty for none, count and ratio.
  std::string unit(const Unit& unit) const;
  /// "21 ноября 2026 г." / "21 November 2026" of "2026-11-21"; a text that is not such a date comes back as it is.
  std::string date(std::string_view iso) const;

 private:
  std::string language_;
  bool russian_;
};

/// Rounds half away from zero on the shortest decimal text that reads back as the same double, so a reader can check it
/// by hand: 2.675 → 2.68 and 0.125 → 0.13, although the binary value of 2.675 lies below its text. `decimals` ≥ 0.
double rounded(double value, int decimals);

/// The digits that `rounded` stands for, as plain ASCII: "-0.50"; never an exponent, never "-0". `value` is finite.
std::string rounded_text(double value, int decimals);

}  // namespace kaskad::reports
