#include "engine/base/text.hpp"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace kaskad {
namespace {

std::u32string code_points(std::string_view text) {
  const icu::UnicodeString folded =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}).foldCase();
  std::u32string out;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1))
    out.push_back(static_cast<char32_t>(folded.char32At(i)));
  return out;
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each cost 1.
std::size_t edits(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, substitution});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kLongest = 200;  // a longer text is not a misspelt name
  if (word.size() > kLongest) return std::nullopt;
  const std::u32string wanted = code_points(word);
  std::optional<std::string> best;
  std::size_t best_cost = wanted.size() / 3 + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > kLongest) continue;
    const std::u32string letters = code_points(candidate);
    const std::size_t difference =
        letters.size() > wanted.size() ? letters.size() - wanted.size() : wanted.size() - letters.size();
    if (difference >= best_cost) continue;
    const std::size_t cost = edits(wanted, letters);
    if (cost < best_cost) {
      best = candidate;
      best_cost = cost;
    }
  }
  return best;
}

std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) {
  const auto* s = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<std::int64_t>(bytes.size());
  std::int64_t i = 0;
  while (i < length) {
    if (s[i] < 0x80) {
      ++i;
      continue;
    }
    const std::int64_t start = i;
    // U8_NEXT counts in 32 bits: hand it a window of one sequence.
    const auto window = static_cast<std::int32_t>(std::min<std::int64_t>(4, length - i));
    const std::uint8_t* here = s + i;
    std::int32_t used = 0;
    UChar32 c = 0;
    U8_NEXT(here, used, window, c);
    if (c < 0) return static_cast<std::size_t>(start);
    i += used;
  }
  return std::nullopt;
}

bool is_valid_utf8(std::string_view bytes) { return !first_invalid_utf8(bytes); }

std::string utf8_from_cp1251(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("windows-1251", &status), &ucnv_close);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), status);
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string_view trim(std::string_view text) {
  static constexpr std::string_view kSpaces[] = {" ",        "\t",           "\r",           "\n",
                                                 "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xEF\xBB\xBF"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view space : kSpaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), again = true;
      if (text.ends_with(space)) text.remove_suffix(space.size()), again = true;
    }
  }
  return text;
}

std::string fold(std::string_view text) {
  icu::UnicodeString s = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}).foldCase();
  s.findAndReplace(icu::UnicodeString(UChar32{0x0451}), icu::UnicodeString(UChar32{0x0435}));
  icu::UnicodeString out;
  bool gap = false;
  for (int32_t i = 0; i < s.length(); i = s.moveIndex32(i, 1)) {
    const UChar32 c = s.char32At(i);
    if (u_isUWhiteSpace(c)) {
      gap = !out.isEmpty();
      continue;
    }
    if (gap) out.append(UChar32{' '});
    gap = false;
    out.append(c);
  }
  std::string bytes;
  out.toUTF8String(bytes);
  return bytes;
}

bool collates_before(std::string_view a, std::string_view b, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale(language.c_str()), status));
  collator->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
  const auto order = collator->compareUTF8({a.data(), static_cast<int32_t>(a.size())},
                                           {b.data(), static_cast<int32_t>(b.size())}, status);
  return order == UCOL_EQUAL ? a < b : order == UCOL_LESS;
}

}  // namespace kaskad
