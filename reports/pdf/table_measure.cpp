#include "reports/pdf/table_measure.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kNarrowTable = 0.5;  // Of the text's width: such a table is not stretched to it.
constexpr double kBitTooWide = 1.03;  // Such a table is wrapped into the text's width; a wider one takes the margin.
constexpr double kLongestNatural = 0.55;  // A text column asks for no more than this share of the text's width.
constexpr double kFewLetters = 3.2;       // Narrowest text column, in sizes of the type.
constexpr double kReadableType = 8;
constexpr double kLegible = 9.5;  // Some eighteen letters, in sizes of the type.
constexpr double kSmallestType = 2;
constexpr double kGap = 1.4;          // Between columns, in sizes of the type.
constexpr double kTightGap = 1.0;     // Where the table had to be squeezed.
constexpr double kTightestGap = 0.7;  // Where there are too many columns.

double gap_of(double size, Squeeze squeeze) {
  if (size < kReadableType) return kTightestGap;
  return squeeze == Squeeze::none ? kGap : kTightGap;
}

struct Attempt {
  double size;
  Squeeze squeeze;
};
/// In which the text columns may get what they ask for.
constexpr std::array<Attempt, 3> kComfortable = {{{9, Squeeze::none}, {9, Squeeze::texts}, {8.5, Squeeze::texts}}};
constexpr std::array<Attempt, 6> kAttempts = {{{9, Squeeze::none},
                                               {9, Squeeze::texts},
                                               {8.5, Squeeze::texts},
                                               {kReadableType, Squeeze::texts},
                                               {kReadableType, Squeeze::heads},
                                               {kReadableType, Squeeze::anywhere}}};
constexpr double kNearlyAsked = 0.97;  // A text column with so much of what it asks for has enough.

double total(const std::vector<double>& widths) { return std::accumulate(widths.begin(), widths.end(), 0.0); }

constexpr double kMeasuredSize = 9;
constexpr double kRounding = 1.002;  // Letters of another size are wider by this much at most than by proportion.

struct Measured {
  std::vector<ColumnNeed> needs;
  std::vector<NumberWidths> numbers;
};

/// In another size of type.
Measured scaled(Measured measured, double size) {
  if (size == kMeasuredSize) return measured;
  const double factor = size / kMeasuredSize * kRounding;
  for (ColumnNeed& need : measured.needs) {
    for (double* width : {&need.word, &need.part, &need.least, &need.natural}) *width *= factor;
  }
  for (NumberWidths& widths : measured.numbers) {
    for (double* width : {&widths.before, &widths.after, &widths.range_before, &widths.range_after}) *width *= factor;
  }
  return measured;
}

void widen(NumberWidths& widths, const NumberCell& cell) {
  widths.before = std::max(widths.before, cell.before);
  widths.after = std::max(widths.after, cell.after);
  widths.range_before = std::max(widths.range_before, cell.range_before);
  widths.range_after = std::max(widths.range_after, cell.range_after);
}

void raise(ColumnNeed& need, double whole) {
  need.word = std::max(need.word, whole);
  need.part = std::max(need.part, whole);
  need.least = std::max(need.least, whole);
  need.natural = std::max(need.natural, whole);
}

void raise(ColumnNeed& need, const TextNeed& text, double natural) {
  need.word = std::max(need.word, text.longest_word);
  need.part = std::max(need.part, text.longest_part);
  need.natural = std::max({need.natural, natural, text.longest_word});
}

class Measurer {
 public:
  /// `divided`: parts of words are measured, too, which takes longer.
  Measurer(Press& press, const Table& table, const TableType& type, bool divided, const Frame& frame,
           ReasonMarks& marks)
      : press_(press), table_(table), type_(type), divided_(divided), frame_(frame), marks_(marks) {
    measured_.needs.resize(table.columns.size());
    measured_.numbers.resize(table.columns.size());
  }

