// What cairo cannot write: the structure, links, metadata and attached files.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "reports/pdf/canvas.hpp"

namespace kaskad::reports::pdf {

/// A document that has been painted.
struct Painted {
  const Document& document;
  const Galley& galley;
  const std::vector<AnchorPlace>& anchors;
  const PaintLog& log;
};

/// Cairo's file with all the rest, compressed. Error "pdf-write" {reason} when QPDF cannot read it.
Expected<std::string> assembled(const std::string& pdf, const Painted& painted);

}  // namespace kaskad::reports::pdf
