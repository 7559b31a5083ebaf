#include "indicators/maturity.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace kaskad {
namespace {

constexpr double kRounding = 1e-9;  // a mean of thirds that should reach the threshold

/// The scores of each rater in ascending order: the mean of what he said of the criterion.
std::vector<double> scores_by_rater(const Dataset& data, const std::vector<std::size_t>& evidence) {
  std::map<std::string, std::pair<double, int>> by_rater;
  for (const std::size_t e : evidence) {
    if (!data.evidence[e].reliable) continue;
    auto& [sum, n] = by_rater[data.evidence[e].rater];
    sum += data.evidence[e].score;
    n += 1;
  }
  std::vector<double> scores;
  for (const auto& [rater, sum] : by_rater) scores.push_back(sum.first / sum.second);
  std::sort(scores.begin(), scores.end());
  return scores;
}

double combine(const std::vector<double>& ascending, RaterRule rule) {
  if (rule == RaterRule::lowest) return ascending.front();
  if (rule == RaterRule::highest) return ascending.back();
  if (rule == RaterRule::majority) return ascending[(ascending.size() - 1) / 2];
  double sum = 0;
  for (const double s : ascending) sum += s;
  return sum / static_cast<double>(ascending.size());
}

CriterionState state_of(double score, const Rubric& rubric) {
  if (score + kRounding >= rubric.met) return CriterionState::met;
  return score + kRounding >= rubric.partly ? CriterionState::partly : CriterionState::missing;
}

CriterionRating rate_criterion(const Dataset& data, std::vector<std::size_t> evidence, const Rubric& rubric) {
  CriterionRating rating;
  for (const std::size_t e : evidence) rating.unreliable += data.evidence[e].reliable ? 0 : 1;
  const std::vector<double> scores = scores_by_rater(data, evidence);
  rating.evidence = std::move(evidence);
  rating.raters = static_cast<std::int64_t>(scores.size());
  if (scores.empty()) return rating;
  if (rating.raters < rubric.minimum_raters) {
    rating.state = CriterionState::few_raters;
    return rating;
  }
  rating.score = combine(scores, rubric.raters);
  rating.state = state_of(rating.score, rubric);
  return rating;
}

std::vector<bool> met_of(const MaturityRating& rating) {
  std::vector<bool> out;
  for (const CriterionRating& c : rating.criteria) out.push_back(c.state == CriterionState::met);
  return out;
}

bool list_is_met(const MaturityLevel& level, const std::vector<bool>& met) {
  return std::all_of(level.criteria.begin(), level.criteria.end(), [&](std::size_t c) { return met[c]; });
}

/// By what the level is reached; nothing when it is not.
std::optional<LevelGround> ground_of(const MaturityLevel& level, const std::vector<bool>& met, double share) {
  if (level.demands_nothing()) return LevelGround::nothing;
  const bool enough = level.share > 0 && share + kRounding >= level.share;
  const bool listed = !level.criteria.empty() && list_is_met(level, met);
  if (level.criteria.empty()) return enough ? std::optional(LevelGround::share) : std::nullopt;
  if (level.share == 0) return listed ? std::optional(LevelGround::criteria) : std::nullopt;
  if (level.stands == ShareStands::beside) return listed && enough ? std::optional(LevelGround::share) : std::nullopt;
  if (listed) return LevelGround::criteria;
  return enough ? std::optional(LevelGround::share) : std::nullopt;
}

/// The criteria of the list; all that are met where the level rests on their weight.
std::vector<std::size_t> carriers(const MaturityLevel& level, LevelGround ground, const std::vector<bool>& met) {
  if (ground == LevelGround::criteria) return level.criteria;
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < met.size(); ++c) {
    if (ground == LevelGround::share && met[c]) out.push_back(c);
  }
  return out;
}

