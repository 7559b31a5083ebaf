#include "reports/pdf/column_widths.hpp"

#include <algorithm>
#include <numeric>

namespace kaskad::reports::pdf {
namespace {

constexpr double kNarrowTable = 0.5;    // Of the room: such a table is not stretched to it,
constexpr std::size_t kFewColumns = 3;  // when it has so few columns.
constexpr double kStretch = 1.2;        // Of its natural width, for such a table.
constexpr std::size_t kFewLines = 2;    // Of a row; names on more of them are read word by word,
constexpr double kManyLines = 0.5;      // which counts as so much of a line.
constexpr double kOwnLines = 0.2;       // Worth of a cell's line in a row that another cell keeps as high as before.

double total(const std::vector<double>& widths) { return std::accumulate(widths.begin(), widths.end(), 0.0); }

double minimum(const ColumnNeed& need, Squeeze squeeze) {
  if (squeeze == Squeeze::none) return need.word;
  if (squeeze == Squeeze::texts) return need.elastic ? need.legible : need.word;
  if (squeeze == Squeeze::names) return need.elastic ? need.part : need.word;
  return squeeze == Squeeze::heads ? need.part : need.least;
}

/// Spare room goes to all columns, twice as much to those of text.
void grow(std::vector<double>& widths, const std::vector<ColumnNeed>& needs, double spare) {
  double weights = 0;
  for (const ColumnNeed& need : needs) weights += need.elastic ? 2 : 1;
  for (std::size_t i = 0; i < widths.size(); ++i) widths[i] += spare * (needs[i].elastic ? 2 : 1) / weights;
}

/// Missing room is taken where words can wrap, in proportion to what each column can give.
void shrink(std::vector<double>& widths, const std::vector<double>& least, double missing) {
  const double givable = total(widths) - total(least);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (givable > 0) widths[i] -= std::min(1.0, missing / givable) * (widths[i] - least[i]);
  }
}

/// The same cells by column, with only those that can take more than one line.
class LineCounter {
 public:
  LineCounter(const ScaledLines& lines, std::size_t columns)
      : factor_(lines.factor), columns_(columns), rows_(lines.rows != nullptr ? lines.rows->size() : 0) {
    static const CellLines kPair = value_and_range();
    for (std::size_t r = 0; r < rows_; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        const CellLines& cell = (*lines.rows)[r][c];
        if (!cell.empty() && (lines.stacked || cell != kPair)) columns_[c].push_back({r, &cell});
      }
    }
  }

  struct Wrapped {
    std::size_t row = 0;
    const CellLines* lines = nullptr;
  };
  const std::vector<Wrapped>& column(std::size_t c) const { return columns_[c]; }

  /// Narrowest column in which the cell takes at most `lines`.
  double width_for(const Wrapped& cell, std::size_t lines) const {
    return double((*cell.lines)[std::min(lines, cell.lines->size()) - 1]) * factor_;
  }
  std::size_t lines(const Wrapped& cell, double width) const {
    const CellLines& all = *cell.lines;
    std::size_t k = 0;
    while (k + 1 < all.size() && double(all[k]) * factor_ > width) ++k;
    return k + 1;
  }
  /// Of each row, the highest of its cells but those of the column `without`.
  std::vector<std::size_t> heights(const std::vector<double>& widths, std::size_t without) const {
    std::vector<std::size_t> heights(rows_, 1);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (c == without) continue;
      for (const Wrapped& cell : columns_[c]) {
        heights[cell.row] = std::max(heights[cell.row], lines(cell, widths[c]));
      }
    }
    return heights;
  }

 private:
  double factor_;
  std::vector<std::vector<Wrapped>> columns_;
  std::size_t rows_;
};

constexpr std::size_t kNone = ~std::size_t{0};

/// Gives room to the columns where it saves most lines.
class Widener {
 public:
  Widener(const LineCounter& counter, std::vector<double> widths, double spare)
      : counter_(counter), widths_(std::move(widths)), least_(widths_), spare_(spare) {}

  std::vector<double> widened() {
    widen(kOwnLines);
    take_back();
    widen(0);
    widen(kOwnLines);
    return std::move(widths_);
  }

 private:
  struct Step {
    std::size_t column = 0;
    double width = 0;  // That the column has afterwards.
    double worth = 0;  // Lines saved per point.
  };

  /// Again and again the step that saves most lines for its width.
  void widen(double own_lines) {
    for (;;) {
      Step best;
      for (std::size_t c = 0; c < widths_.size(); ++c) {
        const Step step = best_step(c, own_lines);
        if (step.worth > best.worth) best = step;
      }
      if (best.worth <= 0) return;
      spare_ -= best.width - widths_[best.column];
      widths_[best.column] = best.width;
    }
  }

  /// A width at which a cell has fewer lines, with the lines that rows and cells save up to there.
  struct Saving {
    double width = 0;
    double lines = 0;
  };

