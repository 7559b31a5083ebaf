#include "reports/content/identify_words.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "indicators/basis.hpp"
#include "indicators/withheld.hpp"
#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

void add(std::string& text, const std::string& part, const char* between) {
  if (!part.empty()) text += (text.empty() ? "" : between) + part;
}

std::string of_name(const Briefing& b, const Names& names, const std::string& id) {
  return in_language(names, b.language(), id);
}

std::string year_of(const LowIdentification& low, std::size_t year) { return std::to_string(low.years[year]); }

std::string percent_text(const Briefing& b, double fraction, int decimals = 1) {
  return b.format.with_unit(percents(exactly(fraction, 0), kNobody, decimals));
}

/// The share, or why there is none.
std::string share_or_state(const Briefing& b, const LowIdentification& low, const LowShare& share) {
  if (share.withheld != Undefined::none) return b.texts.get("identify.hidden");
  if (share.state == ShareState::judged) return percent_text(b, share.share.value);
  return b.texts.get("identify.share_state." + std::string(kShareStateNames[static_cast<std::size_t>(share.state)]),
                     {{"minimum", low.settings.minimum_n}});
}

std::string facts_text(const Briefing& b, const LowIdentification& low, SchoolId school,
                       const std::vector<LowFact>& facts) {
  std::string out;
  for (const LowFact& fact : facts) add(out, fact_text(b, low, school, fact), "; ");
  return out;
}

/// Procedures all of whose facts are printed. One with a hidden share is not told even by its number or its other
/// years: with the rule that is met they would tell on which side of the threshold the hidden share lies.
std::set<std::size_t> told_procedures(const LowIdentification& low, SchoolId school,
                                      const std::vector<LowFact>& facts) {
  std::set<std::size_t> told, hidden;
  for (const LowFact& fact : facts)
    (is_hidden(low.share(school, fact.procedure, fact.year)) ? hidden : told).insert(fact.procedure);
  for (const std::size_t p : hidden) told.erase(p);
  return told;
}

std::string told_facts_text(const Briefing& b, const LowIdentification& low, SchoolId school,
                            const std::vector<LowFact>& facts) {
  const std::set<std::size_t> told = told_procedures(low, school, facts);
  std::string out;
  for (const LowFact& fact : facts) {
    if (told.count(fact.procedure) > 0) add(out, whole_fact_text(b, low, school, fact), "; ");
  }
  return out.empty() ? b.texts.get("identify.all_hidden") : out;
}

/// Procedures with a hidden share in the last years that a rule looks at, whether it carries the rule or not.
std::int64_t hidden_procedures(const LowIdentification& low, SchoolId school, std::size_t year, int years) {
  std::int64_t out = 0;
  for (std::size_t p = 0; p < low.procedures.size(); ++p) {
    bool any = false;
    for (std::size_t back = 0; back < static_cast<std::size_t>(years) && back <= year; ++back)
      any = any || is_hidden(low.share(school, p, year - back));
    out += any ? 1 : 0;
  }
  return out;
}

/// Rules of the tier that are met.
std::vector<std::size_t> rules_met(const LowIdentification& low, const LowVerdict& verdict) {
  std::vector<std::size_t> out;
  for (const std::size_t rule : low.settings.tiers[*verdict.tier].rules) {
    if (verdict.rules[rule].met == Answer::yes) out.push_back(rule);
  }
  return out;
}