  Measured measure() {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) add_head(c);
    for (const Row& row : table_.rows) {
      if (row.kind != Row::Kind::group) add_row(row);
    }
    add_group_heads();
    return std::move(measured_);
  }

 private:
  TextStyle style(bool bold) const {
    TextStyle text = type_.text(bold);
    text.hyphenated = divided_;
    text.whole_words = false;
    return text;
  }

  void add_head(std::size_t c) {
    const Column& column = table_.columns[c];
    ColumnNeed& need = measured_.needs[c];
    need.share = column.width;
    need.elastic = column.kind == ColumnKind::text;
    const TextNeed text = need_of(press_, plain_runs(column.head), style(true));
    raise(need, text, std::min(text.natural, text.natural / 3 * 1.3));
  }

  void add_row(const Row& row) {
    const std::size_t count = std::min(row.cells.size(), table_.columns.size());
    for (std::size_t c = 0; c < count; ++c) add_cell(c, row.cells[c], row.kind == Row::Kind::total);
  }

  void add_cell(std::size_t c, const Cell& cell, bool bold) {
    ColumnNeed& need = measured_.needs[c];
    if (const auto* number = std::get_if<Cell::Number>(&cell.is)) {
      add_number(c, number_cell(press_, *number, type_, bold, marks_));
    } else if (const auto* runs = std::get_if<Runs>(&cell.is)) {
      add_text(c, *runs, bold);
    } else {
      raise(need, std::holds_alternative<Cell::Spark>(cell.is) ? kSparkWidth : kBarWidth);
    }
  }

  void add_number(std::size_t c, const NumberCell& cell) {
    if (cell.missing) {
      raise(measured_.needs[c], cell.before + cell.after + (cell.mark != nullptr ? cell.mark->width : 0));
    } else {
      widen(measured_.numbers[c], cell);
    }
  }

  void add_text(std::size_t c, const Runs& runs, bool bold) {
    if (table_.columns[c].kind == ColumnKind::number && is_number_text(runs)) {
      widen(measured_.numbers[c], number_cell(press_, runs[0].text, type_, bold));
      return;
    }
    const TextNeed text = need_of(press_, runs, style(bold));
    raise(measured_.needs[c], text, std::min(text.natural, kLongestNatural * frame_.text));
  }

  /// A head over several columns must find room above them.
  void add_group_heads() {
    for (std::size_t from = 0; from < table_.columns.size();) {
      std::size_t to = from + 1;
      while (to < table_.columns.size() && table_.columns[to].group == table_.columns[from].group) ++to;
      if (!table_.columns[from].group.empty()) {
        const TextNeed text = need_of(press_, plain_runs(table_.columns[from].group), type_.text(true));
        const double each = (text.longest_word - type_.gap() * double(to - from - 1)) / double(to - from);
        for (std::size_t c = from; c < to; ++c) raise(measured_.needs[c], each);
      }
      from = to;
    }
  }

  Press& press_;
  const Table& table_;
  const TableType& type_;
  bool divided_;
  const Frame& frame_;
  ReasonMarks& marks_;
  Measured measured_;
};

/// The needs of the texts and those of the numbers in this type.
std::vector<ColumnNeed> needs_of(const Measured& measured, const TableType& type) {
  std::vector<ColumnNeed> needs = measured.needs;
  for (std::size_t c = 0; c < needs.size(); ++c) {
    ColumnNeed& need = needs[c];
    raise(need, measured.numbers[c].total(type));
    need.least = std::max(need.least, kFewLetters * type.size);
    need.legible = std::max(need.part, std::min(need.word, kLegible * type.size));
  }
  return needs;
}

double minimum(const ColumnNeed& need, Squeeze squeeze) {
  if (squeeze == Squeeze::none) return need.word;
  if (squeeze == Squeeze::texts) return need.elastic ? need.legible : need.word;
  return squeeze == Squeeze::heads ? need.part : need.least;
}

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

TableGeometry geometry(const TableType& type, std::vector<double> widths, std::vector<NumberWidths> numbers) {
  TableGeometry g;
  g.type = type;
  double x = 0;
  for (const double width : widths) {
    g.x.push_back(x);
    x += width + type.gap();
  }
  g.width = widths.empty() ? 0 : x - type.gap();
  g.widths = std::move(widths);
  g.numbers = std::move(numbers);
  return g;
}

}  // namespace

double asked_width(const ColumnNeed& need, double gaps, const Frame& frame) {
  if (!need.elastic) return 0;
  return need.share > 0 ? std::min(need.share * (frame.text - gaps), need.natural) : need.legible;
}

