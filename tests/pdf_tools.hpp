// What other programs (poppler-utils) read in a PDF file.
#pragma once

#include <string>
#include <vector>

#include "reports/pdf/pdf_renderer.hpp"

namespace kaskad::reports {

/// Where Debian's packages fonts-paratype, hyphen-ru and hyphen-en-us put their files.
PdfResources debian_resources();
/// The document as PDF; an error fails the test.
std::string rendered(const Document& document);

/// A word as pdftotext -bbox finds it; points from the top left of the page.
struct FoundWord {
  std::string text;
  double x_min = 0, y_min = 0, x_max = 0, y_max = 0;
};
struct FoundPage {
  double width = 0, height = 0;
  std::vector<FoundWord> words;
  std::string text() const;  ///< Words with spaces between, in reading order.
  const FoundWord* find(const std::string& text) const;
};
std::vector<FoundPage> pages_of(const std::string& pdf);

/// Standard output of a program run on the file; "{}" in the command stands for its path.
std::string output_of(const std::string& command, const std::string& pdf);

}  // namespace kaskad::reports
