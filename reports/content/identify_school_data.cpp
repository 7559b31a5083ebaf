// Why one school is on a list or not: its rules, the shares behind them, its index.
#include <algorithm>
#include <cmath>

#include "indicators/withheld.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

/// More shares than these are told by their number; the shares themselves are in the workbook.
constexpr std::size_t kMostSharesOnPages = 8;

/// How many years of shares a passport shows: as many as the longest rule in use looks at.
std::size_t years_shown(const LowIdentification& low) {
  int most = 1;
  for (const LowTier& tier : low.settings.tiers) {
    for (const std::size_t rule : tier.rules) most = std::max(most, low.settings.rules[rule].years);
  }
  return std::min(static_cast<std::size_t>(most), low.years.size());
}

List rule_rows(const Briefing& b, const LowIdentification& low, SchoolId school) {
  List rows;
  std::vector<bool> told(low.settings.rules.size());
  for (const LowTier& tier : low.settings.tiers) {
    for (const std::size_t rule : tier.rules) {
      if (told[rule]) continue;
      told[rule] = true;
      const LowVerdict& verdict = low.verdict(school, low.years.size() - 1);
      if (verdict.listed == Answer::not_judged && verdict.rules[rule].reason == verdict.reason) continue;
      rows.push_back(Object{{"text", Value::told_of(owner_of_school(b, school),
                                                    rule_brief(b, low, school, low.years.size() - 1, rule))}});
    }
  }
  return rows;
}

/// The years before the last one that the rules look at, latest first.
std::vector<std::size_t> earlier_years(const LowIdentification& low) {
  std::vector<std::size_t> years;
  for (std::size_t back = 1; back < years_shown(low); ++back) years.push_back(low.years.size() - 1 - back);
  return years;
}

/// In the last year or in one of the earlier ones.
template <class Is>
bool in_any_year(const LowIdentification& low, SchoolId school, std::size_t procedure, Is is) {
  const std::vector<std::size_t> earlier = earlier_years(low);
  return is(low.share(school, procedure, low.years.size() - 1)) ||
         std::any_of(earlier.begin(), earlier.end(),
                     [&](std::size_t year) { return is(low.share(school, procedure, year)); });
}

bool is_judged(const LowShare& share) { return share.state == ShareState::judged; }
bool is_low(const LowIdentification& low, const LowShare& share) {
  return is_judged(share) && !is_hidden(share) && share.share.value >= low.settings.threshold;
}

/// Null for a hidden share.
Value told_low(const LowIdentification& low, const LowShare& share) {
  Value out;
  if (!is_hidden(share)) out.is = is_low(low, share);
  return out;
}

/// Whether the share of the last year reached the threshold, or that it is not told.
std::string low_answer(const Briefing& b, const LowIdentification& low, const LowShare& share) {
  if (is_hidden(share)) return b.texts.get("identify.hidden");
  return b.texts.get(!is_judged(share)    ? "identify.answer.not_judged"
                     : is_low(low, share) ? "identify.answer.yes"
                                          : "identify.answer.no");
}

/// "2025–2026": the years that the table of shares looks at.
std::string shown_years(const LowIdentification& low) {
  std::vector<int> years = {low.years.back()};
  for (const std::size_t y : earlier_years(low)) years.insert(years.begin(), low.years[y]);
  return years_text(years);
}

struct NotShown {
  std::int64_t never_low = 0;  ///< Procedures that were judged, but never reached the threshold.
  std::int64_t earlier = 0;    ///< Of these, judged in years before the last one only.
  std::int64_t hidden = 0;     ///< Those with a hidden share that did not reach it in any printed one.
};