/// Each procedure that carried the old verdict, with its share then and now.
std::string what_became(const Briefing& b, const Identification& before, const Identification& after,
                        const StatusChange& change) {
  const auto place = [](const std::vector<int>& years, int year) {
    return static_cast<std::size_t>(std::find(years.begin(), years.end(), year) - years.begin());
  };
  const std::size_t from = place(before.low.years, change.from_year), to = place(after.low.years, change.to_year);
  const LowVerdict& verdict = before.low.verdict(change.school, from);
  std::vector<std::size_t> told;
  std::string out;
  for (const std::size_t rule : rules_met(before.low, verdict)) {
    for (const LowFact& fact : verdict.rules[rule].facts) {
      if (fact.year != from || std::find(told.begin(), told.end(), fact.procedure) != told.end()) continue;
      told.push_back(fact.procedure);
      const auto now =
          std::find(after.low.procedures.begin(), after.low.procedures.end(), before.low.procedures[fact.procedure]);
      const LowShare none;
      const LowShare& share =
          now == after.low.procedures.end()
              ? none
              : after.low.share(change.school, static_cast<std::size_t>(now - after.low.procedures.begin()), to);
      const LowShare& old = before.low.share(change.school, fact.procedure, from);
      if (is_hidden(old)) continue;  // that it carried the verdict would tell of it
      const std::string then = share_or_state(b, before.low, old);
      add(out,
          b.texts.get("identify.became", {{"procedure", procedure_name(b, before.low.procedures[fact.procedure])},
                                          {"then", then},
                                          {"now", share_or_state(b, after.low, share)}}),
          "; ");
    }
  }
  return out.empty() ? b.texts.get("identify.all_hidden") : out;
}

std::string low_change(const Briefing& b, const Identification& before, const Identification& after,
                       const StatusChange& change) {
  if (change.kind == StatusChangeKind::left) return what_became(b, before, after, change);
  const auto year = std::find(after.low.years.begin(), after.low.years.end(), change.to_year);
  if (year == after.low.years.end()) return not_judged_text(b, after.low, NotJudged::no_participants);
  const auto place = static_cast<std::size_t>(year - after.low.years.begin());
  if (!after.low.verdict(change.school, place).tier) return low_basis(b, after.low, change.school, place);
  return low_rules_met(b, after.low, change.school, place) + ": " + low_facts_met(b, after.low, change.school, place);
}

std::string index_state(const Briefing& b, const SocialIndex& index, int year, SchoolId school, const char* key) {
  const auto time = identification_of(index, year);
  if (!time) return b.texts.get("identify.index_gap.no_context");
  const IndexIdentification& at = index.times[*time];
  const SchoolIndex& own = at.schools[school];
  if (!own.group)
    return b.texts.get("identify.index_gap." + std::string(kIndexGapNames[static_cast<std::size_t>(own.gap)]));
  return b.texts.get(key, {{"value", index_number(b, at.time, own.value)},
                           {"group", index_group_name(b, index, *own.group)},
                           {"time", of_name(b, at.time.name, "")}});
}

std::string index_change(const Briefing& b, const Identification& before, const Identification& after,
                         const StatusChange& change, const char* key, const char* state) {
  return b.texts.get(key, {{"from", index_state(b, before.social, change.from_year, change.school, state)},
                           {"to", index_state(b, after.social, change.to_year, change.school, state)}});
}

std::string list_of(const Briefing& b, const std::vector<std::string>& ids, const auto& entries) {
  std::string out;
  for (const std::string& id : ids) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.id == id; });
    add(out, found == entries.end() ? id : of_name(b, found->name, id), ", ");
  }
  return out.empty() ? b.texts.get("identify.value.all") : out;
}

std::string choice_text(const Briefing& b, const std::string& what, std::string_view name) {
  return b.texts.get("identify.value." + what + "_" + std::string(name));
}

void name(const Briefing& b, NamedValues& out, const std::string& key, std::string value) {
  out.emplace_back(b.texts.get("identify.setting." + key), std::move(value));
}

}  // namespace

Quantity percents(Estimate fraction, Owner owner, int decimals) {
  for (double* part : {&fraction.value, &fraction.se, &fraction.lo, &fraction.hi}) *part *= 100;
  return {fraction, Unit::percent, decimals, false, owner};
}

Quantity printed_share(const LowShare& share, Owner owner) {
  return percents(unless(share.withheld, share.share), owner);
}

