#include "engine/base/letter_case.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <cstdint>

namespace kaskad {

std::string capitalized(std::string_view text) {
  const icu::UnicodeString all = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  const int32_t rest = all.moveIndex32(0, 1);
  icu::UnicodeString title = all.tempSubString(0, rest);
  title.toUpper(icu::Locale::getRoot()).append(all, rest, all.length() - rest);
  std::string out;
  title.toUTF8String(out);
  return out;
}

}  // namespace kaskad
