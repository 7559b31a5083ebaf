// Maturity of the region's programmes as a tree.
#include "reports/content/maturity_data.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/maturity_words.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const MaturityStudy& study(const Briefing& b) { return b.judgements.maturity; }
std::size_t level_count(const Briefing& b) { return study(b).settings.rubric.levels.size(); }

/// From the lowest level to the highest.
List level_heads(const Briefing& b) {
  List out;
  for (std::size_t l = level_count(b); l-- > 0;)
    out.push_back(Object{{"name", maturity_level_name(b, l)}, {"index", static_cast<int>(out.size())}});
  return out;
}

std::string levels_text(const Briefing& b) {
  std::string out;
  for (std::size_t l = level_count(b); l-- > 0;) out += (out.empty() ? "" : ", ") + maturity_level_name(b, l);
  return out;
}

List wave_rows(const Briefing& b) {
  List rows;
  for (const std::string& wave : rated_maturity_waves(b)) {
    std::vector<std::int64_t> counts(level_count(b) + 1);
    for (const MaturityRating& r : study(b).ratings) {
      if (r.wave == wave) ++counts[r.level.value_or(level_count(b))];
    }
    List by_level;
    std::int64_t all = counts.back();
    for (std::size_t l = level_count(b); l-- > 0;) {
      by_level.emplace_back(counts[l]);
      all += counts[l];
    }
    rows.push_back(Object{{"index", static_cast<int>(rows.size())},
                          {"wave", wave_name(b, wave)},
                          {"levels", std::move(by_level)},
                          {"not_rated", counts.back()},
                          {"programmes", all}});
  }
  return rows;
}

/// Steps from one wave to the next, by the names of the waves, in the order in which they come.
using StepCounts = std::array<std::int64_t, kMaturityStepNames.size()>;

List move_rows(const Briefing& b) {
  std::vector<std::pair<std::string, std::string>> order;
  std::map<std::pair<std::string, std::string>, StepCounts> counts;
  for (const MaturityMove& move : study(b).moves.moves) {
    const MaturityRating& from = study(b).ratings[move.from];
    const MaturityRating& to = study(b).ratings[move.to];
    const std::pair key(from.wave, to.wave);
    if (counts.count(key) == 0) order.push_back(key);
    ++counts[key][static_cast<std::size_t>(step_of(from, to))];
  }
  List rows;
  for (const auto& key : order) {
    Object row = {{"from", wave_name(b, key.first)}, {"to", wave_name(b, key.second)}};
    for (std::size_t s = 0; s < kMaturityStepNames.size(); ++s)
      row.emplace_back(std::string(kMaturityStepNames[s]), counts[key][s]);
    rows.push_back(std::move(row));
  }
  return rows;
}

List loss_rows(const Briefing& b) {
  List rows;
  for (const MaturityLoss& loss : study(b).moves.losses) {
    const MaturityRating& from = study(b).ratings[loss.move.from];
    const MaturityRating& to = study(b).ratings[loss.move.to];
    const Rubric& rubric = rubric_of(b, to);
    const bool neither = loss.lost.empty() && loss.unrated.empty();
    rows.push_back(Object{
        {"name", programme_label(b, b.data.programmes[loss.move.programme])},
        {"from", b.texts.get("maturity.at", {{"wave", wave_name(b, from.wave)}, {"level", rated_level_text(b, from)}})},
        {"to", b.texts.get("maturity.at", {{"wave", wave_name(b, to.wave)}, {"level", rated_level_text(b, to)}})},
        {"lost", neither ? b.texts.get("maturity.lost_nothing") : criteria_names(b, rubric, loss.lost)},
        {"unrated", criteria_names(b, rubric, loss.unrated)}});
  }
  return rows;
}

List override_rows(const Briefing& b) {
  List rows;
  for (const MaturityRating& r : study(b).ratings) {
    if (!r.overridden) continue;
    const MaturityOverride& o = study(b).settings.overrides[*r.overridden];
    rows.push_back(Object{{"name", programme_label(b, b.data.programmes[r.programme])},
                          {"wave", wave_name(b, r.wave)},
                          {"computed", maturity_level_name(b, r.computed)},
                          {"level", maturity_level_name(b, r.level)},
                          {"who", o.who},
                          {"when", b.format.date(o.when)},
                          {"why", o.why}});
  }
  return rows;
}

