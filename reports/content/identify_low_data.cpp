// Low results in the region: who was judged, who was found and by what, how the lists moved.
#include <algorithm>
#include <map>

#include "engine/stats/intervals.hpp"
#include "indicators/withheld.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const LowIdentification& low_of(const Briefing& b) { return b.judgements.identification.low; }

struct YearCounts {
  std::int64_t judged = 0, listed = 0, not_judged = 0;
  /// Schools of which every rule in use could be asked, and those of them that are listed. A share of all judged would
  /// lean upwards: where one rule cannot be asked, another may still put a school on a list, but none can keep it off.
  std::int64_t asked = 0, asked_listed = 0;
  std::vector<std::int64_t> tiers;
};

bool all_rules_asked(const LowSettings& settings, const LowVerdict& verdict) {
  return std::all_of(settings.tiers.begin(), settings.tiers.end(), [&](const LowTier& tier) {
    return std::all_of(tier.rules.begin(), tier.rules.end(),
                       [&](std::size_t rule) { return verdict.rules[rule].met != Answer::not_judged; });
  });
}

YearCounts counts_of(const LowIdentification& low, std::size_t year, const std::vector<SchoolId>& schools) {
  YearCounts out;
  out.tiers.resize(low.settings.tiers.size());
  for (const SchoolId s : schools) {
    const LowVerdict& verdict = low.verdict(s, year);
    (verdict.listed == Answer::not_judged ? out.not_judged : out.judged) += 1;
    out.listed += verdict.listed == Answer::yes;
    const bool asked = all_rules_asked(low.settings, verdict);
    out.asked += asked;
    out.asked_listed += asked && verdict.listed == Answer::yes;
    if (verdict.tier) ++out.tiers[*verdict.tier];
  }
  return out;
}

std::vector<SchoolId> all_schools(const Briefing& b) { return b.frame().members[kRegion]; }

List tier_heads(const Briefing& b) {
  List out;
  for (std::size_t t = 0; t < low_of(b).settings.tiers.size(); ++t)
    out.push_back(Object{{"name", tier_name(b, low_of(b), t)}, {"index", static_cast<int>(t)}});
  return out;
}

List year_heads(const Briefing& b) {
  List out;
  for (const int year : low_of(b).years)
    out.push_back(Object{{"label", std::to_string(year)}, {"index", static_cast<int>(out.size())}});
  return out;
}

Quantity share_of(std::int64_t hits, std::int64_t n, Owner owner) { return percents(stats::wilson(hits, n), owner); }

/// Nothing in a year to which not all rules can be applied.
Value listed_share(const YearCounts& counts) {
  if (counts.asked == 0) return {};
  return share_of(counts.asked_listed, counts.asked, owner_of(kRegion));
}

List year_rows(const Briefing& b) {
  List rows;
  for (std::size_t y = 0; y < low_of(b).years.size(); ++y) {
    const YearCounts counts = counts_of(low_of(b), y, all_schools(b));
    rows.push_back(Object{{"year", std::to_string(low_of(b).years[y])},
                          {"judged", counts.judged},
                          {"listed", counts.listed},
                          {"share", listed_share(counts)},
                          {"tiers", List(counts.tiers.begin(), counts.tiers.end())},
                          {"not_judged", counts.not_judged}});
  }
  return rows;
}

List reason_rows(const Briefing& b) {
  std::map<NotJudged, std::int64_t> counts;
  for (const SchoolId s : all_schools(b)) {
    const LowVerdict& verdict = low_of(b).verdict(s, low_of(b).years.size() - 1);
    if (verdict.listed == Answer::not_judged) ++counts[verdict.reason];
  }
  List rows;
  for (const auto& [reason, n] : counts)
    rows.push_back(Object{{"reason", not_judged_text(b, low_of(b), reason)}, {"schools", n}});
  return rows;
}

/// Procedures in which some school was judged: schools at the threshold or above of those judged, and the region's
/// typical share with its spread over schools.
List procedure_rows(const Briefing& b) {
  const LowIdentification& low = low_of(b);
  List rows;
  for (std::size_t p = 0; p < low.procedures.size(); ++p) {
    List by_year;
    std::int64_t judged = 0;
    for (std::size_t y = 0; y < low.years.size(); ++y) {
      const LowLevel& level = low.level(p, y);
      judged += level.schools;
      by_year.emplace_back(
          level.schools == 0 ? std::string()
                             : b.texts.get("identify.region.of_judged", {{"n", level.low}, {"judged", level.schools}}));
    }
    if (judged == 0) continue;
    const LowLevel& last = low.level(p, low.years.size() - 1);
    const auto of_prior = [&](double value) {
      const Undefined reason = last.prior.reason;
      return percents(
          reason == Undefined::none ? exactly(value, last.prior.pupils) : undefined(reason, last.prior.pupils),
          owner_of(kRegion));
    };
    rows.push_back(Object{{"name", procedure_name(b, low.procedures[p])},
                          {"by_year", std::move(by_year)},
                          {"mean", of_prior(last.prior.mean)},
                          {"between", of_prior(last.prior.between_sd)}});
  }
  return rows;
}

