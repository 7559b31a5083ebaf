#include "reports/content/marking_words.hpp"

#include <algorithm>
#include <cmath>

#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

std::string name_of(SignKind kind) { return std::string(kSignKindNames[static_cast<std::size_t>(kind)]); }

/// «12,3 (от 11,4 до 13,2)»
std::string with_interval(const Briefing& b, const Estimate& estimate, int decimals, const Unit& unit = Unit::none) {
  const Quantity q{estimate, unit, decimals, false, kNobody};
  return b.format.with_unit(q) + (estimate.has_interval() ? " (" + b.format.interval(q) + ")" : "");
}

std::string percent(const Briefing& b, double value) {
  return b.format.with_unit({exactly(value, 0), Unit::percent, 1, false, kNobody});
}

std::string side_of(const MarkingFact& fact) {
  return std::string(kSignSideNames[static_cast<std::size_t>(fact.side)]);
}

std::string spike_text(const Briefing& b, const MarkingSigns& signs, const MarkingFact& fact) {
  const std::int64_t both = fact.spike.above + fact.spike.below;
  const auto share = [&](double above) { return percent(b, 100 * above / static_cast<double>(both)); };
  const bool shown = both >= signs.settings.minimum_n;
  return b.texts.get("marking.fact.spike",
                     {{"mark", std::int64_t{fact.mark}},
                      {"years", spike_years_text(b, signs, fact.year)},
                      {"z", b.format.number(fact.spike.z, 1)},
                      {"shown", std::string(shown ? "yes" : "no")},
                      {"above", shown ? share(static_cast<double>(fact.spike.above)) : std::string()},
                      {"expected", shown ? share(fact.spike.expected) : std::string()},
                      {"n", both}});
}

std::string list_of(const Briefing& b, const std::vector<std::string>& ids, const auto& entries) {
  std::string out;
  for (const std::string& id : ids) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.id == id; });
    out += (out.empty() ? "" : ", ") + (found == entries.end() ? id : in_language(found->name, b.language(), id));
  }
  return out.empty() ? b.texts.get("marking.all") : out;
}

std::string rule_text(const Briefing& b, const MarkingSettings& s, SignKind kind) {
  return b.texts.get("marking.rule." + name_of(kind), {{"z", s.mean_z},
                                                       {"below", s.rank_below},
                                                       {"fences", s.jump_fences},
                                                       {"schools", s.jump_schools},
                                                       {"reach", std::int64_t{s.spike.reach}},
                                                       {"beside", std::int64_t{s.spike.beside}},
                                                       {"spike_z", s.spike_z},
                                                       {"odds", s.spike_odds},
                                                       {"years", std::int64_t{s.spike_years}}});
}

}  // namespace

std::string marked_work_name(const Briefing& b, const MarkedWork& work) {
  Series slice;
  slice.procedure = work.procedure;
  slice.subject = work.subject;
  slice.grade = work.grade;
  return slice_name(b, slice);
}

std::string sign_name(const Briefing& b, SignKind kind) { return b.texts.get("marking.sign." + name_of(kind)); }

std::string spike_years_text(const Briefing& b, const MarkingSigns& signs, std::size_t year) {
  std::vector<int> years;
  for (const int y : b.data.vocabulary.years) {
    if (y <= signs.years[year] && y > signs.years[year] - signs.settings.spike_years) years.push_back(y);
  }
  return years_text(years);
}

std::string sign_text(const Briefing& b, const MarkingSigns& signs, const MarkingFact& fact) {
  if (fact.withheld != Undefined::none) return b.texts.get("marking.hidden");
  if (fact.kind == SignKind::spike) return spike_text(b, signs, fact);
  const bool as_percent = fact.kind == SignKind::journal;
  const Unit unit = as_percent ? Unit::percent : Unit::none;
  const int decimals = fact.kind == SignKind::mean || as_percent ? 1 : 2;
  return b.texts.get("marking.fact." + name_of(fact.kind),
                     {{"side", side_of(fact)},
                      {"of", std::string(fact.by_score ? "score" : "mark")},
                      {"own", with_interval(b, fact.own, decimals, unit)},
                      {"region", fact.region.defined() ? with_interval(b, fact.region, decimals, unit) : std::string()},
                      {"before", fact.work ? std::int64_t{signs.works[*fact.work].grade - 1} : std::int64_t{0}},
                      {"grade", fact.work ? std::int64_t{signs.works[*fact.work].grade} : std::int64_t{0}},
                      {"n", fact.own.n}});
}

std::string short_sign_text(const Briefing& b, const MarkingSigns& signs, const MarkingFact& fact) {
  const bool is_short = fact.kind == SignKind::mean || fact.kind == SignKind::journal;
  if (!is_short || fact.withheld != Undefined::none) return sign_text(b, signs, fact);
  const Unit unit = fact.kind == SignKind::journal ? Unit::percent : Unit::none;
  return b.texts.get("marking.short." + name_of(fact.kind),
                     {{"side", side_of(fact)},
                      {"own", with_interval(b, fact.own, 1, unit)},
                      {"region", b.format.with_unit({fact.region, unit, 1, false, kNobody})},
                      {"n", fact.own.n}});
}

List marking_settings(const Briefing& b, const MarkingSigns& signs) {
  const MarkingSettings& s = signs.settings;
  List out;
  const auto add = [&](std::string name, std::string value) {
    out.push_back(Object{{"name", std::move(name)}, {"value", std::move(value)}});
  };
  add(b.texts.get("marking.setting.procedures"), list_of(b, s.procedures, b.data.vocabulary.procedures));
  add(b.texts.get("marking.setting.subjects"), list_of(b, s.subjects, b.data.vocabulary.subjects));
  add(b.texts.get("marking.setting.minimum_n"), std::to_string(s.minimum_n));
  add(b.texts.get("marking.setting.least_works"), std::to_string(s.least_works));
  for (const SignKind kind : s.signs) add(sign_name(b, kind), rule_text(b, s, kind));
  return out;
}

}  // namespace kaskad::reports
