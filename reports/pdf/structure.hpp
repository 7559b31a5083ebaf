// What the marks on the pages are to somebody who does not see them: headings, paragraphs, tables with their heads, and
// figures in words, as a tree in reading order. ISO 32000-1, 14.7 and 14.8; aimed at PDF/UA-1 (ISO 14289-1).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kaskad::reports::pdf {

using ElementId = std::int32_t;
/// Not a part of the text: rules, page numbers, repeated heads.
inline constexpr ElementId kArtifact = -1;
inline constexpr ElementId kRoot = 0;  ///< The document.

/// Standard structure types; the headings in a row.
enum class Role : std::uint8_t {
  document,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  paragraph,
  division,
  list,
  item,
  label,
  item_body,
  table,
  row,
  head_cell,
  cell,
  caption,
  figure,
  note,
  contents,
  contents_item,
  reference,
  link,
};
/// Its name in the file, without the slash.
const char* role_name(Role role);

/// Whose head a cell of a table is.
enum class Scope : std::uint8_t { none, column, row };

/// What an element holds, in reading order.
struct Kid {
  enum class Kind : std::uint8_t { element, content, annotation };
  Kind kind = Kind::element;
  std::int32_t page = 0;   ///< Of content and annotations, from 0.
  std::int32_t index = 0;  ///< Element; number of the content on its page; number of the annotation in the file.
};

struct Element {
  Role role = Role::document;
  Scope scope = Scope::none;
  bool listed = false;                  ///< Among the kids of its parent.
  bool ordered = false;                 ///< Of a list.
  std::uint16_t columns = 1, rows = 1;  ///< Spanned by a cell.
  ElementId parent = kArtifact;
  std::vector<Kid> kids;
};

/// Where a figure stands; points from the lower left of the page.
struct Place {
  double left = 0, bottom = 0, right = 0, top = 0;
};

/// Built while the blocks are set; filled with content while the pages are painted. An element without content does
/// not appear, except the cells of a table.
class Structure {
 public:
  Structure();
  ElementId add(Role role, ElementId parent);
  /// Heading of a document's level (0: its title). The role leaves out no level, whatever the document does.
  ElementId add_heading(int level, ElementId parent);
  Element& operator[](ElementId id) { return elements_[std::size_t(id)]; }
  const Element& operator[](ElementId id) const { return elements_[std::size_t(id)]; }
  std::size_t size() const { return elements_.size(); }

  /// The next piece of content on the page belongs to the element; returns its number on the page.
  int add_content(ElementId id, int page);
  void add_annotation(ElementId id, int page, int annotation);
  /// For each page the element of each piece of content.
  const std::vector<std::vector<ElementId>>& contents() const { return contents_; }

  void set_alternative(ElementId id, std::string text) { alternatives_[id] = std::move(text); }
  void set_place(ElementId id, const Place& place) { places_.emplace(id, place); }
  const std::string* alternative(ElementId id) const;
  const Place* place(ElementId id) const;

 private:
  void list(ElementId id);

  std::vector<Element> elements_;
  std::vector<std::vector<ElementId>> contents_;
  std::map<ElementId, std::string> alternatives_;
  std::map<ElementId, Place> places_;
  std::vector<int> heading_levels_;  ///< Of the open headings, rising.
};

}  // namespace kaskad::reports::pdf
