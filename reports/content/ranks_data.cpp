#include "reports/content/ranks_data.hpp"

#include <algorithm>
#include <cmath>

#include "reports/content/identify_data.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const SchoolRanks& ranks_of(const Briefing& b) { return b.judgements.ranks; }

const Indicator& indicator_of(const Briefing& b, const RankList& list) { return b.figures().indicator_of(list.series); }

std::string percent_text(const Briefing& b, double level) {
  const double percent = 100 * level;
  return b.format.number(percent, std::abs(percent - std::round(percent)) < 1e-9 ? 0 : 1);
}

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

std::string reason_text(const Briefing& b, const PlacedSchool& school) {
  if (school.reason == Undefined::too_few)
    return b.texts.get("ranks.too_few", {{"minimum", ranks_of(b).settings.minimum_n}});
  if (school.reason == Undefined::too_few_clusters) return b.texts.get("ranks.alone");
  return b.texts.get("undefined." + std::string(undefined_name(school.reason)));
}

/// «3–17 из 48», or «без места: …».
std::string place_text(const Briefing& b, const RankList& list, const PlacedSchool& school) {
  if (!school.place) return b.texts.get("ranks.no_place", {{"reason", reason_text(b, school)}});
  return b.texts.get("ranks.place", {{"first", school.place->first},
                                     {"last", school.place->last},
                                     {"one", yes_or_no(school.place->first == school.place->last)},
                                     {"n", list.ranked}});
}

/// The list of the school's municipality for a series; null without one.
const RankList* municipal_list(const Briefing& b, std::size_t series, SchoolId school) {
  const std::string& name = b.data.registry.schools[school].municipality;
  for (const RankList& list : ranks_of(b).lists) {
    if (list.series == series && list.municipality && b.data.registry.municipalities[*list.municipality] == name)
      return &list;
  }
  return nullptr;
}

/// Lists that stand for their figure: the region's, or all of a figure's municipalities where the region has none.
std::vector<std::vector<const RankList*>> by_figure(const Briefing& b) {
  std::vector<std::vector<const RankList*>> out;
  for (const RankList& list : ranks_of(b).lists) {
    const bool same = !out.empty() && out.back().front()->series == list.series;
    if (!same) out.emplace_back();
    out.back().push_back(&list);
  }
  return out;
}

std::string direction_of(const Briefing& b, const RankList& list) {
  return indicator_of(b, list).direction == Direction::down ? "down" : "up";
}

std::string list_text(const Briefing& b, const RankList& list) {
  const auto unplaced = static_cast<std::int64_t>(list.schools.size()) - list.ranked;
  return b.texts.get("ranks.text", {{"ranked", list.ranked},
                                    {"unplaced", unplaced},
                                    {"minimum", ranks_of(b).settings.minimum_n},
                                    {"maybe_first", list.maybe_first},
                                    {"maybe_last", list.maybe_last},
                                    {"direction", direction_of(b, list)}});
}

/// Of the municipalities alone a sentence on the region would say nothing.
std::string figure_text(const Briefing& b, const std::vector<const RankList*>& lists) {
  if (!lists.front()->municipality) return list_text(b, *lists.front());
  return b.texts.get("ranks.municipal_text", {{"direction", direction_of(b, *lists.front())}});
}