Quantity chance_of(const LowShare& share, Owner owner) {
  const Quantity q = chance(share.probability, share.n, owner);
  return {unless(share.withheld, q.estimate), q.unit, q.decimals, q.is_difference, q.owner};
}

Quantity chance(double probability, std::int64_t n, Owner owner) {
  Quantity q = percents(std::isnan(probability) ? undefined(Undefined::no_data, n) : exactly(probability, n), owner, 0);
  q.unit = Unit::chance;
  return q;
}

std::string procedure_name(const Briefing& b, const LowProcedure& procedure) {
  Series s;
  s.procedure = procedure.procedure;
  s.subject = procedure.subject;
  s.grade = procedure.grade.value_or(0);
  return slice_name(b, s);
}

std::string tier_name(const Briefing& b, const LowIdentification& low, const std::optional<std::size_t>& tier) {
  if (!tier) return {};
  const LowTier& own = low.settings.tiers[*tier];
  return of_name(b, own.name, own.id);
}

std::string not_judged_text(const Briefing& b, const LowIdentification& low, NotJudged reason) {
  return b.texts.get("identify.not_judged." + std::string(kNotJudgedNames[static_cast<std::size_t>(reason)]),
                     {{"minimum", low.settings.minimum_n}});
}

std::string fact_text(const Briefing& b, const LowIdentification& low, SchoolId school, const LowFact& fact) {
  if (low.share(school, fact.procedure, fact.year).withheld == Undefined::none)
    return whole_fact_text(b, low, school, fact);
  return b.texts.get("identify.hidden_fact", {{"procedure", procedure_name(b, low.procedures[fact.procedure])},
                                              {"year", year_of(low, fact.year)}});
}

std::string whole_fact_text(const Briefing& b, const LowIdentification& low, SchoolId school, const LowFact& fact) {
  const LowShare& share = low.share(school, fact.procedure, fact.year);
  const Quantity shown = percents(share.share, kNobody);
  return b.texts.get("identify.fact", {{"procedure", procedure_name(b, low.procedures[fact.procedure])},
                                       {"year", year_of(low, fact.year)},
                                       {"below", share.below},
                                       {"n", share.n},
                                       {"share", b.format.with_unit(shown)},
                                       {"interval", b.format.interval(shown)},
                                       {"pooled", std::int64_t{share.years_pooled}},
                                       {"scale", std::string(share.scale_changed ? "changed" : "same")}});
}

std::string rule_text(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                      std::size_t rule) {
  const RuleVerdict& verdict = low.verdict(school, year).rules[rule];
  const LowRule& own = low.settings.rules[rule];
  return b.texts.get("identify.rule." + std::string(kAnswerNames[static_cast<std::size_t>(verdict.met)]),
                     {{"rule", of_name(b, own.name, own.id)},
                      {"facts", facts_text(b, low, school, verdict.facts)},
                      {"reason", not_judged_text(b, low, verdict.reason)}});
}

std::string rule_brief(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                       std::size_t rule) {
  const RuleVerdict& verdict = low.verdict(school, year).rules[rule];
  if (verdict.met != Answer::yes) return rule_text(b, low, school, year, rule);
  const LowRule& own = low.settings.rules[rule];
  return b.texts.get("identify.rule.brief",
                     {{"rule", of_name(b, own.name, own.id)},
                      {"n", static_cast<std::int64_t>(told_procedures(low, school, verdict.facts).size())},
                      {"hidden", hidden_procedures(low, school, year, own.years)}});
}

