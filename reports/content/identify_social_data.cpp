// The social index in the region: how it was made, its groups and their drift, who moved, how far weights matter.
#include <algorithm>
#include <cmath>

#include "engine/stats/rank_correlation.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/sentences.hpp"

namespace kaskad::reports {
namespace {

/// From which a school's membership is said to be sure.
constexpr double kSure = 0.9;

/// So many identifications leave room for the numbers of schools beside the intervals.
constexpr std::size_t kFewTimes = 3;

const SocialIndex& index_of(const Briefing& b) { return b.judgements.identification.social; }
const IndexIdentification& last_of(const Briefing& b) { return index_of(b).times.back(); }

std::string time_name(const Briefing& b, const IndexTime& time) { return in_language(time.name, b.language()); }

/// An outer end is a whole number by agreement and is printed as one.
std::string end_text(const Briefing& b, const IndexTime& time, double value, double end) {
  const bool is_end = value == end && value == std::floor(value);
  return b.format.number(value, is_end ? 0 : time.decimals);
}

std::string interval_text(const Briefing& b, const IndexTime& time, const GroupInterval& group) {
  if (group.n == 0) return {};
  const SocialIndexSettings& settings = index_of(b).settings;
  return b.texts.get("identify.range", {{"lo", end_text(b, time, group.lo, settings.low_end)},
                                        {"hi", end_text(b, time, group.hi, settings.high_end)}});
}

List drift_rows(const Briefing& b) {
  const SocialIndex& index = index_of(b);
  List rows;
  for (std::size_t g = 0; g < index.drift.size(); ++g) {
    List intervals, counts;
    for (std::size_t t = 0; t < index.times.size(); ++t) {
      intervals.emplace_back(interval_text(b, index.times[t].time, index.drift[g].at[t]));
      counts.emplace_back(index.drift[g].at[t].n);
    }
    rows.push_back(Object{{"name", index_group_name(b, index, static_cast<int>(g))},
                          {"intervals", std::move(intervals)},
                          {"schools", std::move(counts)}});
  }
  return rows;
}

List time_heads(const Briefing& b) {
  List out;
  for (const IndexIdentification& time : index_of(b).times)
    out.push_back(Object{{"label", time_name(b, time.time)}, {"index", static_cast<int>(out.size())}});
  return out;
}

List time_rows(const Briefing& b) {
  List rows;
  for (const IndexIdentification& time : index_of(b).times)
    rows.push_back(Object{{"time", time_name(b, time.time)},
                          {"ranked", time.ranked},
                          {"no_context", time.no_context},
                          {"missing", time.missing_shares},
                          {"tied", time.tied},
                          {"risk", std::count_if(time.schools.begin(), time.schools.end(),
                                                 [&](const SchoolIndex& s) { return index_of(b).at_risk(s); })}});
  return rows;
}

Value coefficient_of(const IndexFit& fit, std::size_t c) {
  if (c >= fit.coefficients.size()) return {};
  return Quantity{fit.coefficients[c], Unit::none, 3, false, owner_of(kRegion)};
}

/// One row a component: its weight in each identification, and what the weights were made of in the last.
List component_rows(const Briefing& b) {
  const SocialIndex& index = index_of(b);
  List rows;
  for (std::size_t c = 0; c < index.settings.components.size(); ++c) {
    const IndexComponent& component = index.settings.components[c];
    List weights;
    for (const IndexIdentification& time : index.times)
      weights.emplace_back(
          Quantity{exactly(time.fit.weights[c], time.fit.schools), Unit::none, 3, false, owner_of(kRegion)});
    const bool known = index.fields[c] >= 0;
    const std::string name =
        known ? in_language(b.data.context.fields[static_cast<std::size_t>(index.fields[c])].name, b.language())
              : component.field;
    rows.push_back(Object{{"name", name},
                          {"is_good", component.is_good},
                          {"sign", component.is_good ? "+" : "−"},
                          {"weights", std::move(weights)},
                          {"coefficient", coefficient_of(last_of(b).fit, c)},
                          {"against", static_cast<bool>(last_of(b).fit.against[c])}});
  }
  return rows;
}

/// Groups of one identification by groups of the next; {missing} with one identification.
Value transition_data(const Briefing& b) {
  const SocialIndex& index = index_of(b);
  if (index.transitions.empty()) return {};
  const Transition& last = index.transitions.back();
  List columns, rows;
  for (std::size_t g = 0; g < last.counts.size(); ++g)
    columns.push_back(Object{{"label", std::to_string(g + 1)}, {"index", static_cast<int>(g)}});
  for (std::size_t g = 0; g < last.counts.size(); ++g) {
    std::int64_t all = 0;
    for (const std::int64_t n : last.counts[g]) all += n;
    rows.push_back(Object{{"name", index_group_name(b, index, static_cast<int>(g))},
                          {"to", List(last.counts[g].begin(), last.counts[g].end())},
                          {"all", all}});
  }
  return Object{{"from", time_name(b, index.times[last.from].time)},
                {"to", time_name(b, index.times[last.to].time)},
                {"columns", std::move(columns)},
                {"rows", std::move(rows)},
                {"appeared", last.appeared},
                {"gone", last.gone}};
}

std::int64_t moved_schools(const Briefing& b) {
  std::int64_t n = 0;
  if (index_of(b).transitions.empty()) return n;
  const auto& counts = index_of(b).transitions.back().counts;
  for (std::size_t g = 0; g < counts.size(); ++g) {
    for (std::size_t h = 0; h < counts.size(); ++h) n += g == h ? 0 : counts[g][h];
  }
  return n;
}

/// The last three pairs of identifications, schools that were ranked in both.
Value flow_chart(const Briefing& b) {
  const SocialIndex& index = index_of(b);
  if (index.transitions.empty()) return Object{{"missing", b.texts.get("undefined.no_data")}};
  const std::size_t first = index.times.size() > 4 ? index.times.size() - 4 : 0;
  const auto groups = static_cast<std::size_t>(index.settings.groups);
  List names = {Object{{"label", b.texts.get("identify.standing_social.not_judged")}}}, stages, links;
  for (std::size_t g = 0; g < groups; ++g)
    names.push_back(Object{{"label", index_group_name(b, index, static_cast<int>(g))}});
  const auto category = [](const SchoolIndex& s) { return s.group ? static_cast<std::size_t>(*s.group) + 1 : 0; };
  for (std::size_t t = first; t < index.times.size(); ++t) {
    std::vector<std::int64_t> counts(groups + 1);
    std::vector<std::vector<std::int64_t>> moves(groups + 1, std::vector<std::int64_t>(groups + 1));
    for (std::size_t s = 0; s < index.times[t].schools.size(); ++s) {
      const std::size_t now = category(index.times[t].schools[s]);
      ++counts[now];
      if (t + 1 < index.times.size()) ++moves[now][category(index.times[t + 1].schools[s])];
    }
    stages.push_back(
        Object{{"label", time_name(b, index.times[t].time)}, {"counts", List(counts.begin(), counts.end())}});
    for (std::size_t g = 0; g <= groups; ++g) {
      for (std::size_t h = 0; h <= groups; ++h) {
        if (moves[g][h] > 0)
          links.push_back(Object{{"stage", static_cast<int>(t - first)},
                                 {"from", static_cast<int>(g)},
                                 {"to", static_cast<int>(h)},
                                 {"count", moves[g][h]}});
      }
    }
  }
  return Object{{"categories", std::move(names)}, {"stages", std::move(stages)}, {"links", std::move(links)}};
}

/// The leading figure of the last period over the index, group by group; {missing} without a leading figure.
Value scatter_chart(const Briefing& b) {
  if (b.headlines.empty() || b.frame().periods.empty()) return Object{{"missing", b.texts.get("undefined.no_data")}};
  const std::size_t series = b.headlines.front(), period = b.frame().periods.size() - 1;
  const IndexIdentification& time = last_of(b);
  List dots, bands;
  for (SchoolId s = 0; s < time.schools.size(); ++s) {
    const Quantity y = figure(b, series, b.frame().first_school() + s, period);
    if (!time.schools[s].group || !y.estimate.defined()) continue;
    const bool at_risk = index_of(b).at_risk(time.schools[s]);
    dots.push_back(Object{{"role", at_risk ? "focus" : "neutral"},
                          {"x", index_quantity(time.time, time.schools[s].value, owner_of_school(b, s))},
                          {"y", y}});
  }
  if (dots.empty()) return Object{{"missing", b.texts.get("undefined.no_data")}};
  for (std::size_t g = 0; g < time.groups.size(); ++g) {
    if (time.groups[g].n == 0) continue;
    bands.push_back(Object{{"label", std::to_string(g + 1)},
                           {"from", index_quantity(time.time, time.groups[g].lo, owner_of(kRegion))},
                           {"to", index_quantity(time.time, time.groups[g].hi, owner_of(kRegion))}});
  }
  List legend = {Object{{"role", "focus"}, {"label", b.texts.get("identify.standing_social.yes")}},
                 Object{{"role", "neutral"}, {"label", b.texts.get("identify.standing_social.no")}}};
  return Object{{"x_label", b.texts.get("identify.region.index_axis")},
                {"y_label", series_short_name(b, series)},
                {"legend", std::move(legend)},
                {"dots", std::move(dots)},
                {"bands", std::move(bands)}};
}

/// Whether the figure goes with the index over the schools of the scatter: told by the interval of the correlation.
std::string scatter_title(const Briefing& b, const Value& chart) {
  const Value* dots = chart.find("dots");
  if (dots == nullptr) return b.texts.get("identify.region.scatter_title.undefined");
  std::vector<stats::CountedPair> pairs;
  for (const Value& dot : *dots->list())
    pairs.push_back({dot.find("x")->quantity()->estimate.value, dot.find("y")->quantity()->estimate.value, 1});
  const Quantity r{stats::pearson(pairs), Unit::ratio, 2, false, owner_of(kRegion)};
  const Verdict verdict = verdict_of(r.estimate);
  Args args = {{"schools", static_cast<std::int64_t>(pairs.size())}};
  if (verdict != Verdict::undefined) {
    args.emplace_back("r", b.format.plain(r));
    args.emplace_back("interval", b.format.interval(r));
  }
  return b.texts.get("identify.region.scatter_title." + verdict_name(verdict), args);
}

List risk_rows(const Briefing& b) {
  const IndexIdentification& time = last_of(b);
  std::vector<SchoolId> schools;
  for (SchoolId s = 0; s < time.schools.size(); ++s) {
    if (index_of(b).at_risk(time.schools[s])) schools.push_back(s);
  }
  sort_by_place_and_name(b, schools);
  List rows;
  for (const SchoolId s : schools) {
    Object row = found_school(b, s, rows.size() + 1);
    row.emplace_back("index", index_quantity(time.time, time.schools[s].value, owner_of_school(b, s)));
    row.emplace_back("stays", chance(time.schools[s].stays, index_of(b).settings.draws, owner_of_school(b, s)));
    row.emplace_back("change", last_change(b, StatusList::social, s));
    rows.push_back(std::move(row));
  }
  return rows;
}

List left_out_rows(const Briefing& b) {
  const IndexIdentification& time = last_of(b);
  std::vector<SchoolId> schools;
  for (SchoolId s = 0; s < time.schools.size(); ++s) {
    if (!time.schools[s].group) schools.push_back(s);
  }
  sort_by_place_and_name(b, schools);
  List rows;
  for (const SchoolId s : schools) {
    Object row = found_school(b, s, rows.size() + 1);
    const auto gap = static_cast<std::size_t>(time.schools[s].gap);
    row.emplace_back("reason", b.texts.get("identify.index_gap." + std::string(kIndexGapNames[gap])));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Longer lists are told in brief on a page and by name in the workbook.
constexpr std::size_t kMostNamed = 60;

/// Schools of the zone of risk, one row a municipality, in the order of `risk`.
List risk_by_place(const List& risk) {
  List rows;
  std::vector<std::string> places, names;
  std::vector<std::int64_t> counts;
  for (const Value& row : risk) {
    const std::string& place = *row.find("municipality")->text();
    if (places.empty() || places.back() != place) {
      places.push_back(place);
      names.emplace_back();
      counts.push_back(0);
    }
    names.back() += (names.back().empty() ? "" : ", ") + *row.find("name")->text();
    ++counts.back();
  }
  for (std::size_t p = 0; p < places.size(); ++p)
    rows.push_back(Object{{"municipality", places[p]}, {"n", counts[p]}, {"schools", names[p]}});
  return rows;
}

std::string stays_text(const Briefing& b) {
  const IndexIdentification& time = last_of(b);
  double sum = 0;
  std::int64_t sure = 0;
  for (const SchoolIndex& school : time.schools) {
    if (!school.group || std::isnan(school.stays)) continue;
    sum += school.stays;
    sure += index_of(b).at_risk(school) && school.stays >= kSure;
  }
  if (index_of(b).settings.draws <= 0 || time.ranked == 0) return {};
  const auto shown = [&](double share) { return b.format.with_unit(chance(share, time.ranked, kNobody)); };
  return b.texts.get(
      "identify.region.stays_text",
      {{"mean", shown(sum / static_cast<double>(time.ranked))}, {"sure", sure}, {"level", shown(kSure)}});
}

std::string text_of(const Briefing& b) {
  const IndexIdentification& time = last_of(b);
  if (time.fit.reason != Undefined::none)
    return b.texts.get("identify.region.no_fit",
                       {{"reason", b.texts.get("undefined." + std::string(undefined_name(time.fit.reason)))}});
  std::int64_t risk = 0;
  for (const SchoolIndex& school : time.schools) risk += index_of(b).at_risk(school);
  const double equal = static_cast<double>(time.ranked) / index_of(b).settings.groups;
  return b.texts.get("identify.region.index_text",
                     {{"ranked", time.ranked},
                      {"time", time_name(b, time.time)},
                      {"no_context", time.no_context},
                      {"missing", time.missing_shares},
                      {"groups", std::int64_t{index_of(b).settings.groups}},
                      {"equal", b.format.number(equal, equal == std::floor(equal) ? 0 : 1)},
                      {"risk", risk},
                      {"tied", time.tied}});
}

}  // namespace

Object social_data(const Briefing& b) {
  const SocialIndex& index = index_of(b);
  const Value scatter = scatter_chart(b);
  Object out = {{"text", text_of(b)},
                {"stays_text", stays_text(b)},
                {"title", b.texts.get("identify.region.index_title", {{"n", moved_schools(b)}})},
                {"settings", named_values(index_settings(b, index))},
                {"has_coefficients", !last_of(b).fit.coefficients.empty()},
                {"components", component_rows(b)},
                {"times", time_heads(b)},
                {"few_times", index.times.size() <= kFewTimes},
                {"by_time", time_rows(b)},
                {"drift", drift_rows(b)},
                {"has_transition", !index.transitions.empty()},
                {"transition", transition_data(b)},
                {"flow", flow_chart(b)},
                {"scatter_title", scatter_title(b, scatter)},
                {"scatter", scatter}};
  List risk = risk_rows(b), left_out = left_out_rows(b);
  out.emplace_back("many_at_risk", risk.size() > kMostNamed);
  out.emplace_back("risk_by_place", risk_by_place(risk));
  out.emplace_back("many_left_out", left_out.size() > kMostNamed);
  out.emplace_back("left_out_text",
                   b.texts.get("identify.region.left_out_text", {{"n", static_cast<std::int64_t>(left_out.size())},
                                                                 {"workbook", b.beside.workbook ? "yes" : "no"}}));
  add_list(out, "risk", std::move(risk));
  add_list(out, "left_out", std::move(left_out));
  add_list(out, "changes", change_rows(b, StatusList::social, false));
  return out;
}

}  // namespace kaskad::reports