/// Place of a verdict among the categories of the flow: the lists, the strictest first, not judged, not listed.
std::size_t category_of(const LowIdentification& low, const LowVerdict& verdict) {
  if (verdict.tier) return *verdict.tier;
  return low.settings.tiers.size() + (verdict.listed == Answer::no ? 1U : 0U);
}

Value flow_chart(const Briefing& b) {
  const LowIdentification& low = low_of(b);
  if (low.years.size() < 2) return Object{{"missing", b.texts.get("undefined.no_data")}};
  List names, stages, links;
  for (std::size_t t = 0; t < low.settings.tiers.size(); ++t) names.push_back(Object{{"label", tier_name(b, low, t)}});
  names.push_back(Object{{"label", b.texts.get("identify.region.not_judged")}});
  names.push_back(Object{{"label", b.texts.get("identify.region.not_listed")}});
  const std::size_t first = low.years.size() > 4 ? low.years.size() - 4 : 0;
  for (std::size_t y = first; y < low.years.size(); ++y) {
    std::vector<std::int64_t> counts(names.size());
    std::map<std::pair<std::size_t, std::size_t>, std::int64_t> moves;
    for (const SchoolId s : all_schools(b)) {
      const std::size_t now = category_of(low, low.verdict(s, y));
      ++counts[now];
      if (y + 1 < low.years.size()) ++moves[{now, category_of(low, low.verdict(s, y + 1))}];
    }
    for (const auto& [move, n] : moves)
      links.push_back(Object{{"stage", static_cast<int>(y - first)},
                             {"from", static_cast<int>(move.first)},
                             {"to", static_cast<int>(move.second)},
                             {"count", n}});
    stages.push_back(Object{{"label", std::to_string(low.years[y])}, {"counts", List(counts.begin(), counts.end())}});
  }
  return Object{{"categories", std::move(names)}, {"stages", std::move(stages)}, {"links", std::move(links)}};
}

/// Share of the judged schools that are listed, by municipality and year. Municipalities stand as in the dictionary.
Value heat_chart(const Briefing& b) {
  const LowIdentification& low = low_of(b);
  List rows, columns;
  for (const int year : low.years) columns.push_back(Object{{"label", std::to_string(year)}});
  for (std::size_t e = 0; e < b.frame().entities.size(); ++e) {
    if (b.frame().entities[e].kind != EntityKind::municipality) continue;
    List cells;
    for (std::size_t y = 0; y < low.years.size(); ++y) {
      const YearCounts counts = counts_of(low, y, b.frame().members[e]);
      Quantity cell = share_of(counts.asked_listed, counts.asked, owner_of(e));
      cell.decimals = 0;
      cells.emplace_back(std::move(cell));
    }
    rows.push_back(Object{{"label", b.frame().entities[e].id}, {"cells", std::move(cells)}});
  }
  if (rows.empty()) return Object{{"missing", b.texts.get("undefined.no_data")}};
  return Object{{"columns", std::move(columns)}, {"rows", std::move(rows)}, {"with_counts", true}};
}

List listed_rows(const Briefing& b, std::optional<std::size_t> tier) {
  const LowIdentification& low = low_of(b);
  const std::size_t year = low.years.size() - 1;
  std::vector<SchoolId> schools;
  for (const SchoolId s : all_schools(b)) {
    const auto& own = low.verdict(s, year).tier;
    if (own && (!tier || own == tier)) schools.push_back(s);
  }
  sort_by_place_and_name(b, schools);
  List rows;
  for (const SchoolId s : schools) {
    const LowVerdict& verdict = low.verdict(s, year);
    Object row = found_school(b, s, rows.size() + 1);
    row.emplace_back("tier", tier_name(b, low, verdict.tier));
    row.emplace_back("rules", low_rules_met(b, low, s, year));
    row.emplace_back("facts", Value::told_of(owner_of_school(b, s), low_facts_met(b, low, s, year)));
    row.emplace_back("facts_brief", Value::told_of(owner_of_school(b, s), low_facts_brief(b, low, s, year)));
    row.emplace_back("basis", Value::told_of(owner_of_school(b, s), low_basis(b, low, s, year)));
    row.emplace_back("probability", chance(verdict.probability, low.settings.draws, owner_of_school(b, s)));
    row.emplace_back("change", last_change(b, StatusList::low, s));
    rows.push_back(std::move(row));
  }
  return rows;
}

