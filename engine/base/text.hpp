// Text work that must be right for Russian and English; ICU behind it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad {

/// The known word nearest to `word` (edits by code point, case ignored), if it is near enough to be worth suggesting:
/// at most one edit in three letters.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known);

bool is_valid_utf8(std::string_view bytes);
/// Byte offset of the first malformed sequence, or nothing.
std::optional<std::size_t> first_invalid_utf8(std::string_view bytes);
std::string utf8_from_cp1251(std::string_view bytes);

/// Without spaces, tabs and non-breaking spaces at both ends.
std::string_view trim(std::string_view text);
/// Case-folded, «ё» as «е», runs of spaces as one: for comparing names, not for printing.
std::string fold(std::string_view text);

/// True when a stands before b in the dictionary order of the language ("ru", "en"); numbers inside compare as numbers.
bool collates_before(std::string_view a, std::string_view b, const std::string& language);

}  // namespace kaskad
