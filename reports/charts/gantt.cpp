// Measures over months: a light bar as planned, a dark one as done, what is late in another colour.
#include <algorithm>
#include <chrono>

#include "reports/charts/gantt_days.hpp"
#include "reports/charts/kinds.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr double kRow = 17;
constexpr double kHeadAbove = 4;
constexpr double kPlanHeight = 10, kFactHeight = 5;
constexpr double kGap = 8;
constexpr double kLabelsShare = 0.36;
constexpr double kMilestone = 6;
constexpr double kBetweenMonths = 4;
constexpr Font kYearFont{Family::sans, 8, true, false, kInk};
constexpr Color kPlan{0xB9, 0xC7, 0xD3};
constexpr Color kFact{0x0B, 0x3C, 0x5D};
constexpr Color kLate{0xD9, 0x82, 0x2B};

using Row = Gantt::Row;

struct Layout {
  RowLabels labels;
  std::vector<GanttBars> bars;
  std::optional<sys_days> today;
  sys_days first, last;  // First days of months: the axis is between them.
  double left = 0, right = 0;

  double at(sys_days day) const {
    return left +
           (right - left) * static_cast<double>((day - first).count()) / static_cast<double>((last - first).count());
  }
};

sys_days month_start(sys_days day) {
  const year_month_day date(day);
  return sys_days(date.year() / date.month() / 1);
}
sys_days next_month(sys_days start, int count = 1) {
  const year_month_day date(start);
  return sys_days((date.year() / date.month() + months(count)) / 1);
}

/// Whole months that hold all bars; today is shown when it is no more than a month away from them.
void choose_months(Layout& layout) {
  std::vector<sys_days> ends;
  for (const GanttBars& bars : layout.bars) {
    for (const auto& span : {bars.plan, bars.fact, bars.late}) {
      if (!span) continue;
      ends.push_back(span->from);
      ends.push_back(span->to - days(1));
    }
    ends.insert(ends.end(), bars.milestones.begin(), bars.milestones.end());
  }
  const auto [first, last] = std::minmax_element(ends.begin(), ends.end());
  layout.first = month_start(*first);
  layout.last = next_month(month_start(*last));
  if (!layout.today) return;
  const sys_days now = month_start(*layout.today);
  if (now == next_month(layout.first, -1)) layout.first = now;
  if (now == layout.last) layout.last = next_month(now);
  if (now < layout.first || now >= layout.last) layout.today = std::nullopt;
}

Layout lay_out(const Canvas& canvas, const Gantt& plot) {
  Layout layout;
  layout.today = date_of(plot.today);
  std::vector<RowText> texts;
  for (const Row& row : plot.rows) {
    texts.push_back(row.head ? RowText{} : RowText{row.label, row.note});
    layout.bars.push_back(bars_of(row, layout.today));
  }
  layout.labels = lay_out_labels(canvas, texts, kLabelsShare);
  layout.left = layout.labels.width > 0 ? layout.labels.width + kGap : 0;
  layout.right = canvas.width();
  choose_months(layout);
  return layout;
}

std::string month_label(const Gantt& plot, sys_days start) {
  const unsigned month = static_cast<unsigned>(year_month_day(start).month());
  if (plot.months.size() == 12) return plot.months[month - 1];
  return (month < 10 ? "0" : "") + std::to_string(month);
}

/// Every so many months a label, so that none touches another: a divisor of the year, or none at all (0).
int label_step(const Canvas& canvas, const Gantt& plot, const Layout& layout) {
  double widest = 0;
  for (sys_days start = layout.first; start < layout.last; start = next_month(start))
    widest = std::max(widest, canvas.width_of(month_label(plot, start), kTickFont));
  const double month = layout.at(next_month(layout.first)) - layout.at(layout.first);
  for (const int step : {1, 2, 3, 6})
    if (month * 0.97 * step >= widest + kBetweenMonths) return step;
  return 0;
}

