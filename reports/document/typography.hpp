// Which words of a language may not be torn apart at the end of a line. Pure text in, text out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaskad::reports {

/// Puts U+00A0 where a line must not break: «№ 5», «12 %», «2020 г.», initials, a short preposition and its word, a
/// dash and the word before it, particles. Source of the Russian rules: Мильчин, Чельцова, Справочник издателя и
/// автора, 2003, chapter on layout. Other spaces, and all letters, stay as they are; applying it twice changes nothing.
std::string with_bound_words(std::string_view text, std::string_view language);

inline constexpr std::string_view kNoBreakSpace = "\u00A0";

/// Replaces each {name} of a pattern; unknown names stay.
std::string filled(std::string_view pattern, const std::vector<std::pair<std::string_view, std::string>>& values);

}  // namespace kaskad::reports