  Step best_step(std::size_t c, double own_lines) {
    if (counter_.column(c).empty()) return {};
    savings_.clear();
    const std::vector<std::size_t> others = counter_.heights(widths_, c);
    for (const LineCounter::Wrapped& cell : counter_.column(c)) {
      for (std::size_t lines = counter_.lines(cell, widths_[c]); lines > 1; --lines) {
        const double width = counter_.width_for(cell, lines - 1);
        if (width > widths_[c] + spare_) break;
        savings_.push_back({width, own_lines + (lines > others[cell.row] ? 1.0 : 0.0)});
      }
    }
    std::sort(savings_.begin(), savings_.end(), [](const Saving& a, const Saving& b) { return a.width < b.width; });
    Step best{c, widths_[c], 0};
    double saved = 0;
    for (const Saving& saving : savings_) {
      saved += saving.lines;
      const double worth = saved / std::max(0.1, saving.width - widths_[c]);
      if (saving.width > widths_[c] && worth > best.worth) best = {c, saving.width, worth};
    }
    return best;
  }

  /// Columns give back what makes no row lower.
  void take_back() {
    for (std::size_t c = 0; c < widths_.size(); ++c) {
      const std::vector<std::size_t> heights = counter_.heights(widths_, kNone);
      double needed = least_[c];
      for (const LineCounter::Wrapped& cell : counter_.column(c)) {
        needed = std::max(needed, counter_.width_for(cell, heights[cell.row]));
      }
      if (needed >= widths_[c]) continue;
      spare_ += widths_[c] - needed;
      widths_[c] = needed;
    }
  }

  const LineCounter& counter_;
  std::vector<double> widths_;
  std::vector<double> least_;
  double spare_;
  std::vector<Saving> savings_;  // Of the column in hand.
};

/// The widths at which all would be content; wanted shares count as that.
std::vector<double> natural_widths(const std::vector<ColumnNeed>& needs, const std::vector<double>& least,
                                   double room) {
  std::vector<double> widths(needs.size());
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const double wanted = needs[i].share > 0 ? needs[i].share * room : needs[i].natural;
    widths[i] = std::max(wanted, least[i]);
  }
  return widths;
}

/// From what has been asked for, or, when there is no room for that, from less.
std::vector<double> wrapped_widths(const LineCounter& counter, std::vector<double> asked,
                                   const std::vector<double>& least, double room) {
  const double spare = room - total(asked);
  if (spare < 0) shrink(asked, least, -spare);
  return spare <= 0 ? asked : Widener(counter, std::move(asked), spare).widened();
}

/// Neighbours of one kind share their room evenly, where each of them has enough then.
void even_out(std::vector<double>& widths, const std::vector<ColumnNeed>& needs, const std::vector<double>& least) {
  for (std::size_t from = 0, to = 0; from < widths.size(); from = to) {
    to = from + 1;
    while (to < widths.size() && needs[to].like_left) ++to;
    const auto first = std::ptrdiff_t(from);
    const auto end = std::ptrdiff_t(to);
    const double each = std::accumulate(widths.begin() + first, widths.begin() + end, 0.0) / double(to - from);
    if (each < *std::max_element(least.begin() + first, least.begin() + end)) continue;
    std::fill(widths.begin() + first, widths.begin() + end, each);
  }
}

}  // namespace

double asked_width(const ColumnNeed& need, double room) {
  if (!need.elastic) return 0;
  return need.share > 0 ? std::min(need.share * room, need.natural) : need.legible;
}

std::optional<FittedColumns> fit_columns(const std::vector<ColumnNeed>& needs, const ScaledLines& lines,
                                         Squeeze squeeze, double gap, double room) {
  if (needs.empty()) return FittedColumns{};
  const double gaps = gap * double(needs.size() - 1);
  room -= gaps;
  std::vector<double> least;
  std::vector<double> asked;
  for (const ColumnNeed& need : needs) {
    least.push_back(minimum(need, squeeze));
    asked.push_back(std::max(least.back(), asked_width(need, room)));
  }
  if (total(least) > room) return std::nullopt;
  const LineCounter counter(lines, needs.size());
  std::vector<double> widths = natural_widths(needs, least, room);
  const double natural = total(widths);
  if (needs.size() <= kFewColumns && natural + gaps < kNarrowTable * (room + gaps)) {
    room = std::min(room, std::max(kStretch * (natural + gaps), lines.group_head) - gaps);
  }
  if (natural > room) widths = wrapped_widths(counter, std::move(asked), least, room);
  grow(widths, needs, std::max(0.0, room - total(widths)));
  even_out(widths, needs, least);
  const std::vector<std::size_t> heights = counter.heights(widths, kNone);
  const double all = std::accumulate(heights.begin(), heights.end(), 0.0, [](double sum, std::size_t height) {
    return sum + double(height) + (height > kFewLines ? kManyLines : 0);
  });
  const std::size_t highest = heights.size() > 1 ? *std::max_element(heights.begin() + 1, heights.end()) : 1;
  return FittedColumns{std::move(widths), all, highest};
}

}  // namespace kaskad::reports::pdf
