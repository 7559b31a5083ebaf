// Capital letters.
#pragma once

#include <string>
#include <string_view>

namespace kaskad {

/// With a capital letter at the front, as a title has it.
std::string capitalized(std::string_view text);

}  // namespace kaskad
