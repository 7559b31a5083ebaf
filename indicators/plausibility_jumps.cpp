#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/cube/measure.hpp"
#include "engine/stats/spread.hpp"
#include "indicators/plausibility_parts.hpp"

namespace kaskad::plausibility {
namespace {

/// S of a cell: the mean score over the maximum; the mean itself where no maximum is known.
struct Level {
  double value = 0;
  std::int64_t n = 0;
  Outcome outcome = Outcome::primary;
  std::optional<int> maximum;
};

std::optional<Level> level_of(const Dataset& data, const Cube::Cell& cell, std::int64_t minimum_n) {
  const auto outcome = scores_of(cell);
  if (!outcome) return std::nullopt;
  const Tally tally = cell.tally(*outcome);
  const Measured score = mean(tally);
  if (!score.defined() || tally.n() < minimum_n || score.value <= 0) return std::nullopt;
  Level level{score.value, tally.n(), *outcome, highest_of(data, cell.key, *outcome)};
  if (level.maximum && *level.maximum > 0) level.value /= *level.maximum;
  return level;
}

struct Jump {
  CellKey from, to;
  Level before, after;
  double ratio = 0;
};

/// One work and pair of years; all schools that have both.
struct Step {
  int year = 0;
  ProcedureId procedure = 0;
  SubjectId subject = 0;
  int grade = 0;
  bool same_grade = true;  ///< Else the same pupils, a grade higher.
  friend auto operator<=>(const Step&, const Step&) = default;
};
using Steps = std::map<Step, std::vector<Jump>>;

class JumpFinder {
 public:
  JumpFinder(const Dataset& data, const PlausibilityRules& rules) : data_(data), rules_(rules) {
    for (std::size_t i = 0; i < data.cube.size(); ++i) levels_.push_back(level_of(data, data.cube.cell(i), least_n()));
  }

  Steps steps() const {
    Steps all;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      if (!levels_[i]) continue;
      add(i, true, all);
      if (data_.cube.cell(i).key.grade > 0) add(i, false, all);
    }
    return all;
  }

  void report(const Step& step, const std::vector<Jump>& jumps, Diagnostics& out) const {
    if (static_cast<std::int64_t>(jumps.size()) < rules_.jump_minimum_schools) return;
    std::vector<double> ratios;
    std::transform(jumps.begin(), jumps.end(), std::back_inserter(ratios), [](const Jump& j) { return j.ratio; });
    std::sort(ratios.begin(), ratios.end());
    const double p25 = stats::quantile7(ratios, 0.25), p75 = stats::quantile7(ratios, 0.75);
    const double reach = rules_.fences * (p75 - p25);
    // Without any spread between the quartiles every school but one would stand out.
    if (!(reach > 0)) return;
    for (const Jump& jump : jumps) {
      if (jump.ratio > p75 + reach || jump.ratio < p25 - reach)
        out.push_back(told(step, jump, p25 - reach, p75 + reach, jumps.size()));
    }
  }

 private:
  std::int64_t least_n() const { return rules_.jump_minimum_n; }

  void add(std::size_t i, bool same_grade, Steps& all) const {
    const CellKey from = data_.cube.cell(i).key;
    CellKey to = from;
    ++to.year;
    if (!same_grade) ++to.grade;
    const std::size_t j = data_.cube.find(to);
    if (j == data_.cube.size() || !levels_[j]) return;
    const Level &before = *levels_[i], &after = *levels_[j];
    if (before.outcome != after.outcome || before.maximum.has_value() != after.maximum.has_value()) return;
    const bool other_scale = before.maximum != after.maximum;
    if (same_grade && (other_scale || scale_changed(from, to))) return;
    if (!same_grade && !before.maximum) return;
    all[{from.year, from.procedure, from.subject, from.grade, same_grade}].push_back(
        {from, to, before, after, before.value / after.value});
  }

  bool scale_changed(const CellKey& from, const CellKey& to) const {
    const Scale a = data_.vocabulary.scale(from.procedure, from.subject, from.grade, from.year);
    const Scale b = data_.vocabulary.scale(to.procedure, to.subject, to.grade, to.year);
    return a.marks != b.marks || a.maximum != b.maximum || a.test_maximum != b.test_maximum;
  }

  Diagnostic told(const Step& step, const Jump& jump, double low, double high, std::size_t schools) const {
    const double scale = jump.before.maximum ? 100 : 1;
    Args args = args_of(data_, jump.from);
    args.insert(args.end(), {{"to_year", std::int64_t{jump.to.year}},
                             {"to_grade", std::int64_t{jump.to.grade}},
                             {"direction", std::string(jump.ratio > 1 ? "fall" : "rise")},
                             {"unit", std::string(jump.before.maximum ? "percent" : "score")},
                             {"before", scale * jump.before.value},
                             {"after", scale * jump.after.value},
                             {"n_before", jump.before.n},
                             {"n_after", jump.after.n},
                             {"ratio", jump.ratio},
                             {"low", low},
                             {"high", high},
                             {"schools", static_cast<std::int64_t>(schools)}});
    return doubt(step.same_grade ? "jump-of-grade" : "jump-of-pupils", std::move(args));
  }

  const Dataset& data_;
  const PlausibilityRules& rules_;
  std::vector<std::optional<Level>> levels_;  ///< By cell.
};

}  // namespace

void check_jumps(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out) {
  const JumpFinder finder(data, rules);
  for (const auto& [step, jumps] : finder.steps()) finder.report(step, jumps, out);
}

}  // namespace kaskad::plausibility
