// HTML entities that people write in Markdown. Private to this room.
#pragma once

#include <string>
#include <string_view>

namespace kaskad::reports {

/// "&nbsp;" → U+00A0, "&#8470;" → №; an unknown one comes back as it is.
std::string decoded_entity(std::string_view entity);

}  // namespace kaskad::reports
