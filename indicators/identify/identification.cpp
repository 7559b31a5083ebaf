#include "indicators/identify/identification.hpp"

#include <algorithm>
#include <set>

namespace kaskad {
namespace {

std::size_t schools_of(const Identification& i) {
  return i.social.empty() ? i.low.schools : i.social.times.front().schools.size();
}

std::optional<StatusChangeKind> kind_of(Answer from, Answer to, bool tier_differs) {
  if (to == Answer::yes && from == Answer::yes)
    return tier_differs ? std::optional(StatusChangeKind::moved) : std::nullopt;
  if (to == Answer::yes) return from == Answer::no ? StatusChangeKind::entered : StatusChangeKind::first_judged;
  if (from != Answer::yes) return std::nullopt;
  return to == Answer::no ? StatusChangeKind::left : StatusChangeKind::no_longer_judged;
}

/// Of the low results' list when the year has data; the last year before does not count.
Answer low_answer(const Identification& i, SchoolId school, int year, std::optional<std::size_t>& tier) {
  const auto& years = i.low.years;
  const auto found = std::find(years.begin(), years.end(), year);
  if (i.low.empty() || found == years.end()) return Answer::not_judged;
  const LowVerdict& verdict = i.low.verdict(school, static_cast<std::size_t>(found - years.begin()));
  tier = verdict.tier;
  return verdict.listed;
}

std::vector<int> years_of(const Identification& i) {
  std::set<int> years;
  if (!i.low.empty()) years.insert(i.low.years.begin(), i.low.years.end());
  for (const IndexIdentification& time : i.social.times) years.insert(time.time.year);
  return {years.begin(), years.end()};
}

}  // namespace

Standing standing_of(const Identification& identification, SchoolId school, int year) {
  Standing out;
  out.low = low_answer(identification, school, year, out.tier);
  const auto time = identification_of(identification.social, year);
  if (!time) return out;
  const SchoolIndex& index = identification.social.times[*time].schools[school];
  if (index.group) out.social = identification.social.at_risk(index) ? Answer::yes : Answer::no;
  return out;
}

std::vector<StatusChange> changes_between(const Identification& before, int from_year, const Identification& after,
                                          int to_year) {
  std::vector<StatusChange> out;
  const std::size_t schools = before.empty() || after.empty() ? 0 : std::min(schools_of(before), schools_of(after));
  for (const StatusList list : {StatusList::low, StatusList::social}) {
    for (std::size_t s = 0; s < schools; ++s) {
      const auto school = static_cast<SchoolId>(s);
      const Standing from = standing_of(before, school, from_year), to = standing_of(after, school, to_year);
      const bool is_low = list == StatusList::low;
      const auto kind =
          kind_of(is_low ? from.low : from.social, is_low ? to.low : to.social, is_low && from.tier != to.tier);
      if (kind) out.push_back({school, list, *kind, from_year, to_year, from, to});
    }
  }
  return out;
}

StandingCounts count_standings(const Identification& identification, int year) {
  StandingCounts out{};
  for (std::size_t s = 0; s < schools_of(identification); ++s) {
    const Standing standing = standing_of(identification, static_cast<SchoolId>(s), year);
    ++out[static_cast<std::size_t>(standing.low)][static_cast<std::size_t>(standing.social)];
  }
  return out;
}

Identification identify_schools(const Dataset& data, const IdentifySettings& settings, const SchoolOutcomes& outcomes,
                                std::int64_t least_published, unsigned threads) {
  Identification out;
  out.low = identify_low(data, settings.low, least_published, threads);
  out.social = make_social_index(data, settings.social, outcomes, threads);
  out.years = years_of(out);
  for (std::size_t y = 1; y < out.years.size(); ++y) {
    const auto of_year = changes_between(out, out.years[y - 1], out, out.years[y]);
    out.changes.insert(out.changes.end(), of_year.begin(), of_year.end());
  }
  return out;
}

}  // namespace kaskad
