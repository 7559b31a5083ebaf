#include "reports/content/process_data.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

/// One monitoring for one entity.
struct ProcessView {
  const Briefing& b;
  const ProcessJudgement& judged;
  const ProcessFigures& figures;
  Owner owner;

  const ProcessMonitoring& monitoring() const { return judged.monitoring; }
  Quantity points(const Estimate& e, bool is_difference = false) const {
    return {e, Unit::points, 2, is_difference, owner};
  }
  Quantity percent(const Estimate& e) const { return {e, Unit::percent, 0, false, owner}; }
  Quantity probability(double p, std::int64_t n) const {
    return {p == p ? exactly(p, n) : undefined(Undefined::no_data, n), Unit::probability, 3, false, owner};
  }
};

std::string criterion_name(const Briefing& b, const ProcessMonitoring& m, std::optional<std::size_t> criterion) {
  if (!criterion) return b.texts.get("processes.scale");
  return in_language(m.criteria[*criterion].name, b.language(), m.criteria[*criterion].id);
}

std::string wave_label(const Briefing& b, const std::string& wave) {
  return b.texts.get("processes.wave", {{"wave", wave}});
}

List wave_heads(const Briefing& b, const ProcessMonitoring& m) {
  List out;
  for (const std::string& wave : m.waves)
    out.push_back(Object{{"label", wave_label(b, wave)}, {"index", static_cast<int>(out.size())}});
  return out;
}

/// In which waves many schools stand at an end of the scale; empty where in none.
std::string ends_text(const ProcessView& v, const ProcessItem& item) {
  std::string out;
  for (std::size_t w = 0; w < item.points.size(); ++w) {
    const ProcessPoint& p = item.points[w];
    for (const auto& [is, key, schools] : {std::tuple(p.floor_effect(), "processes.floor", p.at_floor),
                                           std::tuple(p.ceiling_effect(), "processes.ceiling", p.at_ceiling)}) {
      if (!is) continue;
      out += (out.empty() ? "" : "; ") +
             v.b.texts.get(key, {{"wave", v.monitoring().waves[w]}, {"n", schools}, {"of", p.mean.n}});
    }
  }
  return out;
}

List item_rows(const ProcessView& v) {
  List rows;
  for (const ProcessItem& item : v.figures.items) {
    List points;
    for (const ProcessPoint& p : item.points) points.emplace_back(v.points(p.mean));
    rows.push_back(Object{{"monitoring", in_language(v.monitoring().name, v.b.language())},
                          {"name", criterion_name(v.b, v.monitoring(), item.criterion)},
                          {"points", std::move(points)},
                          {"ends", Value::told_of(v.owner, ends_text(v, item))}});
  }
  return rows;
}

/// By the interval; of a criterion only where it also holds among all criteria.
std::string verdict_word(const Briefing& b, const ProcessChange& c) {
  const bool shown = c.adjusted_p <= 0.05 && c.change.has_interval();
  const std::string kind = !c.change.has_interval() ? "undefined"
                           : !shown                 ? "unproven"
                           : c.change.value > 0     ? "up"
                                                    : "down";
  return b.texts.get("processes.verdict." + kind);
}

Object change_row(const ProcessView& v, const ProcessItem& item, const ProcessChange& c) {
  const std::int64_t pairs = c.rose + c.same + c.fell;
  return {{"monitoring", in_language(v.monitoring().name, v.b.language())},
          {"name", criterion_name(v.b, v.monitoring(), item.criterion)},
          {"change", v.points(c.change, true)},
          {"pairs", pairs},
          {"p", v.probability(c.adjusted_p, pairs)},
          {"rank_p", v.probability(c.ranks.p, pairs)},
          {"rose", v.percent(c.rose_share)},
          {"fell", v.percent(c.fell_share)},
          {"same", c.same},
          {"incomplete", c.only_before + c.only_after},
          {"verdict", verdict_word(v.b, c)}};
}

