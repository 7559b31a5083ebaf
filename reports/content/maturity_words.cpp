#include "reports/content/maturity_words.hpp"

#include <algorithm>
#include <map>

#include "reports/content/labels.hpp"
#include "reports/content/programme_parts.hpp"

namespace kaskad::reports {
namespace {

/// A share of weight as «60 %».
std::string weight_text(const Briefing& b, double share) {
  const Quantity q{exactly(100 * share, 0), Unit::percent, 0, false, kNobody};
  return b.format.with_unit(q);
}

}  // namespace

const Rubric& rubric_of(const Briefing& b, const MaturityRating& rating) {
  return b.judgements.maturity.rubric_of(b.data, rating);
}

std::vector<std::string> rated_maturity_waves(const Briefing& b) {
  std::vector<std::string> out;
  for (const WaveSet& set : b.judgements.waves.sets) {
    for (const Period& wave : set.waves) {
      const auto of_wave = [&](const MaturityRating& r) { return r.wave == wave.id; };
      if (std::any_of(b.judgements.maturity.ratings.begin(), b.judgements.maturity.ratings.end(), of_wave))
        out.push_back(wave.id);
    }
  }
  return out;
}

std::string programme_name(const Programme& programme) {
  return programme.name.empty() ? programme.id : programme.name;
}

std::string programme_owner(const Briefing& b, const Programme& programme) {
  return programme.school ? school_name(b, *programme.school) : programme.owner;
}

namespace {

bool has_namesakes(const Briefing& b, const Programme& programme) {
  const auto& all = b.data.programmes;
  return std::count_if(all.begin(), all.end(),
                       [&](const Programme& other) { return programme_name(other) == programme_name(programme); }) > 1;
}

}  // namespace

std::string programme_label(const Briefing& b, const Programme& programme) {
  const std::string owner = programme_owner(b, programme);
  const bool own_name = owner.empty() || !has_namesakes(b, programme);
  return programme_name(programme) + (own_name ? "" : " (" + owner + ")");
}

std::string programme_short_label(const Briefing& b, const Programme& programme) {
  const std::string owner = programme_owner(b, programme);
  return owner.empty() || !has_namesakes(b, programme) ? programme_name(programme) : owner;
}

std::string documents_text(const Briefing& b, const CriterionRating& rating) {
  std::map<std::string, std::string> dates;
  for (const std::size_t e : rating.evidence) {
    const Evidence& evidence = b.data.evidence[e];
    if (evidence.document.empty() || !evidence.reliable) continue;
    std::string& date = dates[evidence.document];
    date = std::max(date, evidence.date);
  }
  std::string out;
  for (const auto& [document, date] : dates) {
    const std::string one =
        date.empty() ? document
                     : b.texts.get("maturity.document", {{"document", document}, {"date", short_date(b, date)}});
    out += (out.empty() ? "" : "; ") + one;
  }
  return out;
}

std::string criterion_name(const Briefing& b, const Criterion& criterion) {
  return in_language(criterion.name, b.language(), criterion.id);
}

std::string criteria_names(const Briefing& b, const Rubric& rubric, const std::vector<std::size_t>& criteria) {
  std::vector<std::string> names;
  for (const std::size_t c : criteria) names.push_back(criterion_name(b, rubric.criteria[c]));
  return joined(names, "; ");
}

std::string maturity_level_name(const Briefing& b, std::size_t level) {
  const MaturityLevel& l = b.judgements.maturity.settings.rubric.levels[level];
  return in_language(l.name, b.language(), l.id);
}

std::string maturity_level_name(const Briefing& b, const std::optional<std::size_t>& level) {
  return level ? maturity_level_name(b, *level) : b.texts.get("maturity.not_rated");
}

std::string rated_level_text(const Briefing& b, const MaturityRating& rating) {
  const std::string level = maturity_level_name(b, rating.level);
  if (!rating.overridden) return level;
  return b.texts.get("maturity.by_expert", {{"level", level}, {"computed", maturity_level_name(b, rating.computed)}});
}

std::string demands_text(const Briefing& b, const Rubric& rubric, const MaturityLevel& level) {
  if (level.demands_nothing()) return b.texts.get("maturity.demands_nothing");
  const bool all = level.criteria.size() == rubric.criteria.size() && level.share == 0;
  const std::string criteria =
      all ? b.texts.get("maturity.demand.all", {{"n", static_cast<std::int64_t>(rubric.criteria.size())}})
          : criteria_names(b, rubric, level.criteria);
  if (level.share == 0) return criteria;
  const Args args = {{"criteria", criteria}, {"share", weight_text(b, level.share)}};
  if (level.criteria.empty()) return b.texts.get("maturity.demand.share", args);
  return b.texts.get("maturity.demand." + std::string(kShareStandsNames[static_cast<std::size_t>(level.stands)]), args);
}

std::string basis_text(const Briefing& b, const MaturityRating& rating) {
  if (!rating.computed) return {};
  const std::string ground(kLevelGroundNames[static_cast<std::size_t>(rating.ground)]);
  return b.texts.get("maturity.basis." + ground,
                     {{"criteria", criteria_names(b, rubric_of(b, rating), rating.carrying)},
                      {"share", weight_text(b, rating.share)}});
}

std::string way_text(const Briefing& b, const MaturityRating& rating) {
  if (!rating.computed) return {};
  const auto& ways = rating.next.ways;
  if (ways.empty()) return b.texts.get("maturity.nothing_lacking");
  const Rubric& rubric = rubric_of(b, rating);
  std::vector<std::string> sets;
  for (const auto& way : ways) sets.push_back(criteria_names(b, rubric, way));
  const auto n = static_cast<std::int64_t>(ways.front().size());
  if (ways.size() == 1) return sets.front();
  const Args args = {{"n", n},
                     {"sets", joined(sets, n == 1 ? "; " : b.texts.get("maturity.way.or"))},
                     {"more", rating.next.more ? "yes" : "no"}};
  return b.texts.get(n == 1 ? "maturity.way.any" : "maturity.way.sets", args);
}

std::string criterion_state_text(const Briefing& b, CriterionState state) {
  return b.texts.get("maturity.state." + std::string(kCriterionStateNames[static_cast<std::size_t>(state)]));
}

}  // namespace kaskad::reports
