#include "reports/pdf/paragraph.hpp"

#include <algorithm>

#include "reports/pdf/words.hpp"

namespace kaskad::reports::pdf {
namespace {

/// Sets the boxes [from, to) of a paragraph as one line; each space is `grow` times its natural width.
class LineSetter {
 public:
  LineSetter(Press& press, const std::vector<Word>& words, const Parts& parts, const TextStyle& style)
      : press_(press), words_(words), parts_(parts), y_(baseline(style.leading, style.font.size)) {}

  /// The line begins at `indent`.
  Line set(std::size_t from, std::size_t to, double grow, double indent) {
    line_ = {};
    find_places(from, to, grow, indent);
    for (const Piece& piece : pieces_) {
      x_ = piece.x;
      set_piece(piece, to);
    }
    return std::move(line_);
  }

 private:
  /// All parts of one word that stand on this line are one text.
  struct Piece {
    std::size_t from = 0, end = 0;
    double x = 0, width = 0, space = 0;
    bool backward = false;
  };

  void find_places(std::size_t from, std::size_t to, double grow, double indent) {
    pieces_.clear();
    double x = indent;
    for (std::size_t i = from; i < to; i = pieces_.back().end) {
      Piece piece{i, i + 1, x, 0, 0, false};
      while (piece.end < to && parts_.parts[piece.end].word == parts_.parts[i].word) ++piece.end;
      for (std::size_t b = i; b < piece.end; ++b) piece.width += parts_.boxes[b].width;
      if (piece.end == to && to < parts_.boxes.size()) piece.width += parts_.boxes[to - 1].hyphen;
      piece.space = parts_.boxes[piece.end - 1].space * grow;
      x += piece.width + piece.space;
      pieces_.push_back(piece);
    }
    if (!pieces_.empty()) line_.width = x - pieces_.back().space;
    turn_backward_runs();
  }

  /// Words of right-to-left scripts that follow each other stand from right to left; figures and marks between them go
  /// along (Unicode Standard Annex 9, rules L2, N1 and W2).
  void turn_backward_runs() {
    const auto direction = [&](std::size_t i) { return direction_of(words_[parts_.parts[pieces_[i].from].word]); };
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (direction(i) != Direction::right_to_left) continue;
      std::size_t last = i;
      for (std::size_t j = i; j < pieces_.size() && direction(j) != Direction::left_to_right; ++j) {
        if (direction(j) == Direction::right_to_left) last = j;
      }
      double x = pieces_[last].x + pieces_[last].width;
      for (std::size_t j = i; j <= last; ++j) {
        pieces_[j].backward = true;
        pieces_[j].x = x -= pieces_[j].width;
        x -= pieces_[j].space;
      }
      i = last;
    }
  }

  void set_piece(const Piece& piece, std::size_t to) {
    const std::size_t from = piece.from;
    const std::size_t end = piece.end;
    const Word& word = words_[parts_.parts[from].word];
    if (word.link >= 0) enter_link(parts_.parts[from].word);
    element_ = word.link >= 0 ? link_element_ : press_.element;
    if (word.footnote >= 0) {
      set_footnote(word);
    } else {
      set_text(word, parts_.parts[from].begin, parts_.parts[end - 1].end,
               end == to && parts_.boxes[end - 1].hyphen > 0);
    }
    if (piece.backward) x_ = piece.x - piece.space;
    set_space(word, piece.space, end < to);
    if (word.link >= 0) add_link(word, piece, end < to ? piece.space : 0);
  }

  /// Neighbouring words that lead to the same place are one link.
  void enter_link(std::size_t word) {
    const bool goes_on =
        link_element_ != kArtifact && word <= link_word_ + 1 && words_[word].link == words_[link_word_].link;
    if (!goes_on) link_element_ = press_.galley.structure.add(Role::link, press_.element);
    link_word_ = word;
  }

  void set_text(const Word& word, std::size_t begin, std::size_t end, bool hyphen) {
    const bool whole = begin == 0 && end == word.text.size() && !hyphen;
    const Shaped* shaped =
        whole ? word.shaped
              : &press_.shaper.shape(word.face, word.text.substr(begin, end - begin) + (hyphen ? "-" : ""));
    line_.inks.emplace_back(TextInk{shaped, float(x_), float(y_ - word.rise), word.color, element_});
    x_ += shaped->width;
  }

  void set_footnote(const Word& word) {
    const ElementId reference = press_.galley.structure.add(Role::reference, element_);
    line_.inks.emplace_back(FootnoteInk{word.footnote, float(x_), float(y_ - word.rise), word.face, reference});
    line_.footnotes.push_back(word.footnote);
    x_ += word.shaped->width;
  }

  /// The space is written too, so that the text can be copied and read aloud, even where the line ends with it.
  void set_space(const Word& word, double width, bool within) {
    if (width > 0 && word.footnote < 0) {
      const Shaped& space = press_.shaper.shape(word.face, " ");
      line_.inks.emplace_back(TextInk{&space, float(x_), float(y_), word.color, element_});
    }
    if (within) x_ += width;
  }

  void add_link(const Word& word, const Piece& piece, double space) {
    const double x = piece.backward ? piece.x - space : piece.x;
    line_.inks.emplace_back(LinkInk{float(x), float(y_ - word.size * 0.8), float(piece.width + space),
                                    float(word.size * 1.1), word.link, link_element_});
  }