List change_tables(const ProcessView& v) {
  List out;
  if (v.figures.items.empty()) return out;
  const std::size_t changes = v.figures.items.front().changes.size();
  for (std::size_t c = 0; c < changes; ++c) {
    List rows;
    for (const ProcessItem& item : v.figures.items) rows.emplace_back(change_row(v, item, item.changes[c]));
    const ProcessChange& change = v.figures.items.front().changes[c];
    const auto& waves = v.monitoring().waves;
    out.push_back(
        Object{{"name", v.b.texts.get("processes.from_to", {{"from", waves[change.from]}, {"to", waves[change.to]}})},
               {"rows", std::move(rows)}});
  }
  return out;
}

/// From the first wave to the last, a line a criterion.
Value slope_chart(const ProcessView& v) {
  const auto& waves = v.monitoring().waves;
  List lines;
  for (const ProcessItem& item : v.figures.items) {
    if (waves.size() < 2 || !item.points.front().mean.defined() || !item.points.back().mean.defined()) continue;
    lines.push_back(Object{{"label", criterion_name(v.b, v.monitoring(), item.criterion)},
                           {"role", item.criterion ? "neutral" : "focus"},
                           {"from", v.points(item.points.front().mean)},
                           {"to", v.points(item.points.back().mean)}});
  }
  if (lines.empty()) return Object{{"missing", v.b.texts.get("undefined.no_data")}};
  return Object{{"from_label", wave_label(v.b, waves.front())},
                {"to_label", wave_label(v.b, waves.back())},
                {"lines", std::move(lines)}};
}

/// Of fewer schools alpha says nothing: its interval reaches far below zero.
constexpr std::int64_t kLeastForAlpha = 10;

/// α by wave, in one sentence; empty where no wave has one.
std::string alpha_text(const ProcessView& v) {
  std::string out;
  for (std::size_t w = 0; w < v.figures.alpha.size(); ++w) {
    const Estimate& alpha = v.figures.alpha[w];
    if (!alpha.defined() || alpha.n < kLeastForAlpha) continue;
    const Quantity q{alpha, Unit::none, 2, false, v.owner};
    out += (out.empty() ? "" : "; ") + v.b.texts.get("processes.alpha", {{"wave", v.monitoring().waves[w]},
                                                                         {"alpha", v.b.format.plain(q)},
                                                                         {"interval", v.b.format.interval(q)},
                                                                         {"n", alpha.n}});
  }
  return out.empty() ? out : v.b.texts.get("processes.alpha_of", {{"values", out}});
}

std::string scale_text(const ProcessView& v) {
  return v.b.texts.get("processes.about", {{"lo", v.monitoring().minimum},
                                           {"hi", v.monitoring().maximum},
                                           {"criteria", static_cast<std::int64_t>(v.monitoring().criteria.size())},
                                           {"schools", static_cast<std::int64_t>(v.judged.table.schools.size())}});
}

Object process_object(const ProcessView& v, int index) {
  Object out = {{"name", in_language(v.monitoring().name, v.b.language(), v.monitoring().id)},
                {"index", index},
                {"waves", wave_heads(v.b, v.monitoring())},
                {"scale", scale_text(v)},
                {"note", Value::told_of(v.owner, alpha_text(v))},
                {"rows", item_rows(v)},
                {"slope", slope_chart(v)}};
  add_list(out, "changes", change_tables(v));
  return out;
}

Estimate score_of(double score) { return std::isfinite(score) ? exactly(score, 1) : undefined(Undefined::no_data); }

/// The last wave in which one of these places of the table has any score.
std::optional<std::size_t> last_wave(const ProcessTable& table, const std::vector<std::size_t>& places) {
  for (std::size_t w = table.waves; w-- > 0;) {
    for (const std::size_t s : places) {
      for (std::size_t c = 0; c < table.criteria; ++c) {
        if (std::isfinite(table.at(s, w, c))) return w;
      }
    }
  }
  return std::nullopt;
}

