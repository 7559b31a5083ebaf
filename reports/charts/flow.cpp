// Categories of each wave as blocks over one another, ribbons as wide as the number of those who went between them.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "reports/charts/kinds.hpp"
#include "reports/charts/labels.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kPlotHeight = 170;
constexpr double kBetweenBlocks = 6;
constexpr double kBlockPadding = 5;
constexpr double kLabelGap = 6;
constexpr double kLabelsShare = 0.24, kMostLabelsShare = 0.31;  // Of the width, at each side.
constexpr std::size_t kLabelLines = 3;
constexpr double kSeparator = 0.75;
constexpr int kCurveSteps = 24;
constexpr Color kUp{0xA9, 0xC9, 0xBE}, kDown{0xE0, 0x9B, 0x55}, kSame{0xE2, 0xE6, 0xE9};  // Of different lightness.
constexpr double kPalest = 0.3;  // Shade of the worst category.
constexpr double kBend = 0.7;    // Darker middles: white type reads on them.
constexpr Font kRibbonFont{Family::sans, 7, false, false, kInk};
constexpr double kRibbonIndent = 4;
const char* const kN = "n";

/// A category at a stage: the room that it is given, and its block, centred there.
struct Block {
  std::int64_t count = 0;
  double top = 0, height = 0;  // Of the room.
  double block_top = 0, block_height = 0;
};

struct Layout {
  std::vector<std::vector<std::string>> labels;  // One a category, wrapped.
  double label_width = 0, block_width = 0;
  double scale = 0;                        // Points an item.
  std::vector<double> left;                // Of the blocks of each stage.
  std::vector<std::vector<Block>> blocks;  // By stage, then category.
  double bottom = 0;
};

bool valid(const Flow& plot, const Flow::Link& link) {
  return link.count > 0 && link.stage + 1 < plot.stages.size() && link.from < plot.categories.size() &&
         link.to < plot.categories.size();
}

/// What is given, or what flows in or out where that is more.
std::int64_t count_at(const Flow& plot, std::size_t stage, std::size_t category) {
  const auto& counts = plot.stages[stage].counts;
  std::int64_t in = 0, out = 0;
  for (const Flow::Link& link : plot.links) {
    if (!valid(plot, link)) continue;
    if (link.stage == stage && link.from == category) out += link.count;
    if (link.stage + 1 == stage && link.to == category) in += link.count;
  }
  return std::max({category < counts.size() ? counts[category] : 0, in, out});
}

std::int64_t total_at(const Flow& plot, std::size_t stage) {
  std::int64_t total = 0;
  for (std::size_t c = 0; c < plot.categories.size(); ++c) total += count_at(plot, stage, c);
  return total;
}

bool ever_held(const Flow& plot, std::size_t category) {
  for (std::size_t s = 0; s < plot.stages.size(); ++s)
    if (count_at(plot, s, category) > 0) return true;
  return false;
}

/// Categories in which nobody ever was are not drawn. Links from or to them hold nobody.
Flow without_empty(const Flow& plot) {
  Flow out = plot;
  for (std::size_t c = plot.categories.size(); c-- > 0;) {
    if (ever_held(plot, c)) continue;
    out.categories.erase(out.categories.begin() + static_cast<std::ptrdiff_t>(c));
    for (Flow::Stage& s : out.stages)
      if (c < s.counts.size()) s.counts.erase(s.counts.begin() + static_cast<std::ptrdiff_t>(c));
    std::erase_if(out.links, [&](const Flow::Link& link) { return link.from == c || link.to == c; });
    for (Flow::Link& link : out.links) {
      if (link.from > c) --link.from;
      if (link.to > c) --link.to;
    }
  }
  return out;
}

std::string count_text(const Canvas& canvas, std::int64_t count) { return canvas.format().count(count); }

double widest_count(const Canvas& canvas, const Flow& plot) {
  double widest = 0;
  for (std::size_t s = 0; s < plot.stages.size(); ++s)
    for (std::size_t c = 0; c < plot.categories.size(); ++c)
      widest = std::max(widest, canvas.width_of(count_text(canvas, count_at(plot, s, c)), kValueFont));
  return widest;
}

