#include "indicators/maturity.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace kaskad {
namespace {

std::optional<std::size_t> find_criterion(const Rubric& rubric, std::string_view id) {
  for (std::size_t c = 0; c < rubric.criteria.size(); ++c) {
    if (rubric.criteria[c].id == id) return c;
  }
  return std::nullopt;
}

Criterion read_criterion(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "criterion", out);
  Criterion c{reader.required_text("id"), reader.localized("name")};
  reader.finish();
  return c;
}

MaturityLevel read_level(const ConfigNode& node, const Rubric& rubric, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "level", out);
  MaturityLevel level{reader.required_text("id"), reader.localized("name"), reader.texts("criteria")};
  for (const std::string& id : level.criteria) {
    if (!find_criterion(rubric, id)) reader.report("criteria", "rubric-criterion", {{"criterion", id}});
  }
  reader.finish();
  return level;
}

void read_rules(ConfigReader& root, Rubric& rubric) {
  const ConfigNode* node = root.table("rules");
  if (node == nullptr) return;
  ConfigReader rules(*node, root.file(), "rules", root.diagnostics());
  rubric.met = rules.number("met").value_or(rubric.met);
  rubric.partly = rules.number("partly").value_or(rubric.partly);
  rubric.raters = static_cast<RaterRule>(rules.choice("raters", {kRaterRuleNames.begin(), kRaterRuleNames.end()}, 0));
  if (!(0 < rubric.partly && rubric.partly <= rubric.met && rubric.met <= 1)) rules.report("met", "rubric-thresholds");
  rules.finish();
}

/// The scores of each rater: the mean of what he said of the criterion.
std::vector<double> scores_by_rater(const std::vector<const Evidence*>& evidence) {
  std::map<std::string, std::pair<double, int>> by_rater;
  for (const Evidence* e : evidence) {
    by_rater[e->rater].first += e->score;
    by_rater[e->rater].second += 1;
  }
  std::vector<double> scores;
  for (const auto& [rater, sum] : by_rater) scores.push_back(sum.first / sum.second);
  return scores;
}

double combine(const std::vector<double>& scores, RaterRule rule) {
  if (rule == RaterRule::lowest) return *std::min_element(scores.begin(), scores.end());
  if (rule == RaterRule::highest) return *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (const double s : scores) sum += s;
  return sum / static_cast<double>(scores.size());
}

CriterionRating rate_criterion(const std::vector<const Evidence*>& all, const Rubric& rubric) {
  CriterionRating rating;
  std::vector<const Evidence*> reliable;
  std::copy_if(all.begin(), all.end(), std::back_inserter(reliable), [](const Evidence* e) { return e->reliable; });
  rating.unreliable = static_cast<std::int64_t>(all.size() - reliable.size());
  if (reliable.empty()) return rating;
  const std::vector<double> scores = scores_by_rater(reliable);
  rating.raters = static_cast<std::int64_t>(scores.size());
  rating.score = combine(scores, rubric.raters);
  constexpr double kRounding = 1e-9;  // a mean of thirds that should reach the threshold
  rating.state = rating.score + kRounding >= rubric.met      ? CriterionState::met
                 : rating.score + kRounding >= rubric.partly ? CriterionState::partly
                                                             : CriterionState::missing;
  return rating;
}

std::vector<std::size_t> unmet(const MaturityRating& rating, const Rubric& rubric, const MaturityLevel& level) {
  std::vector<std::size_t> out;
  for (const std::string& id : level.criteria) {
    const auto c = find_criterion(rubric, id);
    if (c && rating.criteria[*c].state != CriterionState::met) out.push_back(*c);
  }
  return out;
}

void decide_level(MaturityRating& rating, const Rubric& rubric) {
  const auto rated = [](const CriterionRating& c) { return c.state != CriterionState::not_rated; };
  if (std::none_of(rating.criteria.begin(), rating.criteria.end(), rated)) return;
  for (std::size_t l = 0; l < rubric.levels.size(); ++l) {
    const auto lacking = unmet(rating, rubric, rubric.levels[l]);
    if (lacking.empty()) {
      rating.level = l;
      return;
    }
    rating.lacking = lacking;  // of the level just above the one that will be reached
  }
}

}  // namespace

Rubric read_rubric(std::string_view toml, const std::string& file, Diagnostics& out) {
  Rubric rubric;
  const ParsedConfig parsed = parse_config(toml, file);
  out.insert(out.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  if (!parsed.diagnostics.empty()) return rubric;
  ConfigReader root(parsed.root, file, "", out);
  read_rules(root, rubric);
  for (const ConfigNode* node : root.tables("criterion")) rubric.criteria.push_back(read_criterion(*node, file, out));
  for (const ConfigNode* node : root.tables("level")) rubric.levels.push_back(read_level(*node, rubric, file, out));
  if (rubric.criteria.empty()) root.report("criterion", "setting-missing");
  if (rubric.levels.empty() || !rubric.levels.back().criteria.empty()) root.report("level", "rubric-lowest-level");
  root.finish();
  return rubric;
}

std::vector<MaturityRating> rate_maturity(const Dataset& data, const Rubric& rubric,
                                          const std::vector<std::string>& waves) {
  using Key = std::tuple<std::size_t, std::string, std::size_t>;
  std::map<Key, std::vector<const Evidence*>> evidence;
  for (const Evidence& e : data.evidence) {
    const auto criterion = find_criterion(rubric, e.criterion);
    if (criterion) evidence[{static_cast<std::size_t>(e.programme), e.wave, *criterion}].push_back(&e);
  }
  std::vector<MaturityRating> out;
  for (std::size_t p = 0; p < data.programmes.size(); ++p) {
    for (const std::string& wave : waves) {
      const auto of_wave = [&](const Evidence& e) { return e.wave == wave; };
      if (std::none_of(data.evidence.begin(), data.evidence.end(), of_wave)) continue;
      MaturityRating rating;
      rating.programme = p;
      rating.wave = wave;
      for (std::size_t c = 0; c < rubric.criteria.size(); ++c)
        rating.criteria.push_back(rate_criterion(evidence[{p, wave, c}], rubric));
      decide_level(rating, rubric);
      out.push_back(std::move(rating));
    }
  }
  return out;
}

}  // namespace kaskad