  Press& press_;
  const std::vector<Word>& words_;
  const Parts& parts_;
  double y_;
  double x_ = 0;
  std::vector<Piece> pieces_;
  ElementId element_ = kArtifact;
  ElementId link_element_ = kArtifact;  // Of the last link.
  std::size_t link_word_ = 0;           // Its last word so far.
  Line line_;
};

constexpr double kWidestSpace = 2.6;  // Times a natural one, in a justified line.

/// Factor of the spaces that fills the line; the last line and hopelessly empty ones keep their natural spaces.
double growth(const Parts& parts, std::size_t from, std::size_t to, double width) {
  double natural = 0;
  double space = 0;
  for (std::size_t i = from; i < to; ++i) {
    natural += parts.boxes[i].width;
    if (i + 1 < to) space += parts.boxes[i].space;
  }
  if (to < parts.boxes.size()) natural += parts.boxes[to - 1].hyphen;
  const double slack = width - natural - space;
  if (space <= 0) return 1;
  if (to == parts.boxes.size() && slack > 0) return 1;
  const double factor = 1 + slack / space;
  return factor > kWidestSpace ? 1 : factor;
}

/// The end of what is shown of the line [from, to): a line that others follow does not end with a dot between facts.
std::size_t shown_end(const std::vector<Word>& words, const Parts& parts, std::size_t from, std::size_t to) {
  const bool dot = to < parts.parts.size() && to > from + 1 && words[parts.parts[to - 1].word].text == "·";
  return dot ? to - 1 : to;
}

constexpr double kFineWidth = 0.05;  // Points.

std::size_t lines_in(const std::vector<TextNeed::Piece>& words, double width) {
  std::size_t lines = 1;
  double x = 0;
  for (const TextNeed::Piece& word : words) {
    if (x > 0 && x + word.width > width) {
      ++lines;
      x = 0;
    }
    x += word.width + word.space;
  }
  return lines;
}

}  // namespace

std::vector<Line> set_lines(Press& press, const Runs& runs, const TextStyle& style, double width) {
  const std::vector<Word> words = words_of(press, runs, style);
  const bool one_line = style.indent + natural_width(words) <= width;
  const Parts parts = one_line ? whole_parts(words) : parts_of(press, words, style, width);
  const bool justified = style.justified && press.hyphenates();
  LineSetter setter(press, words, parts, style);
  std::vector<Line> lines;
  if (one_line && !words.empty()) lines.push_back(setter.set(0, words.size(), 1, style.indent));
  if (one_line) return lines;
  std::vector<Box> boxes = parts.boxes;
  if (!boxes.empty()) boxes.front().width += style.indent;
  std::size_t from = 0;
  for (const std::size_t to : break_lines(boxes, width, justified)) {
    const double indent = from == 0 ? style.indent : 0;
    const std::size_t end = style.of_facts ? shown_end(words, parts, from, to) : to;
    lines.push_back(setter.set(from, end, justified ? growth(parts, from, end, width - indent) : 1, indent));
    from = to;
  }
  return lines;
}

std::vector<Line> set_lines(Press& press, const std::string& text, const TextStyle& style, double width) {
  return set_lines(press, plain_runs(text), style, width);
}

TextNeed need_of(Press& press, const Runs& runs, const TextStyle& style, bool with_words) {
  const std::vector<Word> words = words_of(press, runs, style);
  const Parts parts = parts_of(press, words, style, 1e9);
  TextNeed need;
  double word = 0;
  double part = 0;
  for (const Box& box : parts.boxes) {
    word += box.width;
    part += box.width;
    need.natural += box.width;
    need.longest_part = std::max(need.longest_part, part + box.hyphen);
    need.longest_word = std::max(need.longest_word, word);
    const bool word_ends = box.may_break && box.penalty == 0;
    if (with_words && (word_ends || &box == &parts.boxes.back())) need.words.push_back({word, box.space});
    word = word_ends ? 0 : word + box.space;
    part = box.may_break ? 0 : part + box.space;
    need.natural += box.space;
  }
  return need;
}

double width_for(const std::vector<TextNeed::Piece>& words, std::size_t lines) {
  double low = 0;  // No word is wider than this.
  double high = 0;
  for (const TextNeed::Piece& word : words) {
    low = std::max(low, word.width);
    high += word.width + word.space;
  }
  while (high - low > kFineWidth) {
    const double middle = (low + high) / 2;
    (lines_in(words, middle) <= lines ? high : low) = middle;
  }
  return lines_in(words, low) <= lines ? low : high;
}

Slabs slabs_of(std::vector<Line> lines, double leading, double before) {
  Slabs slabs;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Slab slab;
    slab.before = i == 0 ? before : 0;
    slab.height = leading;
    slab.keep_next = i + 1 < lines.size() && (i == 0 || i + 2 == lines.size());
    slab.inks = std::move(lines[i].inks);
    slab.footnotes = std::move(lines[i].footnotes);
    slabs.push_back(std::move(slab));
  }
  return slabs;
}

Slab stacked(std::vector<Line> lines, double leading, double x, double y) {
  Slab slab;
  slab.height = y + leading * double(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    append(slab.inks, std::move(lines[i].inks), x, y + leading * double(i));
    slab.footnotes.insert(slab.footnotes.end(), lines[i].footnotes.begin(), lines[i].footnotes.end());
  }
  return slab;
}

}  // namespace kaskad::reports::pdf
