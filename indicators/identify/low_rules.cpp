#include "indicators/identify/low_rules.hpp"

#include <algorithm>

namespace kaskad::identify {
namespace {

bool names(const std::vector<std::string>& list, const std::string& id) {
  return list.empty() || std::find(list.begin(), list.end(), id) != list.end();
}

/// One rule asked of one school and year.
struct Question {
  const LowIdentification& low;
  const LowRule& rule;
  const std::vector<bool>& chosen;
  SchoolId school;
  const IsLow& is_low;

  double threshold() const { return rule.threshold.value_or(low.settings.threshold); }
  bool judged(std::size_t p, std::size_t y) const {
    return chosen[p] && low.share(school, p, y).state == ShareState::judged;
  }
  bool is_low_in(std::size_t p, std::size_t y) const { return judged(p, y) && is_low(p, y, threshold()); }
  std::size_t count(std::size_t y, ShareState state) const {
    std::size_t n = 0;
    for (std::size_t p = 0; p < chosen.size(); ++p) n += chosen[p] && low.share(school, p, y).state == state;
    return n;
  }
};

/// Why nothing or not enough can be judged in a year.
NotJudged lack_of(const Question& q, std::size_t year) {
  if (q.count(year, ShareState::judged) > 0) return NotJudged::too_few_procedures;
  if (q.count(year, ShareState::too_few) > 0) return NotJudged::too_few;
  return q.count(year, ShareState::no_border) > 0 ? NotJudged::no_border : NotJudged::no_participants;
}

/// Places of the years that the rule looks at, the last first; empty when one of them has no data at all.
std::vector<std::size_t> years_of(const LowIdentification& low, const LowRule& rule, std::size_t year) {
  std::vector<std::size_t> out;
  for (int back = 0; back < rule.years; ++back) {
    const auto found = std::find(low.years.begin(), low.years.end(), low.years[year] - back);
    if (found == low.years.end()) return {};
    out.push_back(static_cast<std::size_t>(found - low.years.begin()));
  }
  return out;
}

RuleVerdict not_judged(NotJudged reason) { return {Answer::not_judged, reason, {}}; }

RuleVerdict ask_each_year(const Question& q, const std::vector<std::size_t>& years) {
  RuleVerdict out{Answer::yes, NotJudged::none, {}};
  RuleVerdict lacking;
  const auto least = static_cast<std::size_t>(q.rule.least);
  for (const std::size_t y : years) {
    std::size_t low = 0;
    for (std::size_t p = 0; p < q.chosen.size(); ++p) {
      if (!q.is_low_in(p, y)) continue;
      ++low;
      out.facts.push_back({p, y});
    }
    if (low >= least) continue;
    if (q.count(y, ShareState::judged) >= least) return {Answer::no, NotJudged::none, {}};
    const bool silent_before = y != years.front() && q.count(y, ShareState::judged) == 0;
    if (lacking.reason == NotJudged::none)
      lacking = not_judged(silent_before ? NotJudged::no_year_before : lack_of(q, y));
  }
  return lacking.reason == NotJudged::none ? out : lacking;
}

RuleVerdict ask_same(const Question& q, const std::vector<std::size_t>& years) {
  RuleVerdict out{Answer::yes, NotJudged::none, {}};
  std::size_t judged = 0, low = 0;
  for (std::size_t p = 0; p < q.chosen.size(); ++p) {
    const auto in_all = [&](auto test) { return std::all_of(years.begin(), years.end(), test); };
    judged += in_all([&](std::size_t y) { return q.judged(p, y); });
    if (!in_all([&](std::size_t y) { return q.is_low_in(p, y); })) continue;
    ++low;
    for (const std::size_t y : years) out.facts.push_back({p, y});
  }
  const auto least = static_cast<std::size_t>(q.rule.least);
  if (low >= least) return out;
  if (judged >= least) return {Answer::no, NotJudged::none, {}};
  if (q.count(years.front(), ShareState::judged) < least) return not_judged(lack_of(q, years.front()));
  const bool silent_before =
      std::any_of(years.begin() + 1, years.end(), [&](std::size_t y) { return q.count(y, ShareState::judged) == 0; });
  return not_judged(silent_before ? NotJudged::no_year_before : NotJudged::too_few_procedures);
}

}  // namespace

std::vector<bool> procedures_of_rule(const LowIdentification& low, const LowRule& rule, const Vocabulary& vocabulary) {
  std::vector<bool> out;
  for (const LowProcedure& p : low.procedures) {
    const bool subject = !p.subject || names(rule.subjects, vocabulary.subjects[*p.subject].id);
    out.push_back(subject && names(rule.procedures, vocabulary.procedures[p.procedure].id));
  }
  return out;
}

RuleVerdict ask_rule(const LowIdentification& low, const LowRule& rule, const std::vector<bool>& chosen,
                     SchoolId school, std::size_t year, const IsLow& is_low) {
  const Question q{low, rule, chosen, school, is_low};
  const std::vector<std::size_t> years = years_of(low, rule, year);
  if (years.empty()) {
    const bool now = q.count(year, ShareState::judged) >= static_cast<std::size_t>(rule.least);
    return not_judged(now ? NotJudged::no_year_before : lack_of(q, year));
  }
  return rule.kind == LowRuleKind::each_year ? ask_each_year(q, years) : ask_same(q, years);
}

TierVerdict ask_tier(const LowTier& tier, const std::vector<RuleVerdict>& rules) {
  const Answer decides = tier.combine == Combination::all ? Answer::no : Answer::yes;
  TierVerdict unknown{Answer::yes, NotJudged::none};
  bool any_unknown = false;
  for (const std::size_t r : tier.rules) {
    if (rules[r].met == decides) return {decides, NotJudged::none};
    if (rules[r].met == Answer::not_judged && !any_unknown) unknown = {Answer::not_judged, rules[r].reason};
    any_unknown = any_unknown || rules[r].met == Answer::not_judged;
  }
  if (any_unknown) return unknown;
  return {decides == Answer::no ? Answer::yes : Answer::no, NotJudged::none};
}

}  // namespace kaskad::identify
