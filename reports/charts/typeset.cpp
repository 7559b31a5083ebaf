#include "reports/charts/typeset.hpp"

#include <algorithm>
#include <array>

namespace kaskad::reports {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr double kHair = 0.05;

/// Byte offsets at which code points begin, and the end.
std::vector<std::size_t> code_points(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  starts.push_back(text.size());
  return starts;
}

/// Bytes of the longest beginning that fits with `tail` behind it.
std::size_t fitting_bytes(std::string_view text, std::string_view tail, const Font& font, double width,
                          const MeasureText& measure) {
  const std::vector<std::size_t> starts = code_points(text);
  const auto too_wide = [&](std::size_t bytes) {
    return measure(std::string(text.substr(0, bytes)).append(tail), font) > width;
  };
  const auto end = std::partition_point(starts.begin(), starts.end(), [&](std::size_t b) { return !too_wide(b); });
  return end == starts.begin() ? 0 : *(end - 1);
}

bool break_after(std::string_view text, std::size_t end) {
  constexpr std::array<std::string_view, 4> kBreakers = {"-", "/", "–", "—"};
  const std::string_view before = text.substr(0, end);
  return std::any_of(kBreakers.begin(), kBreakers.end(), [&](std::string_view b) { return before.ends_with(b); });
}

template <std::size_t n>
bool begins_with_any(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

/// Words that no line may part: «№ 5», «г. Верхнереченск», «11 класс», «n, %», a dash and the word before it.
bool are_bound(std::string_view before, std::string_view after) {
  constexpr std::array<std::string_view, 4> kHoldNext = {"№", " г.", "No.", "rade"};
  constexpr std::array<std::string_view, 3> kHeld = {"%", "—", "–"};
  constexpr std::array<std::string_view, 3> kHeldByNumber = {"класс", "год", "г."};
  const bool holds =
      std::any_of(kHoldNext.begin(), kHoldNext.end(), [&](std::string_view word) { return before.ends_with(word); });
  const bool number = !before.empty() && before.back() >= '0' && before.back() <= '9';
  return holds || begins_with_any(after, kHeld) || (number && begins_with_any(after, kHeldByNumber));
}

bool is_break(std::string_view text, std::size_t i) {
  return text[i] == '\n' || (text[i] == ' ' && !are_bound(text.substr(0, i), text.substr(i + 1)));
}

struct Piece {
  std::string_view text;
  bool space_before = false;
};

/// What may not be broken: words, and parts of words that end in a hyphen.
std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t start = 0;
  bool space = false;
  const auto finish = [&](std::size_t end) {
    if (end > start) pieces.push_back({text.substr(start, end - start), space});
    if (end > start) space = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_break(text, i)) {
      finish(i);
      space = true;
      start = i + 1;
    } else if (i > start && break_after(text, i + 1) && i + 1 < text.size() && text[i + 1] != ' ') {
      finish(i + 1);
      start = i + 1;
    }
  }
  finish(text.size());
  return pieces;
}

/// Greedy line breaking.
class Lines {
 public:
  Lines(const Font& font, double width, const MeasureText& measure) : font_(font), width_(width), measure_(measure) {}

  void add(const Piece& piece) {
    std::string longer = line_ + (piece.space_before && !line_.empty() ? " " : "") + std::string(piece.text);
    if (fits(longer)) {
      line_ = std::move(longer);
      return;
    }
    end_line();
    line_ = cut(piece.text);
  }
  Wrapped finish() {
    end_line();
    return std::move(wrapped_);
  }

 private:
  bool fits(std::string_view text) const { return measure_(text, font_) <= width_; }
  void end_line() {
    if (!line_.empty()) wrapped_.lines.push_back(std::move(line_));
    line_.clear();
  }
  /// Puts full lines of a word wider than a line aside and returns the rest.
  std::string cut(std::string_view word) {
    while (!fits(word)) {
      const std::size_t bytes = std::max(fitting_bytes(word, "", font_, width_, measure_), code_points(word)[1]);
      wrapped_.whole = false;
      if (bytes == word.size()) break;
      wrapped_.lines.emplace_back(word.substr(0, bytes));
      word.remove_prefix(bytes);
    }
    return std::string(word);
  }

  const Font& font_;
  double width_;
  const MeasureText& measure_;
  std::string line_;
  Wrapped wrapped_;
};

}  // namespace

Box text_box(const TextShape& shape, const MeasureText& measure) {
  const double width = measure(shape.text, shape.font);
  constexpr std::array<double, 3> kBefore = {0, 0.5, 1};  // In the order of HAlign: left, center, right.
  const double left = shape.at.x - width * kBefore.at(static_cast<std::size_t>(shape.align));
  return {left, shape.at.y - kAscent * shape.font.size, left + width, shape.at.y + kDescent * shape.font.size};
}

bool overlap(const Box& a, const Box& b) {
  return std::min(a.right, b.right) - std::max(a.left, b.left) > kHair &&
         std::min(a.bottom, b.bottom) - std::max(a.top, b.top) > kHair;
}

Wrapped wrap(std::string_view text, const Font& font, double width, const MeasureText& measure,
             std::size_t most_lines) {
  Lines lines(font, width, measure);
  for (const Piece& piece : pieces_of(text)) lines.add(piece);
  Wrapped wrapped = lines.finish();
  if (wrapped.lines.size() <= most_lines || most_lines == 0) return wrapped;
  wrapped.lines.resize(most_lines);
  std::string& last = wrapped.lines.back();
  last.resize(fitting_bytes(last, kEllipsis, font, width, measure));
  last = std::string(last.substr(0, last.find_last_not_of(" ,;:") + 1)).append(kEllipsis);
  wrapped.whole = false;
  return wrapped;
}

Wrapped wrap_balanced(std::string_view text, const Font& font, double width, const MeasureText& measure) {
  Wrapped best = wrap(text, font, width, measure);
  if (best.lines.size() < 2) return best;
  constexpr double kNarrowest = 0.5, kStep = 0.05;
  for (double share = 1 - kStep; share >= kNarrowest; share -= kStep) {
    Wrapped narrower = wrap(text, font, width * share, measure);
    if (narrower.lines.size() > best.lines.size() || narrower.whole != best.whole) break;
    best = std::move(narrower);
  }
  return best;
}

std::string elided(std::string_view text, const Font& font, double width, const MeasureText& measure) {
  if (measure(text, font) <= width) return std::string(text);
  const std::size_t bytes = fitting_bytes(text, kEllipsis, font, width, measure);
  return bytes == 0 ? std::string() : std::string(text.substr(0, bytes)).append(kEllipsis);
}

}  // namespace kaskad::reports
