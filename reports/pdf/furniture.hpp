// What stands outside the text of every page: header, footer and page number.
#pragma once

#include <map>

#include "reports/pdf/page.hpp"
#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {

class Furniture {
 public:
  explicit Furniture(Press& press) : press_(press) {}
  /// `page` counts from 1. y = 0 is the lower end of the text. A first page without a number has no footer either, but
  /// every page of a document about an entity says whose it is.
  Inks foot(const Sheet& sheet, int page);
  /// y = 0 is the upper end of the text. The first page has no header.
  Inks head(const Sheet& sheet, int page);

 private:
  bool has_number(int page) const;
  bool has_footer(int page) const;
  TextInk number(int page, double x, double y, HAlign align);
  const Slab& lines(const std::string& text, double width, std::size_t most);

  Press& press_;
  std::map<std::pair<std::string, double>, Slab> known_;
};

}  // namespace kaskad::reports::pdf
