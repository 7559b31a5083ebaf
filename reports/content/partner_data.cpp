#include "reports/content/partner_data.hpp"

#include <algorithm>
#include <tuple>

#include "reports/content/labels.hpp"
#include "reports/content/partner_pair.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

using Places = std::vector<std::size_t>;

bool holds(const std::vector<SchoolId>& schools, SchoolId school) {
  return std::find(schools.begin(), schools.end(), school) != schools.end();
}

/// Pairs of some schools, by municipality of the weak school, then by names.
Places pairs_of(const Briefing& b, const std::vector<SchoolId>& schools) {
  const auto& pairs = partners_of(b).pairs;
  Places out;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    if (holds(schools, pairs[p].weak) || holds(schools, pairs[p].strong)) out.push_back(p);
  }
  const auto key = [&](std::size_t p) {
    return std::make_tuple(b.data.registry.schools[pairs[p].weak].municipality, pairs[p].weak, pairs[p].strong);
  };
  std::stable_sort(out.begin(), out.end(), [&](std::size_t x, std::size_t y) { return key(x) < key(y); });
  return out;
}

/// The same, those whose gap has narrowed first.
Places by_trend(const Briefing& b, Places places) {
  std::stable_sort(places.begin(), places.end(), [&](std::size_t x, std::size_t y) {
    return partners_of(b).pairs[x].trend < partners_of(b).pairs[y].trend;
  });
  return places;
}

template <class Make>
List rows_of(const Briefing& b, const Places& places, const Make& make) {
  List rows;
  for (const std::size_t p : places) rows.push_back(make(b, partners_of(b).pairs[p]));
  return rows;
}

template <class Make>
List all_rows_of(const Briefing& b, const Places& places, const Make& make) {
  List rows;
  for (const std::size_t p : places) {
    for (Value& row : make(b, partners_of(b).pairs[p])) rows.push_back(std::move(row));
  }
  return rows;
}

/// Strong schools that help several, with whom.
List load_rows(const Briefing& b, const Places& places) {
  List rows;
  for (const PartnerLoad& load : partners_of(b).loads) {
    std::string names;
    bool any = false;
    for (const std::size_t p : load.pairs) {
      names += (names.empty() ? "" : ", ") + school_name(b, partners_of(b).pairs[p].weak);
      any = any || std::find(places.begin(), places.end(), p) != places.end();
    }
    if (!any || load.pairs.size() < 2) continue;
    rows.push_back(Object{{"strong", school_name(b, load.strong)},
                          {"schools", static_cast<std::int64_t>(load.pairs.size())},
                          {"names", std::move(names)}});
  }
  return rows;
}

/// More common works than these are told by the gap of each pair; the works themselves are in the workbook.
constexpr std::size_t kMostWorksOnPages = 24;
constexpr std::size_t kMostWorksInPassport = 15;

std::size_t works_of(const Briefing& b, const Places& places) {
  std::size_t n = 0;
  for (const std::size_t p : places) n += partners_of(b).pairs[p].works.size();
  return n;
}

std::string rule_text(const Briefing& b) {
  return b.texts.get("partners.rule", {{"minimum", b.figures().minimum_n},
                                       {"discovery", 100 * partners_of(b).settings.false_discovery}});
}

/// Some pair has a work that both schools wrote with enough participants.
bool comparable(const Briefing& b, const Places& places) { return works_of(b, places) > 0; }

/// Instead of tables in which nothing would stand; `named`: the pairs, or empty where another table names them.
std::string none_text(const Briefing& b, const Places& places, const std::string& named) {
  return b.texts.get("partners.none", {{"pairs", static_cast<std::int64_t>(places.size())},
                                       {"minimum", b.figures().minimum_n},
                                       {"any_named", std::string(named.empty() ? "no" : "yes")},
                                       {"named", named}});
}

std::string names_of_pairs(const Briefing& b, const Places& places) {
  std::string out;
  for (const std::size_t p : places) {
    const SchoolPair& pair = partners_of(b).pairs[p];
    out += (out.empty() ? "" : "; ") +
           b.texts.get("partners.pair", {{"weak", school_name(b, pair.weak)}, {"strong", school_name(b, pair.strong)}});
  }
  return out;
}

