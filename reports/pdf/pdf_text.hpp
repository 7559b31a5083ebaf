// Text as an object of a PDF file (ISO 32000-1, 7.9.2.2).
#pragma once

#include <string>

namespace kaskad::reports::pdf {

/// In brackets of its kind, as it stands in the file.
std::string text_string(const std::string& text);

}  // namespace kaskad::reports::pdf
