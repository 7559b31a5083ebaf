#include "reports/pdf/table_measure.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "reports/pdf/column_widths.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kReadableType = 8;
constexpr double kSmallestType = 2;
constexpr double kGap = 1.4;           // Between columns, in sizes of the type.
constexpr double kTightGap = 1.0;      // Where the table is squeezed.
constexpr double kTightestGap = 0.7;   // Where there are too many columns.
constexpr double kNearlyAsked = 0.97;  // A text column with so much of what it asks for has enough.

/// A way of setting a table.
struct Setting {
  double size = 9;
  Squeeze squeeze = Squeeze::none;
  double gap = kGap;
  double dislike = 1;  ///< The table must be so much lower than another to be set like this.
};
constexpr std::array<Setting, 3> kWhole = {
    {{9, Squeeze::none, kGap, 1}, {9, Squeeze::none, kTightGap, 1.03}, {8.5, Squeeze::none, kTightGap, 1.15}}};
/// With intervals below their values, which are told apart from those of the next column.
constexpr std::array<Setting, 4> kStacked = {
    {kWhole[0], kWhole[1], kWhole[2], {8.5, Squeeze::none, kTightestGap, 1.2}}};
constexpr std::array<Setting, 2> kDivided = {{{9, Squeeze::texts, kTightGap, 1}, {8.5, Squeeze::texts, kTightGap, 1}}};
constexpr std::array<Setting, 8> kLastResorts = {{{9, Squeeze::none, kGap},
                                                  {9, Squeeze::texts, kTightGap},
                                                  {8.5, Squeeze::texts, kTightGap},
                                                  {kReadableType, Squeeze::texts, kTightGap},
                                                  {kReadableType, Squeeze::texts, kTightestGap},
                                                  {kReadableType, Squeeze::names, kTightestGap},
                                                  {kReadableType, Squeeze::heads, kTightGap},
                                                  {kReadableType, Squeeze::anywhere, kTightGap}}};

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

class Fitter {
 public:
  Fitter(Press& press, const Table& table, const Frame& frame, ReasonMarks& marks)
      : press_(press), table_(table), frame_(frame), marks_(marks) {}

  TableGeometry fitted() {
    if (auto found = content()) return std::move(found->geometry);
    for (const Setting& setting : kLastResorts) {
      if (auto found = best({&setting, 1}, can_stack(), false)) return std::move(found->geometry);
    }
    return squeezed();
  }

 private:
  struct Found {
    TableGeometry geometry;
    double cost = 0;
    bool high = false;  ///< Some row takes more than two lines.
  };

  /// Intervals stand beside their values, unless this makes rows higher than intervals below them do.
  std::optional<Found> content() {
    auto beside = content(false);
    if (!can_stack() || (beside && !beside->high)) return beside;
    auto below = content(true);
    return beside && below && beside->cost <= below->cost ? std::move(beside)
           : below                                        ? std::move(below)
                                                          : std::move(beside);
  }

  /// With text columns that have what they ask for, and words that are whole, if possible.
  std::optional<Found> content(bool stacked) {
    if (auto found = stacked ? best(kStacked, true, true) : best(kWhole, false, true)) return found;
    for (const Setting& setting : kDivided) {
      if (setting.size < 9 && can_stack() && !stacked) continue;
      if (auto found = best({&setting, 1}, stacked, true)) return found;
    }
    return std::nullopt;
  }

  /// The lowest table. `content`: only those whose text columns have what they ask for.
  std::optional<Found> best(std::span<const Setting> settings, bool stacked, bool content) {
    std::optional<Found> lowest;
    for (const Setting& setting : settings) {
      const TypedNeeds needs =
          in_type(measured(setting.squeeze != Squeeze::none), {setting.size, setting.gap, stacked});
      const TableType type{setting.size, setting.gap, stacked};
      auto fit = fit_columns(needs.columns, needs.lines, setting.squeeze, type.gap(), frame_.full);
      const double gaps = type.gap() * double(needs.columns.size() - 1);
      if (!fit || (content && !is_content(needs, fit->widths, frame_.full - gaps))) continue;
      const double cost = fit->lines * setting.dislike;
      if (lowest && cost >= lowest->cost) continue;
      lowest = Found{geometry(type, std::move(fit->widths), needs.numbers), cost, fit->highest > 2};
      if (fit->highest <= 1) return lowest;
    }
    return lowest;
  }

  /// Measuring takes longer than all else, so it is done once, or twice when words must be divided.
  const TableNeeds& measured(bool divided) {
    std::optional<TableNeeds>& known = divided ? divided_ : whole_;
    if (!known) known = needs_of_table(press_, table_, divided, marks_);
    return *known;
  }

  /// Some column has values with intervals.
  bool can_stack() {
    const TableNeeds& needs = measured(false);
    return std::any_of(needs.numbers.begin(), needs.numbers.end(),
                       [](const NumberWidths& widths) { return widths.has_both(); });
  }

  static bool is_content(const TypedNeeds& needs, const std::vector<double>& widths, double room) {
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (widths[c] < kNearlyAsked * asked_width(needs.columns[c], room)) return false;
    }
    return true;
  }

  TableGeometry squeezed() {
    double size = kReadableType * 0.97;
    for (; size > kSmallestType; size *= 0.97) {
      const Setting setting{size, Squeeze::anywhere, kTightestGap};
      if (auto found = best({&setting, 1}, can_stack(), false)) return std::move(found->geometry);
    }
    const TableType type{size, kTightestGap};
    const double columns = double(table_.columns.size());
    return geometry(type, std::vector<double>(table_.columns.size(), frame_.full / columns - type.gap()),
                    in_type(measured(true), type).numbers);
  }

  Press& press_;
  const Table& table_;
  const Frame& frame_;
  ReasonMarks& marks_;
  std::optional<TableNeeds> whole_, divided_;
};

}  // namespace

TableGeometry measure_table(Press& press, const Table& table, const Frame& frame, ReasonMarks& marks) {
  return Fitter(press, table, frame, marks).fitted();
}

}  // namespace kaskad::reports::pdf