std::vector<std::size_t> places_of(const ProcessTable& table, const std::vector<SchoolId>& schools) {
  std::vector<std::size_t> out;
  for (std::size_t s = 0; s < table.schools.size(); ++s) {
    if (std::find(schools.begin(), schools.end(), table.schools[s]) != schools.end()) out.push_back(s);
  }
  return out;
}

/// {wave, chart}: schools × criteria in the last wave; null without any score.
Value heat_of(const Briefing& b, const ProcessJudgement& p, const std::vector<std::size_t>& places) {
  const auto wave = last_wave(p.table, places);
  if (!wave) return {};
  List columns, rows;
  for (std::size_t c = 0; c < p.table.criteria; ++c)
    columns.push_back(Object{{"label", criterion_name(b, p.monitoring, c)}});
  for (const std::size_t s : places) {
    List cells;
    for (std::size_t c = 0; c < p.table.criteria; ++c)
      cells.emplace_back(
          Quantity{score_of(p.table.at(s, *wave, c)), Unit::points, 1, false, owner_of_school(b, p.table.schools[s])});
    rows.push_back(Object{{"label", school_name(b, p.table.schools[s])}, {"cells", std::move(cells)}});
  }
  return Object{{"wave", wave_label(b, p.monitoring.waves[*wave])},
                {"chart", Object{{"columns", std::move(columns)}, {"rows", std::move(rows)}}}};
}

List school_rows_of(const Briefing& b, const ProcessJudgement& p, std::size_t place) {
  const Owner owner = owner_of_school(b, p.table.schools[place]);
  List rows;
  for (const ProcessItem& item : p.region.items) {
    List points;
    const auto score = [&](std::size_t w) {
      return item.criterion ? p.table.at(place, w, *item.criterion) : scale_score(p.monitoring, p.table, place, w);
    };
    for (std::size_t w = 0; w < p.table.waves; ++w)
      points.emplace_back(Quantity{score_of(score(w)), Unit::points, 2, false, owner});
    const double change = p.table.waves > 1 ? score(p.table.waves - 1) - score(0) : kNaN;
    rows.push_back(Object{{"name", criterion_name(b, p.monitoring, item.criterion)},
                          {"points", std::move(points)},
                          {"change", Quantity{score_of(change), Unit::points, 2, true, owner}},
                          {"region", Quantity{item.points.back().mean, Unit::points, 2, false, owner_of(kRegion)}}});
  }
  return rows;
}

}  // namespace

List region_processes(const Briefing& b) {
  List out;
  for (const ProcessJudgement& p : b.judgements.processes) {
    Object process = process_object({b, p, p.region, owner_of(kRegion)}, static_cast<int>(out.size()));
    process.emplace_back("heat", Value());
    out.emplace_back(std::move(process));
  }
  return out;
}

List municipality_processes(const Briefing& b, std::size_t entity, const std::vector<SchoolId>& schools) {
  List out;
  for (const ProcessJudgement& p : b.judgements.processes) {
    const std::vector<std::size_t> places = places_of(p.table, schools);
    if (places.empty()) continue;
    const ProcessFigures figures = process_figures(p.monitoring, p.table, schools);
    Object process = process_object({b, p, figures, owner_of(entity)}, static_cast<int>(out.size()));
    process.emplace_back("heat", heat_of(b, p, places));
    out.emplace_back(std::move(process));
  }
  return out;
}

List school_processes(const Briefing& b, SchoolId school) {
  List out;
  for (const ProcessJudgement& p : b.judgements.processes) {
    const std::vector<std::size_t> place = places_of(p.table, {school});
    if (place.empty()) continue;
    out.push_back(Object{{"name", in_language(p.monitoring.name, b.language(), p.monitoring.id)},
                         {"waves", wave_heads(b, p.monitoring)},
                         {"rows", school_rows_of(b, p, place.front())}});
  }
  return out;
}

}  // namespace kaskad::reports
