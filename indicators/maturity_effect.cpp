#include "indicators/maturity_effect.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "engine/stats/intervals.hpp"
#include "engine/stats/multiplicity.hpp"
#include "engine/stats/spread.hpp"

namespace kaskad {
namespace {

constexpr std::array<std::string_view, 2> kOwners = {"school", "municipal"};

/// The entity whose results a programme is to change; none for the region's: there is one region.
std::optional<std::size_t> owner_entity(const Programme& programme, const Frame& frame) {
  if (programme.school) return frame.first_school() + *programme.school;
  if (programme.level != "municipal") return std::nullopt;
  return frame.find_entity(EntityKind::municipality, programme.owner);
}

/// The last rating of each programme of this level of management.
std::vector<const MaturityRating*> last_ratings(const Dataset& data, const std::vector<MaturityRating>& ratings,
                                                std::string_view level) {
  std::map<std::size_t, const MaturityRating*> last;
  for (const MaturityRating& r : ratings) {
    if (data.programmes[r.programme].level != level) continue;
    const MaturityRating*& place = last[r.programme];
    if (place == nullptr || r.level) place = &r;
  }
  std::vector<const MaturityRating*> out;
  for (const auto& [programme, rating] : last) out.push_back(rating);
  return out;
}

void sum_up(LevelChange& level) {
  std::vector<double> values;
  for (const ProgrammeChange& p : level.programmes) values.push_back(p.change.value);
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  if (values.empty()) return;
  level.mean =
      stats::student_mean(static_cast<std::int64_t>(values.size()), mean, values.size() > 1 ? squares / (n - 1) : kNaN);
  level.mean.clusters = level.mean.n;
  level.median = stats::quantile7(values, 0.5);
}

/// Gains by level, from the lowest level to the highest.
std::vector<std::vector<double>> gains_of(const MaturityEffect& effect, Direction direction) {
  std::vector<std::vector<double>> out;
  for (auto level = effect.levels.rbegin(); level != effect.levels.rend(); ++level) {
    out.emplace_back();
    for (const ProgrammeChange& p : level->programmes)
      out.back().push_back(direction == Direction::down ? -p.change.value : p.change.value);
  }
  return out;
}

MaturityEffect effect_of(const Dataset& data, const std::vector<const MaturityRating*>& last, const Figures& figures,
                         std::size_t series, std::size_t levels) {
  MaturityEffect out;
  out.series = series;
  for (std::size_t l = 0; l < levels; ++l) out.levels.push_back({l, {}, {}, kNaN});
  for (const MaturityRating* rating : last) {
    const auto entity = owner_entity(data.programmes[rating->programme], figures.frame);
    const Estimate change = entity ? figures.series[series].change[*entity] : undefined(Undefined::no_data);
    if (!rating->level) {
      ++out.without_level;
    } else if (!change.defined()) {
      ++out.without_change;
    } else {
      out.levels[*rating->level].programmes.push_back({rating->programme, change});
      ++out.compared;
    }
  }
  for (LevelChange& level : out.levels) sum_up(level);
  return out;
}

MaturityEffectVerdict verdict_of(const MaturityEffect& effect, std::int64_t least) {
  constexpr double kSignificance = 0.05;
  const auto filled = std::count_if(effect.levels.begin(), effect.levels.end(),
                                    [](const LevelChange& l) { return !l.programmes.empty(); });
  if (effect.compared < least) return MaturityEffectVerdict::too_few;
  if (filled < 2) return MaturityEffectVerdict::one_level;
  if (!(effect.adjusted_p < kSignificance)) return MaturityEffectVerdict::unproven;
  return effect.trend.share > 0.5 ? MaturityEffectVerdict::more : MaturityEffectVerdict::less;
}

/// Tests of one set of programmes are read together.
void judge_together(std::vector<MaturityEffect>& effects, std::int64_t least) {
  std::vector<double> p;
  for (const MaturityEffect& e : effects) p.push_back(e.trend.p);
  const std::vector<double> adjusted = stats::holm(p);
  for (std::size_t i = 0; i < effects.size(); ++i) {
    effects[i].adjusted_p = adjusted[i];
    effects[i].verdict = verdict_of(effects[i], least);
  }
}

}  // namespace

std::vector<MaturityEffect> maturity_effects(const Dataset& data, const MaturitySettings& settings,
                                             const std::vector<MaturityRating>& ratings, const Figures& figures,
                                             const std::vector<std::size_t>& series, unsigned threads) {
  std::vector<MaturityEffect> out;
  for (const std::string_view owner : kOwners) {
    const auto last = last_ratings(data, ratings, owner);
    if (last.empty()) continue;
    std::vector<MaturityEffect> effects;
    for (const std::size_t s : series) {
      if (figures.series[s].change.empty()) continue;
      MaturityEffect effect = effect_of(data, last, figures, s, settings.rubric.levels.size());
      effect.programme_level = owner;
      if (effect.compared >= settings.effect.least_programmes)
        effect.trend = stats::jonckheere(gains_of(effect, figures.indicator_of(s).direction),
                                         {settings.effect.permutations, settings.effect.seed, threads});
      effects.push_back(std::move(effect));
    }
    judge_together(effects, settings.effect.least_programmes);
    out.insert(out.end(), effects.begin(), effects.end());
  }
  return out;
}

}  // namespace kaskad
