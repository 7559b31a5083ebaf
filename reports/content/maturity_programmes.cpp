// Programmes one by one: their levels by wave, what these rest on, the shortest way on, the criteria with documents.
#include <algorithm>
#include <set>

#include "reports/content/labels.hpp"
#include "reports/content/maturity_data.hpp"
#include "reports/content/maturity_words.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

std::int64_t count_state(const MaturityRating& r, CriterionState state) {
  return std::count_if(r.criteria.begin(), r.criteria.end(),
                       [&](const CriterionRating& c) { return c.state == state; });
}

Object wave_row(const Briefing& b, const MaturityRating& r) {
  return {{"wave", wave_name(b, r.wave)},
          {"level", rated_level_text(b, r)},
          {"met", count_state(r, CriterionState::met)},
          {"partly", count_state(r, CriterionState::partly)},
          {"missing", count_state(r, CriterionState::missing)},
          {"not_rated", count_state(r, CriterionState::not_rated) + count_state(r, CriterionState::few_raters)},
          {"criteria", static_cast<std::int64_t>(r.criteria.size())}};
}

/// «1 и 0,5»: what the raters gave, the lowest last; says how many pieces of evidence were left out as unreliable.
std::string scores_text(const Briefing& b, const CriterionRating& rating) {
  std::vector<double> scores;
  for (const std::size_t e : rating.evidence) {
    if (b.data.evidence[e].reliable) scores.push_back(b.data.evidence[e].score);
  }
  std::sort(scores.rbegin(), scores.rend());
  std::string out;
  for (const double s : scores) {
    const int decimals = s == rounded(s, 0) ? 0 : s == rounded(s, 1) ? 1 : 2;
    out += (out.empty() ? "" : "; ") + b.format.number(s, decimals);
  }
  if (rating.unreliable == 0) return out;
  return b.texts.get("maturity.unreliable", {{"scores", out}, {"n", rating.unreliable}});
}

List criterion_rows(const Briefing& b, const MaturityRating& r) {
  List rows;
  const Rubric& rubric = rubric_of(b, r);
  for (std::size_t c = 0; c < r.criteria.size(); ++c)
    rows.push_back(Object{{"name", criterion_name(b, rubric.criteria[c])},
                          {"state", criterion_state_text(b, r.criteria[c].state)},
                          {"scores", scores_text(b, r.criteria[c])},
                          {"documents", documents_text(b, r.criteria[c])}});
  return rows;
}

/// The criteria that are not met.
List open_rows(const Briefing& b, const MaturityRating& r) {
  List rows, all = criterion_rows(b, r);
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (r.criteria[c].state != CriterionState::met) rows.push_back(std::move(all[c]));
  }
  return rows;
}

/// «Входной мониторинг — формальный, 2 из 9; …».
std::string history_text(const Briefing& b, std::size_t programme) {
  std::string out;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    if (r.programme != programme) continue;
    out += (out.empty() ? "" : "; ") +
           b.texts.get("passport.step", {{"wave", in_sentence(wave_name(b, r.wave))},
                                         {"level", rated_level_text(b, r)},
                                         {"rated", r.level ? "yes" : "no"},
                                         {"met", count_state(r, CriterionState::met)},
                                         {"of", static_cast<std::int64_t>(r.criteria.size())}});
  }
  return out;
}

/// «Решение: рефлексивный уровень, И. О., 1 июня 2026 г. — причина».
std::string override_text(const Briefing& b, const MaturityRating& r) {
  if (!r.overridden) return {};
  const MaturityOverride& o = b.judgements.maturity.settings.overrides[*r.overridden];
  return b.texts.get("maturity.decision", {{"level", maturity_level_name(b, r.level)},
                                           {"computed", maturity_level_name(b, r.computed)},
                                           {"who", o.who},
                                           {"when", b.format.date(o.when)},
                                           {"why", o.why}});
}

/// In a wave that the programme does not have.
Object no_wave(const Briefing& b, const std::string& wave) {
  MaturityRating none;
  none.wave = wave;
  Object row = wave_row(b, none);
  row[1].second = b.texts.get("maturity.no_wave");
  return row;
}

/// The programme's own waves, or one row for each of `all`.
List wave_rows(const Briefing& b, std::size_t programme, const std::vector<std::string>* all) {
  std::map<std::string, const MaturityRating*> own;
  List rows;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    if (r.programme != programme) continue;
    own[r.wave] = &r;
    if (all == nullptr) rows.push_back(wave_row(b, r));
  }
  if (all == nullptr) return rows;
  for (const std::string& wave : *all) rows.push_back(own.count(wave) > 0 ? wave_row(b, *own[wave]) : no_wave(b, wave));
  return rows;
}

const MaturityRating* last_rating(const Briefing& b, std::size_t programme) {
  const MaturityRating* last = nullptr;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    if (r.programme == programme && (last == nullptr || r.level || r.computed)) last = &r;
  }
  return last;
}

Object programme_row(const Briefing& b, std::size_t programme, const std::vector<std::string>* all_waves) {
  const Programme& p = b.data.programmes[programme];
  Object row = {{"name", programme_label(b, p)},
                {"label", programme_short_label(b, p)},
                {"level", b.texts.get("programme_level." + p.level)},
                {"owner", programme_owner(b, p)}};
  const MaturityRating* last = last_rating(b, programme);
  row.emplace_back("waves", wave_rows(b, programme, all_waves));
  row.emplace_back("last_wave", last == nullptr ? std::string() : wave_name(b, last->wave));
  row.emplace_back("basis", last == nullptr ? std::string() : basis_text(b, *last));
  row.emplace_back("lacking", last == nullptr ? std::string() : way_text(b, *last));
  row.emplace_back("decision", last == nullptr ? std::string() : override_text(b, *last));
  row.emplace_back("criteria", last == nullptr ? List() : criterion_rows(b, *last));
  row.emplace_back("history", history_text(b, programme));
  add_list(row, "open", last == nullptr ? List() : open_rows(b, *last));
  return row;
}

}  // namespace

List maturity_rows(const Briefing& b, const std::vector<std::size_t>& programmes) {
  List rows;
  for (const std::size_t p : programmes) rows.push_back(programme_row(b, p, nullptr));
  return rows;
}

List aligned_maturity_rows(const Briefing& b, const std::vector<std::size_t>& programmes,
                           const std::vector<std::string>& waves) {
  List rows;
  for (const std::size_t p : programmes) rows.push_back(programme_row(b, p, &waves));
  return rows;
}

List all_criterion_ratings(const Briefing& b) {
  List rows;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    const Rubric& rubric = rubric_of(b, r);
    for (std::size_t c = 0; c < r.criteria.size(); ++c)
      rows.push_back(Object{{"programme", programme_label(b, b.data.programmes[r.programme])},
                            {"wave", wave_name(b, r.wave)},
                            {"criterion", criterion_name(b, rubric.criteria[c])},
                            {"state", criterion_state_text(b, r.criteria[c].state)},
                            {"scores", scores_text(b, r.criteria[c])},
                            {"raters", r.criteria[c].raters},
                            {"documents", documents_text(b, r.criteria[c])}});
  }
  return rows;
}

}  // namespace kaskad::reports
