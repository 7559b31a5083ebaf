// Schools with low results (НРО): the shares below the border, what the rules make of them, and every fact behind it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/shrinkage.hpp"
#include "indicators/identify/low_settings.hpp"

namespace kaskad {

/// What counts as one procedure when low ones are counted.
struct LowProcedure {
  ProcedureId procedure = 0;
  std::optional<SubjectId> subject;  ///< Nothing = all subjects together.
  std::optional<int> grade;          ///< Nothing = all grades together.

  friend bool operator==(const LowProcedure&, const LowProcedure&) = default;
};

/// Whether a share can be judged, and if not, why.
enum class ShareState : std::uint8_t {
  judged,
  no_participants,
  too_few,    ///< Fewer participants than the minimum.
  no_border,  ///< The source does not tell who is below, or the border is not known.
};
inline constexpr std::array<std::string_view, 4> kShareStateNames = {"judged", "no_participants", "too_few",
                                                                     "no_border"};

/// One procedure of one school in one year. Shares are fractions.
struct LowShare {
  ShareState state = ShareState::no_participants;
  std::int64_t below = 0;
  std::int64_t n = 0;
  int years_pooled = 1;        ///< More than one: years before were added, since there were too few pupils.
  bool scale_changed = false;  ///< Against the year before.
  Estimate share;              ///< Wilson's interval; undefined when not judged.
  Estimate shrunken;  ///< Empirical Bayes over all schools of the procedure and year; undefined without a prior.
  double probability = kNaN;             ///< That the true share is at least the threshold, by the settings' model.
  Undefined withheld = Undefined::none;  ///< Why it is not printed; it is judged all the same.
};

enum class Answer : std::uint8_t { no, yes, not_judged };
inline constexpr std::array<std::string_view, 3> kAnswerNames = {"no", "yes", "not_judged"};

enum class NotJudged : std::uint8_t {
  none,
  no_participants,     ///< In no procedure of the year.
  too_few,             ///< Participants, in every procedure.
  too_few_procedures,  ///< Fewer can be judged than the rule asks for.
  no_year_before,      ///< The rule looks at years before, which have no data.
  no_border,
};
inline constexpr std::array<std::string_view, 6> kNotJudgedNames = {
    "none", "no_participants", "too_few", "too_few_procedures", "no_year_before", "no_border"};

/// A low share that carries a rule: places in LowIdentification::procedures and years.
struct LowFact {
  std::size_t procedure = 0;
  std::size_t year = 0;

  friend bool operator==(const LowFact&, const LowFact&) = default;
};

struct RuleVerdict {
  Answer met = Answer::not_judged;
  NotJudged reason = NotJudged::none;
  std::vector<LowFact> facts;  ///< All of them, when met.
};

struct TierVerdict {
  Answer met = Answer::not_judged;
  NotJudged reason = NotJudged::none;
};

/// One school in one year.
struct LowVerdict {
  std::vector<RuleVerdict> rules;      ///< In the order of the settings.
  std::vector<TierVerdict> tiers;      ///< Of each list alone.
  Answer listed = Answer::not_judged;  ///< In any list.
  NotJudged reason = NotJudged::none;
  std::optional<std::size_t> tier;  ///< The first list whose rules are met.
  std::int64_t judged = 0;          ///< Procedures that could be judged in the year.
  std::int64_t low = 0;             ///< Of them low.
  /// That the rules of some list hold for the true shares, procedures taken as independent given the counts; for the
  /// last year only.
  double probability = kNaN;
};

/// What all schools of one procedure and year show.
struct LowLevel {
  std::int64_t schools = 0;  ///< Judged.
  std::int64_t low = 0;      ///< Of them at the threshold or above.
  stats::PriorFit prior;
};

struct LowIdentification {
  LowSettings settings;  ///< With the minimum that was applied.
  std::vector<LowProcedure> procedures;
  std::vector<int> years;  ///< That have data, rising.
  std::size_t schools = 0;
  std::vector<LowShare> shares;      ///< [(school × procedures + procedure) × years + year].
  std::vector<LowVerdict> verdicts;  ///< [school × years + year].
  std::vector<LowLevel> levels;      ///< [procedure × years + year].

  bool empty() const { return procedures.empty() || years.empty(); }
  const LowShare& share(SchoolId school, std::size_t procedure, std::size_t year) const {
    return shares[(school * procedures.size() + procedure) * years.size() + year];
  }
  const LowVerdict& verdict(SchoolId school, std::size_t year) const { return verdicts[school * years.size() + year]; }
  const LowLevel& level(std::size_t procedure, std::size_t year) const {
    return levels[procedure * years.size() + year];
  }
};

/// Counts, judges and explains. `least_published`: figures on fewer pupils are not shown, so none is judged on them.
/// Empty when switched off, or when nothing has a border. The same for any number of threads.
LowIdentification identify_low(const Dataset& data, const LowSettings& settings, std::int64_t least_published,
                               unsigned threads);

}  // namespace kaskad