double share_of(const Rubric& rubric, const std::vector<bool>& met) {
  double sum = 0;
  for (std::size_t c = 0; c < met.size(); ++c) sum += met[c] ? rubric.criteria[c].weight : 0;
  return sum / rubric.weight();
}

void decide_level(MaturityRating& rating, const Rubric& rubric) {
  const auto rated = [](const CriterionRating& c) { return c.score == c.score; };
  if (std::none_of(rating.criteria.begin(), rating.criteria.end(), rated)) return;
  const std::vector<bool> met = met_of(rating);
  rating.share = share_of(rubric, met);
  for (std::size_t l = 0; l < rubric.levels.size(); ++l) {
    const auto ground = ground_of(rubric.levels[l], met, rating.share);
    if (!ground) continue;
    rating.computed = l;
    rating.ground = *ground;
    rating.carrying = carriers(rubric.levels[l], *ground, met);
    if (l == 0) return;
    const MaturityLevel& next = rubric.levels[l - 1];
    rating.next = shortest_ways(rubric, next, met);
    std::copy_if(next.criteria.begin(), next.criteria.end(), std::back_inserter(rating.lacking),
                 [&](std::size_t c) { return !met[c]; });
    return;
  }
}

/// Evidence by programme, wave and criterion of the programme's rubric.
class EvidenceIndex {
 public:
  EvidenceIndex(const Dataset& data, const MaturitySettings& settings) {
    for (std::size_t e = 0; e < data.evidence.size(); ++e) {
      const Evidence& one = data.evidence[e];
      const auto programme = static_cast<std::size_t>(one.programme);
      const auto criterion = settings.rubric_of(data.programmes[programme]).find(one.criterion);
      if (criterion) places_[{programme, one.wave, *criterion}].push_back(e);
      waves_.insert(one.wave);
    }
    for (const MaturityOverride& o : settings.overrides) waves_.insert(o.wave);
  }

  bool has_wave(const std::string& wave) const { return waves_.count(wave) > 0; }
  std::vector<std::size_t> of(std::size_t programme, const std::string& wave, std::size_t criterion) const {
    const auto found = places_.find({programme, wave, criterion});
    return found == places_.end() ? std::vector<std::size_t>{} : found->second;
  }

 private:
  std::map<std::tuple<std::size_t, std::string, std::size_t>, std::vector<std::size_t>> places_;
  std::set<std::string> waves_;
};

/// The last of the overrides that have a reason.
void apply_override(MaturityRating& rating, const Dataset& data, const MaturitySettings& settings) {
  rating.level = rating.computed;
  const Programme& programme = data.programmes[rating.programme];
  for (std::size_t o = 0; o < settings.overrides.size(); ++o) {
    const MaturityOverride& one = settings.overrides[o];
    const auto level = settings.rubric_of(programme).find_level(one.level);
    if (one.programme != programme.id || one.wave != rating.wave || one.why.empty() || !level) continue;
    rating.level = level;
    rating.overridden = o;
  }
}

}  // namespace

std::vector<MaturityRating> rate_maturity(const Dataset& data, const MaturitySettings& settings,
                                          const std::vector<WaveSet>& waves) {
  const EvidenceIndex index(data, settings);
  std::vector<MaturityRating> out;
  for (std::size_t p = 0; p < data.programmes.size(); ++p) {
    const Rubric& rubric = settings.rubric_of(data.programmes[p]);
    const auto set = set_of_programme(waves, data.programmes[p]);
    if (!set) continue;
    for (const Period& wave : waves[*set].waves) {
      if (!index.has_wave(wave.id)) continue;
      MaturityRating rating;
      rating.programme = p;
      rating.wave = wave.id;
      for (std::size_t c = 0; c < rubric.criteria.size(); ++c)
        rating.criteria.push_back(rate_criterion(data, index.of(p, wave.id, c), rubric));
      decide_level(rating, rubric);
      apply_override(rating, data, settings);
      out.push_back(std::move(rating));
    }
  }
  return out;
}

}  // namespace kaskad
