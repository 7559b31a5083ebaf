#include "engine/frame/cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "engine/base/text.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::frame {
namespace {

constexpr std::array<std::string_view, 22> kMissingWords = {
    "",     "na",  "n/a",     "nan",  "null",   "n.a.",       ".",   "..",   "-",       "–",       "—",
    "#n/a", "#na", "#value!", "#н/д", "#знач!", "нет данных", "н/д", "н.д.", "#div/0!", "#дел/0!", "нет сведений"};
constexpr std::array<std::string_view, 4> kInfinityWords = {"inf", "infinity", "∞", "бесконечность"};

/// A number written with digits, a sign and a point only: the integer of all its digits, and how many are decimals.
struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;
  bool good = false;
};

Decimal plain_decimal(std::string_view text) {
  constexpr int kMostDigits = 18;  // of an int64
  Decimal out;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int seen = 0;
  bool after_point = false;
  for (const char c : text) {
    if ((c == '.' || c == ',') && !after_point) {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9') return out;
    out.digits = 10 * out.digits + (c - '0');
    seen += out.digits != 0 ? 1 : 0;
    out.decimals += after_point ? 1 : 0;
    if (seen > kMostDigits) return out;
  }
  out.good = seen > 0 && out.decimals <= kMostDigits;
  if (negative) out.digits = -out.digits;
  return out;
}

/// digits/10^decimals − value, by an error-free product; the digits are taken in two halves that doubles hold exactly.
double tail_of(const Decimal& decimal, double value) {
  constexpr std::int64_t kHalf = 1000000000;
  const double scale = std::pow(10.0, decimal.decimals);  // exact up to 10^22
  const double product = value * scale;
  const double product_error = std::fma(value, scale, -product);
  const auto high = static_cast<double>(decimal.digits / kHalf * kHalf);
  const auto low = static_cast<double>(decimal.digits % kHalf);
  return (((high - product) + low) - product_error) / scale;
}

double infinity_of(std::string_view text) {
  const double sign = text.starts_with('-') ? -1 : 1;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::string folded = fold(text);
  const bool is_word = std::find(kInfinityWords.begin(), kInfinityWords.end(), folded) != kInfinityWords.end();
  return is_word ? sign * std::numeric_limits<double>::infinity() : 0;
}

CellNumber from_plain(std::string_view text) {
  CellNumber out;
  if (text.starts_with('+') && text.size() > 1) text.remove_prefix(1);
  const char first = text.empty() ? ' ' : text.back();
  if ((first < '0' || first > '9') && first != '.') return out;  // from_chars would take "nan" and "inf"
  const auto [stop, trouble] = std::from_chars(text.data(), text.data() + text.size(), out.value);
  if (stop != text.data() + text.size()) return out;
  if (trouble == std::errc::result_out_of_range) {
    const bool tiny = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
    out.value = tiny ? 0 : (text.starts_with('-') ? -1 : 1) * std::numeric_limits<double>::infinity();
  }
  out.good = trouble == std::errc() || trouble == std::errc::result_out_of_range;
  return out;
}

}  // namespace

bool is_missing_word(std::string_view text) {
  constexpr std::size_t kLongest = 24;
  if (text.empty()) return true;
  if (text.size() > kLongest || (text.front() >= '0' && text.front() <= '9')) return false;
  return std::find(kMissingWords.begin(), kMissingWords.end(), fold(text)) != kMissingWords.end();
}

CellNumber read_number(std::string_view text) {
  CellNumber out = from_plain(text);
  if (!out.good) {
    const intake::ParsedNumber parsed = intake::parse_number(text);
    out.value = parsed.good ? parsed.value : infinity_of(text);
    out.good = parsed.good || out.value != 0;
  }
  const Decimal decimal = out.good && std::isfinite(out.value) ? plain_decimal(text) : Decimal{};
  if (decimal.good) out.tail = tail_of(decimal, out.value);
  return out;
}

}  // namespace kaskad::frame
