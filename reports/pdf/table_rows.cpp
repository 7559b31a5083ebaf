#include "reports/pdf/table_rows.hpp"

#include <algorithm>

#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kHeadLift = 2.5;  // White between the words of the head and its rule.

RuleInk rule(double from, double to, double y, double width, Color color = kBlack) {
  return {float(from), float(y), float(to), float(y), float(width), color};
}

/// Height of a row of so many lines, and where its first line starts, so that one line stands in the middle of 5 mm.
double row_height(const TableType& type, std::size_t lines) {
  const double padding = std::max(2.2, type.row_minimum() - type.leading());
  return std::max(type.row_minimum(), type.leading() * double(lines) + padding);
}
double first_line(const TableType& type) { return std::max(2.2, type.row_minimum() - type.leading()) / 2; }

void add_text(Inks& inks, const Shaped* shaped, double x, double y, Color color) {
  inks.emplace_back(TextInk{shaped, float(x), float(y), color});
}

/// Texts that stand beside each other are not read as one word.
void add_space(Press& press, Inks& inks, const TableType& type, double x, double y) {
  add_text(inks, &press.shape(type.text().font, " ", true), x, y, kBlack);
}

/// Lines at the left of a column, or at its right edge.
std::size_t add_lines(Slab& slab, std::vector<Line> lines, const TableType& type, double x, double width, double y,
                      bool right) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double indent = right ? std::max(0.0, width - lines[i].width) : 0;
    append(slab.inks, std::move(lines[i].inks), x + indent, y + type.leading() * double(i));
    slab.footnotes.insert(slab.footnotes.end(), lines[i].footnotes.begin(), lines[i].footnotes.end());
  }
  return lines.size();
}

void add_missing(Press& press, Slab& slab, const NumberCell& cell, const TableType& type, double right, double y) {
  const double mark_width = cell.mark != nullptr ? cell.mark->width : 0;
  const double x = right - mark_width - cell.value->width;
  add_text(slab.inks, cell.value, x, y, kGrey);
  if (cell.mark == nullptr) return;
  add_space(press, slab.inks, type, right - mark_width, y);
  add_text(slab.inks, cell.mark, right - mark_width, y - type.size * 0.34, kGrey);
}

/// Left end of a number column's values and intervals, and how far the intervals stand below.
struct NumberPlaces {
  double value = 0, range = 0, lower = 0;
};
NumberPlaces places_of(const NumberWidths& widths, const TableType& type, bool left_side, double left, double right) {
  if (!type.stacked) {
    const double from = left_side ? left : right - widths.total(type);
    return {from, from + widths.value() + (widths.has_both() ? type.range_gap() : 0), 0};
  }
  const double lower = widths.has_both() ? type.leading() : 0;
  if (left_side) return {left, left, lower};
  return {right - widths.value(), right - widths.range(), lower};
}

/// Returns the number of lines.
std::size_t add_number(Press& press, Slab& slab, const NumberCell& cell, const NumberWidths& widths,
                       const TableType& type, bool left_side, double left, double right, double y) {
  if (cell.missing) {
    add_missing(press, slab, cell, type, left_side ? left + cell.value->width + 8 : right, y);
    return 1;
  }
  const NumberPlaces places = places_of(widths, type, left_side, left, right);
  const double value_x = places.value + widths.before - cell.before;
  if (cell.value != nullptr) add_text(slab.inks, cell.value, value_x, y, kBlack);
  if (cell.range == nullptr) return 1;
  if (cell.value != nullptr) add_space(press, slab.inks, type, value_x + cell.value->width, y);
  const double lower = cell.value != nullptr ? places.lower : 0;
  add_text(slab.inks, cell.range, places.range + widths.range_before - cell.range_before, y + lower,
           cell.value != nullptr ? kGrey : kBlack);
  return lower > 0 ? 2 : 1;
}

/// The open cell stands over all columns.
void span_all(Press& press, std::size_t columns, Scope scope) {
  Element& cell = press.galley.structure[press.element];
  cell.columns = std::uint16_t(columns);
  cell.scope = scope;
}

class RowSetter {
 public:
  RowSetter(Press& press, const Table& table, const TableGeometry& geometry, ReasonMarks& marks)
      : press_(press), table_(table), g_(geometry), marks_(marks), y_(first_line(geometry.type)) {}