double least_height(const Layout& layout) {
  std::size_t lines = 1;
  for (const auto& label : layout.labels) lines = std::max(lines, label.size());
  return static_cast<double>(lines) * line_height(kLabelFont);
}

/// Blocks of a stage from the best category down, together in the middle of the height.
std::vector<Block> stack(const Flow& plot, std::size_t stage, const Layout& layout, double least) {
  std::vector<Block> blocks(plot.categories.size());
  for (std::size_t c = 0; c < blocks.size(); ++c) {
    blocks[c].count = count_at(plot, stage, c);
    blocks[c].block_height = static_cast<double>(blocks[c].count) * layout.scale;
    blocks[c].height = std::max(blocks[c].block_height, least);
  }
  double top = 0;
  for (std::size_t c = blocks.size(); c-- > 0;) {
    blocks[c].top = top;
    top += blocks[c].height + kBetweenBlocks;
  }
  return blocks;
}

double height_of(const std::vector<Block>& blocks) { return blocks.front().top + blocks.front().height; }

void place_blocks(const Flow& plot, Layout& layout, double top) {
  const double least = least_height(layout);
  std::int64_t most = 1;
  for (std::size_t s = 0; s < plot.stages.size(); ++s) most = std::max(most, total_at(plot, s));
  layout.scale = kPlotHeight / static_cast<double>(most);
  double tallest = 0;
  for (std::size_t s = 0; s < plot.stages.size(); ++s) {
    layout.blocks.push_back(stack(plot, s, layout, least));
    tallest = std::max(tallest, height_of(layout.blocks.back()));
  }
  for (std::vector<Block>& blocks : layout.blocks) {
    const double shift = top + (tallest - height_of(blocks)) / 2;
    for (Block& block : blocks) {
      block.top += shift;
      block.block_top = block.top + (block.height - block.block_height) / 2;
    }
  }
  layout.bottom = top + tallest;
}

/// A little more where a word would be cut.
double label_room(const Canvas& canvas, const Flow& plot) {
  const double usual = canvas.width() * kLabelsShare;
  const auto whole = [&](const std::string& text) { return wrap(text, kLabelFont, usual, canvas.measure()).whole; };
  const bool all = std::all_of(plot.categories.begin(), plot.categories.end(), whole);
  return all ? usual : canvas.width() * kMostLabelsShare;
}

/// Blocks with the labels of categories at both sides.
Layout lay_out(const Canvas& canvas, const Flow& plot) {
  Layout layout;
  const double most = label_room(canvas, plot);
  for (const std::string& category : plot.categories) {
    layout.labels.push_back(wrap(category, kLabelFont, most, canvas.measure(), kLabelLines).lines);
    layout.label_width = std::max(layout.label_width, canvas.widest(layout.labels.back(), kLabelFont));
  }
  const double beside = layout.label_width > 0 ? layout.label_width + kLabelGap : 0;
  const double room = canvas.width() - 2 * beside;
  const auto stages = static_cast<double>(plot.stages.size());
  layout.block_width = std::min(widest_count(canvas, plot) + 2 * kBlockPadding, room / (2 * stages));
  const double step = (room - layout.block_width) / (stages - 1);
  for (std::size_t s = 0; s < plot.stages.size(); ++s) layout.left.push_back(beside + step * static_cast<double>(s));
  return layout;
}

double draw_heads(Canvas& canvas, const Flow& plot, const Layout& layout, double top) {
  LineArea area{{}, {}, layout.left.front(), layout.left.back()};
  std::vector<std::string> labels;
  for (std::size_t s = 0; s < plot.stages.size(); ++s) {
    area.x.push_back(layout.left[s] + layout.block_width / 2);
    labels.push_back(plot.stages[s].label);
  }
  return draw_point_labels(canvas, labels, area, top, 0, canvas.width()) + 3;
}

/// A ribbon between two blocks: its edges at both ends.
struct Ribbon {
  const Flow::Link* link = nullptr;
  double left_top = 0, right_top = 0, height = 0;
};

