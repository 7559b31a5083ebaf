#include "reports/pdf/table.hpp"

#include <algorithm>
#include <numeric>

#include "reports/document/typography.hpp"
#include "reports/pdf/paragraph.hpp"
#include "reports/pdf/table_rows.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kWhite = kGrid;     // Above a table and below it.
constexpr double kCaptionWhite = 3;  // Between caption and head.
constexpr double kNoteWhite = 3;
constexpr std::size_t kSmallTable = 10;  // Rows,
constexpr double kSmallHeight = 200;     // and no higher than this; rows of many lines may be divided.
constexpr double kLowRow = 28.5;         // Points, on average: rows of no more than two lines.
constexpr double kLastRows = 150;        // The last two rows of a table of higher rows, and the first ones.
constexpr std::size_t kFirstRows = 3;    // Under the head of the table.
constexpr std::size_t kSmallGroup = 3;   // Rows under its head.
constexpr double kGroupRows = 100;       // A group's head with two rows, or its last two rows, that are moved.

void add(Slabs& slabs, Slabs more) {
  slabs.insert(slabs.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Caption lines and the next slab stay together.
Slabs caption_slabs(Press& press, const Table& table, int number, double width) {
  if (number == 0) return {};
  const Tagged in(press, Role::caption);
  const std::string text =
      filled(press.document.words.table, {{"n", std::to_string(number)}, {"caption", table.caption}});
  Slabs slabs = slabs_of(set_lines(press, text, small_bold_style(), width), small_style().leading, kWhite);
  for (Slab& slab : slabs) slab.keep_next = true;
  return slabs;
}

/// Puts a copy that is no part of the structure under what is in `slab`.
void add_again(Slab& slab, const Slab& head) {
  Inks again = head.inks;
  make_artifacts(again);
  append(slab.inks, std::move(again), 0, slab.height);
  slab.height += head.height;
}

/// «Продолжение таблицы 3» over the head.
std::shared_ptr<const Slab> continuation(Press& press, const Slab& head, int number, double width) {
  Slab slab;
  if (number > 0) {
    const Tagged in(press, kArtifact);
    const std::string text = filled(press.document.words.table_continued, {{"n", std::to_string(number)}});
    slab = stacked(set_lines(press, text, small_style(), width), small_style().leading);
    slab.height += kCaptionWhite;
  }
  add_again(slab, head);
  return std::make_shared<const Slab>(std::move(slab));
}

/// The same with the head of the group that goes on.
std::shared_ptr<const Slab> continuation_of_group(const Slab& continued, const Slab& group) {
  Slab slab = continued;
  add_again(slab, group);
  return std::make_shared<const Slab>(std::move(slab));
}

/// Lines with a raised letter before the first.
Slabs reason_slabs(Press& press, const std::string& letter, const std::string& text, double width) {
  const Tagged in(press, Role::paragraph);
  const TableType type;
  const double indent = 7;
  Slabs slabs = slabs_of(set_lines(press, text, small_style(kGrey), width - indent), small_style().leading, 0);
  for (Slab& slab : slabs) {
    for (Ink& ink : slab.inks) shift(ink, indent, 0);
  }
  const Shaped& mark = press.shape(type.mark(), letter, true);
  const double y = baseline(small_style().leading, small_style().font.size) - 3;
  if (slabs.empty()) return slabs;
  Inks& inks = slabs[0].inks;
  const Shaped& space = press.shape(type.mark(), " ");
  inks.insert(inks.begin(), {TextInk{&mark, 0, float(y), kGrey, press.element},
                             TextInk{&space, float(mark.width), float(y), kGrey, press.element}});
  return slabs;
}

Slabs note_slabs(Press& press, const Table& table, const ReasonMarks& marks, double width) {
  Slabs slabs;
  for (const auto& [letter, text] : marks.explained()) add(slabs, reason_slabs(press, letter, text, width));
  const Tagged in(press, Role::paragraph);
  add(slabs, slabs_of(set_lines(press, table.note, small_style(kGrey), width), small_style().leading, 0));
  if (!slabs.empty()) slabs.front().before = kNoteWhite;
  for (std::size_t i = 0; i + 1 < slabs.size(); ++i) slabs[i].keep_next = true;
  return slabs;
}

/// Calls visit(head, end) for each group: its head is the row `head`, its rows follow up to `end`.
template <class Visit>
void each_group(const Table& table, Visit visit) {
  for (std::size_t head = 0; head < table.rows.size(); ++head) {
    if (table.rows[head].kind != Row::Kind::group) continue;
    std::size_t end = head + 1;
    while (end < table.rows.size() && table.rows[end].kind == Row::Kind::body) ++end;
    visit(head, end);
  }
}

/// The first of the table's last two rows that are no heads of groups; the last row when there is only one.
std::size_t first_of_last_two(const Table& table) {
  std::size_t found = 0;
  for (std::size_t i = table.rows.size(); i-- > 0;) {
    if (table.rows[i].kind == Row::Kind::group) continue;
    if (++found == 2) return i;
  }
  return table.rows.empty() ? 0 : table.rows.size() - 1;
}

/// The n-th row that is no head of a group; 0 when there is none.
std::size_t row_number(const Table& table, std::size_t n) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (table.rows[i].kind != Row::Kind::group && ++found == n) return i;
  }
  return 0;
}

