#include <algorithm>
#include <string>

#include "reports/charts/funnel_limits.hpp"
#include "reports/charts/gantt_days.hpp"
#include "reports/charts/words.hpp"

namespace kaskad::reports {
namespace {

std::string row_words(const Speaker& speaker, const Forest& plot, const Forest::Row& row) {
  Joined text("; ");
  text.add(speaker.say(row.value));
  if (row.weight && row.weight->estimate.defined())
    text.add(labelled(plot.weight_head, speaker.format.plain(*row.weight)));
  if (row.prediction) {
    Quantity prediction = row.value;
    prediction.estimate.lo = row.prediction->lo;
    prediction.estimate.hi = row.prediction->hi;
    text.add(labelled(plot.prediction_label, speaker.format.interval(prediction)));
  }
  return labelled(row.label, text.text());
}

std::string limits_words(const Speaker& speaker, const Funnel& plot, const Funnel::Dot& dot) {
  const auto limits = limits_at(plot, plot.limits.back(), place_on(plot, static_cast<double>(dot.value.estimate.n)));
  if (!limits) return {};
  Quantity range = dot.value;
  range.estimate.lo = limits->lo;
  range.estimate.hi = limits->hi;
  return labelled(plot.limits.back().label, speaker.format.interval(range));
}

/// A dot with the widest limits at its n.
std::string dot_words(const Speaker& speaker, const Funnel& plot, const Funnel::Dot& dot) {
  Joined text("; ");
  text.add(speaker.say(dot.value));
  if (!plot.limits.empty()) text.add(limits_words(speaker, plot, dot));
  return labelled(dot.label.empty() ? name_of(plot.legend, dot.role) : dot.label, text.text());
}

std::string span_words(const Speaker& speaker, const std::string& label, const std::optional<Gantt::Span>& span) {
  if (!span) return {};
  const std::string to = span->to.empty() ? "…" : speaker.format.date(span->to);
  return labelled(label, speaker.format.date(span->from) + " – " + to);
}

std::string row_words(const Speaker& speaker, const Gantt& plot, const Gantt::Row& row) {
  if (row.head) return row.label;
  Joined text("; ");
  text.add(span_words(speaker, plot.plan_label, row.plan));
  text.add(span_words(speaker, plot.fact_label, row.fact));
  if (is_overdue(plot, row)) text.add(plot.overdue_label);
  for (const std::string& date : row.milestones) text.add(labelled(plot.milestone_label, speaker.format.date(date)));
  return labelled(row.label, text.text().empty() ? speaker.missing_text : text.text());
}

std::string stage_words(const Speaker& speaker, const Flow& plot, const Flow::Stage& stage) {
  Joined counts(", ");
  for (std::size_t c = 0; c < plot.categories.size() && c < stage.counts.size(); ++c)
    counts.add(labelled(plot.categories[c], speaker.format.count(stage.counts[c])));
  return labelled(stage.label, counts.text());
}

std::string link_words(const Speaker& speaker, const Flow& plot, const Flow::Link& link) {
  if (std::max(link.from, link.to) >= plot.categories.size()) return {};
  return plot.categories[link.from] + " → " + plot.categories[link.to] + ": " + speaker.format.count(link.count);
}

}  // namespace

std::string words(const Speaker& speaker, const Forest& plot) {
  Joined rows(". ");
  for (const Forest::Row& row : plot.rows)
    rows.add(row.kind == Forest::RowKind::head ? row.label : row_words(speaker, plot, row));
  return rows.text();
}

/// The centre and those that are named in the picture: with hundreds of schools nobody listens to
/// all of them.
std::string words(const Speaker& speaker, const Funnel& plot) {
  Joined items(". ");
  if (plot.centre.estimate.defined()) items.add(labelled(plot.centre_label, speaker.say(plot.centre)));
  for (const Funnel::Dot& dot : plot.dots)
    if (is_shown(dot) && (stands_out(dot.role) || excess(plot, dot) > 0)) items.add(dot_words(speaker, plot, dot));
  return items.text();
}

std::string words(const Speaker& speaker, const LovePlot& plot) {
  Joined rows(". ");
  for (const LovePlot::Row& row : plot.rows) {
    const bool any = row.before.estimate.defined() || row.after.estimate.defined();
    rows.add(labelled(row.label, any ? labelled(plot.before_label, speaker.say(row.before)) + "; " +
                                           labelled(plot.after_label, speaker.say(row.after))
                                     : speaker.missing_text));
  }
  return rows.text();
}

std::string words(const Speaker& speaker, const HeatMap& plot) {
  Joined rows(". ");
  rows.add(plot.scale_label);
  for (const HeatMap::Row& row : plot.rows) {
    Joined cells("; ");
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      cells.add(labelled(i < plot.columns.size() ? plot.columns[i] : "", speaker.say(row.cells[i])));
    rows.add(labelled(row.label, cells.text().empty() ? speaker.missing_text : cells.text()));
  }
  return rows.text();
}

std::string words(const Speaker& speaker, const Gantt& plot) {
  Joined rows(". ");
  if (!plot.today.empty())
    rows.add(plot.today_label + (plot.today_label.empty() ? "" : " ") + speaker.format.date(plot.today));
  for (const Gantt::Row& row : plot.rows) rows.add(row_words(speaker, plot, row));
  return rows.text();
}

std::string words(const Speaker& speaker, const Flow& plot) {
  Joined items(". ");
  for (const Flow::Stage& stage : plot.stages) items.add(stage_words(speaker, plot, stage));
  for (std::size_t stage = 0; stage + 1 < plot.stages.size(); ++stage) {
    Joined links("; ");
    for (const Flow::Link& link : plot.links)
      if (link.stage == stage) links.add(link_words(speaker, plot, link));
    if (!links.text().empty())
      items.add(labelled(plot.stages[stage].label + " → " + plot.stages[stage + 1].label, links.text()));
  }
  return items.text();
}

}  // namespace kaskad::reports
