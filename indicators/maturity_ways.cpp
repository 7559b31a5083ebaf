// The shortest way to a level: the fewest criteria, and of as few the lightest, that its demands still need.
#include <algorithm>
#include <cmath>
#include <limits>

#include "indicators/maturity.hpp"

namespace kaskad {
namespace {

constexpr double kRounding = 1e-9;  // of sums of weights
using Way = std::vector<std::size_t>;

/// What ways are compared by.
struct Length {
  std::size_t criteria = std::numeric_limits<std::size_t>::max();
  double weight = 0;

  bool shorter_than(const Length& other) const {
    return criteria != other.criteria ? criteria < other.criteria : weight < other.weight - kRounding;
  }
};

double weight_of(const Rubric& rubric, const Way& way) {
  double sum = 0;
  for (const std::size_t c : way) sum += rubric.criteria[c].weight;
  return sum;
}

/// Finds the sets of `count` candidates whose weights come to at least `need`, the lightest ones.
class LightestSets {
 public:
  LightestSets(const Rubric& rubric, Way candidates, double need, std::size_t count)
      : rubric_(rubric), candidates_(std::move(candidates)), need_(need), count_(count) {
    const auto lighter = [&](std::size_t a, std::size_t b) { return weight(a) < weight(b); };
    std::stable_sort(candidates_.begin(), candidates_.end(), lighter);
    before_.push_back(0);
    for (const std::size_t c : candidates_) before_.push_back(before_.back() + weight(c));
  }

  LevelWays find() {
    descend(0, 0);
    return std::move(found_);
  }

 private:
  double weight(std::size_t criterion) const { return rubric_.criteria[criterion].weight; }

  /// Candidates stand from the lightest to the heaviest, so the next ones bound a set's weight from below and the last
  /// ones from above.
  void descend(std::size_t next, double sum) {
    const std::size_t wanted = count_ - chosen_.size();
    if (wanted == 0) return keep(sum);
    if (candidates_.size() - next < wanted) return;
    const double least = sum + before_[next + wanted] - before_[next];
    const double most = sum + before_.back() - before_[candidates_.size() - wanted];
    if (most < need_ - kRounding || least > best_ + kRounding) return;
    if (full() && least > best_ - kRounding) return;
    chosen_.push_back(candidates_[next]);
    descend(next + 1, sum + weight(candidates_[next]));
    chosen_.pop_back();
    descend(next + 1, sum);
  }

  bool full() const { return found_.more; }

  void keep(double sum) {
    if (sum < need_ - kRounding || sum > best_ + kRounding) return;
    if (sum < best_ - kRounding) found_ = {};
    best_ = std::min(best_, sum);
    if (found_.ways.size() == kMostWays) {
      found_.more = true;
      return;
    }
    Way way = chosen_;
    std::sort(way.begin(), way.end());
    found_.ways.push_back(std::move(way));
  }

  const Rubric& rubric_;
  Way candidates_, chosen_;
  std::vector<double> before_;
  double need_;
  std::size_t count_;
  double best_ = std::numeric_limits<double>::infinity();
  LevelWays found_;
};

/// How many of the heaviest candidates it takes.
std::size_t fewest(const Rubric& rubric, Way candidates, double need) {
  std::sort(candidates.begin(), candidates.end(),
            [&](std::size_t a, std::size_t b) { return rubric.criteria[a].weight > rubric.criteria[b].weight; });
  std::size_t count = 0;
  for (double sum = 0; sum < need - kRounding && count < candidates.size(); ++count)
    sum += rubric.criteria[candidates[count]].weight;
  return count;
}

/// All of `required`, and the shortest addition from `others` that brings `need` of weight.
LevelWays with_addition(const Rubric& rubric, const Way& required, const Way& others, double need) {
  const double rest = need - weight_of(rubric, required);
  if (rest <= kRounding) return {{required}, false};
  LevelWays out = LightestSets(rubric, others, rest, fewest(rubric, others, rest)).find();
  for (Way& way : out.ways) {
    way.insert(way.end(), required.begin(), required.end());
    std::sort(way.begin(), way.end());
  }
  return out;
}

Length length_of(const Rubric& rubric, const LevelWays& ways) {
  if (ways.ways.empty()) return {};
  return {ways.ways.front().size(), weight_of(rubric, ways.ways.front())};
}

/// The shorter of the two; both, each way once, where they are as short.
LevelWays shorter(const Rubric& rubric, LevelWays one, const LevelWays& other) {
  if (length_of(rubric, one).shorter_than(length_of(rubric, other))) return one;
  if (length_of(rubric, other).shorter_than(length_of(rubric, one))) return other;
  for (const Way& way : other.ways) {
    if (std::find(one.ways.begin(), one.ways.end(), way) == one.ways.end()) one.ways.push_back(way);
  }
  one.more = one.more || other.more || one.ways.size() > kMostWays;
  if (one.ways.size() > kMostWays) one.ways.resize(kMostWays);
  return one;
}

}  // namespace

LevelWays shortest_ways(const Rubric& rubric, const MaturityLevel& level, const std::vector<bool>& met) {
  Way required, all, others;
  double reached = 0;
  for (std::size_t c = 0; c < rubric.criteria.size(); ++c) {
    const bool listed = std::binary_search(level.criteria.begin(), level.criteria.end(), c);
    if (met[c]) reached += rubric.criteria[c].weight;
    if (!met[c]) (listed ? required : others).push_back(c);
    if (!met[c]) all.push_back(c);
  }
  const double need = level.share * rubric.weight() - reached;
  const bool either = level.share > 0 && !level.criteria.empty() && level.stands == ShareStands::instead;
  LevelWays out = either ? shorter(rubric, {{required}, false}, with_addition(rubric, {}, all, need))
                         : with_addition(rubric, required, others, level.share > 0 ? need : 0);
  if (!out.ways.empty() && out.ways.front().empty()) return {};  // it has the level already
  return out;
}

}  // namespace kaskad
