// What both ways of finding schools share, and how they lie over one another.
#include "reports/content/identify_data.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/text.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const Identification& found_of(const Briefing& b) { return b.judgements.identification; }

std::string answer_text(const Briefing& b, const char* of, Answer answer) {
  return b.texts.get(std::string("identify.") + of + "." + std::string(kAnswerNames[static_cast<std::size_t>(answer)]));
}

/// From the worst answer to the best one.
constexpr std::array<Answer, 3> kOrder = {Answer::yes, Answer::no, Answer::not_judged};

/// One row an answer of the low results, one count an answer of the index.
Object standings_data(const Briefing& b) {
  const StandingCounts counts = count_standings(found_of(b), found_of(b).years.back());
  List columns, rows;
  for (const Answer social : kOrder)
    columns.push_back(
        Object{{"label", answer_text(b, "standing_social", social)}, {"index", static_cast<int>(columns.size())}});
  for (const Answer low : kOrder) {
    List cells;
    std::int64_t all = 0;
    for (const Answer social : kOrder) {
      const std::int64_t n = counts[static_cast<std::size_t>(low)][static_cast<std::size_t>(social)];
      cells.emplace_back(n);
      all += n;
    }
    rows.push_back(Object{{"name", answer_text(b, "standing_low", low)}, {"counts", std::move(cells)}, {"all", all}});
  }
  return {
      {"year", std::to_string(found_of(b).years.back())}, {"columns", std::move(columns)}, {"rows", std::move(rows)}};
}

/// Where a school stood on a list, for the log.
std::string standing_text(const Briefing& b, const StatusChange& change, const Standing& standing) {
  if (change.list == StatusList::social) return answer_text(b, "standing_social", standing.social);
  const std::string tier = tier_name(b, found_of(b).low, standing.tier);
  return tier.empty() ? answer_text(b, "standing_low", standing.low) : tier;
}

/// What stood before a change and after it, in the fewest words: the index with its group, or the list.
std::string state_brief(const Briefing& b, const StatusChange& change, int year, const Standing& standing) {
  return change.list == StatusList::social ? index_brief(b, found_of(b).social, year, change.school)
                                           : standing_text(b, change, standing);
}

Object change_row(const Briefing& b, const StatusChange& change) {
  const School& school = b.data.registry.schools[change.school];
  const Owner owner = owner_of_school(b, change.school);
  return {
      {"id", school.id},
      {"name", school_name(b, change.school)},
      {"municipality", school.municipality},
      {"list", b.texts.get("identify.list." + std::string(kStatusListNames[static_cast<std::size_t>(change.list)]))},
      {"years", std::to_string(change.from_year) + " → " + std::to_string(change.to_year)},
      {"from", standing_text(b, change, change.from)},
      {"to", standing_text(b, change, change.to)},
      {"change", change_kind_text(b, change)},
      {"was", Value::told_of(owner, state_brief(b, change, change.from_year, change.from))},
      {"became", Value::told_of(owner, state_brief(b, change, change.to_year, change.to))},
      {"reason", Value::told_of(owner, change_reason(b, found_of(b), found_of(b), change))},
      {"brief", Value::told_of(owner, change_brief(b, found_of(b), found_of(b), change))}};
}

