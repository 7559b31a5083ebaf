// What a reader of the document should know to be odd about it.
#pragma once

#include "engine/base/message.hpp"
#include "reports/pdf/canvas.hpp"

namespace kaskad::reports::pdf {

/// Codes: see PdfRenderer::remarks. In the order of ids, then of letters.
std::vector<Message> remarks_on(const std::vector<Page>& pages, const Galley& galley,
                                const std::vector<AnchorPlace>& anchors, const std::string& missing_letters);

}  // namespace kaskad::reports::pdf
