// What cairo cannot write into the catalogue of a PDF file.
#pragma once

#include <string>

namespace kaskad::reports::pdf {

/// Adds the language of the text and the wish to show the title in the window's bar, as an incremental update
/// (ISO 32000-1, 7.5.6). A file whose catalogue is not found comes back unchanged.
std::string with_language(std::string pdf, const std::string& language);

}  // namespace kaskad::reports::pdf
