// How far raters agree, and how the headlines changed by level of maturity, as trees.
#include <algorithm>
#include <set>

#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/maturity_data.hpp"
#include "reports/content/maturity_words.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const RaterAgreement& agreement_of(const Briefing& b) { return b.judgements.maturity.agreement; }

Quantity coefficient(const Estimate& e) { return {e, Unit::none, 2, false, kNobody}; }

Object agreement_row(const std::string& name, const AgreementFigures& figures) {
  return {{"name", name},
          {"units", figures.units},
          {"percent", percents(figures.percent, kNobody, 0)},
          {"fleiss", coefficient(figures.fleiss)},
          {"alpha", coefficient(figures.alpha)}};
}

std::string name_of(const Briefing& b, const std::string& criterion) {
  const Criterion* found = b.judgements.maturity.settings.find_criterion(criterion);
  return found == nullptr ? criterion : criterion_name(b, *found);
}

std::string disputed_text(const Briefing& b) {
  const RaterAgreement& a = agreement_of(b);
  std::string names;
  for (const std::size_t c : a.disputed) names += (names.empty() ? "" : "; ") + name_of(b, a.criteria[c].criterion);
  return b.texts.get("maturity.agreement.disputed", {{"n", static_cast<std::int64_t>(a.disputed.size())},
                                                     {"names", names},
                                                     {"least", b.judgements.maturity.settings.agreement.least}});
}

/// The coefficients of all ratings, or why there are none.
std::string agreement_text(const Briefing& b) {
  const RaterAgreement& a = agreement_of(b);
  const Quantity alpha = coefficient(a.overall.alpha);
  const Quantity percent = percents(a.overall.percent, kNobody, 0);
  const auto scale = static_cast<std::size_t>(b.judgements.maturity.settings.agreement.scale);
  return b.texts.get("maturity.agreement.text", {{"units", a.overall.units},
                                                 {"raters", a.overall.raters},
                                                 {"percent", b.format.with_unit(percent)},
                                                 {"scale", std::string(stats::kAgreementScaleNames[scale])},
                                                 {"defined", alpha.estimate.defined() ? "yes" : "no"},
                                                 {"bounded", alpha.estimate.has_interval() ? "yes" : "no"},
                                                 {"alpha", b.format.plain(alpha)},
                                                 {"interval", b.format.interval(alpha)}});
}

List pair_rows_of(const Briefing& b) {
  List rows;
  for (const RaterPair& pair : agreement_of(b).pairs)
    rows.push_back(Object{{"one", pair.one},
                          {"other", pair.other},
                          {"units", pair.units},
                          {"percent", percents(pair.percent, kNobody, 0)},
                          {"kappa", coefficient(pair.kappa)},
                          {"weighted", coefficient(pair.weighted)}});
  return rows;
}

Args agreement_args(const Briefing& b) {
  const RaterAgreementSettings& s = b.judgements.maturity.settings.agreement;
  return {{"scale", std::string(stats::kAgreementScaleNames[static_cast<std::size_t>(s.scale)])},
          {"weights", std::string(stats::kAgreementWeightNames[static_cast<std::size_t>(s.weights)])},
          {"draws", s.draws},
          {"seed", static_cast<std::int64_t>(s.seed)}};
}

/// «Средний балл — школьные программы».
std::string effect_name(const Briefing& b, const MaturityEffect& effect, const std::string& indicator) {
  return b.texts.get(
      "maturity.effect.name",
      {{"indicator", indicator}, {"owners", b.texts.get("maturity.effect.owners." + effect.programme_level)}});
}

/// So few programmes are no level: their figures are theirs.
constexpr std::size_t kFewProgrammes = 2;

std::string owner_name(const Briefing& b, const Programme& programme) {
  if (!programme.school) return programme.owner;
  return entity_name(b, b.frame().entities[b.frame().first_school() + *programme.school]);
}

/// The level, with the owners of its programmes where they are few.
std::string level_with_few(const Briefing& b, const LevelChange& level) {
  const std::string name = maturity_level_name(b, level.level);
  if (level.programmes.size() > kFewProgrammes) return name;
  std::string owners;
  for (const ProgrammeChange& p : level.programmes)
    owners += (owners.empty() ? "" : ", ") + owner_name(b, b.data.programmes[p.programme]);
  return b.texts.get("maturity.effect.level_of_few", {{"level", name}, {"owners", owners}});
}