bool begins_step(sys_days start, int step) {
  return step > 0 && (static_cast<unsigned>(year_month_day(start).month()) - 1) % static_cast<unsigned>(step) == 0;
}

void draw_years(Canvas& canvas, const Layout& layout, double top) {
  double free_from = 0;
  for (sys_days start = layout.first; start < layout.last;) {
    const std::chrono::year year = year_month_day(start).year();
    const sys_days end = std::min(layout.last, sys_days((year + std::chrono::years(1)) / 1 / 1));
    const std::string text = std::to_string(static_cast<int>(year));
    const double width = canvas.width_of(text, kYearFont);
    const double x = std::min(layout.at(start) + 1, canvas.width() - width);
    if (x >= free_from && width <= layout.at(end) - layout.at(start) + 8) {
      canvas.text({x, baseline_below(top, kYearFont)}, text, kYearFont);
      free_from = x + width + kBetweenMonths;
    }
    start = end;
  }
}

/// Labels of months stand in the middle of their months, of longer steps at their beginning.
void draw_month_label(Canvas& canvas, const Gantt& plot, const Layout& layout, sys_days start, int step, double top) {
  const std::string text = month_label(plot, start);
  const double width = canvas.width_of(text, kTickFont);
  const double middle = (layout.at(start) + layout.at(next_month(start))) / 2 - width / 2;
  const double x = step == 1 ? middle : layout.at(start) + 1;
  if (x + width <= canvas.width()) canvas.text({x, baseline_below(top, kTickFont)}, text, kTickFont);
}

/// Years, months under them, and their lines down to `bottom`; returns the top of the rows.
double draw_calendar(Canvas& canvas, const Gantt& plot, const Layout& layout, double top, double bottom) {
  const int step = label_step(canvas, plot, layout);
  const double months_top = top + line_height(kYearFont);
  const double rows = months_top + (step > 0 ? line_height(kTickFont) : 0) + 2;
  draw_years(canvas, layout, top);
  for (sys_days start = layout.first; start < layout.last; start = next_month(start)) {
    const bool january = year_month_day(start).month() == std::chrono::January;
    if (january || begins_step(start, step))
      canvas.line({layout.at(start), january ? top + 2 : rows}, {layout.at(start), bottom}, 0.5,
                  january ? mix(kGrid, kAxis, 0.4) : kGrid);
    if (begins_step(start, step)) draw_month_label(canvas, plot, layout, start, step, months_top);
  }
  canvas.line({layout.left, rows}, {layout.right, rows}, 0.5, kAxis);
  return rows;
}

std::vector<std::string> head_lines(const Canvas& canvas, const Row& row) {
  return wrap(row.label, kLabelBoldFont, canvas.width(), canvas.measure(), 2).lines;
}

double height_of(const Canvas& canvas, const Gantt& plot, const Layout& layout, std::size_t i) {
  if (plot.rows[i].head)
    return kHeadAbove + static_cast<double>(head_lines(canvas, plot.rows[i]).size()) * line_height(kLabelBoldFont) + 2;
  return std::max(kRow, layout.labels.rows[i].height + 4);
}

void draw_span(Canvas& canvas, const Layout& layout, const std::optional<Days>& span, double height, Color color,
               double center) {
  if (!span) return;
  const double from = layout.at(span->from), to = layout.at(span->to);
  canvas.rect({from, center - height / 2}, to - from, height, color);
}

/// Late parts have a white line along the middle: told from done ones in grey print.
void draw_late(Canvas& canvas, const Layout& layout, const std::optional<Days>& late, double center) {
  draw_span(canvas, layout, late, kFactHeight, kLate, center);
  if (late) canvas.line({layout.at(late->from), center}, {layout.at(late->to), center}, 1, kWhite);
}

