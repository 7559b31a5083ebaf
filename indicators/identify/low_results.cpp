#include "indicators/identify/low_results.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"
#include "indicators/identify/low_rules.hpp"
#include "indicators/identify/low_shares.hpp"

namespace kaskad {
namespace {

using identify::IsLow;

/// The rules with the procedures that each looks at.
struct Rules {
  const LowIdentification& low;
  std::vector<std::vector<bool>> chosen;

  Rules(const LowIdentification& identification, const Vocabulary& vocabulary) : low(identification) {
    for (const LowRule& rule : low.settings.rules)
      chosen.push_back(identify::procedures_of_rule(low, rule, vocabulary));
  }

  std::vector<RuleVerdict> ask(SchoolId school, std::size_t year, const IsLow& is_low) const {
    std::vector<RuleVerdict> out;
    for (std::size_t r = 0; r < chosen.size(); ++r)
      out.push_back(identify::ask_rule(low, low.settings.rules[r], chosen[r], school, year, is_low));
    return out;
  }
};

void count_judged(const LowIdentification& low, SchoolId school, std::size_t year, LowVerdict& verdict) {
  for (std::size_t p = 0; p < low.procedures.size(); ++p) {
    const LowShare& share = low.share(school, p, year);
    if (share.state != ShareState::judged) continue;
    ++verdict.judged;
    verdict.low += share.share.value >= low.settings.threshold;
  }
}

/// In a list when any has its rules met; «not judged» only when some list could not be judged and none was met.
void combine(const LowSettings& settings, LowVerdict& verdict) {
  verdict.listed = Answer::no;
  for (std::size_t t = 0; t < settings.tiers.size(); ++t) {
    verdict.tiers.push_back(identify::ask_tier(settings.tiers[t], verdict.rules));
    const TierVerdict& tier = verdict.tiers.back();
    if (tier.met == Answer::yes && !verdict.tier) verdict.tier = t;
    if (tier.met == Answer::not_judged && verdict.reason == NotJudged::none) verdict.reason = tier.reason;
  }
  if (verdict.reason != NotJudged::none) verdict.listed = Answer::not_judged;
  if (!verdict.tier) return;
  verdict.listed = Answer::yes;
  verdict.reason = NotJudged::none;
}

LowVerdict judge_school(const Rules& rules, SchoolId school, std::size_t year) {
  const LowIdentification& low = rules.low;
  LowVerdict verdict;
  verdict.rules = rules.ask(school, year, [&](std::size_t p, std::size_t y, double threshold) {
    return low.share(school, p, y).share.value >= threshold;
  });
  count_judged(low, school, year, verdict);
  combine(low.settings, verdict);
  return verdict;
}

bool any_list(const LowSettings& settings, const std::vector<RuleVerdict>& rules) {
  return std::any_of(settings.tiers.begin(), settings.tiers.end(),
                     [&](const LowTier& tier) { return identify::ask_tier(tier, rules).met == Answer::yes; });
}

/// The chance of being listed when true shares are drawn from what is believed of them. One uniform draw u a share and
/// year makes it low at every threshold t with u < P(share ≥ t).
class Draws {
 public:
  Draws(const Rules& rules, SchoolId school) : rules_(rules), low_(rules.low), school_(school) {
    const std::size_t places = low_.procedures.size() * low_.years.size();
    for (const LowRule& rule : low_.settings.rules) probabilities(rule.threshold.value_or(low_.settings.threshold));
    uniform_.resize(places);
  }

  double probability(std::size_t year) {
    std::int64_t listed = 0;
    const IsLow is_low = [this](std::size_t p, std::size_t y, double threshold) {
      const std::size_t place = p * low_.years.size() + y;
      return uniform_[place] < probabilities(threshold)[place];
    };
    for (std::int64_t d = 0; d < low_.settings.draws; ++d) {
      RandomStream random(low_.settings.seed,
                          static_cast<std::uint64_t>(school_) << 32 | static_cast<std::uint64_t>(d));
      for (double& u : uniform_) u = random.uniform();
      listed += any_list(low_.settings, rules_.ask(school_, year, is_low));
    }
    return static_cast<double>(listed) / static_cast<double>(low_.settings.draws);
  }

 private:
  const std::vector<double>& probabilities(double threshold) {
    for (const auto& [known, list] : known_) {
      if (known == threshold) return list;
    }
    std::vector<double> list;
    for (std::size_t p = 0; p < low_.procedures.size(); ++p) {
      for (std::size_t y = 0; y < low_.years.size(); ++y) list.push_back(at_least(p, y, threshold));
    }
    return known_.emplace_back(threshold, std::move(list)).second;
  }

  double at_least(std::size_t p, std::size_t y, double threshold) const {
    const LowShare& share = low_.share(school_, p, y);
    if (share.state != ShareState::judged) return 0;
    const stats::PriorFit& fit = low_.level(p, y).prior;
    const bool by_region = low_.settings.model == ShareModel::region && fit.reason == Undefined::none;
    return stats::probability_at_least({share.below, share.n}, by_region ? fit.prior : stats::kJeffreysPrior,
                                       threshold);
  }

  const Rules& rules_;
  const LowIdentification& low_;
  SchoolId school_;
  std::vector<std::pair<double, std::vector<double>>> known_;  ///< By threshold: [procedure × years + year].
  std::vector<double> uniform_;
};

}  // namespace

LowIdentification identify_low(const Dataset& data, const LowSettings& settings, std::int64_t least_published,
                               unsigned threads) {
  LowIdentification low = identify::count_low(data, settings, least_published);
  if (low.empty()) return low;
  identify::estimate_low(low, threads);
  const Rules rules(low, data.vocabulary);
  low.verdicts.resize(low.schools * low.years.size());
  parallel_for(low.schools, threads, [&](std::size_t s) {
    const auto school = static_cast<SchoolId>(s);
    for (std::size_t y = 0; y < low.years.size(); ++y)
      low.verdicts[s * low.years.size() + y] = judge_school(rules, school, y);
    LowVerdict& last = low.verdicts[s * low.years.size() + low.years.size() - 1];
    if (last.listed != Answer::not_judged && settings.draws > 0)
      last.probability = Draws(rules, school).probability(low.years.size() - 1);
  });
  return low;
}

}  // namespace kaskad
