// Signs of biased marking as trees: the region's counts and every sign, and what was seen in one school.
#include <algorithm>
#include <array>
#include <map>

#include "engine/stats/intervals.hpp"
#include "indicators/withheld.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/marking_words.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/works_parts.hpp"

namespace kaskad::reports {
namespace {

const MarkingSigns& signs_of(const Briefing& b) { return b.judgements.marking; }
std::size_t last_year(const Briefing& b) { return signs_of(b).years.size() - 1; }
const std::vector<SchoolId>& all_schools(const Briefing& b) { return b.frame().members[kRegion]; }

Quantity share_of(const SignCounts& counts, Owner owner) {
  return percents(stats::wilson(counts.marked, counts.judged), owner);
}

Quantity index_of(const SignCounts& counts, Owner owner) {
  return {objectivity_index(counts), Unit::none, 1, false, owner};
}

/// Nothing where no school could be judged.
Value marked_share(const SignCounts& counts, Owner owner) {
  if (counts.judged == 0) return {};
  return share_of(counts, owner);
}

Object counts_row(std::string name, const SignCounts& counts, Owner owner) {
  return {{"name", std::move(name)},
          {"judged", counts.judged},
          {"marked", counts.marked},
          {"share", marked_share(counts, owner)},
          {"index", index_of(counts, owner)}};
}

/// «3 из 50», or nothing where nobody was judged.
std::string of_judged(const Briefing& b, const SignCounts& counts) {
  return counts.judged == 0 ? std::string()
                            : b.texts.get("marking.of_judged", {{"n", counts.marked}, {"judged", counts.judged}});
}

List kind_heads(const Briefing& b) {
  List out;
  for (const SignKind kind : signs_of(b).settings.signs)
    out.push_back(Object{{"label", sign_name(b, kind)}, {"index", static_cast<int>(out.size())}});
  return out;
}

List kind_rows(const Briefing& b) {
  List rows;
  for (const SignKind kind : signs_of(b).settings.signs)
    rows.push_back(counts_row(sign_name(b, kind), count_signs(signs_of(b), all_schools(b), last_year(b), kind),
                              owner_of(kRegion)));
  return rows;
}

template <class Count>
List by_kind(const Briefing& b, const Count& count) {
  List out;
  for (const SignKind kind : signs_of(b).settings.signs) out.emplace_back(of_judged(b, count(kind)));
  return out;
}

List year_rows(const Briefing& b) {
  List rows;
  for (std::size_t y = 0; y < signs_of(b).years.size(); ++y) {
    const auto count = [&](std::optional<SignKind> kind) { return count_signs(signs_of(b), all_schools(b), y, kind); };
    Object row = counts_row(std::to_string(signs_of(b).years[y]), count(std::nullopt), owner_of(kRegion));
    row.emplace_back("kinds", by_kind(b, count));
    rows.push_back(std::move(row));
  }
  return rows;
}

List work_rows(const Briefing& b) {
  List rows;
  for (std::size_t w = 0; w < signs_of(b).works.size(); ++w) {
    const auto count = [&](std::optional<SignKind> kind) { return count_signs(signs_of(b), w, last_year(b), kind); };
    if (count(std::nullopt).judged == 0) continue;
    Object row = counts_row(marked_work_name(b, signs_of(b).works[w]), count(std::nullopt), owner_of(kRegion));
    row.emplace_back("kinds", by_kind(b, count));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// One row a municipality, in the order of the dictionary: the last year's counts, and the index by year.
List municipality_rows(const Briefing& b) {
  List rows;
  for (std::size_t e = 0; e < b.frame().entities.size(); ++e) {
    if (b.frame().entities[e].kind != EntityKind::municipality) continue;
    const auto count = [&](std::size_t y) { return count_signs(signs_of(b), b.frame().members[e], y, std::nullopt); };
    Object row = counts_row(b.frame().entities[e].id, count(last_year(b)), owner_of(e));
    List by_year;
    for (std::size_t y = 0; y < signs_of(b).years.size(); ++y) by_year.emplace_back(index_of(count(y), owner_of(e)));
    row.emplace_back("by_year", std::move(by_year));
    rows.push_back(std::move(row));
  }
  return rows;
}

List year_heads(const Briefing& b) {
  List out;
  for (const int year : signs_of(b).years)
    out.push_back(Object{{"label", std::to_string(year)}, {"index", static_cast<int>(out.size())}});
  return out;
}

Value heat_chart(const Briefing& b, const List& municipalities) {
  if (municipalities.empty()) return Object{{"missing", b.texts.get("undefined.no_data")}};
  List columns, rows;
  for (const int year : signs_of(b).years) columns.push_back(Object{{"label", std::to_string(year)}});
  for (const Value& municipality : municipalities) {
    List cells;
    for (const Value& index : *municipality.find("by_year")->list()) {
      Quantity cell = *index.quantity();
      cell.decimals = 0;
      cells.emplace_back(std::move(cell));
    }
    rows.push_back(Object{{"label", *municipality.find("name")}, {"cells", std::move(cells)}});
  }
  return Object{{"columns", std::move(columns)}, {"rows", std::move(rows)}, {"with_counts", true}};
}

/// The last year: how far apart the municipalities lie, and how many have no sign at all.
std::string heat_title(const Briefing& b, const List& municipalities) {
  double least = 100, most = 0;
  std::int64_t judged = 0, clean = 0;
  for (const Value& row : municipalities) {
    const Estimate& index = row.find("index")->quantity()->estimate;
    if (!index.defined()) continue;
    least = std::min(least, index.value);
    most = std::max(most, index.value);
    ++judged;
    clean += std::get<std::int64_t>(row.find("marked")->is) == 0 ? 1 : 0;
  }
  return b.texts.get("marking.heat_title", {{"year", std::to_string(signs_of(b).years.back())},
                                            {"least", b.format.number(least, 0)},
                                            {"most", b.format.number(most, 0)},
                                            {"clean", clean},
                                            {"judged", judged}});
}

/// The region's scores at the borders of marks, all schools together.
List spike_rows(const Briefing& b) {
  List rows;
  for (const RegionSpike& spike : signs_of(b).region_spikes) {
    if (spike.year != last_year(b)) continue;
    const std::int64_t both = spike.test.above + spike.test.below;
    const auto number = [&](double value, Unit unit, int decimals) {
      return Quantity{exactly(value, both), unit, decimals, false, owner_of(kRegion)};
    };
    rows.push_back(Object{
        {"work", marked_work_name(b, signs_of(b).works[spike.work])},
        {"mark", b.texts.get("marking.border", {{"mark", std::int64_t{spike.mark}}})},
        {"above", number(100.0 * static_cast<double>(spike.test.above) / static_cast<double>(both), Unit::percent, 1)},
        {"expected", number(100.0 * spike.test.expected / static_cast<double>(both), Unit::percent, 1)},
        {"odds", number(spike.test.odds_ratio, Unit::none, 2)},
        {"z", number(spike.test.z, Unit::none, 1)}});
  }
  return rows;
}

std::string work_of(const Briefing& b, const MarkingFact& fact) {
  return fact.work ? marked_work_name(b, signs_of(b).works[*fact.work]) : b.texts.get("marking.all_works");
}

/// Whether it is among the reasons for the school's verdict: a spike of one work is told of the work alone.
bool is_reason(const Briefing& b, const MarkingFact& fact) {
  if (!fact.is_sign() || (fact.kind == SignKind::spike) == fact.work.has_value()) return false;
  return signs_of(b).verdict(fact.school, fact.year).kinds[static_cast<std::size_t>(fact.kind)] == Answer::yes;
}

Object fact_row(const Briefing& b, const MarkingFact& fact) {
  return {{"year", std::to_string(signs_of(b).years[fact.year])},
          {"work", work_of(b, fact)},
          {"sign", sign_name(b, fact.kind)},
          {"text", Value::told_of(owner_of_school(b, fact.school), sign_text(b, signs_of(b), fact))},
          {"n", Quantity{unless(fact.withheld, exactly(static_cast<double>(fact.own.n), fact.own.n)), Unit::count, 0,
                         false, owner_of_school(b, fact.school)}}};
}

/// Every sign of every year and school, for the workbook.
List all_signs(const Briefing& b) {
  List rows;
  for (const MarkingFact& fact : signs_of(b).facts) {
    if (!fact.is_sign()) continue;
    Object row = found_school(b, fact.school, rows.size() + 1);
    for (auto& entry : fact_row(b, fact)) row.push_back(std::move(entry));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// What speaks for a school's verdict of the last year, sign by sign.
std::vector<const MarkingFact*> reasons_of(const Briefing& b, SchoolId school) {
  std::vector<const MarkingFact*> reasons;
  for (const MarkingFact& fact : signs_of(b).facts) {
    if (fact.school == school && fact.year == last_year(b) && is_reason(b, fact)) reasons.push_back(&fact);
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const MarkingFact* x, const MarkingFact* y) { return x->kind < y->kind; });
  return reasons;
}

/// Of each sign the work, or how many works it was seen in.
std::string brief_of(const Briefing& b, SchoolId school) {
  std::map<SignKind, std::vector<std::string>> works;
  for (const MarkingFact* fact : reasons_of(b, school)) works[fact->kind].push_back(work_of(b, *fact));
  std::string out;
  for (const auto& [kind, of] : works)
    out += (out.empty() ? "" : "; ") + b.texts.get("marking.brief", {{"sign", sign_name(b, kind)},
                                                                     {"works", static_cast<std::int64_t>(of.size())},
                                                                     {"work", of.front()}});
  return out;
}

/// The reasons of a school's last year, one sentence a sign.
std::string basis_of(const Briefing& b, SchoolId school) {
  std::string out;
  const std::vector<const MarkingFact*> reasons = reasons_of(b, school);
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const MarkingFact& fact = *reasons[i];
    const bool first = i == 0 || reasons[i - 1]->kind != fact.kind;
    out += (out.empty() ? "" : "; ") + b.texts.get("marking.basis", {{"first", std::string(first ? "yes" : "no")},
                                                                     {"sign", sign_name(b, fact.kind)},
                                                                     {"work", work_of(b, fact)},
                                                                     {"fact", short_sign_text(b, signs_of(b), fact)}});
  }
  return out;
}

std::int64_t years_marked(const Briefing& b, SchoolId school) {
  std::int64_t n = 0;
  for (std::size_t y = 0; y < signs_of(b).years.size(); ++y) n += signs_of(b).verdict(school, y).any == Answer::yes;
  return n;
}

List school_rows_of(const Briefing& b) {
  std::vector<SchoolId> schools;
  for (const SchoolId s : all_schools(b)) {
    if (signs_of(b).verdict(s, last_year(b)).any == Answer::yes) schools.push_back(s);
  }
  sort_by_place_and_name(b, schools);
  List rows;
  for (const SchoolId s : schools) {
    Object row = found_school(b, s, rows.size() + 1);
    row.emplace_back("brief", Value::told_of(owner_of_school(b, s), brief_of(b, s)));
    row.emplace_back("basis", Value::told_of(owner_of_school(b, s), basis_of(b, s)));
    row.emplace_back("years_marked",
                     b.texts.get("marking.of_years", {{"n", years_marked(b, s)},
                                                      {"years", static_cast<std::int64_t>(signs_of(b).years.size())}}));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// How many of the schools judged rule 1 marks in a work, over the works of the last year.
std::string context_text(const Briefing& b) {
  SignCounts sum;
  for (std::size_t w = 0; w < signs_of(b).works.size(); ++w) {
    const SignCounts counts = count_signs(signs_of(b), w, last_year(b), SignKind::mean);
    sum.judged += counts.judged;
    sum.marked += counts.marked;
  }
  if (sum.judged == 0) return {};
  return b.texts.get("marking.context",
                     {{"share", b.format.with_unit(share_of(sum, kNobody))}, {"judged", sum.judged}});
}

std::string region_text(const Briefing& b) {
  const SignCounts counts = count_signs(signs_of(b), all_schools(b), last_year(b), std::nullopt);
  if (counts.judged == 0) return b.texts.get("marking.none_judged");
  const Quantity index = index_of(counts, kNobody);
  return b.texts.get("marking.text", {{"year", std::to_string(signs_of(b).years.back())},
                                      {"judged", counts.judged},
                                      {"marked", counts.marked},
                                      {"index", b.format.plain(index)},
                                      {"interval", b.format.interval(index)}});
}

}  // namespace

Object region_marking(const Briefing& b) {
  Object out = {{"has_any", !signs_of(b).empty()}};
  if (signs_of(b).empty()) return out;
  List municipalities = municipality_rows(b);
  out.emplace_back("year", std::to_string(signs_of(b).years.back()));
  out.emplace_back("spike_years", spike_years_text(b, signs_of(b), last_year(b)));
  out.emplace_back("text", Value::told_of(owner_of(kRegion), region_text(b)));
  out.emplace_back("context", Value::told_of(owner_of(kRegion), context_text(b)));
  out.emplace_back("heads", kind_heads(b));
  out.emplace_back("kinds", kind_rows(b));
  out.emplace_back("years", year_heads(b));
  out.emplace_back("by_year", year_rows(b));
  out.emplace_back("works", work_rows(b));
  out.emplace_back("heat", heat_chart(b, municipalities));
  out.emplace_back("heat_title", heat_title(b, municipalities));
  add_list(out, "municipalities", std::move(municipalities));
  add_list(out, "spikes", spike_rows(b));
  add_list(out, "schools", school_rows_of(b));
  add_list(out, "signs", all_signs(b));
  out.emplace_back("settings", marking_settings(b, signs_of(b)));
  return out;
}

Object school_marking(const Briefing& b, SchoolId school) {
  Object out = {{"has_any", false}};
  if (signs_of(b).empty() || signs_of(b).verdict(school, last_year(b)).any == Answer::not_judged) return out;
  out.front().second = true;
  List rows;
  for (const MarkingFact& fact : signs_of(b).facts) {
    if (fact.school == school && fact.year == last_year(b) && is_reason(b, fact)) rows.push_back(fact_row(b, fact));
  }
  out.emplace_back("text",
                   Value::told_of(owner_of_school(b, school),
                                  b.texts.get(rows.empty() ? "marking.school.none" : "marking.school.some",
                                              {{"year", std::to_string(signs_of(b).years.back())},
                                               {"n", static_cast<std::int64_t>(rows.size())},
                                               {"marked", years_marked(b, school)},
                                               {"years", static_cast<std::int64_t>(signs_of(b).years.size())}})));
  add_list(out, "signs", std::move(rows));
  return out;
}

}  // namespace kaskad::reports