double height_of(Slabs::const_iterator from, Slabs::const_iterator to) {
  return std::accumulate(from, to, 0.0, [](double h, const Slab& row) { return h + row.height; });
}

double height_of(const Slabs& rows, std::size_t from) {
  return height_of(rows.begin() + std::ptrdiff_t(from), rows.end());
}

/// The last of the first three rows; of the first two, or one, where these are too high to move.
std::size_t last_of_first(const Table& table, const Slabs& rows, bool low) {
  for (std::size_t n = kFirstRows; n > 1; --n) {
    const std::size_t row = row_number(table, n);
    if (row > 0 && height_of(rows.begin(), rows.begin() + std::ptrdiff_t(row) + 1) <= kLastRows) return row;
  }
  return low ? 1 : 0;
}

/// The rows [from, end) stand on one page, unless they are too high to move.
void keep_rows(Slabs& rows, std::size_t from, std::size_t end) {
  const auto at = [&](std::size_t i) { return rows.begin() + std::ptrdiff_t(i); };
  if (height_of(at(from), at(end)) > kGroupRows) return;
  for (std::size_t i = from; i + 1 < end; ++i) rows[i].keep_next = true;
}

/// The first three and the last two rows of a table stand together, and so do a group's head and its first two rows,
/// and its last two. A small table is not divided at all, nor is a small group. Tables of tall rows are divided
/// anywhere but behind a group's head, and behind the first or before the last row only where two such rows are too
/// high to move.
void keep_together(const Table& table, Slabs& rows) {
  const std::size_t count = rows.size();
  const double height = height_of(rows, 0);
  const bool small = count <= kSmallTable && height <= kSmallHeight;
  const bool low = height <= kLowRow * double(count);
  const std::size_t first = last_of_first(table, rows, low);
  std::size_t last = first_of_last_two(table);
  if (height_of(rows, last) > kLastRows) last = count;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (small || i >= last || i < first) rows[i].keep_next = true;
  }
  each_group(table, [&](std::size_t head, std::size_t end) {
    const bool whole = end - head - 1 <= kSmallGroup && low;
    keep_rows(rows, head, std::min(end, head + 3));
    keep_rows(rows, std::max(head, end - 2), end);
    for (std::size_t i = head; whole && i + 1 < end; ++i) rows[i].keep_next = true;
  });
}

/// What stands above each row at the top of a page; rows that are kept with the one before never stand there.
void add_continuations(const Table& table, Slabs& rows, const std::shared_ptr<const Slab>& continued) {
  for (Slab& row : rows) row.continued = continued;
  each_group(table, [&](std::size_t head, std::size_t end) {
    std::shared_ptr<const Slab> of_group;
    for (std::size_t i = head + 2; i < end; ++i) {
      if (rows[i - 1].keep_next) continue;
      if (of_group == nullptr) of_group = continuation_of_group(*continued, rows[head]);
      rows[i].continued = of_group;
    }
  });
}

Slabs body_slabs(Press& press, const Table& table, const TableGeometry& geometry, ReasonMarks& marks) {
  Slabs rows;
  rows.reserve(table.rows.size() + 1);
  for (const Row& row : table.rows) rows.push_back(row_slab(press, table, row, geometry, marks));
  if (rows.empty()) rows.push_back(no_rows_slab(press, geometry));
  keep_together(table, rows);
  rows.back().keep_next = false;
  add_bottom_rule(rows.back(), geometry);
  return rows;
}

/// Caption, head and rows.
Slabs grid_slabs(Press& press, const Table& table, int number, const TableGeometry& geometry, double width,
                 ReasonMarks& marks) {
  const Tagged in(press, Role::table);
  Slabs slabs = caption_slabs(press, table, number, width);
  Slab head = head_slab(press, table, geometry);
  head.before = slabs.empty() ? kWhite : kCaptionWhite;
  Slabs rows = body_slabs(press, table, geometry, marks);
  const auto continued = continuation(press, head, number, width);
  add_continuations(table, rows, continued);
  slabs.push_back(std::move(head));
  add(slabs, std::move(rows));
  return slabs;
}

}  // namespace

Slabs set_table(Press& press, const Table& table, int number, const Frame& frame) {
  if (table.columns.empty()) return {};
  ReasonMarks marks(press.document);
  const TableGeometry geometry = measure_table(press, table, frame, marks);
  Slabs slabs = grid_slabs(press, table, number, geometry, frame.note, marks);
  Slabs notes = note_slabs(press, table, marks, frame.note);
  if (!notes.empty()) slabs.back().keep_next = true;
  add(slabs, std::move(notes));
  if (!table.id.empty()) slabs.front().inks.emplace_back(AnchorInk{press.anchor(table.id), 0});
  return slabs;
}

}  // namespace kaskad::reports::pdf