namespace {

/// As a passport counts them, or with the hidden ones.
PrintedShares shares_of(const LowIdentification& low, SchoolId school, std::size_t year, ToldShares told) {
  const LowVerdict& verdict = low.verdict(school, year);
  return told == ToldShares::all ? PrintedShares{verdict.judged, verdict.low, 0} : printed_shares(low, school, year);
}

/// `stem`: [identify.low] or [identify.standing], with a text for each answer.
std::string low_answer(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                       const std::string& stem, const PrintedShares& shares) {
  const LowVerdict& verdict = low.verdict(school, year);
  return b.texts.get(stem + "." + std::string(kAnswerNames[static_cast<std::size_t>(verdict.listed)]),
                     {{"year", year_of(low, year)},
                      {"tier", tier_name(b, low, verdict.tier)},
                      {"low", shares.low},
                      {"judged", shares.judged},
                      {"hidden", shares.hidden},
                      {"threshold", percent_text(b, low.settings.threshold, 0)},
                      {"reason", not_judged_text(b, low, verdict.reason)}});
}

}  // namespace

bool is_hidden(const LowShare& share) { return share.state == ShareState::judged && share.withheld != Undefined::none; }

PrintedShares printed_shares(const LowIdentification& low, SchoolId school, std::size_t year) {
  PrintedShares out;
  for (std::size_t p = 0; p < low.procedures.size(); ++p) {
    const LowShare& share = low.share(school, p, year);
    if (share.state != ShareState::judged) continue;
    ++(is_hidden(share) ? out.hidden : out.judged);
    out.low += !is_hidden(share) && share.share.value >= low.settings.threshold;
  }
  return out;
}

std::string low_text(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                     ToldShares told) {
  return low_answer(b, low, school, year, "identify.low", shares_of(low, school, year, told));
}

std::string low_standing(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year) {
  return low_answer(b, low, school, year, "identify.standing", {});
}

std::string low_rules_met(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year) {
  const LowVerdict& verdict = low.verdict(school, year);
  std::string out;
  if (!verdict.tier) return out;
  for (const std::size_t rule : rules_met(low, verdict))
    add(out, of_name(b, low.settings.rules[rule].name, low.settings.rules[rule].id), "; ");
  return out;
}

namespace {

/// Places of what carried the verdict and is printed: procedures with their years, or years with their procedures.
std::map<std::size_t, std::set<std::size_t>> facts_by(const LowIdentification& low, SchoolId school,
                                                      const LowVerdict& verdict, std::size_t LowFact::*key,
                                                      std::size_t LowFact::*value) {
  std::vector<LowFact> all;
  for (const std::size_t rule : rules_met(low, verdict))
    all.insert(all.end(), verdict.rules[rule].facts.begin(), verdict.rules[rule].facts.end());
  const std::set<std::size_t> told = told_procedures(low, school, all);
  std::map<std::size_t, std::set<std::size_t>> out;
  for (const LowFact& fact : all) {
    if (told.count(fact.procedure) > 0) out[fact.*key].insert(fact.*value);
  }
  return out;
}

std::string share_range(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                        const std::set<std::size_t>& procedures) {
  double least = 1, most = 0;
  for (const std::size_t p : procedures) {
    const double share = low.share(school, p, year).share.value;
    least = std::min(least, share), most = std::max(most, share);
  }
  const std::string from = b.format.number(100 * least, 1), to = b.format.number(100 * most, 1);
  return b.texts.get("identify.share_range", {{"same", from == to ? "yes" : "no"},
                                              {"year", year_of(low, year)},
                                              {"n", static_cast<std::int64_t>(procedures.size())},
                                              {"least", from},
                                              {"most", percent_text(b, most)}});
}

}  // namespace

std::string low_facts_brief(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year) {
  const LowVerdict& verdict = low.verdict(school, year);
  if (!verdict.tier) return {};
  const auto years = facts_by(low, school, verdict, &LowFact::year, &LowFact::procedure);
  std::string out;
  for (auto y = years.rbegin(); y != years.rend(); ++y)
    add(out, share_range(b, low, school, y->first, y->second), "; ");
  return out.empty() ? b.texts.get("identify.all_hidden") : out;
}

namespace {

std::string share_of_year(const Briefing& b, const LowIdentification& low, const LowShare& share, std::size_t year) {
  return b.texts.get("identify.share_of_year",
                     {{"year", year_of(low, year)}, {"share", percent_text(b, share.share.value)}, {"n", share.n}});
}

}  // namespace