Object level_row(const Briefing& b, const MaturityEffect& effect, const LevelChange& level) {
  const Indicator& indicator = b.figures().indicator_of(effect.series);
  const auto n = static_cast<std::int64_t>(level.programmes.size());
  const Estimate median = level.median == level.median ? exactly(level.median, n) : undefined(Undefined::no_data);
  return {{"name", effect_name(b, effect, series_with_change_unit(b, effect.series))},
          {"level", level_with_few(b, level)},
          {"programmes", n},
          {"mean", difference(indicator, level.mean, kNobody)},
          {"median", difference(indicator, median, kNobody)}};
}

std::string effect_text(const Briefing& b, const MaturityEffect& effect) {
  const auto verdict = static_cast<std::size_t>(effect.verdict);
  const Quantity p{exactly(effect.adjusted_p, effect.compared), Unit::probability, 3, false, kNobody};
  const double share = effect.trend.reason == Undefined::none ? effect.trend.share : kNaN;
  return b.texts.get("maturity.effect." + std::string(kMaturityEffectVerdictNames[verdict]),
                     {{"n", effect.compared},
                      {"least", b.judgements.maturity.settings.effect.least_programmes},
                      {"p", effect.adjusted_p == effect.adjusted_p ? b.format.plain(p) : std::string()},
                      {"share", share == share ? b.format.with_unit(percents(exactly(share, 1), kNobody, 0)) : ""},
                      {"exact", effect.trend.exact ? "yes" : "no"},
                      {"without_level", effect.without_level},
                      {"without_change", effect.without_change}});
}

/// One line for all headlines of which too few programmes have a change.
Object too_few_line(const Briefing& b, const std::string& owners) {
  std::int64_t most = 0;
  for (const MaturityEffect& effect : b.judgements.maturity.effects) {
    const bool counted = effect.programme_level == owners && effect.verdict == MaturityEffectVerdict::too_few;
    if (counted) most = std::max(most, effect.compared);
  }
  const Args args = {{"n", most}, {"least", b.judgements.maturity.settings.effect.least_programmes}};
  return {{"name", b.texts.get("maturity.effect.line." + owners)},
          {"text", b.texts.get("maturity.effect.too_few", args)}};
}

}  // namespace

Object rater_agreement_data(const Briefing& b) {
  const RaterAgreement& a = agreement_of(b);
  Object out = {{"has_any", !a.empty()}};
  if (a.empty()) return out;
  List rows = {agreement_row(b.texts.get("maturity.agreement.all"), a.overall)};
  for (const CriterionAgreement& c : a.criteria) rows.push_back(agreement_row(name_of(b, c.criterion), c.figures));
  out.emplace_back("text", agreement_text(b));
  out.emplace_back("disputed", disputed_text(b));
  out.emplace_back("note", b.texts.get("maturity.agreement.note", agreement_args(b)));
  out.emplace_back("pairs_note", b.texts.get("maturity.agreement.pairs_note", agreement_args(b)));
  out.emplace_back("rows", std::move(rows));
  add_list(out, "pairs", pair_rows_of(b));
  return out;
}

List maturity_effect_data(const Briefing& b) {
  List out;
  std::set<std::string> told;
  for (const MaturityEffect& effect : b.judgements.maturity.effects) {
    const bool few = effect.verdict == MaturityEffectVerdict::too_few;
    if (!few)
      out.push_back(
          Object{{"name", effect_name(b, effect, series_name(b, effect.series))}, {"text", effect_text(b, effect)}});
    if (few && told.insert(effect.programme_level).second) out.push_back(too_few_line(b, effect.programme_level));
  }
  return out;
}

List maturity_change_rows(const Briefing& b) {
  List rows;
  for (const MaturityEffect& effect : b.judgements.maturity.effects) {
    if (effect.compared == 0) continue;
    for (const LevelChange& level : effect.levels) {
      if (!level.programmes.empty()) rows.push_back(level_row(b, effect, level));
    }
  }
  return rows;
}

}  // namespace kaskad::reports
