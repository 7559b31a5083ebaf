// Metadata as XMP (ISO 16684-1), with the claim to be PDF/UA-1 (ISO 14289-1, 5).
#pragma once

#include <string>

#include "reports/document/document.hpp"

namespace kaskad::reports::pdf {

std::string xmp_of(const Document& document);

}  // namespace kaskad::reports::pdf
