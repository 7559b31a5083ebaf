// Who is supported, and beside whom: chosen as an office would, from what the entry years show. The focus schools are
// those with low results in those years, so part of their rise is regression to the mean; the controls are alike.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "app/demo/pupils.hpp"
#include "app/demo/region.hpp"

namespace kaskad::demo {
namespace {

constexpr int kFocusPercent = 12;
constexpr int kBasePercent = 4;
/// Schools with fewer scores in the entry years are not judged.
constexpr std::int64_t kEnoughScores = 40;
constexpr std::size_t kMostPartnersOfOne = 3;

/// What the office sees of a school in the entry years, both standardised over schools.
struct Seen {
  double results = 0;
  double index = 0;
  std::int64_t scores = 0;
};

double passport_index(const Passport& p) {
  return (p.both_parents_higher + (1000 - p.single_parent) + (1000 - p.on_register) + (1000 - p.russian_not_native)) /
         40.0;
}

void add_scores(const Region& region, std::size_t school, int year, std::size_t grade, Seen& seen) {
  PupilSource source(region, school, year, grade);
  const auto papers = source.papers();
  while (const auto pupil = source.next()) {
    for (std::size_t i = 0; i < papers.size(); ++i) {
      const Score& score = pupil->scores[i];
      if (!score.taken || score.absent) continue;
      seen.results += (score.primary - papers[i].mean) / papers[i].sd;
      ++seen.scores;
    }
  }
}

Seen look_at(const Region& region, std::size_t school) {
  Seen seen;
  for (int year = 0; year < region.waves.entry; ++year) {
    for (std::size_t g = 0; g < region.grades.size(); ++g) add_scores(region, school, year, g, seen);
    seen.index += passport_index(passport(region, school, year)) / region.waves.entry;
  }
  if (seen.scores > 0) seen.results /= static_cast<double>(seen.scores);
  return seen;
}

void standardise(std::vector<Seen>& all, double Seen::*field) {
  const auto n = static_cast<double>(all.size());
  double sum = 0;
  for (const Seen& s : all) sum += s.*field;
  double squares = 0;
  for (const Seen& s : all) squares += (s.*field - sum / n) * (s.*field - sum / n);
  const double sd = std::sqrt(squares / n);
  for (Seen& s : all) s.*field = (s.*field - sum / n) / sd;
}

std::vector<Seen> look_at_all(const Region& region) {
  std::vector<Seen> all;
  for (std::size_t i = 0; i < region.schools.size(); ++i) all.push_back(look_at(region, i));
  standardise(all, &Seen::results);
  standardise(all, &Seen::index);
  return all;
}

using Order = std::vector<std::size_t>;

/// Schools without a part yet and with enough scores, the lowest by `value` first.
Order free_schools(const Region& region, const std::vector<Seen>& seen,
                   const std::function<double(std::size_t)>& value) {
  Order out;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (region.schools[i].part == Part::none && seen[i].scores >= kEnoughScores) out.push_back(i);
  }
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return value(a) < value(b); });
  return out;
}

std::size_t share_of_schools(const Region& region, int percent, std::size_t at_least) {
  const std::size_t share = (region.schools.size() * static_cast<std::size_t>(percent) + 50) / 100;
  return std::max(share, at_least);
}

void assign(Region& region, const Order& order, std::size_t count, Part part) {
  for (std::size_t i = 0; i < std::min(count, order.size()); ++i) region.schools[order[i]].part = part;
}

Order with_part(const Region& region, Part part) {
  Order out;
  for (std::size_t i = 0; i < region.schools.size(); ++i) {
    if (region.schools[i].part == part) out.push_back(i);
  }
  return out;
}

void choose_focus(Region& region, const std::vector<Seen>& seen) {
  const auto adversity = [&](std::size_t i) { return seen[i].results + 0.6 * seen[i].index; };
  const Order order = free_schools(region, seen, adversity);
  assign(region, order, std::min(share_of_schools(region, kFocusPercent, 2), order.size() / 4), Part::focus);
}

/// Nearest neighbour without replacement, on results, index and rurality.
void choose_control(Region& region, const std::vector<Seen>& seen) {
  for (const std::size_t f : with_part(region, Part::focus)) {
    const auto distance = [&](std::size_t i) {
      const double place = region.schools[i].rural != region.schools[f].rural ? 0.4 : 0.0;
      return std::abs(seen[i].results - seen[f].results) + std::abs(seen[i].index - seen[f].index) + place;
    };
    assign(region, free_schools(region, seen, distance), 1, Part::control);
  }
}

/// Base sites: the lower two fifths by index, best results there.
void choose_base(Region& region, const std::vector<Seen>& seen) {
  Order adverse = free_schools(region, seen, [&](std::size_t i) { return seen[i].index; });
  adverse.resize(adverse.size() * 2 / 5);
  std::stable_sort(adverse.begin(), adverse.end(),
                   [&](std::size_t a, std::size_t b) { return seen[a].results > seen[b].results; });
  assign(region, adverse, share_of_schools(region, kBasePercent, 1), Part::base);
}

void choose_partners(Region& region, const std::vector<Seen>& seen) {
  const std::size_t focus = with_part(region, Part::focus).size();
  const Order strongest = free_schools(region, seen, [&](std::size_t i) { return -seen[i].results; });
  assign(region, strongest, (focus + 1) / kMostPartnersOfOne, Part::partner);
}

/// Base sites and partners take focus schools in turn, at most three each.
void pair_up(Region& region) {
  Order helpers = with_part(region, Part::base);
  const Order partners = with_part(region, Part::partner);
  helpers.insert(helpers.end(), partners.begin(), partners.end());
  const Order focus = with_part(region, Part::focus);
  const std::size_t pairs = std::min(focus.size(), kMostPartnersOfOne * helpers.size());
  for (std::size_t i = 0; i < pairs; ++i) region.pairs.push_back({focus[i], helpers[i % helpers.size()]});
}

}  // namespace

void choose_groups(Region& region) {
  const std::vector<Seen> seen = look_at_all(region);
  choose_focus(region, seen);
  choose_control(region, seen);
  choose_base(region, seen);
  choose_partners(region, seen);
  pair_up(region);
}

}  // namespace kaskad::demo
