// The programmes that an office answers for itself, in full: what the level of each wave rests on, the shortest way to
// the next one, and every criterion from wave to wave with the documents of the last rating.
#include <algorithm>

#include "reports/content/labels.hpp"
#include "reports/content/maturity_data.hpp"
#include "reports/content/maturity_words.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

using Ratings = std::vector<const MaturityRating*>;

/// Rated at least once, in the order of the waves.
Ratings ratings_of(const Briefing& b, std::size_t programme) {
  Ratings out;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    if (r.programme == programme) out.push_back(&r);
  }
  const bool any = std::any_of(out.begin(), out.end(), [](const auto* r) { return r->level.has_value(); });
  return any ? out : Ratings{};
}

Object level_row(const Briefing& b, const MaturityRating& r) {
  const auto met = std::count_if(r.criteria.begin(), r.criteria.end(),
                                 [](const CriterionRating& c) { return c.state == CriterionState::met; });
  return {{"wave", wave_name(b, r.wave)},
          {"level", rated_level_text(b, r)},
          {"met", b.texts.get("maturity.of_criteria",
                              {{"n", std::int64_t{met}}, {"of", static_cast<std::int64_t>(r.criteria.size())}})},
          {"basis", basis_text(b, r)},
          {"way", way_text(b, r)}};
}

List criterion_rows_of(const Briefing& b, const Ratings& ratings) {
  const Rubric& rubric = rubric_of(b, *ratings.back());
  List rows;
  for (std::size_t c = 0; c < rubric.criteria.size(); ++c) {
    List states;
    for (const MaturityRating* r : ratings) states.emplace_back(criterion_state_text(b, r->criteria[c].state));
    rows.push_back(Object{{"name", criterion_name(b, rubric.criteria[c])},
                          {"states", std::move(states)},
                          {"documents", documents_text(b, ratings.back()->criteria[c])}});
  }
  return rows;
}

Object leading_programme(const Briefing& b, std::size_t programme, const Ratings& ratings) {
  List heads, levels;
  for (const MaturityRating* r : ratings) {
    heads.push_back(Object{{"wave", wave_name(b, r->wave)}, {"index", static_cast<int>(heads.size())}});
    levels.push_back(level_row(b, *r));
  }
  return {{"name", programme_label(b, b.data.programmes[programme])},
          {"waves", std::move(heads)},
          {"levels", std::move(levels)},
          {"criteria", criterion_rows_of(b, ratings)}};
}

}  // namespace

List leading_programmes(const Briefing& b) {
  List out;
  for (std::size_t p = 0; p < b.data.programmes.size(); ++p) {
    if (b.data.programmes[p].level != "regional") continue;
    const Ratings ratings = ratings_of(b, p);
    if (!ratings.empty()) out.push_back(leading_programme(b, p, ratings));
  }
  return out;
}

}  // namespace kaskad::reports
