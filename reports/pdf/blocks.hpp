// Blocks of a document to slabs, and a document to a galley.
#pragma once

#include <array>

#include "reports/pdf/page.hpp"
#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// How blocks are set in the place where they stand: on the page, in a note, in a column.
struct Setting {
  Frame frame;
  TextStyle body = body_style();
  double paragraph_white = kGrid / 2;
  double indent = 0;  ///< Of the first lines of paragraphs that are not in lists, notes or columns.
};

/// Counts through the document.
struct Counters {
  int tables = 0;
  int figures = 0;
  std::size_t headings = 0;  ///< Of Galley::outline.
};

class BlockSetter {
 public:
  explicit BlockSetter(Press& press) : press_(press) {}
  /// The blocks below each other.
  Slabs set(const Blocks& blocks, const Setting& setting);
  Slabs set(const Block& block, const Setting& setting);

 private:
  Slabs set(const Heading& heading, const Setting& setting);
  Slabs set(const Paragraph& paragraph, const Setting& setting);
  Slabs set(const ListBlock& list, const Setting& setting);
  Slabs set(const Note& note, const Setting& setting);
  Slabs set(const Table& table, const Setting& setting);
  Slabs set(const Figure& figure, const Setting& setting);
  Slabs set(const Cards& cards, const Setting& setting);
  Slabs set(const Columns& columns, const Setting& setting);
  Slabs set(const Toc& toc, const Setting& setting);
  Slabs set(const PageBreak& page_break, const Setting& setting);
  Slabs set(const TitlePage& title, const Setting& setting);
  Slabs set(const Masthead& masthead, const Setting& setting);
  Slabs set_item(const Blocks& item, const std::string& marker, double room, const Setting& setting);

  Press& press_;
  Counters counters_;
};

/// White between blocks that follow each other, in points.
struct White {
  double after = 0;   ///< Below a block, at least.
  bool head = false;  ///< The block is a heading: what follows stands close to it.
};
White white_after(const Block& block);
/// Gives the first of `next` its distance from the block before.
void set_white(Slabs& next, const White& before);

/// Fills the galley with the whole document.
void compose(Press& press);

}  // namespace kaskad::reports::pdf