List list_rows(const Briefing& b) {
  List out;
  for (std::size_t t = 0; t < low_of(b).settings.tiers.size(); ++t) {
    List schools = listed_rows(b, t);
    const auto n = static_cast<std::int64_t>(schools.size());
    out.push_back(Object{{"name", tier_name(b, low_of(b), t)},
                         {"n", n},
                         {"schools_text", b.texts.get("count.schools", {{"n", n}})},
                         {"has_schools", n > 0},
                         {"schools", std::move(schools)}});
  }
  return out;
}

/// Every judged share of the last year, raw and shrunken, for the workbook.
List share_rows(const Briefing& b) {
  const LowIdentification& low = low_of(b);
  const std::size_t year = low.years.size() - 1;
  List rows;
  for (const SchoolId s : all_schools(b)) {
    for (std::size_t p = 0; p < low.procedures.size(); ++p) {
      const LowShare& share = low.share(s, p, year);
      if (share.state != ShareState::judged) continue;
      const Owner owner = owner_of_school(b, s);
      Object row = found_school(b, s, rows.size() + 1);
      row.emplace_back("procedure", procedure_name(b, low.procedures[p]));
      row.emplace_back("year", std::to_string(low.years[year]));
      row.emplace_back("share", printed_share(share, owner));
      row.emplace_back("shrunken", percents(unless(share.withheld, share.shrunken), owner));
      row.emplace_back("probability", chance_of(share, owner));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::string trend_of(std::int64_t before, std::int64_t now) {
  return now > before ? "more" : now < before ? "fewer" : "same";
}

/// Lists of two years are compared only where both could be judged.
std::string title_of(const Briefing& b) {
  const LowIdentification& low = low_of(b);
  const std::size_t last = low.years.size() - 1;
  const YearCounts now = counts_of(low, last, all_schools(b));
  const YearCounts before = last > 0 ? counts_of(low, last - 1, all_schools(b)) : YearCounts{};
  return b.texts.get("identify.region.low_title",
                     {{"trend", before.judged > 0 ? trend_of(before.listed, now.listed) : std::string("none")},
                      {"before", before.listed},
                      {"now", now.listed}});
}

/// In how many municipalities some school is listed in the last year.
std::string heat_title(const Briefing& b) {
  const LowIdentification& low = low_of(b);
  std::int64_t judged = 0, listed = 0;
  for (std::size_t e = 0; e < b.frame().entities.size(); ++e) {
    if (b.frame().entities[e].kind != EntityKind::municipality) continue;
    const YearCounts counts = counts_of(low, low.years.size() - 1, b.frame().members[e]);
    judged += counts.asked > 0 ? 1 : 0;
    listed += counts.asked_listed > 0 ? 1 : 0;
  }
  return b.texts.get("identify.region.heat_title",
                     {{"year", std::to_string(low.years.back())}, {"judged", judged}, {"listed", listed}});
}

/// What «hidden» means; empty when every share is printed.
std::string hidden_note(const Briefing& b) {
  const std::vector<LowShare>& shares = low_of(b).shares;
  const bool hides = std::any_of(shares.begin(), shares.end(),
                                 [](const LowShare& share) { return share.withheld != Undefined::none; });
  return hides ? b.texts.get("identify.hidden_note") : std::string();
}

}  // namespace

Object low_data(const Briefing& b) {
  const LowIdentification& low = low_of(b);
  const std::size_t last = low.years.size() - 1;
  const YearCounts counts = counts_of(low, last, all_schools(b));
  const Quantity share = share_of(counts.asked_listed, counts.asked, owner_of(kRegion));
  Object out = {{"year", std::to_string(low.years[last])},
                {"text", b.texts.get("identify.region.low_text", {{"year", std::to_string(low.years[last])},
                                                                  {"judged", counts.judged},
                                                                  {"listed", counts.listed},
                                                                  {"share", b.format.with_unit(share)},
                                                                  {"not_judged", counts.not_judged}})},
                {"title", title_of(b)},
                {"heat_title", heat_title(b)},
                {"threshold", percents(exactly(low.settings.threshold, 0), owner_of(kRegion), 0)},
                {"settings", named_values(low_settings(b, low))},
                {"tiers", tier_heads(b)},
                {"years", year_heads(b)},
                {"by_year", year_rows(b)},
                {"procedures", procedure_rows(b)},
                {"flow", flow_chart(b)},
                {"heat", heat_chart(b)},
                {"shares", share_rows(b)},
                {"lists", list_rows(b)},
                {"hidden_note", hidden_note(b)}};
  add_list(out, "reasons", reason_rows(b));
  add_list(out, "schools", listed_rows(b, std::nullopt));
  add_list(out, "changes", change_rows(b, StatusList::low, false));
  return out;
}

}  // namespace kaskad::reports
