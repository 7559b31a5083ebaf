#include "reports/pdf/front.hpp"

#include <algorithm>
#include <array>

#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr std::size_t kMostLines = 3;
constexpr double kAccentRule = 2;

struct Head {
  std::vector<Line> lines;
  double leading = 0;
};

/// The largest size of the scale at which the text needs at most three lines; the smallest for longer ones.
Head fitted_head(Press& press, const std::string& text, double width) {
  Head head;
  for (const double size : {24.0, 17.0, 13.0, 11.0}) {
    const TextStyle style = head_style(size);
    head = {set_lines(press, text, style, width), style.leading};
    if (head.lines.size() <= kMostLines) break;
  }
  return head;
}

/// Puts lines below `y` and returns the y after them.
double put(Slab& slab, std::vector<Line> lines, double leading, double x, double y) {
  const double height = leading * double(lines.size());
  append(slab.inks, stacked(std::move(lines), leading).inks, x, y);
  return y + height;
}

/// A paragraph of its own.
double put(Press& press, Slab& slab, const std::string& text, const TextStyle& style, double width, double y) {
  const Tagged in(press, Role::paragraph);
  return put(slab, set_lines(press, text, style, width), style.leading, 0, y);
}

/// So that texts beside or below each other are not read as one word.
void add_space(Press& press, Slab& slab, double y) {
  const Shaped& space = press.shape(small_style().font, " ");
  slab.inks.emplace_back(TextInk{&space, 0, float(y), kBlack, press.element});
}

/// The title of the whole document.
double put_title(Press& press, Slab& slab, const std::string& text, double width, double y) {
  const Tagged in(press, press.galley.structure.add_heading(0, press.element));
  Head head = fitted_head(press, text, width);
  return put(slab, std::move(head.lines), head.leading, 0, y);
}

void accent_line(Slab& slab, double width, double y) {
  slab.inks.emplace_back(RuleInk{0, float(y), float(width), float(y), float(kAccentRule), kAccent});
}

TextStyle sized(TextStyle style, double size) {
  style.font.size = size;
  style.leading = size * 1.3;
  style.hyphenated = false;
  style.of_facts = true;
  return style;
}

/// Names at the left, values beside them.
double put_facts(Press& press, Slab& slab, const TitlePage& title, double width, double y) {
  const TextStyle names = sized(small_style(kGrey), 11);
  const TextStyle values = sized(small_style(), 11);
  const double left = width * 0.32;
  for (const auto& [name, value] : title.facts) {
    const Tagged in(press, Role::paragraph);
    const double after_name = put(slab, set_lines(press, name, names, left - 10), names.leading, 0, y);
    add_space(press, slab, y);
    const double after_value = put(slab, set_lines(press, value, values, width - left), values.leading, left, y);
    y = std::max(after_name, after_value) + 4;
  }
  return y;
}

void put_foot(Press& press, Slab& slab, const TitlePage& title, double width) {
  const ElementId date_element = press.galley.structure.add(Role::paragraph, press.element);
  std::vector<Line> date;
  {
    const Tagged in(press, date_element);
    date = set_lines(press, title.date_line, sized(small_style(), 11), width);
  }
  const Tagged in(press, Role::paragraph);
  auto version = set_lines(press, title.version_line, small_style(kGrey), width);
  double y = slab.height - small_style().leading * double(version.size()) - 14.3 * double(date.size()) - 4;
  y = put(slab, std::move(date), 14.3, 0, y) + 4;
  put(slab, std::move(version), small_style().leading, 0, y);
}

double put_interval(Press& press, Slab& slab, const Quantity& q, double x, double width, double y) {
  const std::string interval = press.format.interval(q);
  if (interval.empty()) return y;
  return put(slab, set_lines(press, interval, small_style(kGrey), width), small_style().leading, x, y);
}

const std::string* reason_text(const Document& document, Undefined reason) {
  const auto& all = document.reasons;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& r) { return r.first == reason; });
  return found == all.end() ? nullptr : &found->second;
}

/// «нет данных» with the reason at the foot of the page.
Runs missing_value(const Document& document, Undefined reason) {
  Runs runs = plain_runs(document.words.missing);
  const std::string* text = reason_text(document, reason);
  if (text != nullptr) runs[0].footnote = *text;
  return runs;
}

TextStyle card_style(double size) {
  TextStyle style = head_style(size);
  style.leading = 29.3;
  style.font.color = kAccent;
  return style;
}

/// The largest size that leaves all numbers on one line.
double card_size(Press& press, const Cards& cards, double width) {
  const auto fits = [&](double size) {
    return std::all_of(cards.cards.begin(), cards.cards.end(), [&](const Cards::Card& card) {
      const Quantity& q = card.value;
      return !q.estimate.defined() || press.shape(card_style(size).font, press.format.with_unit(q)).width <= width;
    });
  };
  constexpr std::array<double, 3> kSizes = {24, 17, 13};
  const auto* found = std::find_if(kSizes.begin(), kSizes.end(), fits);
  return found == kSizes.end() ? kSizes.back() : *found;
}

