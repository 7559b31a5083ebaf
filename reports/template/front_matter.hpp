// The settings between +++ lines at the beginning of a template. Private to this room.
#pragma once

#include <string>
#include <string_view>

#include "reports/template/builder.hpp"

namespace kaskad::reports {

/// A template cut in two. Lines count from 1 in the file.
struct TemplateParts {
  std::string_view front;
  int front_line = 2;
  std::string_view body;
  int body_line = 1;
  bool closed = true;  ///< False when the second +++ is missing.
};
TemplateParts cut_front_matter(std::string_view text);

/// Fills the document's title, subject, author, date, entity, footer and page. Returns whether headings are numbered.
bool read_front_matter(const std::vector<Line>& lines, const std::string& file, const Workshop& shop,
                       Document& document);

}  // namespace kaskad::reports
