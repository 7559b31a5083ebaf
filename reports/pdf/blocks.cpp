#include "reports/pdf/blocks.hpp"

#include <algorithm>
#include <numeric>

#include "reports/pdf/figure.hpp"
#include "reports/pdf/front.hpp"
#include "reports/pdf/paragraph.hpp"
#include "reports/pdf/table.hpp"
#include "reports/pdf/toc.hpp"

namespace kaskad::reports::pdf {
namespace {

struct HeadLook {
  double size;
  double before;
  double after;
};
/// Levels 1, 2, 3 and deeper.
constexpr std::array<HeadLook, 3> kHeads = {{{17, 30, 8}, {13, 22, 5}, {11, 15, 3}}};
const HeadLook& look_of(int level) { return kHeads[std::size_t(std::clamp(level, 1, int(kHeads.size())) - 1)]; }

constexpr double kColumnGap = 18;
constexpr double kNoteIndent = 10;
constexpr double kDashIndent = 15;
constexpr double kItemWhite = 3;
constexpr double kNarrow = 300;  // Points: justified lines below this have holes.

void add(Slabs& slabs, Slabs more) {
  slabs.insert(slabs.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void indent(Slabs& slabs, double dx) {
  for (Slab& slab : slabs) {
    for (Ink& ink : slab.inks) shift(ink, dx, 0);
  }
}

Setting narrowed(const Setting& setting, double width) {
  Setting inner = setting;
  inner.frame.text = std::max(1.0, width);
  inner.frame.full = inner.frame.note = inner.frame.text;
  inner.indent = 0;
  if (width < kNarrow) inner.body.justified = false;
  return inner;
}

/// Slabs below each other as one.
Slab joined(Slabs slabs, double x) {
  Slab whole;
  for (Slab& slab : slabs) {
    if (whole.height > 0) whole.height += slab.before;
    append(whole.inks, std::move(slab.inks), x, whole.height);
    whole.height += slab.height;
    whole.footnotes.insert(whole.footnotes.end(), slab.footnotes.begin(), slab.footnotes.end());
  }
  return whole;
}

/// Widths of columns from their shares of the room without gaps; equal when there are no shares.
std::vector<double> column_widths(const Columns& columns, double width) {
  const std::size_t count = columns.columns.size();
  const double room = width - kColumnGap * double(count - 1);
  std::vector<double> shares = columns.widths;
  shares.resize(count, 0);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  const bool given = std::all_of(shares.begin(), shares.end(), [](double share) { return share > 0; });
  for (double& share : shares) share = given ? room * share / sum : room / double(count);
  return shares;
}

/// The figure that is all of a column.
Slab* single_figure(Slabs& column) {
  const bool is_figure = column.size() == 1 && column.front().redraw;
  return is_figure ? &column.front() : nullptr;
}

/// Figures side by side have their captions on one line, below the highest of them.
void level_captions(std::vector<Slabs>& columns) {
  double highest = 0;
  for (Slabs& column : columns) {
    if (const Slab* figure = single_figure(column)) highest = std::max(highest, picture_height(*figure));
  }
  for (Slabs& column : columns) {
    if (Slab* figure = single_figure(column)) move_caption(*figure, highest - picture_height(*figure));
  }
}

bool dashes_lists(const Document& document) { return document.language.substr(0, 2) == "ru"; }

}  // namespace

White white_after(const Block& block) {
  if (const auto* heading = std::get_if<Heading>(&block.is)) return {look_of(heading->level).after, true};
  const bool text = std::holds_alternative<Paragraph>(block.is) || std::holds_alternative<ListBlock>(block.is);
  if (text) return {0, false};
  return {std::holds_alternative<Masthead>(block.is) ? 10 : kGrid, false};
}

void set_white(Slabs& next, const White& before) {
  if (next.empty()) return;
  Slab& first = next.front();
  first.before = before.head ? before.after : std::max(first.before, before.after);
}

Slabs BlockSetter::set(const Blocks& blocks, const Setting& setting) {
  Slabs all;
  White before;
  for (const Block& block : blocks) {
    Slabs next = set(block, setting);
    if (next.empty()) continue;
    set_white(next, before);
    before = white_after(block);
    add(all, std::move(next));
  }
  return all;
}

Slabs BlockSetter::set(const Block& block, const Setting& setting) {
  return std::visit([&](const auto& is) { return set(is, setting); }, block.is);
}

Slabs BlockSetter::set(const Heading& heading, const Setting& setting) {
  const OutlineEntry& entry = press_.galley.outline[counters_.headings++];
  const HeadLook& look = look_of(heading.level);
  const Tagged in(press_, press_.galley.structure.add_heading(entry.level, press_.element));
  const TextStyle style = head_style(look.size);
  Runs runs = heading.runs;
  if (heading.numbered) {
    Run number;
    number.text = entry.title.substr(0, entry.title.find("\u00A0")) + "\u00A0\u00A0";
    runs.insert(runs.begin(), std::move(number));
  }
  Slabs slabs = slabs_of(set_lines(press_, runs, style, setting.frame.text), style.leading, look.before);
  if (slabs.empty()) return slabs;
  for (Slab& slab : slabs) slab.keep_next = true;
  slabs.front().inks.emplace_back(AnchorInk{entry.anchor, 0});
  return slabs;
}

Slabs BlockSetter::set(const Paragraph& paragraph, const Setting& setting) {
  const Tagged in(press_, Role::paragraph);
  TextStyle style = paragraph.lead ? lead_style() : setting.body;
  style.indent = setting.indent;
  return slabs_of(set_lines(press_, paragraph.runs, style, setting.frame.text), style.leading, setting.paragraph_white);
}

Slabs BlockSetter::set_item(const Blocks& item, const std::string& marker, double room, const Setting& setting) {
  const Tagged in(press_, Role::item);
  const ElementId label = press_.galley.structure.add(Role::label, press_.element);
  const Tagged in_body(press_, Role::item_body);
  Slabs slabs = set(item, narrowed(setting, setting.frame.text - room));
  indent(slabs, room);
  if (slabs.empty()) return slabs;
  const double y = baseline(setting.body.leading, setting.body.font.size);
  Inks& inks = slabs.front().inks;
  inks.insert(inks.begin(), TextInk{&press_.shape(setting.body.font, marker), 0, float(y), kBlack, label});
  return slabs;
}

Slabs BlockSetter::set(const ListBlock& list, const Setting& setting) {
  const std::string last = std::to_string(list.items.size()) + ".";
  const double room = list.ordered ? press_.shape(setting.body.font, last).width + 6 : kDashIndent;
  const Tagged in(press_, Role::list);
  press_.galley.structure[press_.element].ordered = list.ordered;
  Slabs all;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const std::string dash = dashes_lists(press_.document) ? "—" : "•";
    Slabs item = set_item(list.items[i], list.ordered ? std::to_string(i + 1) + "." : dash, room, setting);
    if (!item.empty()) item.front().before = all.empty() ? setting.paragraph_white : kItemWhite;
    add(all, std::move(item));
  }
  return all;
}

Slabs BlockSetter::set(const Note& note, const Setting& setting) {
  Setting inner = narrowed(setting, setting.frame.text - kNoteIndent);
  inner.body = small_style();
  inner.paragraph_white = 4;
  const Tagged in(press_, Role::division);
  Slabs slabs = set(note.blocks, inner);
  indent(slabs, kNoteIndent);
  for (std::size_t i = 0; i < slabs.size(); ++i) {
    const double below = i + 1 < slabs.size() ? slabs[i + 1].before : 0;
    slabs[i].inks.emplace_back(FillInk{0, 0, 1.5F, float(slabs[i].height + below), kHair});
  }
  if (!slabs.empty()) slabs.front().before = kGrid;
  return slabs;
}

Slabs BlockSetter::set(const Table& table, const Setting& setting) {
  const bool counts = !table.caption.empty() && !table.columns.empty();
  return set_table(press_, table, counts ? ++counters_.tables : 0, setting.frame);
}

Slabs BlockSetter::set(const Figure& figure, const Setting& setting) {
  const int number = figure.caption.empty() ? 0 : ++counters_.figures;
  return {set_figure(press_, figure, number, setting.frame)};
}

Slabs BlockSetter::set(const Cards& cards, const Setting& setting) {
  return set_cards(press_, cards, setting.frame.full);
}

Slabs BlockSetter::set(const Columns& columns, const Setting& setting) {
  if (columns.columns.empty()) return {};
  const auto widths = column_widths(columns, setting.frame.full);
  std::vector<Slabs> set_columns;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    set_columns.push_back(set(columns.columns[i], narrowed(setting, widths[i])));
  }
  level_captions(set_columns);
  Slab whole;
  whole.before = kGrid;
  double x = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    Slab column = joined(std::move(set_columns[i]), x);
    whole.height = std::max(whole.height, column.height);
    append(whole.inks, std::move(column.inks), 0, 0);
    whole.footnotes.insert(whole.footnotes.end(), column.footnotes.begin(), column.footnotes.end());
    x += widths[i] + kColumnGap;
  }
  return {std::move(whole)};
}

Slabs BlockSetter::set(const Toc& toc, const Setting& setting) { return set_toc(press_, toc, setting.frame); }

/// Only breaks between the blocks of the document itself have an effect.
Slabs BlockSetter::set(const PageBreak& /*page_break*/, const Setting& /*setting*/) { return {}; }

Slabs BlockSetter::set(const TitlePage& title, const Setting& setting) {
  return {set_title_page(press_, title, setting.frame)};
}

Slabs BlockSetter::set(const Masthead& masthead, const Setting& setting) {
  return {set_masthead(press_, masthead, setting.frame)};
}

}  // namespace kaskad::reports::pdf