NotShown not_shown(const LowIdentification& low, SchoolId school) {
  NotShown out;
  for (std::size_t p = 0; p < low.procedures.size(); ++p) {
    const bool reached = in_any_year(low, school, p, [&](const LowShare& s) { return is_low(low, s); });
    const bool hidden = in_any_year(low, school, p, is_hidden);
    out.hidden += !reached && hidden ? 1 : 0;
    if (reached || hidden || !in_any_year(low, school, p, is_judged)) continue;
    ++out.never_low;
    out.earlier += is_judged(low.share(school, p, low.years.size() - 1)) ? 0 : 1;
  }
  return out;
}

/// One row a procedure whose printed share reached the threshold in one of the years.
List share_rows(const Briefing& b, const LowIdentification& low, SchoolId school) {
  const Owner owner = owner_of_school(b, school);
  List rows;
  for (std::size_t p = 0; p < low.procedures.size(); ++p) {
    if (!in_any_year(low, school, p, [&](const LowShare& s) { return is_low(low, s); })) continue;
    const LowShare& share = low.share(school, p, low.years.size() - 1);
    List earlier;
    for (const std::size_t y : earlier_years(low)) earlier.push_back(printed_share(low.share(school, p, y), owner));
    rows.push_back(Object{{"procedure", procedure_name(b, low.procedures[p])},
                          {"share", printed_share(share, owner)},
                          {"earlier", std::move(earlier)},
                          {"shrunken", percents(unless(share.withheld, share.shrunken), owner)},
                          {"probability", is_judged(share) ? chance_of(share, owner) : percents(share.share, owner, 0)},
                          {"is_low", told_low(low, share)},
                          {"low", low_answer(b, low, share)}});
  }
  return rows;
}

List earlier_heads(const LowIdentification& low) {
  List out;
  for (const std::size_t y : earlier_years(low))
    out.push_back(Object{{"label", std::to_string(low.years[y])}, {"index", static_cast<int>(out.size())}});
  return out;
}

void add_low(const Briefing& b, SchoolId school, Object& out) {
  const LowIdentification& low = b.judgements.identification.low;
  out.emplace_back("has_low", !low.empty());
  if (low.empty()) {
    for (const char* name : {"low_text", "low_standing"}) out.emplace_back(name, Value());
    return;
  }
  const Owner owner = owner_of_school(b, school);
  const std::size_t last = low.years.size() - 1;
  out.emplace_back("low_text", Value::told_of(owner, low_text(b, low, school, last)));
  out.emplace_back("low_standing", Value::told_of(owner, low_standing(b, low, school, last)));
  out.emplace_back("threshold", percents(exactly(low.settings.threshold, 0), owner, 0));
  out.emplace_back("probability", chance(low.verdict(school, last).probability, low.settings.draws, owner));
  add_list(out, "rules", rule_rows(b, low, school));
  out.emplace_back("low_year", std::to_string(low.years[last]));
  out.emplace_back("earlier_years", earlier_heads(low));
  List shares = share_rows(b, low, school);
  out.emplace_back("few_shares", shares.size() <= kMostSharesOnPages);
  add_list(out, "shares", std::move(shares));
  const NotShown rest = not_shown(low, school);
  out.emplace_back("never_low",
                   Value::told_of(owner, b.texts.get("identify.never_low", {{"n", rest.never_low},
                                                                            {"earlier", rest.earlier},
                                                                            {"year", std::to_string(low.years[last])},
                                                                            {"hidden", rest.hidden},
                                                                            {"years", shown_years(low)}})));
}

List component_rows(const Briefing& b, const SocialIndex& index, SchoolId school) {
  const IndexIdentification& time = index.times.back();
  const Owner owner = owner_of_school(b, school);
  List rows;
  for (std::size_t c = 0; c < index.settings.components.size(); ++c) {
    if (index.fields[c] < 0) continue;
    const ContextField& field = b.data.context.fields[static_cast<std::size_t>(index.fields[c])];
    const double share = time.schools[school].shares[c], good = time.schools[school].good[c];
    const bool as_percent = field.unit == "share" || field.unit == "percent";
    const Estimate own =
        std::isnan(share) ? undefined(Undefined::no_data) : exactly(share * (field.unit == "share" ? 100 : 1), 1);
    const Estimate part =
        std::isnan(good) ? undefined(Undefined::no_data) : exactly(100 * good * time.fit.weights[c], 1);
    rows.push_back(Object{{"name", in_language(field.name, b.language())},
                          {"own", Quantity{own, as_percent ? Unit::percent : Unit::none, 1, false, owner}},
                          {"weight", Quantity{exactly(time.fit.weights[c], 1), Unit::none, 3, false, owner}},
                          {"part", Quantity{part, Unit::none, time.time.decimals, false, owner}}});
  }
  return rows;
}

