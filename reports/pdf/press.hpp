// What every part of the layout needs at hand: shaper, hyphenation, the document's words, and the galley being filled.
#pragma once

#include "reports/document/document.hpp"
#include "reports/pdf/hyphenation.hpp"
#include "reports/pdf/ink.hpp"
#include "reports/pdf/style.hpp"

namespace kaskad::reports::pdf {

/// Room in points that a block may fill.
struct Frame {
  double text = 0;    ///< Width of running text and heads.
  double note = 0;    ///< Width of captions, notes and footnotes: of the text, but on turned paper of all.
  double full = 0;    ///< Width of what is looked at: tables, figures, cards; with the margin column.
  double height = 0;  ///< Of a page between its margins.
};

struct Press {
  Shaper& shaper;
  Hyphenator& hyphenator;
  const Document& document;
  NumberFormat format;
  Galley& galley;
  ElementId element = kRoot;  ///< What is set now belongs to it.

  /// Hyphenation patterns for the document's language exist.
  bool hyphenates() const { return hyphenator.knows(document.language); }
  const Shaped& shape(const Font& font, std::string_view text, bool tabular = false) {
    return shaper.shape(shaper.face(font, tabular), text);
  }
  /// "#id" or a URL.
  int link(const std::string& target);
  int link_to(int anchor);
  int anchor(const std::string& id);
  int footnote(const std::string& text);
};

/// What is set while it lives belongs to a new element of the structure, or to a given one.
class Tagged {
 public:
  Tagged(Press& press, Role role) : Tagged(press, press.galley.structure.add(role, press.element)) {}
  Tagged(Press& press, ElementId element) : press_(press), before_(press.element) { press.element = element; }
  Tagged(const Tagged&) = delete;
  Tagged& operator=(const Tagged&) = delete;
  ~Tagged() { press_.element = before_; }

 private:
  Press& press_;
  ElementId before_;
};

}  // namespace kaskad::reports::pdf
