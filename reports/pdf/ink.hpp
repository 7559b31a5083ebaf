// What stands on paper, as values: marks with coordinates, gathered in slabs that are stacked into pages.
// Points, origin at the top left of the slab, y downwards; x = 0 is the left edge of the text.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reports/charts/picture.hpp"
#include "reports/pdf/shaping.hpp"
#include "reports/pdf/structure.hpp"

namespace kaskad::reports::pdf {

struct TextInk {
  const Shaped* shaped = nullptr;
  float x = 0, y = 0;  ///< Of the baseline's start.
  Color color{};
  ElementId element = kArtifact;
};
struct RuleInk {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0, width = 0.5F;
  Color color{};
};
struct FillInk {
  float x = 0, y = 0, width = 0, height = 0;
  Color color{};
};
struct PictureInk {
  std::shared_ptr<const Picture> picture;
  float x = 0, y = 0, scale = 1;
  ElementId element = kArtifact;
};
/// An area that leads to Galley::links[link].
struct LinkInk {
  float x = 0, y = 0, width = 0, height = 0;
  int link = 0;
  ElementId element = kArtifact;
};
/// The place that Galley::anchors[anchor] names.
struct AnchorInk {
  int anchor = 0;
  float y = 0;
};
/// The raised number of footnote Galley::footnotes[note]; pages number their footnotes from 1.
struct FootnoteInk {
  int note = 0;
  float x = 0, y = 0;
  FaceId face = 0;
  ElementId element = kArtifact;
};
/// The page number of an anchor, right-aligned at x, with dots from `leader_from`.
struct PageNumberInk {
  int anchor = 0;
  float leader_from = 0, x = 0, y = 0;
  FaceId face = 0;
  ElementId element = kArtifact;  ///< Of the number; the dots are decoration.
};
using Ink = std::variant<TextInk, RuleInk, FillInk, PictureInk, LinkInk, AnchorInk, FootnoteInk, PageNumberInk>;
using Inks = std::vector<Ink>;

/// Vertical extent of a mark, generous for text.
struct Extent {
  double top = 0, bottom = 0;
};
Extent extent(const Ink& ink);
void shift(Ink& ink, double dx, double dy);
void append(Inks& to, Inks from, double dx, double dy);
/// Takes the marks out of the structure, as what is repeated is not said again.
void make_artifacts(Inks& inks);

/// What may change places in order that no white hole is left at the foot of a page.
enum class Conduct : std::uint8_t {
  fixed,   ///< Nothing passes it.
  text,    ///< May move up in front of what must wait for the next page.
  figure,  ///< Waits for the next page where it does not fit; lets text and tables pass.
  table,   ///< A short one: waits as figures do; lets text and figures pass.
  opens,   ///< The first rows of a table of less than a page: may move up in front of a figure as text may.
  goes_on  ///< Its other rows: what waits stands behind them.
};

/// Draws the same chart for another width.
using Redraw = std::function<std::shared_ptr<const Picture>(double width)>;

/// A piece that stands on one page as a whole, if it fits on any.
struct Slab {
  double before = 0;  ///< White above it, dropped at the top of a page.
  double height = 0;
  bool keep_next = false;  ///< The next slab stands on the same page.
  Conduct conduct = Conduct::fixed;
  Inks inks;
  std::vector<int> footnotes;
  std::shared_ptr<const Slab> continued;  ///< Stands above it at the top of a page: the repeated head of a table.
  Redraw redraw;                          ///< Of a figure; its picture is the first of the inks.
};
using Slabs = std::vector<Slab>;

/// The pages after it start anew, in this orientation.
struct Break {
  bool landscape = false;
};
using FlowItem = std::variant<Slab, Break>;

struct OutlineEntry {
  int level = 1;
  std::string title;
  int anchor = 0;
};

/// Leads to a place in the document, or to a URL.
struct Link {
  std::string url;
  int anchor = -1;
  friend bool operator==(const Link&, const Link&) = default;
};

/// A whole document set in type, not yet cut into pages.
struct Galley {
  std::vector<FlowItem> flow;
  std::vector<Link> links;
  std::vector<std::string> anchors;  ///< Ids; headings without one have an empty name.
  std::vector<std::string> footnotes;
  std::vector<OutlineEntry> outline;
  Structure structure;
};

}  // namespace kaskad::reports::pdf