List history_rows(const Briefing& b, const SocialIndex& index, SchoolId school) {
  List rows;
  for (const IndexIdentification& time : index.times) {
    const SchoolIndex& own = time.schools[school];
    rows.push_back(
        Object{{"time", in_language(time.time.name, b.language())},
               {"index", index_quantity(time.time, own.value, owner_of_school(b, school))},
               {"group", own.group ? index_group_name(b, index, *own.group)
                                   : b.texts.get("identify.index_gap." +
                                                 std::string(kIndexGapNames[static_cast<std::size_t>(own.gap)]))}});
  }
  return rows;
}

void add_social(const Briefing& b, SchoolId school, Object& out) {
  const SocialIndex& index = b.judgements.identification.social;
  out.emplace_back("has_social", !index.empty());
  if (index.empty()) {
    out.emplace_back("index_text", Value());
    return;
  }
  out.emplace_back("index_text",
                   Value::told_of(owner_of_school(b, school), index_text(b, index, index.times.size() - 1, school)));
  add_list(out, "components", component_rows(b, index, school));
  add_list(out, "history", history_rows(b, index, school));
}

/// With the name of the list that it moved to.
std::string own_change_text(const Briefing& b, const StatusChange& change) {
  const LowIdentification& low = b.judgements.identification.low;
  const auto year = std::find(low.years.begin(), low.years.end(), change.to_year);
  if (change.list != StatusList::low || change.kind != StatusChangeKind::moved || year == low.years.end())
    return change_kind_text(b, change);
  const LowVerdict& now = low.verdict(change.school, static_cast<std::size_t>(year - low.years.begin()));
  return b.texts.get("identify.moved_to", {{"tier", tier_name(b, low, now.tier)}});
}

List own_changes(const Briefing& b, SchoolId school) {
  const Identification& found = b.judgements.identification;
  List rows;
  for (const StatusChange& change : found.changes) {
    if (change.school != school) continue;
    rows.push_back(Object{
        {"years", std::to_string(change.from_year) + " → " + std::to_string(change.to_year)},
        {"list", b.texts.get("identify.list." + std::string(kStatusListNames[static_cast<std::size_t>(change.list)]))},
        {"change", own_change_text(b, change)},
        {"reason", Value::told_of(owner_of_school(b, school), change_brief(b, found, found, change))}});
  }
  return rows;
}

bool has_any(const Object& part) { return Value(part).find("has_any")->truthy(); }

/// Something stands under the heading of the lists: rules, moves, expected results or clusters.
bool tells_why(const Briefing& b, SchoolId school, const Object& found) {
  const Value told(found);
  return told.find("has_low")->truthy() || told.find("has_changes")->truthy() ||
         has_any(school_resilience(b, school)) || has_any(school_clusters(b, school));
}

}  // namespace

Value school_identification(const Briefing& b, SchoolId school) {
  if (b.judgements.identification.empty()) return {};
  Object out;
  add_low(b, school, out);
  add_social(b, school, out);
  add_list(out, "changes", own_changes(b, school));
  const LowIdentification& low = b.judgements.identification.low;
  out.emplace_back("is_listed", !low.empty() && low.verdict(school, low.years.size() - 1).listed == Answer::yes);
  out.emplace_back("has_why", tells_why(b, school, out));
  return out;
}

}  // namespace kaskad::reports