std::string low_facts_met(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year) {
  const LowVerdict& verdict = low.verdict(school, year);
  if (!verdict.tier) return {};
  std::string out;
  for (const auto& [procedure, years] : facts_by(low, school, verdict, &LowFact::procedure, &LowFact::year)) {
    std::string shares;
    for (auto y = years.rbegin(); y != years.rend(); ++y) {
      const LowShare& share = low.share(school, procedure, *y);
      add(shares, share_of_year(b, low, share, *y), ", ");
    }
    add(out, procedure_name(b, low.procedures[procedure]) + ": " + shares, "; ");
  }
  return out.empty() ? b.texts.get("identify.all_hidden") : out;
}

std::string low_basis(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year) {
  const LowVerdict& verdict = low.verdict(school, year);
  if (verdict.listed == Answer::not_judged) return not_judged_text(b, low, verdict.reason);
  std::string out;
  if (!verdict.tier) return out;
  for (const std::size_t rule : rules_met(low, verdict)) {
    const LowRule& own = low.settings.rules[rule];
    add(out,
        b.texts.get("identify.basis", {{"rule", of_name(b, own.name, own.id)},
                                       {"facts", told_facts_text(b, low, school, verdict.rules[rule].facts)}}),
        " ");
  }
  return out;
}

std::string index_group_name(const Briefing& b, const SocialIndex& index, int group) {
  const std::string key = "identify.group_of_five." + std::to_string(group + 1);
  return index.settings.groups == 5 ? b.texts.get(key)
                                    : b.texts.get("identify.group", {{"group", std::int64_t{group} + 1},
                                                                     {"groups", std::int64_t{index.settings.groups}}});
}

std::string index_number(const Briefing& b, const IndexTime& time, double value) {
  return b.format.number(value, time.decimals);
}

std::string index_brief(const Briefing& b, const SocialIndex& index, int year, SchoolId school) {
  const auto time = identification_of(index, year);
  if (!time || !index.times[*time].schools[school].group) return b.texts.get("identify.standing_social.not_judged");
  const SchoolIndex& own = index.times[*time].schools[school];
  return b.texts.get("identify.index_brief", {{"value", index_number(b, index.times[*time].time, own.value)},
                                              {"group", std::int64_t{*own.group} + 1}});
}

std::string index_text(const Briefing& b, const SocialIndex& index, std::size_t time, SchoolId school) {
  const IndexIdentification& at = index.times[time];
  const SchoolIndex& own = at.schools[school];
  if (!own.group)
    return b.texts.get("identify.index.not_ranked",
                       {{"reason", b.texts.get("identify.index_gap." +
                                               std::string(kIndexGapNames[static_cast<std::size_t>(own.gap)]))}});
  std::string out = b.texts.get(index.at_risk(own) ? "identify.index.risk" : "identify.index.ranked",
                                {{"value", index_number(b, at.time, own.value)},
                                 {"time", of_name(b, at.time.name, "")},
                                 {"group", index_group_name(b, index, *own.group)},
                                 {"ranked", at.ranked}});
  if (!std::isnan(own.stays))
    add(out, b.texts.get("identify.index.stays", {{"stays", percent_text(b, own.stays, 0)}}), " ");
  return out;
}

std::string change_kind_text(const Briefing& b, const StatusChange& change) {
  return b.texts.get("identify.change_" + std::string(kStatusListNames[static_cast<std::size_t>(change.list)]) + "." +
                     std::string(kStatusChangeKindNames[static_cast<std::size_t>(change.kind)]));
}

std::string change_reason(const Briefing& b, const Identification& before, const Identification& after,
                          const StatusChange& change) {
  if (change.list == StatusList::low) return low_change(b, before, after, change);
  return index_change(b, before, after, change, "identify.index_change", "identify.index_state");
}