/// Ribbons leave a block in the order of their targets and reach one in the order of their sources: those of one block
/// do not cross there.
std::vector<Ribbon> ribbons_of(const Flow& plot, const Layout& layout, std::size_t stage) {
  std::vector<Ribbon> ribbons;
  for (const Flow::Link& link : plot.links)
    if (valid(plot, link) && link.stage == stage)
      ribbons.push_back({&link, 0, 0, static_cast<double>(link.count) * layout.scale});
  const auto stacked = [&](auto end, auto other, std::size_t at, double Ribbon::*top) {
    std::stable_sort(ribbons.begin(), ribbons.end(), [&](const Ribbon& a, const Ribbon& b) {
      return std::pair((*a.link).*end, (*a.link).*other) > std::pair((*b.link).*end, (*b.link).*other);
    });
    std::vector<double> next;
    for (const Block& block : layout.blocks[at]) next.push_back(block.block_top);
    for (Ribbon& ribbon : ribbons) {
      ribbon.*top = next[(*ribbon.link).*end];
      next[(*ribbon.link).*end] += ribbon.height;
    }
  };
  stacked(&Flow::Link::from, &Flow::Link::to, stage, &Ribbon::left_top);
  stacked(&Flow::Link::to, &Flow::Link::from, stage + 1, &Ribbon::right_top);
  return ribbons;
}

Color ribbon_color(const Flow::Link& link) {
  if (link.from == link.to) return kSame;
  const bool up = link.to > link.from;
  return up ? kUp : kDown;
}

/// A smooth edge from (x0, y0) to (x1, y1), level at both ends (3t² − 2t³).
void add_edge(std::vector<Point>& points, Point from, Point to) {
  for (int i = 0; i <= kCurveSteps; ++i) {
    const double t = static_cast<double>(i) / kCurveSteps;
    points.push_back({from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t * t * (3 - 2 * t)});
  }
}

void draw_ribbon(Canvas& canvas, const Ribbon& ribbon, double left, double right) {
  std::vector<Point> upper, lower;
  add_edge(upper, {left, ribbon.left_top}, {right, ribbon.right_top});
  add_edge(lower, {right, ribbon.right_top + ribbon.height}, {left, ribbon.left_top + ribbon.height});
  std::vector<Point> outline = upper;
  outline.insert(outline.end(), lower.begin(), lower.end());
  canvas.area(std::move(outline), ribbon_color(*ribbon.link));
  canvas.polyline(std::move(upper), kSeparator, kWhite, false);
  canvas.polyline(std::move(lower), kSeparator, kWhite, false);
}

/// How far the ribbon has gone up or down at `x` right of its beginning.
double bend_at(const Ribbon& ribbon, double x, double width) {
  const double t = x / width;
  return std::abs(ribbon.right_top - ribbon.left_top) * t * t * (3 - 2 * t);
}

/// How many go, at the ribbon's beginning, where it is high enough for the type and does not bend away under it.
void draw_ribbon_count(Canvas& canvas, const Ribbon& ribbon, double left, double right) {
  const std::string text = count_text(canvas, ribbon.link->count);
  const double end = kRibbonIndent + canvas.width_of(text, kRibbonFont);
  if (end + kRibbonIndent > (right - left) / 2) return;
  const double free = ribbon.height - bend_at(ribbon, end, right - left);
  if (free < kRibbonFont.size * (kAscent + kDescent) + 0.5) return;
  canvas.text({left + kRibbonIndent, baseline_at(ribbon.left_top + ribbon.height / 2, kRibbonFont)}, text, kRibbonFont);
}

void draw_ribbons(Canvas& canvas, const Flow& plot, const Layout& layout, std::size_t stage) {
  std::vector<Ribbon> ribbons = ribbons_of(plot, layout, stage);
  // Wide ones first, so that narrow ones stay visible.
  std::stable_sort(ribbons.begin(), ribbons.end(),
                   [](const Ribbon& a, const Ribbon& b) { return a.height > b.height; });
  const double left = layout.left[stage] + layout.block_width, right = layout.left[stage + 1];
  for (const Ribbon& ribbon : ribbons) draw_ribbon(canvas, ribbon, left, right);
  for (const Ribbon& ribbon : ribbons) draw_ribbon_count(canvas, ribbon, left, right);
}