std::optional<std::vector<double>> fit_columns(const std::vector<ColumnNeed>& needs, Squeeze squeeze, double gap,
                                               const Frame& frame) {
  if (needs.empty()) return std::vector<double>{};
  const double gaps = gap * double(needs.size() - 1);
  std::vector<double> least;
  std::vector<double> asked;
  for (const ColumnNeed& need : needs) {
    least.push_back(minimum(need, squeeze));
    asked.push_back(std::max(least.back(), asked_width(need, gaps, frame)));
  }
  if (total(least) + gaps > frame.full) return std::nullopt;
  std::vector<double> widths = natural_widths(needs, least, frame.text - gaps);
  const double natural = total(widths) + gaps;
  const bool wide = natural > kBitTooWide * frame.text || total(least) + gaps > frame.text;
  double room = wide ? frame.full : frame.text;
  if (natural < kNarrowTable * frame.text) room = 1.2 * natural;
  if (natural <= room) {
    grow(widths, needs, room - natural);
    return widths;
  }
  // What has been asked for is touched last.
  shrink(widths, asked, natural - room);
  if (total(widths) + gaps > room) shrink(widths, least, total(widths) + gaps - room);
  return widths;
}

namespace {

class Fitter {
 public:
  Fitter(Press& press, const Table& table, const Frame& frame, ReasonMarks& marks)
      : press_(press), table_(table), frame_(frame), marks_(marks) {}

  TableGeometry fitted() {
    for (const bool stacked : {false, true}) {
      for (const Attempt& a : kComfortable) {
        if (a.size < kComfortable[0].size && can_stack() && !stacked) continue;
        if (auto fitting = attempt(a.size, a.squeeze, stacked); fitting && is_content(*fitting)) {
          return std::move(*fitting);
        }
      }
      if (!can_stack()) break;
    }
    for (const Attempt& a : kAttempts) {
      if (auto fitting = attempt(a.size, a.squeeze, can_stack())) return std::move(*fitting);
    }
    return squeezed();
  }

 private:
  std::optional<TableGeometry> attempt(double size, Squeeze squeeze, bool stacked) {
    const TableType type{size, gap_of(size, squeeze), stacked};
    fitted_ = scaled(measured(squeeze != Squeeze::none), size);
    needs_ = needs_of(fitted_, type);
    auto widths = fit_columns(needs_, squeeze, type.gap(), frame_);
    if (!widths) return std::nullopt;
    return geometry(type, std::move(*widths), fitted_.numbers);
  }

  /// Measuring takes longer than all else, so it is done once, or twice when words must be divided.
  const Measured& measured(bool divided) {
    std::optional<Measured>& known = divided ? divided_ : whole_;
    if (!known) known = Measurer(press_, table_, TableType{kMeasuredSize}, divided, frame_, marks_).measure();
    return *known;
  }

  /// Some column has values with intervals.
  bool can_stack() const {
    return std::any_of(fitted_.numbers.begin(), fitted_.numbers.end(),
                       [](const NumberWidths& widths) { return widths.has_both(); });
  }

  bool is_content(const TableGeometry& g) const {
    const double gaps = g.type.gap() * double(needs_.size() - 1);
    for (std::size_t c = 0; c < needs_.size(); ++c) {
      if (g.widths[c] < kNearlyAsked * asked_width(needs_[c], gaps, frame_)) return false;
    }
    return true;
  }

  TableGeometry squeezed() {
    double size = kReadableType * 0.97;
    for (; size > kSmallestType; size *= 0.97) {
      if (auto fitting = attempt(size, Squeeze::anywhere, can_stack())) return std::move(*fitting);
    }
    const TableType type{size, kTightestGap};
    const double columns = double(table_.columns.size());
    return geometry(type, std::vector<double>(table_.columns.size(), frame_.full / columns - type.gap()),
                    fitted_.numbers);
  }

  Press& press_;
  const Table& table_;
  const Frame& frame_;
  ReasonMarks& marks_;
  std::optional<Measured> whole_, divided_;  // At kMeasuredSize.
  Measured fitted_;                          // At the size of the last attempt.
  std::vector<ColumnNeed> needs_;
};

}  // namespace

TableGeometry measure_table(Press& press, const Table& table, const Frame& frame, ReasonMarks& marks) {
  return Fitter(press, table, frame, marks).fitted();
}

}  // namespace kaskad::reports::pdf