/// The last rating of each programme that has one.
std::map<std::size_t, const MaturityRating*> last_ratings(const Briefing& b) {
  std::map<std::size_t, const MaturityRating*> out;
  for (const MaturityRating& r : study(b).ratings) {
    if (r.computed || r.level) out[r.programme] = &r;
  }
  return out;
}

/// How many programmes meet each criterion in their last rated wave.
List criterion_counts(const Briefing& b) {
  std::map<std::string, std::array<std::int64_t, kCriterionStateNames.size()>> counts;
  for (const auto& [programme, rating] : last_ratings(b)) {
    const Rubric& rubric = rubric_of(b, *rating);
    for (std::size_t c = 0; c < rubric.criteria.size(); ++c)
      ++counts[rubric.criteria[c].id][static_cast<std::size_t>(rating->criteria[c].state)];
  }
  List rows;
  for (const std::string& id : study(b).settings.criterion_ids()) {
    const auto found = counts.find(id);
    if (found == counts.end()) continue;
    const auto of = [&](CriterionState state) { return found->second[static_cast<std::size_t>(state)]; };
    rows.push_back(Object{{"name", criterion_name(b, *study(b).settings.find_criterion(id))},
                          {"met", of(CriterionState::met)},
                          {"partly", of(CriterionState::partly)},
                          {"missing", of(CriterionState::missing)},
                          {"not_rated", of(CriterionState::not_rated) + of(CriterionState::few_raters)}});
  }
  return rows;
}

std::vector<std::size_t> rated_programmes(const Briefing& b) {
  std::vector<std::size_t> out;
  for (const MaturityRating& r : study(b).ratings) {
    if (out.empty() || out.back() != r.programme) out.push_back(r.programme);
  }
  return out;
}

bool weights_differ(const Rubric& rubric) {
  return std::any_of(rubric.criteria.begin(), rubric.criteria.end(),
                     [&](const Criterion& c) { return c.weight != rubric.criteria.front().weight; });
}

Object rubric_object(const Briefing& b, const std::string& name, const Rubric& rubric) {
  List levels, criteria;
  for (const MaturityLevel& l : rubric.levels)
    levels.push_back(
        Object{{"name", in_language(l.name, b.language(), l.id)}, {"criteria", demands_text(b, rubric, l)}});
  for (const Criterion& c : rubric.criteria)
    criteria.push_back(Object{{"name", criterion_name(b, c)},
                              {"weight", percents(exactly(c.weight / rubric.weight(), 1), kNobody, 1)}});
  const std::string raters(kRaterRuleNames[static_cast<std::size_t>(rubric.raters)]);
  return {{"name", name},
          {"rules", b.texts.get("maturity.rules", {{"met", rubric.met},
                                                   {"partly", rubric.partly},
                                                   {"raters", b.texts.get("maturity.raters." + raters)},
                                                   {"minimum", rubric.minimum_raters}})},
          {"levels", std::move(levels)},
          {"criteria", std::move(criteria)},
          {"weights_differ", weights_differ(rubric)}};
}

}  // namespace

List rubric_data(const Briefing& b) {
  const MaturitySettings& settings = study(b).settings;
  const char* common = settings.by_level.empty() ? "maturity.rubric.all" : "maturity.rubric.other";
  List out = {rubric_object(b, b.texts.get(common), settings.rubric)};
  for (const auto& [level, rubric] : settings.by_level)
    out.push_back(rubric_object(b, b.texts.get("maturity.rubric." + level), rubric));
  return out;
}

Object region_maturity(const Briefing& b) {
  Object out = {{"levels_text", levels_text(b)},
                {"levels", level_heads(b)},
                {"waves", wave_rows(b)},
                {"groups", maturity_groups(b)},
                {"programmes", aligned_maturity_rows(b, rated_programmes(b), rated_maturity_waves(b))},
                {"criteria", criterion_counts(b)},
                {"ratings", all_criterion_ratings(b)},
                {"agreement", null_without_any(rater_agreement_data(b))},
                {"rubrics", rubric_data(b)}};
  add_list(out, "leading", leading_programmes(b));
  add_list(out, "moves", move_rows(b));
  add_list(out, "losses", loss_rows(b));
  add_list(out, "overrides", override_rows(b));
  add_list(out, "effects", maturity_effect_data(b));
  add_list(out, "changes", maturity_change_rows(b));
  return out;
}

}  // namespace kaskad::reports