/// Schools with results in any of the lists of a figure.
std::vector<SchoolId> schools_in(const Briefing& b, const std::vector<const RankList*>& lists) {
  std::vector<SchoolId> out;
  for (const RankList* list : lists) {
    for (const PlacedSchool& school : list->schools) out.push_back(school.school);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  sort_by_place_and_name(b, out);
  return out;
}

Object school_row(const Briefing& b, const std::vector<const RankList*>& lists, SchoolId school, std::size_t number) {
  const RankList* region = lists.front()->municipality ? nullptr : lists.front();
  const RankList* own = municipal_list(b, lists.front()->series, school);
  const PlacedSchool* in_region = region == nullptr ? nullptr : region->find(school);
  const PlacedSchool* in_municipality = own == nullptr ? nullptr : own->find(school);
  const PlacedSchool& any = in_region == nullptr ? *in_municipality : *in_region;
  const Owner owner = owner_of_school(b, school);
  Object row = found_school(b, school, number);
  row.emplace_back("value", level(indicator_of(b, *lists.front()), any.value, owner));
  const auto place = [&](const RankList* list, const PlacedSchool* s) {
    return s == nullptr ? Value(std::string()) : Value::told_of(owner, place_text(b, *list, *s));
  };
  row.emplace_back("place", place(region, in_region));
  row.emplace_back("municipal_place", place(own, in_municipality));
  return row;
}

Object figure_data(const Briefing& b, const std::vector<const RankList*>& lists) {
  List rows;
  for (const SchoolId school : schools_in(b, lists)) rows.push_back(school_row(b, lists, school, rows.size() + 1));
  return {{"name", series_name(b, lists.front()->series)},
          {"unit", b.format.unit(unit_of(indicator_of(b, *lists.front())))},
          {"year", std::to_string(lists.front()->year)},
          {"text", Value::told_of(owner_of(kRegion), figure_text(b, lists))},
          {"rows", std::move(rows)}};
}

std::string scope_text(const Briefing& b, const RankList& list) {
  return list.municipality ? b.data.registry.municipalities[*list.municipality] : b.texts.get("label.region");
}

/// One row a list and school, for the workbook.
List sheet_rows(const Briefing& b) {
  List rows;
  for (const RankList& list : ranks_of(b).lists) {
    std::vector<SchoolId> schools = schools_in(b, {&list});
    for (const SchoolId id : schools) {
      const PlacedSchool& school = *list.find(id);
      Object row = found_school(b, id, rows.size() + 1);
      row.emplace_back("figure", series_name(b, list.series));
      row.emplace_back("unit", b.format.unit(unit_of(indicator_of(b, list))));
      row.emplace_back("year", std::to_string(list.year));
      row.emplace_back("within", scope_text(b, list));
      row.emplace_back("value", level(indicator_of(b, list), school.value, owner_of_school(b, id)));
      row.emplace_back("first", school.place ? Value(school.place->first) : Value());
      row.emplace_back("last", school.place ? Value(school.place->last) : Value());
      row.emplace_back("of", list.ranked);
      row.emplace_back("reason", school.place ? std::string() : reason_text(b, school));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::string sentence(const Briefing& b, const RankList& list, const PlacedSchool& school) {
  const bool exact = school.place && school.place->first == school.place->last;
  const std::string key = school.place ? "ranks.school" : "ranks.school_without";
  return b.texts.get(key, {{"figure", series_name(b, list.series)},
                           {"year", std::to_string(list.year)},
                           {"scope", std::string(list.scope())},
                           {"municipality", list.municipality ? scope_text(b, list) : std::string()},
                           {"place", place_text(b, list, school)},
                           {"reason", school.place ? std::string() : reason_text(b, school)},
                           {"exact", yes_or_no(exact)}});
}

}  // namespace

std::vector<std::string> rank_sentences(const Briefing& b, SchoolId school) {
  std::vector<std::string> out;
  for (const RankList& list : ranks_of(b).lists) {
    if (const PlacedSchool* own = list.find(school)) out.push_back(sentence(b, list, *own));
  }
  return out;
}

std::string rank_rule(const Briefing& b) {
  const RankSettings& settings = ranks_of(b).settings;
  if (ranks_of(b).lists.empty()) return {};
  return b.texts.get("ranks.rule",
                     {{"level", percent_text(b, settings.level)},
                      {"method", std::string(kRankMethodNames[static_cast<std::size_t>(settings.method)])},
                      {"minimum", settings.minimum_n}});
}

Object region_ranks(const Briefing& b) {
  const RankSettings& settings = ranks_of(b).settings;
  Object out = {{"has_any", !ranks_of(b).lists.empty()}};
  if (ranks_of(b).lists.empty()) return out;
  out.emplace_back("rule", rank_rule(b));
  out.emplace_back("has_region", settings.ranks_within(RankScope::region));
  out.emplace_back("has_municipal", settings.ranks_within(RankScope::municipality));
  List figures;
  for (const auto& lists : by_figure(b)) figures.push_back(figure_data(b, lists));
  out.emplace_back("figures", std::move(figures));
  add_list(out, "rows", sheet_rows(b));
  return out;
}

Object school_ranks(const Briefing& b, SchoolId school) {
  List lines;
  for (const std::string& text : rank_sentences(b, school))
    lines.push_back(Object{{"text", Value::told_of(owner_of_school(b, school), text)}});
  if (lines.empty()) return {{"has_any", false}};
  return {{"has_any", true}, {"rule", rank_rule(b)}, {"lines", std::move(lines)}};
}

}  // namespace kaskad::reports
