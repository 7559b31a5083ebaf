#include "reports/values/quantity.hpp"

#include <unicode/fmtable.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <array>
#include <cmath>
#include <memory>

#include "engine/base/config.hpp"

namespace kaskad::reports {
namespace {

constexpr std::string_view kNbsp = "\u00A0";
constexpr std::string_view kMinus = "\u2212";

/// A unit in a table's head, and after a number of each CLDR plural category (Russian "other" is the form of
/// fractions).
struct UnitWords {
  std::string_view head, one, few, many, other;
  bool glued = false;  ///< No space before it.
};
using UnitTable = std::array<UnitWords, 12>;  // In the order of Unit.

constexpr UnitTable kRussian = {{
    {"", "", "", "", ""},
    {"%", "%", "%", "%", "%"},
    {"п.\u00A0п.", "п.\u00A0п.", "п.\u00A0п.", "п.\u00A0п.", "п.\u00A0п."},
    {"балл", "балл", "балла", "баллов", "балла"},
    {"балл", "балл", "балла", "баллов", "балла"},
    {"", "", "", "", ""},
    {"на\u00A0100", "на\u00A0100", "на\u00A0100", "на\u00A0100", "на\u00A0100"},
    {"лет", "год", "года", "лет", "года"},
    {"", "", "", "", ""},
    {"ст.\u00A0откл.", "", "", "", ""},
    {"", "", "", "", ""},
    {"%", "%", "%", "%", "%"},
}};
constexpr UnitTable kEnglish = {{
    {"", "", "", "", ""},
    {"%", "%", "%", "%", "%", true},
    {"pp", "pp", "pp", "pp", "pp"},
    {"points", "point", "points", "points", "points"},
    {"points", "point", "points", "points", "points"},
    {"", "", "", "", ""},
    {"per\u00A0100", "per\u00A0100", "per\u00A0100", "per\u00A0100", "per\u00A0100"},
    {"years", "year", "years", "years", "years"},
    {"", "", "", "", ""},
    {"SD", "", "", "", ""},
    {"", "", "", "", ""},
    {"%", "%", "%", "%", "%", true},
}};

const UnitWords& words_of(Unit::Kind kind, bool russian) {
  return (russian ? kRussian : kEnglish)[static_cast<std::size_t>(kind)];
}

std::unique_ptr<icu::PluralRules> plural_rules(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  return std::unique_ptr<icu::PluralRules>(icu::PluralRules::forLocale(locale, status));
}

icu::Locale locale_of(bool russian) { return icu::Locale(russian ? "ru" : "en"); }

/// The CLDR plural category of a number printed with so many decimals: "20,0" is a fraction, "20" is not.
std::string plural_category(const std::string& ascii, bool russian) {
  if (russian && ascii.find('.') != std::string::npos) return "other";
  const auto rules = plural_rules(locale_of(russian));
  if (!rules) return "other";
  std::string category;
  rules->select(std::fabs(std::stod(ascii))).toUTF8String(category);
  return category;
}

std::string_view form(const UnitWords& words, const std::string& category) {
  if (category == "one") return words.one;
  if (category == "few") return words.few;
  if (category == "many") return words.many;
  return words.other;
}

/// Of a unit that the project names.
std::string form(const UnitNames& names, const std::string& category, const std::string& language) {
  const auto& own = category == "one"    ? names.one
                    : category == "few"  ? names.few
                    : category == "many" ? names.many
                                         : names.other;
  return in_language(own.empty() ? names.other : own, language);
}

/// Puts the mark between groups of three digits. Four digits stay together: a year is 2026 in either language.
std::string grouped(std::string whole, std::string_view mark) {
  if (whole.size() < 5) return whole;
  for (std::size_t at = whole.size(); at > 3;) {
    at -= 3;
    whole.insert(at, mark);
  }
  return whole;
}

bool is_iso_date(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
  }
  return true;
}

icu::UnicodeString reformatted_date(std::string_view iso, const icu::UnicodeString& pattern,
                                    const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  icu::SimpleDateFormat reader(u"yyyy-MM-dd", icu::Locale("en"), status);
  icu::SimpleDateFormat writer(pattern, locale, status);
  reader.setTimeZone(*icu::TimeZone::getGMT());
  writer.setTimeZone(*icu::TimeZone::getGMT());
  reader.setLenient(false);
  const UDate date = reader.parse(icu::UnicodeString::fromUTF8({iso.data(), static_cast<int>(iso.size())}), status);
  icu::UnicodeString text;
  return U_SUCCESS(status) ? writer.format(date, text) : text;
}

}  // namespace