std::string change_brief(const Briefing& b, const Identification& before, const Identification& after,
                         const StatusChange& change) {
  if (change.list != StatusList::low)
    return index_change(b, before, after, change, "identify.index_change_brief", "identify.index_state_brief");
  const auto rules_of = [&](const LowIdentification& low, int year) {
    const auto found = std::find(low.years.begin(), low.years.end(), year);
    return found == low.years.end()
               ? std::string()
               : low_rules_met(b, low, change.school, static_cast<std::size_t>(found - low.years.begin()));
  };
  if (change.kind == StatusChangeKind::left)
    return b.texts.get("identify.no_longer_met", {{"rules", rules_of(before.low, change.from_year)}});
  const std::string rules = rules_of(after.low, change.to_year);
  return rules.empty() ? change_reason(b, before, after, change)
                       : b.texts.get("identify.rules_met", {{"rules", rules}});
}

NamedValues low_settings(const Briefing& b, const LowIdentification& low) {
  const LowSettings& s = low.settings;
  const Vocabulary& v = b.data.vocabulary;
  NamedValues out;
  name(b, out, "threshold", percent_text(b, s.threshold, 0));
  name(b, out, "minimum_n", std::to_string(s.minimum_n));
  name(b, out, "procedures", list_of(b, s.procedures, v.procedures));
  name(b, out, "subjects", list_of(b, s.subjects, v.subjects));
  name(b, out, "procedure_is",
       b.texts.get("identify.value.procedure_is", {{"subject", std::string(s.by_subject ? "yes" : "no")},
                                                   {"grade", std::string(s.by_grade ? "yes" : "no")}}));
  name(b, out, "few", choice_text(b, "few", kFewPupilsNames[static_cast<std::size_t>(s.few)]));
  name(b, out, "model", choice_text(b, "model", kShareModelNames[static_cast<std::size_t>(s.model)]));
  for (const LowTier& tier : s.tiers) {
    std::string rules;
    const char* between = tier.combine == Combination::all ? "identify.value.and" : "identify.value.or";
    for (const std::size_t rule : tier.rules) {
      if (!rules.empty()) rules += " " + b.texts.get(between) + " ";
      rules += b.texts.get("identify.region.quoted", {{"name", of_name(b, s.rules[rule].name, s.rules[rule].id)}});
    }
    out.emplace_back(b.texts.get("identify.setting.tier", {{"tier", of_name(b, tier.name, tier.id)}}), rules);
  }
  return out;
}

NamedValues index_settings(const Briefing& b, const SocialIndex& index) {
  const SocialIndexSettings& s = index.settings;
  NamedValues out;
  name(b, out, "weights", choice_text(b, "weights", kWeightModeNames[static_cast<std::size_t>(s.weights)]));
  if (s.weights == WeightMode::regression || s.weights == WeightMode::component || s.scaling == ShareScaling::minmax)
    name(b, out, "fit", choice_text(b, "fit", kFitToNames[static_cast<std::size_t>(s.fit)]));
  name(b, out, "scaling", choice_text(b, "scaling", kShareScalingNames[static_cast<std::size_t>(s.scaling)]));
  name(b, out, "missing", choice_text(b, "missing", kMissingSharesNames[static_cast<std::size_t>(s.missing)]));
  name(b, out, "groups",
       b.texts.get("identify.value.groups",
                   {{"groups", std::int64_t{s.groups}},
                    {"cuts", choice_text(b, "cuts", kCutRuleNames[static_cast<std::size_t>(s.cuts)])},
                    {"ties", choice_text(b, "ties", kTieRuleNames[static_cast<std::size_t>(s.ties)])}}));
  name(b, out, "risk", b.texts.get("identify.value.risk", {{"groups", std::int64_t{s.risk_groups}}}));
  if (s.draws > 0)
    name(b, out, "draws",
         b.texts.get("identify.value.draws", {{"draws", s.draws}, {"concentration", s.concentration}}));
  return out;
}

}  // namespace kaskad::reports