std::string summary_text(const Briefing& b, const Places& places, const GapOfPairs& gap) {
  const auto count = [&](GapTrend t) { return gap.trends[static_cast<std::size_t>(t)]; };
  const std::int64_t moved = count(GapTrend::narrowed) + count(GapTrend::widened) + count(GapTrend::weak_ahead);
  return b.texts.get("partners.text", {{"pairs", static_cast<std::int64_t>(places.size())},
                                       {"narrowed", count(GapTrend::narrowed)},
                                       {"widened", count(GapTrend::widened)},
                                       {"unproven", count(GapTrend::unproven)},
                                       {"ahead", count(GapTrend::weak_ahead)},
                                       {"moved", moved},
                                       {"judged", moved + count(GapTrend::unproven)},
                                       {"undefined", count(GapTrend::undefined)}});
}

/// The mean gap of the pairs by period: how far weak and strong schools lie apart.
Object mean_gap(const GapOfPairs& gap) {
  List gaps;
  for (const Estimate& e : gap.gaps) gaps.emplace_back(gap_quantity(e, owner_of(kRegion)));
  const std::int64_t strong = gap.change.defined() ? gap.change.clusters : 0;
  return {{"gaps", std::move(gaps)}, {"change", gap_quantity(gap.change, owner_of(kRegion))}, {"strong", strong}};
}

Value gap_chart(const Briefing& b, const std::vector<Estimate>& gaps) {
  List points;
  const List periods = partner_periods(b);
  bool any = false;
  for (std::size_t t = 0; t < gaps.size(); ++t) {
    any = any || gaps[t].defined();
    points.push_back(Object{{"label", *periods[t].find("label")}, {"value", gap_quantity(gaps[t], owner_of(kRegion))}});
  }
  if (!any) return Object{{"missing", b.texts.get("undefined.no_data")}};
  return Object{
      {"series",
       List{Object{{"label", b.texts.get("partners.mean_gap")}, {"role", "focus"}, {"points", std::move(points)}}}}};
}

/// Bare points of two or three pairs would look like a finding.
bool any_interval(const std::vector<Estimate>& gaps) {
  return std::any_of(gaps.begin(), gaps.end(), [](const Estimate& e) { return e.has_interval(); });
}

/// The mean gap in the last period that has one.
std::string gap_title(const Briefing& b, const std::vector<Estimate>& gaps) {
  const auto last = std::find_if(gaps.rbegin(), gaps.rend(), [](const Estimate& e) { return e.has_interval(); });
  if (last == gaps.rend()) return b.texts.get("partners.gap_title.undefined");
  const auto at = static_cast<std::size_t>(gaps.rend() - last) - 1;
  const Quantity q = gap_quantity(*last, owner_of(kRegion));
  return b.texts.get("partners.gap_title.told", {{"value", b.format.plain(q)},
                                                 {"interval", b.format.interval(q)},
                                                 {"period", *partner_periods(b)[at].find("label")->text()}});
}

/// Of the pairs in which there was a gap to narrow: where the school was ahead from the beginning, a change has another
/// meaning, and the pair is neither counted here nor drawn.
std::string changes_title(const Briefing& b, const GapOfPairs& gap) {
  const auto count = [&](GapTrend t) { return gap.trends[static_cast<std::size_t>(t)]; };
  const std::int64_t narrowed = count(GapTrend::narrowed), widened = count(GapTrend::widened);
  const std::int64_t judged = narrowed + widened + count(GapTrend::unproven);
  return b.texts.get("partners.changes_title", {{"judged", judged}, {"narrowed", narrowed}, {"widened", widened}});
}

/// How many pairs are not drawn, by reason.
std::string changes_note(const Briefing& b, const GapOfPairs& gap) {
  const auto count = [&](GapTrend t) { return gap.trends[static_cast<std::size_t>(t)]; };
  return b.texts.get("partners.changes_note",
                     {{"ahead", count(GapTrend::weak_ahead)}, {"undefined", count(GapTrend::undefined)}});
}

/// Change of the gap, pair by pair, of those that the title counts.
Value changes_chart(const Briefing& b, const Places& places) {
  List rows;
  for (const std::size_t p : places) {
    const SchoolPair& pair = partners_of(b).pairs[p];
    if (!pair.change.has_interval() || pair.trend == GapTrend::weak_ahead) continue;
    rows.push_back(Object{{"label", school_name(b, pair.weak)},
                          {"note", school_name(b, pair.strong)},
                          {"value", gap_quantity(pair.change, owner_of_school(b, pair.strong))}});
  }
  if (rows.empty()) return Object{{"missing", b.texts.get("partners.no_changes")}};
  return Object{{"rows", std::move(rows)},
                {"below_label", b.texts.get("partners.trend.narrowed")},
                {"above_label", b.texts.get("partners.trend.widened")}};
}