NumberFormat::NumberFormat(std::string language) : language_(std::move(language)), russian_(language_ == "ru") {}

std::string NumberFormat::number(double value, int decimals, bool with_sign) const {
  const bool finite = std::isfinite(value);
  std::string text = finite              ? rounded_text(value, decimals)
                     : std::isnan(value) ? "\u2014"
                     : value < 0         ? "-\u221E"
                                         : "\u221E";
  const bool negative = text.front() == '-';
  if (negative) text.erase(0, 1);
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  const std::size_t point = text.find('.');
  std::string whole = text.substr(0, point);
  if (finite) whole = grouped(std::move(whole), russian_ ? kNbsp : ",");
  const std::string fraction = point == std::string::npos ? "" : (russian_ ? "," : ".") + text.substr(point + 1);
  const std::string_view sign = negative ? kMinus : with_sign && !zero && !std::isnan(value) ? "+" : "";
  return std::string(sign) + whole + fraction;
}

std::string NumberFormat::count(std::int64_t value) const { return number(static_cast<double>(value), 0); }

std::string NumberFormat::plain(const Quantity& q) const {
  if (!q.estimate.defined()) return "";
  const double least = std::pow(10.0, -q.decimals);
  const bool chance = q.unit == Unit::chance;
  if ((chance || q.unit == Unit::probability) && q.estimate.value < least / 2) return "<" + number(least, q.decimals);
  if (chance && q.estimate.value >= 100 - least / 2) return ">" + number(100 - least, q.decimals);
  return number(q.estimate.value, q.decimals, q.is_difference);
}

std::string NumberFormat::with_unit(const Quantity& q) const {
  if (!q.estimate.defined()) return "";
  const UnitWords& words = words_of(q.unit.kind, russian_);
  const std::string ascii = std::isfinite(q.estimate.value) ? rounded_text(q.estimate.value, q.decimals) : "0";
  const std::string category = plural_category(ascii, russian_);
  const std::string unit = q.unit.own ? form(*q.unit.own, category, language_) : std::string(form(words, category));
  const std::string_view space = unit.empty() || words.glued ? "" : kNbsp;
  return plain(q) + std::string(space) + unit;
}

std::string NumberFormat::limit(const Quantity& q, double value) const {
  constexpr int kMoreDigits = 2;
  for (int more = 0; more <= kMoreDigits; ++more) {
    if (rounded(value, q.decimals + more) != 0) return number(value, q.decimals + more);
  }
  return number(value, q.decimals);
}

std::string NumberFormat::interval(const Quantity& q) const {
  if (!q.estimate.has_interval()) return "";
  const std::string lo = limit(q, q.estimate.lo);
  const std::string hi = limit(q, q.estimate.hi);
  const std::string nbsp(kNbsp);
  return russian_ ? "от" + nbsp + lo + " до" + nbsp + hi : lo + " to" + nbsp + hi;
}

std::string NumberFormat::unit(const Unit& unit) const {
  return unit.own ? in_language(unit.own->head, language_) : std::string(words_of(unit.kind, russian_).head);
}

std::string NumberFormat::date(std::string_view iso) const {
  if (!is_iso_date(iso)) return std::string(iso);
  const icu::UnicodeString pattern = russian_ ? u"d\u00A0MMMM y\u00A0'г.'" : u"d\u00A0MMMM y";
  std::string text;
  reformatted_date(iso, pattern, locale_of(russian_)).toUTF8String(text);
  return text.empty() ? std::string(iso) : text;
}

}  // namespace kaskad::reports