/// The darker the better.
Color block_color(std::size_t category, std::size_t categories) {
  if (categories < 2) return sequential_shade(1);
  const double share = static_cast<double>(category) / static_cast<double>(categories - 1);
  return sequential_shade(kPalest + (1 - kPalest) * std::pow(share, kBend));
}

/// The count stands on its block, or on white over a block lower than the type.
void draw_block(Canvas& canvas, const Layout& layout, const Block& block, std::size_t category, std::size_t categories,
                double left) {
  const Color fill = block_color(category, categories);
  const double width = layout.block_width, center = block.top + block.height / 2;
  if (block.block_height > 0) canvas.rect({left, block.block_top}, width, block.block_height, fill);
  const std::string text = count_text(canvas, block.count);
  const double text_width = canvas.width_of(text, kValueFont), text_height = kValueFont.size * (kAscent + kDescent);
  if (text_width > width) return;
  const bool inside = block.block_height >= text_height + 2;
  if (!inside && block.count > 0)
    canvas.rect({left + (width - text_width) / 2 - 1, center - text_height / 2}, text_width + 2, text_height, kWhite);
  canvas.text({left + width / 2, baseline_at(center, kValueFont)}, text,
              in_color(kValueFont, inside ? text_color_on(fill) : kInk), HAlign::center);
}

void draw_labels(Canvas& canvas, const Layout& layout, const std::vector<Block>& blocks, double x, HAlign align) {
  for (std::size_t c = 0; c < blocks.size(); ++c) {
    const double height = static_cast<double>(layout.labels[c].size()) * line_height(kLabelFont);
    canvas.lines(x, blocks[c].top + (blocks[c].height - height) / 2, layout.labels[c], kLabelFont, align);
  }
}

/// "n = 120" under each stage.
double draw_totals(Canvas& canvas, const Flow& plot, const Layout& layout, double top) {
  double free_from = 0;
  for (std::size_t s = 0; s < plot.stages.size(); ++s) {
    const std::string text = std::string(kN) + " = " + count_text(canvas, total_at(plot, s));
    const double half = canvas.width_of(text, kTickFont) / 2;
    const double x = std::clamp(layout.left[s] + layout.block_width / 2, half, canvas.width() - half);
    if (x - half < free_from) continue;
    canvas.text({x, baseline_below(top, kTickFont)}, text, kTickFont, HAlign::center);
    free_from = x + half + 4;
  }
  return top + line_height(kTickFont);
}

}  // namespace

bool drawable(const Flow& plot) {
  if (plot.stages.size() < 2) return false;
  for (std::size_t s = 0; s < plot.stages.size(); ++s)
    if (total_at(plot, s) > 0) return true;
  return false;
}

double draw_plot(Canvas& canvas, const Flow& all, double top) {
  const Flow plot = without_empty(all);
  Layout layout = lay_out(canvas, plot);
  place_blocks(plot, layout, draw_heads(canvas, plot, layout, top));
  for (std::size_t s = 0; s + 1 < plot.stages.size(); ++s) draw_ribbons(canvas, plot, layout, s);
  for (std::size_t s = 0; s < plot.stages.size(); ++s)
    for (std::size_t c = 0; c < plot.categories.size(); ++c)
      draw_block(canvas, layout, layout.blocks[s][c], c, plot.categories.size(), layout.left[s]);
  draw_labels(canvas, layout, layout.blocks.front(), layout.left.front() - kLabelGap, HAlign::right);
  draw_labels(canvas, layout, layout.blocks.back(), layout.left.back() + layout.block_width + kLabelGap, HAlign::left);
  return draw_totals(canvas, plot, layout, layout.bottom + 3);
}

}  // namespace kaskad::reports