Object common(const Briefing& b, const Places& places) {
  Object out = {{"has_any", !places.empty()}};
  if (places.empty()) return out;
  out.emplace_back("rule", rule_text(b));
  out.emplace_back("periods", partner_periods(b));
  add_list(out, "loads", load_rows(b, places));
  return out;
}

}  // namespace

std::vector<SchoolId> schools_in_pairs(const Briefing& b, const std::vector<SchoolId>& schools) {
  std::vector<SchoolId> out;
  for (const std::size_t p : pairs_of(b, schools)) {
    out.push_back(partners_of(b).pairs[p].weak);
    out.push_back(partners_of(b).pairs[p].strong);
  }
  return out;
}

Object region_partners(const Briefing& b) {
  const Places places = pairs_of(b, b.frame().members[kRegion]);
  Object out = common(b, places);
  if (places.empty()) return out;
  const GapOfPairs gap = gap_of_pairs(partners_of(b), places);
  out.emplace_back("text", Value::told_of(owner_of(kRegion), comparable(b, places) ? summary_text(b, places, gap)
                                                                                   : none_text(b, places, {})));
  out.emplace_back("gap", mean_gap(gap));
  out.emplace_back("has_gap_chart", any_interval(gap.gaps));
  out.emplace_back("gap_title", gap_title(b, gap.gaps));
  out.emplace_back("gap_chart", gap_chart(b, gap.gaps));
  out.emplace_back("changes_title", changes_title(b, gap));
  out.emplace_back("changes_note", Value::told_of(owner_of(kRegion), changes_note(b, gap)));
  out.emplace_back("changes_chart", changes_chart(b, by_trend(b, places)));
  out.emplace_back("pairs", rows_of(b, by_trend(b, places), pair_row));
  add_list(out, "works", all_rows_of(b, places, work_rows));
  add_list(out, "tasks", all_rows_of(b, places, [](const Briefing& brief, const SchoolPair& pair) {
             return task_rows(brief, pair, false);
           }));
  return out;
}

Object municipality_partners(const Briefing& b, const std::vector<SchoolId>& schools) {
  const Places places = pairs_of(b, schools);
  Object out = common(b, places);
  if (places.empty()) return out;
  const GapOfPairs gap = gap_of_pairs(partners_of(b), places);
  out.emplace_back(
      "text", comparable(b, places) ? summary_text(b, places, gap) : none_text(b, places, names_of_pairs(b, places)));
  out.emplace_back("few_works", works_of(b, places) <= kMostWorksOnPages);
  out.emplace_back("pairs", rows_of(b, places, [](const Briefing& brief, const SchoolPair& pair) {
                     return pair_detail(brief, pair);
                   }));
  add_list(out, "works", all_rows_of(b, places, work_rows));
  add_list(out, "tasks", all_rows_of(b, places, [](const Briefing& brief, const SchoolPair& pair) {
             return task_rows(brief, pair, false);
           }));
  return out;
}

Object school_partners(const Briefing& b, SchoolId school) {
  const Places places = pairs_of(b, {school});
  Object out = common(b, places);
  if (places.empty()) return out;
  out.emplace_back("has_works", comparable(b, places));
  out.emplace_back("text",
                   Value::told_of(owner_of_school(b, school),
                                  comparable(b, places) ? "" : none_text(b, places, names_of_pairs(b, places))));
  out.emplace_back("single", places.size() == 1);
  out.emplace_back("few_works", works_of(b, places) <= kMostWorksInPassport);
  List pairs;
  for (const std::size_t p : places) {
    const SchoolPair& pair = partners_of(b).pairs[p];
    const bool helped = pair.weak == school;
    Object detail = pair_detail(b, pair, helped ? PairReader::anyone : PairReader::helper);
    detail.emplace_back("name", school_name(b, helped ? pair.strong : pair.weak));
    detail.emplace_back("role", b.texts.get(helped ? "partner.helper" : "partner.helped"));
    detail.emplace_back("weak_head", b.texts.get(helped ? "label.this_school" : "partner.in_pair"));
    detail.emplace_back("strong_head", b.texts.get(helped ? "partner.head" : "label.this_school"));
    pairs.emplace_back(std::move(detail));
  }
  out.emplace_back("pairs", std::move(pairs));
  return out;
}

}  // namespace kaskad::reports