  Slab set(const Row& row) {
    const Tagged in(press_, Role::row);
    const bool bold = row.kind == Row::Kind::total;
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      const Tagged in_cell(press_, cell_element(row, c));
      if (c < row.cells.size()) set_cell(c, row.cells[c], bold);
    }
    slab_.height = row_height(g_.type, lines_);
    if (bold) slab_.inks.emplace_back(rule(0, g_.width, 0, kThinRule));
    return std::move(slab_);
  }

  Slab set_group(const Row& row) {
    static const Runs nothing;
    const Tagged in(press_, Role::row);
    const Tagged in_cell(press_, Role::head_cell);
    span_all(press_, table_.columns.size(), Scope::row);
    const Runs* runs = row.cells.empty() ? &nothing : std::get_if<Runs>(&row.cells[0].is);
    auto lines = set_lines(press_, runs != nullptr ? *runs : nothing, g_.type.text(true), g_.width - kGroupIndents);
    slab_.height = row_height(g_.type, std::max<std::size_t>(1, lines.size()));
    slab_.inks.emplace_back(FillInk{0, 0, float(g_.width), float(slab_.height), kShade});
    add_lines(slab_, std::move(lines), g_.type, kGroupIndents / 2, g_.width - kGroupIndents, y_, false);
    slab_.keep_next = true;
    return std::move(slab_);
  }

 private:
  /// The text in the first column is the head of its row.
  ElementId cell_element(const Row& row, std::size_t c) {
    const bool heads = c == 0 && table_.columns[0].kind == ColumnKind::text && !row.cells.empty();
    Structure& structure = press_.galley.structure;
    const ElementId id = structure.add(heads ? Role::head_cell : Role::cell, press_.element);
    if (heads) structure[id].scope = Scope::row;
    return id;
  }

  double baseline_y() const { return y_ + baseline(g_.type.leading(), g_.type.size); }

  void set_cell(std::size_t c, const Cell& cell, bool bold) {
    if (const auto* number = std::get_if<Cell::Number>(&cell.is)) {
      place(c, number_cell(press_, *number, g_.type, bold, marks_));
    } else if (const auto* runs = std::get_if<Runs>(&cell.is)) {
      set_text(c, *runs, bold);
    } else {
      set_picture(c, cell);
    }
  }

  void place(std::size_t c, const NumberCell& cell) {
    const bool left_side = table_.columns[c].kind == ColumnKind::text;
    const std::size_t from = slab_.inks.size();
    const std::size_t lines = add_number(press_, slab_, cell, g_.numbers[c], g_.type, left_side, g_.x[c],
                                         g_.x[c] + g_.widths[c], baseline_y());
    lines_ = std::max(lines_, lines);
    for (std::size_t i = from; i < slab_.inks.size(); ++i) std::get<TextInk>(slab_.inks[i]).element = press_.element;
  }

  void set_text(std::size_t c, const Runs& runs, bool bold) {
    const bool right = table_.columns[c].kind == ColumnKind::number;
    if (right && is_number_text(runs)) {
      place(c, number_cell(press_, runs[0].text, g_.type, bold));
      return;
    }
    auto lines = set_lines(press_, runs, g_.type.text(bold), g_.widths[c]);
    lines_ = std::max(lines_, add_lines(slab_, std::move(lines), g_.type, g_.x[c], g_.widths[c], y_, right));
  }

  void set_picture(std::size_t c, const Cell& cell) {
    const double height = g_.type.leading() - 1;
    auto picture = std::make_shared<const Picture>(cell_picture(cell, g_.widths[c], height));
    const Tagged in(press_, Role::figure);
    press_.galley.structure.set_alternative(press_.element, picture_text(press_, cell));
    slab_.inks.emplace_back(PictureInk{std::move(picture), float(g_.x[c]), float(y_ + 0.5), 1, press_.element});
  }

  Press& press_;
  const Table& table_;
  const TableGeometry& g_;
  ReasonMarks& marks_;
  double y_;
  std::size_t lines_ = 1;
  Slab slab_;
};

/// Neighbouring columns under one group head; the group may be empty.
struct Span {
  std::size_t from = 0, to = 0;
};
std::vector<Span> spans_of(const Table& table) {
  std::vector<Span> spans;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool joins = c > 0 && !table.columns[c].group.empty() && table.columns[c].group == table.columns[c - 1].group;
    if (joins) {
      spans.back().to = c + 1;
    } else {
      spans.push_back({c, c + 1});
    }
  }
  return spans;
}

class HeadSetter {
 public:
  HeadSetter(Press& press, const Table& table, const TableGeometry& geometry)
      : press_(press), table_(table), g_(geometry), style_(geometry.type.text(true)) {
    style_.leading = geometry.type.size * 11 / 9;
  }