Head card_value(Press& press, const Quantity& q, double size, double width) {
  if (!q.estimate.defined()) {
    const TextStyle style{{Family::sans, 13, false, false, kGrey}, 29.3, false, false, false};
    return {set_lines(press, missing_value(press.document, q.estimate.reason), style, width), style.leading};
  }
  const TextStyle style = card_style(size);
  return {set_lines(press, press.format.with_unit(q), style, width), style.leading};
}

constexpr double kCardGap = 14;

double card_width(double width, std::size_t columns) {
  return (width - kCardGap * double(columns - 1)) / double(columns);
}

/// Heights of the labels differ; the numbers of one row of cards stand on one line.
class CardRow {
 public:
  CardRow(Press& press, double width, double size) : press_(press), width_(width), size_(size) {}

  Slab set(const Cards::Card* first, std::size_t count) {
    std::size_t label_lines = 0;
    for (std::size_t i = 0; i < count; ++i) {
      elements_.push_back(press_.galley.structure.add(Role::paragraph, press_.element));
      const Tagged in(press_, elements_.back());
      labels_.push_back(set_lines(press_, first[i].label, small_style(), width_));
      label_lines = std::max(label_lines, labels_.back().size());
    }
    for (std::size_t i = 0; i < count; ++i) add(first[i], i, label_lines);
    return std::move(slab_);
  }

 private:
  void add(const Cards::Card& card, std::size_t i, std::size_t label_lines) {
    const Tagged in(press_, elements_[i]);
    const double x = (width_ + kCardGap) * double(i);
    slab_.inks.emplace_back(RuleInk{float(x), 0, float(x + width_), 0, float(kFirmRule), kAccent});
    const double leading = small_style().leading;
    put(slab_, std::move(labels_[i]), leading, x, 4);
    double y = 4 + leading * double(label_lines);
    add_space(press_, slab_, y);
    Head value = card_value(press_, card.value, size_, width_);
    for (const Line& line : value.lines) {
      slab_.footnotes.insert(slab_.footnotes.end(), line.footnotes.begin(), line.footnotes.end());
    }
    y = put(slab_, std::move(value.lines), value.leading, x, y);
    add_space(press_, slab_, y);
    y = put_interval(press_, slab_, card.value, x, width_, y);
    add_space(press_, slab_, y);
    y = put(slab_, set_lines(press_, card.note, small_style(), width_), leading, x, y);
    slab_.height = std::max(slab_.height, y);
  }

  Press& press_;
  double width_;
  double size_;  // Of the numbers' type.
  std::vector<ElementId> elements_;
  std::vector<std::vector<Line>> labels_;
  Slab slab_;
};

}  // namespace

Slab set_title_page(Press& press, const TitlePage& title, const Frame& frame) {
  Slab slab;
  slab.height = frame.height;
  const double width = frame.text;
  put(press, slab, title.organisation, sized(small_style(), 13), width, 0);
  double y = put_title(press, slab, title.title, width, frame.height * 0.30) + 8;
  if (!title.subtitle.empty()) y = put(press, slab, title.subtitle, sized(small_style(), 13), width, y) + 8;
  accent_line(slab, frame.full, y + 6);
  put_facts(press, slab, title, width, y + 26);
  put_foot(press, slab, title, width);
  return slab;
}

Slab set_masthead(Press& press, const Masthead& masthead, const Frame& frame) {
  const double width = frame.text;
  Slab slab;
  double y = put(press, slab, masthead.kicker, sized(small_style(kGrey), 11), width, 0);
  y = put_title(press, slab, masthead.title, width, y + 2) + 4;
  for (const std::string& fact : masthead.facts) y = put(press, slab, fact, sized(small_style(), 11), width, y);
  accent_line(slab, frame.full, y + 7);
  slab.height = y + 9;
  return slab;
}

Slabs set_cards(Press& press, const Cards& cards, double width) {
  constexpr std::size_t kInRow = 4;
  const std::size_t count = cards.cards.size();
  Slabs rows;
  if (count == 0) return rows;
  const std::size_t row_count = (count + kInRow - 1) / kInRow;
  const std::size_t columns = (count + row_count - 1) / row_count;
  const double room = card_width(width, columns);
  const double size = card_size(press, cards, room);
  for (std::size_t from = 0; from < count; from += columns) {
    rows.push_back(CardRow(press, room, size).set(&cards.cards[from], std::min(columns, count - from)));
    rows.back().before = kGrid;
  }
  return rows;
}

}  // namespace kaskad::reports::pdf
