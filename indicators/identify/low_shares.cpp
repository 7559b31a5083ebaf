#include "indicators/identify/low_shares.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/parallel.hpp"
#include "engine/cube/measure.hpp"
#include "engine/stats/intervals.hpp"

namespace kaskad::identify {
namespace {

template <class T>
bool wanted(const std::vector<T>& list, const T& item) {
  return list.empty() || std::find(list.begin(), list.end(), item) != list.end();
}

bool is_judged(const LowSettings& settings, const Vocabulary& vocabulary, const CellKey& key) {
  const Procedure& procedure = vocabulary.procedures[key.procedure];
  return procedure.statuses.empty() && wanted(settings.procedures, procedure.id) &&
         wanted(settings.subjects, vocabulary.subjects[key.subject].id) &&
         wanted(settings.grades, static_cast<int>(key.grade));
}

/// Who of a cell is below: the mark where there are marks, else the test score, else the primary one.
ShareCount below_of(const Cube::Cell& cell, const Vocabulary& vocabulary) {
  const CellKey& key = cell.key;
  const Scale scale = vocabulary.scale(key.procedure, key.subject, key.grade, key.year);
  if (cell.has(Outcome::mark))
    return share_below(cell.tally(Outcome::mark), vocabulary.procedures[key.procedure].lowest_mark + 1);
  const auto below = [&](Outcome outcome, const std::optional<int>& minimum) {
    ShareCount count;
    count.n = cell.tally(outcome).n();
    count.reason = Undefined::no_scale;
    return minimum ? share_below(cell.tally(outcome), *minimum) : count;
  };
  if (cell.has(Outcome::test)) return below(Outcome::test, scale.minimum);
  const bool is_of_primary = !scale.test_maximum && scale.minimum;
  if (!cell.has(Outcome::primary)) return {};
  if (is_of_primary) return below(Outcome::primary, scale.minimum);
  return below(Outcome::primary, scale.marks ? std::optional((*scale.marks)[0] + 1) : std::nullopt);
}

LowProcedure procedure_of(const LowSettings& settings, const CellKey& key) {
  LowProcedure out;
  out.procedure = key.procedure;
  if (settings.by_subject) out.subject = key.subject;
  if (settings.by_grade) out.grade = key.grade;
  return out;
}

/// In the order of the vocabulary, then grade, then subject.
struct ProcedureOrder {
  bool operator()(const LowProcedure& a, const LowProcedure& b) const {
    return std::tuple(a.procedure, a.grade.value_or(0), a.subject.value_or(0)) <
           std::tuple(b.procedure, b.grade.value_or(0), b.subject.value_or(0));
  }
};
using Places = std::map<LowProcedure, std::size_t, ProcedureOrder>;

/// Counts of a cell, by where they belong.
struct Counted {
  CellKey key;
  ShareCount count;
};

void add(LowShare& share, const ShareCount& count) {
  if (count.n == 0) return;
  const bool unknown = count.reason != Undefined::none || share.state == ShareState::no_border;
  share.n += count.n;
  share.below += count.reason == Undefined::none ? count.hits : 0;
  share.state = unknown ? ShareState::no_border : ShareState::judged;
}

bool same_borders(const Scale& a, const Scale& b) {
  const bool by_marks = a.marks && b.marks;
  return a.maximum == b.maximum && a.test_maximum == b.test_maximum && a.marks == b.marks &&
         (by_marks || a.minimum == b.minimum);
}

/// Whether the scale of a procedure changed before each of the years; several subjects or grades together are not said
/// to change.
std::vector<bool> changes_of_scale(const LowIdentification& low, const LowProcedure& p, const Vocabulary& vocabulary) {
  std::vector<bool> out(low.years.size(), false);
  for (std::size_t y = 1; p.subject && p.grade && y < low.years.size(); ++y) {
    const auto scale = [&](std::size_t i) { return vocabulary.scale(p.procedure, *p.subject, *p.grade, low.years[i]); };
    out[y] = !same_borders(scale(y - 1), scale(y));
  }
  return out;
}

void pool_years(const LowSettings& settings, const std::vector<int>& years, std::vector<LowShare>& of_procedure) {
  const std::vector<LowShare> own = of_procedure;
  for (std::size_t y = 0; y < years.size(); ++y) {
    LowShare& share = of_procedure[y];
    if (share.state != ShareState::judged || settings.few != FewPupils::pool) continue;
    for (std::size_t before = y; before-- > 0 && share.n < settings.minimum_n;) {
      const bool near = years[y] - years[before] < settings.pool_years;
      if (!near || own[before].state != ShareState::judged) break;
      share.n += own[before].n;
      share.below += own[before].below;
      share.years_pooled = years[y] - years[before] + 1;
    }
  }
}

/// Leaves a school's few pupils unjudged, after pooling.
void finish_counts(LowIdentification& low, const std::vector<std::vector<bool>>& changed) {
  const std::size_t years = low.years.size();
  for (std::size_t place = 0; place < low.shares.size(); place += years) {
    const auto first = low.shares.begin() + static_cast<std::ptrdiff_t>(place);
    std::vector<LowShare> of_procedure(first, first + static_cast<std::ptrdiff_t>(years));
    pool_years(low.settings, low.years, of_procedure);
    for (std::size_t y = 0; y < years; ++y) {
      LowShare& share = of_procedure[y];
      share.scale_changed = changed[place / years % low.procedures.size()][y];
      if (share.state == ShareState::judged && share.n < low.settings.minimum_n) share.state = ShareState::too_few;
    }
    std::copy(of_procedure.begin(), of_procedure.end(), first);
  }
}

std::vector<Counted> count_cells(const Dataset& data, const LowSettings& settings) {
  std::vector<Counted> out;
  for (std::size_t c = 0; c < data.cube.size(); ++c) {
    const Cube::Cell cell = data.cube.cell(c);
    if (is_judged(settings, data.vocabulary, cell.key)) out.push_back({cell.key, below_of(cell, data.vocabulary)});
  }
  return out;
}

/// A procedure is judged when some cell of it tells who is below.
Places places_of(const LowSettings& settings, const std::vector<Counted>& counted, std::set<int>& years) {
  Places places;
  for (const Counted& c : counted) {
    if (c.count.reason != Undefined::none) continue;
    places.emplace(procedure_of(settings, c.key), 0);
    years.insert(c.key.year);
  }
  std::size_t next = 0;
  for (auto& [procedure, place] : places) place = next++;
  return places;
}

}  // namespace

LowIdentification count_low(const Dataset& data, const LowSettings& settings, std::int64_t least_published) {
  LowIdentification low;
  low.settings = settings;
  low.settings.minimum_n = std::max(settings.minimum_n, least_published);
  low.schools = data.registry.schools.size();
  if (!settings.on) return low;
  const std::vector<Counted> counted = count_cells(data, settings);
  std::set<int> years;
  const Places places = places_of(settings, counted, years);
  low.years.assign(years.begin(), years.end());
  for (const auto& [procedure, place] : places) low.procedures.push_back(procedure);
  low.shares.resize(low.schools * low.procedures.size() * low.years.size());
  for (const Counted& c : counted) {
    const auto place = places.find(procedure_of(settings, c.key));
    const auto year = years.find(c.key.year);
    if (place == places.end() || year == years.end()) continue;
    const auto y = static_cast<std::size_t>(std::distance(years.begin(), year));
    add(low.shares[(c.key.school * low.procedures.size() + place->second) * low.years.size() + y], c.count);
  }
  std::vector<std::vector<bool>> changed;
  for (const LowProcedure& p : low.procedures) changed.push_back(changes_of_scale(low, p, data.vocabulary));
  if (!low.empty()) finish_counts(low, changed);
  return low;
}

void estimate_low(LowIdentification& low, unsigned threads) {
  const std::size_t years = low.years.size();
  low.levels.resize(low.procedures.size() * years);
  parallel_for(low.levels.size(), threads, [&](std::size_t place) {
    LowLevel& level = low.levels[place];
    const auto share = [&](std::size_t s) -> LowShare& { return low.shares[s * low.levels.size() + place]; };
    std::vector<stats::CountedShare> all;
    for (std::size_t s = 0; s < low.schools; ++s) {
      const bool told = share(s).state == ShareState::judged || share(s).state == ShareState::too_few;
      if (told) all.push_back({share(s).below, share(s).n});
    }
    level.prior = stats::fit_beta_prior(all);
    const bool has_prior = level.prior.reason == Undefined::none;
    const bool by_region = low.settings.model == ShareModel::region && has_prior;
    const stats::BetaPrior prior = by_region ? level.prior.prior : stats::kJeffreysPrior;
    for (std::size_t s = 0; s < low.schools; ++s) {
      LowShare& own = share(s);
      own.share = undefined(own.n == 0 ? Undefined::no_data : Undefined::too_few, own.n);
      own.shrunken = undefined(level.prior.reason, own.n);
      if (own.state != ShareState::judged) continue;
      const stats::CountedShare counted{own.below, own.n};
      own.share = stats::wilson(own.below, own.n);
      if (has_prior) own.shrunken = stats::posterior_share(counted, level.prior.prior);
      own.probability = stats::probability_at_least(counted, prior, low.settings.threshold);
      ++level.schools;
      level.low += own.share.value >= low.settings.threshold;
    }
  });
}

}  // namespace kaskad::identify
