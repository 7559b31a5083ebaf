// Looking up a std::string key by a view, without making a string of it.
#pragma once

#include <functional>
#include <string_view>

namespace kaskad::reports::pdf {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace kaskad::reports::pdf
