// The outline of a document: numbers of headings, and the table of contents.
#pragma once

#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// All headings of the document in its order, with their numbers, as Galley::outline.
void collect_outline(Press& press);
/// Page numbers are put in when the pages are known.
/// Entries that would take a few lines of one more page stand closer.
Slabs set_toc(Press& press, const Toc& toc, const Frame& frame);

}  // namespace kaskad::reports::pdf