void draw_bars(Canvas& canvas, const Layout& layout, const GanttBars& bars, double center) {
  draw_span(canvas, layout, bars.plan, kPlanHeight, kPlan, center);
  draw_span(canvas, layout, bars.fact, kFactHeight, kFact, center);
  draw_late(canvas, layout, bars.late, center);
  for (const sys_days day : bars.milestones)
    canvas.mark({std::clamp(layout.at(day), layout.left + kMilestone / 2, layout.right - kMilestone / 2), center},
                {kInk, Mark::diamond, false}, kMilestone);
}

double draw_rows(Canvas& canvas, const Gantt& plot, const Layout& layout, double top) {
  for (std::size_t i = 0; i < plot.rows.size(); ++i) {
    const double height = height_of(canvas, plot, layout, i), center = top + height / 2;
    if (plot.rows[i].head) {
      canvas.lines(0, top + kHeadAbove, head_lines(canvas, plot.rows[i]), kLabelBoldFont);
    } else {
      draw_label(canvas, layout.labels.rows[i], center);
      if (layout.bars[i].any())
        draw_bars(canvas, layout, layout.bars[i], center);
      else
        draw_missing(canvas, layout.left, layout.right, center);
    }
    top += height;
  }
  return top;
}

/// Only what is drawn and has a name.
double draw_key(Canvas& canvas, const Gantt& plot, const Layout& layout, double top) {
  const auto any = [&](auto has) { return std::any_of(layout.bars.begin(), layout.bars.end(), has); };
  std::vector<LegendKey> keys;
  if (any([](const GanttBars& b) { return b.plan.has_value(); }))
    keys.push_back({{kPlan, Mark::square, false}, true, plot.plan_label});
  if (any([](const GanttBars& b) { return b.fact.has_value(); }))
    keys.push_back({{kFact, Mark::square, false}, true, plot.fact_label});
  if (any([](const GanttBars& b) { return b.late.has_value(); }))
    keys.push_back({{kLate, Mark::square, true}, true, plot.overdue_label});
  if (any([](const GanttBars& b) { return !b.milestones.empty(); }))
    keys.push_back({{kInk, Mark::diamond, false}, false, plot.milestone_label, true});
  keys.erase(std::remove_if(keys.begin(), keys.end(), [](const LegendKey& k) { return k.label.empty(); }), keys.end());
  return keys.empty() ? top : draw_legend(canvas, keys, 0, canvas.width(), top);
}

/// The dashed line of today, named with its date at its foot.
double draw_today(Canvas& canvas, const Gantt& plot, const Layout& layout, double top, double bottom) {
  if (!layout.today) return bottom;
  const double x = layout.at(*layout.today);
  canvas.line({x, top}, {x, bottom + 3}, 1, kInk, true);
  const std::string text =
      elided(plot.today_label + (plot.today_label.empty() ? "" : " ") + canvas.format().date(plot.today), kTickFont,
             canvas.width(), canvas.measure());
  const double half = canvas.width_of(text, kTickFont) / 2;
  const double center = std::clamp(x, half, canvas.width() - half);
  canvas.text({center, baseline_below(bottom + 3, kTickFont)}, text, kTickFont, HAlign::center);
  return bottom + 3 + line_height(kTickFont);
}

}  // namespace

bool drawable(const Gantt& plot) {
  const auto today = date_of(plot.today);
  return std::any_of(plot.rows.begin(), plot.rows.end(), [&](const Row& row) { return bars_of(row, today).any(); });
}

double draw_plot(Canvas& canvas, const Gantt& plot, double top) {
  const Layout layout = lay_out(canvas, plot);
  const double calendar = draw_key(canvas, plot, layout, top);
  const double rows_top =
      calendar + line_height(kYearFont) + 2 + (label_step(canvas, plot, layout) > 0 ? line_height(kTickFont) : 0);
  double bottom = rows_top;
  for (std::size_t i = 0; i < plot.rows.size(); ++i) bottom += height_of(canvas, plot, layout, i);
  draw_calendar(canvas, plot, layout, calendar, bottom);
  draw_rows(canvas, plot, layout, rows_top);
  return draw_today(canvas, plot, layout, rows_top, bottom);
}

}  // namespace kaskad::reports