/// Every school of the region with both answers, for the workbook.
Object standing_row(const Briefing& b, SchoolId school) {
  const Identification& found = found_of(b);
  const Owner owner = owner_of_school(b, school);
  const Standing standing = standing_of(found, school, found.years.back());
  Object row = found_school(b, school, school + 1);
  const bool has_low = !found.low.empty();
  const std::size_t year = has_low ? found.low.years.size() - 1 : 0;
  row.emplace_back("low", answer_text(b, "answer", standing.low));
  row.emplace_back("tier", tier_name(b, found.low, standing.tier));
  const PrintedShares shares = has_low ? printed_shares(found.low, school, year) : PrintedShares{};
  row.emplace_back("low_procedures", shares.low);
  row.emplace_back("judged_procedures", shares.judged);
  row.emplace_back("probability", chance(has_low ? found.low.verdict(school, year).probability : kNaN, 0, owner));
  row.emplace_back("basis", has_low ? low_basis(b, found.low, school, year) : std::string());
  row.emplace_back("social", answer_text(b, "answer", standing.social));
  const bool has_index = !found.social.empty();
  const SchoolIndex none;
  const SchoolIndex& index = has_index ? found.social.times.back().schools[school] : none;
  const IndexTime time = has_index ? found.social.times.back().time : IndexTime{};
  row.emplace_back("index", index_quantity(time, index.value, owner));
  row.emplace_back("group", index.group ? index_group_name(b, found.social, *index.group) : std::string());
  row.emplace_back("stays", chance(index.stays, 0, owner));
  const auto gap = static_cast<std::size_t>(index.gap);
  row.emplace_back("index_gap", has_index && !index.group
                                    ? b.texts.get("identify.index_gap." + std::string(kIndexGapNames[gap]))
                                    : std::string());
  return row;
}

}  // namespace

void sort_by_place_and_name(const Briefing& b, std::vector<SchoolId>& schools) {
  const auto& order = b.data.registry.municipalities;
  std::map<std::string, std::size_t> places;
  for (std::size_t m = 0; m < order.size(); ++m) places.emplace(order[m], m);
  const auto place = [&](SchoolId s) {
    const auto found = places.find(b.data.registry.schools[s].municipality);
    return found == places.end() ? order.size() : found->second;
  };
  std::stable_sort(schools.begin(), schools.end(), [&](SchoolId x, SchoolId y) {
    if (place(x) != place(y)) return place(x) < place(y);
    return collates_before(school_name(b, x), school_name(b, y), b.language());
  });
}

Object found_school(const Briefing& b, SchoolId school, std::size_t number) {
  const School& own = b.data.registry.schools[school];
  return {{"number", static_cast<std::int64_t>(number)},
          {"id", own.id},
          {"name", school_name(b, school)},
          {"municipality", own.municipality},
          {"type", school_type_name(b, own.type)}};
}

List named_values(const std::vector<std::pair<std::string, std::string>>& values) {
  List out;
  for (const auto& [name, value] : values) out.push_back(Object{{"name", name}, {"value", value}});
  return out;
}

std::string last_change(const Briefing& b, StatusList list, SchoolId school) {
  const auto& changes = found_of(b).changes;
  for (const StatusChange& change : changes) {
    if (change.school == school && change.list == list && change.to_year == found_of(b).years.back())
      return change_kind_text(b, change);
  }
  return {};
}

List change_rows(const Briefing& b, std::optional<StatusList> list, bool all_years) {
  std::vector<const StatusChange*> chosen;
  for (const StatusChange& change : found_of(b).changes) {
    const bool wanted = all_years || change.to_year == found_of(b).years.back();
    if (wanted && (!list || change.list == *list)) chosen.push_back(&change);
  }
  List rows;
  for (const StatusChange* change : chosen) rows.push_back(change_row(b, *change));
  return rows;
}

Quantity index_quantity(const IndexTime& time, double value, Owner owner) {
  return {std::isnan(value) ? undefined(Undefined::no_data) : exactly(value, 1), Unit::none, time.decimals, false,
          owner};
}

Object identification_data(const Briefing& b) {
  const Identification& found = found_of(b);
  const bool has_low = !found.low.empty(), has_social = !found.social.empty();
  Object out = {{"has_any", !found.empty()},
                {"has_low", has_low},
                {"has_social", has_social},
                {"has_both", has_low && has_social}};
  out.emplace_back("low", has_low ? Value(low_data(b)) : Value());
  out.emplace_back("social", has_social ? Value(social_data(b)) : Value());
  out.emplace_back("standings", has_low && has_social ? Value(standings_data(b)) : Value());
  add_list(out, "changes", found.empty() ? List{} : change_rows(b, std::nullopt, true));
  List schools;
  const auto all = static_cast<SchoolId>(found.empty() ? 0 : b.data.registry.schools.size());
  for (SchoolId s = 0; s < all; ++s) schools.push_back(standing_row(b, s));
  out.emplace_back("schools", std::move(schools));
  return out;
}

}  // namespace kaskad::reports