  Slab set() {
    add_elements();
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      const Tagged in(press_, head_elements_[c]);
      heads_.push_back(head_lines(table_.columns[c].head, g_.widths[c]));
      head_lines_ = std::max(head_lines_, heads_.back().size());
    }
    set_groups();
    for (std::size_t c = 0; c < heads_.size(); ++c) place_head(c);
    slab_.height = bottom();
    slab_.inks.emplace_back(rule(0, g_.width, 0, kFirmRule));
    slab_.inks.emplace_back(rule(0, g_.width, slab_.height, kThinRule));
    slab_.keep_next = true;
    return std::move(slab_);
  }

 private:
  /// One row of heads, or two when there are groups; a head without a group stands in both.
  void add_elements() {
    Structure& structure = press_.galley.structure;
    const bool grouped = std::any_of(table_.columns.begin(), table_.columns.end(),
                                     [](const Column& column) { return !column.group.empty(); });
    const ElementId upper = structure.add(Role::row, press_.element);
    const ElementId lower = grouped ? structure.add(Role::row, press_.element) : upper;
    group_elements_.assign(table_.columns.size(), kArtifact);
    for (const Span& span : spans_of(table_)) {
      const bool has_group = !table_.columns[span.from].group.empty();
      if (has_group) group_elements_[span.from] = add_head(upper, span.to - span.from, 1);
      for (std::size_t c = span.from; c < span.to; ++c) {
        head_elements_.push_back(add_head(has_group ? lower : upper, 1, grouped && !has_group ? 2 : 1));
      }
    }
  }

  ElementId add_head(ElementId row, std::size_t columns, std::size_t rows) {
    Structure& structure = press_.galley.structure;
    const ElementId id = structure.add(Role::head_cell, row);
    structure[id].scope = Scope::column;
    structure[id].columns = std::uint16_t(columns);
    structure[id].rows = std::uint16_t(rows);
    return id;
  }

  double groups_height() const { return group_lines_ == 0 ? 0 : style_.leading * double(group_lines_) + 4; }
  double bottom() const {
    return std::max(kGrid, kHeadLift * 2 + groups_height() + style_.leading * double(head_lines_));
  }

  std::vector<Line> head_lines(const std::string& text, double width) { return set_lines(press_, text, style_, width); }

  void set_groups() {
    std::vector<std::pair<Span, std::vector<Line>>> groups;
    for (const Span& span : spans_of(table_)) {
      if (table_.columns[span.from].group.empty()) continue;
      const Tagged in(press_, group_elements_[span.from]);
      const double width = right(span) - g_.x[span.from];
      groups.emplace_back(span, head_lines(table_.columns[span.from].group, width));
      group_lines_ = std::max(group_lines_, groups.back().second.size());
    }
    for (auto& [span, lines] : groups) place_group(span, std::move(lines));
  }

  double right(const Span& span) const { return g_.x[span.to - 1] + g_.widths[span.to - 1]; }

  void place_group(const Span& span, std::vector<Line> lines) {
    const double lift = style_.leading * double(group_lines_ - lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const double x = (g_.x[span.from] + right(span) - lines[i].width) / 2;
      append(slab_.inks, std::move(lines[i].inks), x, kHeadLift + lift + style_.leading * double(i));
    }
    const double y = kHeadLift + groups_height() - 1.5;
    slab_.inks.emplace_back(rule(g_.x[span.from], right(span), y, kThinRule));
  }

  void place_head(std::size_t c) {
    const bool to_right = table_.columns[c].kind == ColumnKind::number;
    const double y = bottom() - kHeadLift - style_.leading * double(heads_[c].size());
    for (std::size_t i = 0; i < heads_[c].size(); ++i) {
      const double indent = to_right ? std::max(0.0, g_.widths[c] - heads_[c][i].width) : 0;
      append(slab_.inks, std::move(heads_[c][i].inks), g_.x[c] + indent, y + style_.leading * double(i));
    }
  }

  Press& press_;
  const Table& table_;
  const TableGeometry& g_;
  TextStyle style_;
  std::vector<ElementId> head_elements_;   // Of columns.
  std::vector<ElementId> group_elements_;  // By the first column of a group.
  std::vector<std::vector<Line>> heads_;
  std::size_t head_lines_ = 0;
  std::size_t group_lines_ = 0;
  Slab slab_;
};

}  // namespace

Slab head_slab(Press& press, const Table& table, const TableGeometry& geometry) {
  return HeadSetter(press, table, geometry).set();
}

Slab row_slab(Press& press, const Table& table, const Row& row, const TableGeometry& geometry, ReasonMarks& marks) {
  RowSetter setter(press, table, geometry, marks);
  return row.kind == Row::Kind::group ? setter.set_group(row) : setter.set(row);
}

Slab no_rows_slab(Press& press, const TableGeometry& geometry) {
  const Tagged in(press, Role::row);
  const Tagged in_cell(press, Role::cell);
  span_all(press, geometry.widths.size(), Scope::none);
  const auto style = geometry.type.text(false, kGrey);
  auto lines = set_lines(press, press.document.words.no_rows, style, std::max(geometry.width, 60.0));
  Slab slab = stacked(std::move(lines), geometry.type.leading(), 0, first_line(geometry.type));
  slab.height = std::max(geometry.type.row_minimum(), slab.height + first_line(geometry.type));
  return slab;
}

void add_bottom_rule(Slab& row, const TableGeometry& geometry) {
  row.inks.emplace_back(rule(0, geometry.width, row.height, kFirmRule));
}

}  // namespace kaskad::reports::pdf
