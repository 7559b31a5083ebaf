// The HTML renderer: a whole document in, one file out that needs nothing else. Well-formed as XML, too.
#pragma once

#include <string>

#include "engine/base/error.hpp"
#include "reports/document/document.hpp"

namespace kaskad::reports {

/// One HTML page with its style, its charts (SVG) and its attachments inside: numbers and captions as in the PDF,
/// tables with heads that programs can read, contents and footnotes linked, alternative texts for charts. Tables of
/// many rows can be sorted by their heads where scripts may run; everything else works without. Links lead to places of
/// the page and to http, https and mailto addresses only. Equal documents give equal bytes. Fails with "foreign-figure"
/// when a figure is of somebody else (entity_check.hpp).
Expected<std::string> render_html(const Document& document);

}  // namespace kaskad::reports
