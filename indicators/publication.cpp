#include "indicators/publication.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "engine/base/parallel.hpp"
#include "indicators/suppression_sums.hpp"

namespace kaskad {
namespace {

/// Small schools and the others, where both are known: reports print them side by side.
void add_small_and_rest(const Dataset& data, SchoolSets& sets) {
  std::vector<SchoolId> small, rest;
  for (SchoolId s = 0; s < data.registry.schools.size(); ++s) {
    const auto& is_small = data.registry.schools[s].small;
    if (is_small) (*is_small ? small : rest).push_back(s);
  }
  if (small.empty() || rest.empty()) return;
  sets.families.push_back({sets.members.size(), sets.members.size() + 1});
  sets.members.push_back(std::move(small));
  sets.members.push_back(std::move(rest));
}

PublicationPlaces places_of(const Dataset& data, const Frame& frame) {
  PublicationPlaces out;
  out.schools = data.registry.schools.size();
  out.entity_sets = frame.first_school();
  std::vector<std::size_t> groups, municipalities;
  for (std::size_t e = 0; e < out.entity_sets; ++e) {
    out.sets.members.push_back(frame.members[e]);
    if (frame.entities[e].kind == EntityKind::group) groups.push_back(e);
    if (frame.entities[e].kind == EntityKind::municipality) municipalities.push_back(e);
  }
  out.sets.families = {municipalities, groups};
  add_small_and_rest(data, out.sets);
  return out;
}

std::size_t place_in(const std::vector<int>& years, int year) {
  return static_cast<std::size_t>(std::lower_bound(years.begin(), years.end(), year) - years.begin());
}

std::vector<std::size_t> places_in(const std::vector<int>& all, const std::vector<int>& years) {
  std::vector<std::size_t> out;
  for (const int year : years) {
    const std::size_t y = place_in(all, year);
    if (y < all.size() && all[y] == year) out.push_back(y);
  }
  return out;
}

/// Waves of two years or more that have figures of the procedure, each list of years once.
std::vector<std::vector<std::size_t>> pooled_years(const Frame& frame, const std::vector<int>& years,
                                                   ProcedureId procedure) {
  std::set<std::vector<std::size_t>> out;
  for (const Period& period : frame.periods) {
    if (period.years.size() > 1 && period.holds(procedure)) out.insert(places_in(years, period.years));
  }
  return {out.begin(), out.end()};
}

/// Procedures and grades of the cube.
std::set<std::pair<ProcedureId, int>> works_of(const Cube& cube) {
  std::set<std::pair<ProcedureId, int>> out;
  for (std::size_t c = 0; c < cube.size(); ++c) out.insert({cube.cell(c).key.procedure, cube.cell(c).key.grade});
  return out;
}

std::optional<std::size_t> subject_line(const PublicationTable& table, SubjectId subject) {
  const auto found = std::lower_bound(table.subjects.begin(), table.subjects.end(), subject);
  if (found == table.subjects.end() || *found != subject) return std::nullopt;
  return static_cast<std::size_t>(found - table.subjects.begin());
}

/// The lines of the subjects whose sum `s` is over all of them.
std::vector<std::size_t> summed_lines(const PublicationTable& table, const std::vector<Series>& series,
                                      const Series& s) {
  std::vector<std::size_t> out;
  for (const Series& part : series) {
    const bool same = part.indicator == s.indicator && part.procedure == s.procedure && part.grade == s.grade;
    if (same && part.subject) out.push_back(*subject_line(table, *part.subject));
  }
  return out;
}

/// Builds the tables of counts; the decisions come after.
class TableMaker {
 public:
  TableMaker(const Dataset& data, const CubeIndex& index, const Frame& frame, const std::vector<Indicator>& indicators,
             const std::vector<Series>& series, const std::vector<SeriesCells>& cells)
      : data_(data), index_(index), frame_(frame), indicators_(indicators), series_(series), cells_(cells) {}

  std::vector<PublicationTable> works() const {
    std::vector<PublicationTable> out;
    for (const auto& [procedure, grade] : works_of(data_.cube)) {
      const std::size_t first = out.size();
      for (int o = 0; o < kOutcomes; ++o) add_work(blank(procedure, grade), static_cast<Outcome>(o), first, out);
    }
    return out;
  }

  PublicationTable rate(std::size_t s) const {
    PublicationTable out = blank(series_[s].procedure, series_[s].grade);
    out.counts.subjects = 1;
    for (const double total : cells_[s].exposures) out.counts.counts.push_back(std::llround(total));
    return out;
  }

 private:
  PublicationTable blank(ProcedureId procedure, int grade) const {
    PublicationTable out;
    out.procedure = procedure;
    out.grade = grade;
    out.counts.schools = data_.registry.schools.size();
    out.counts.years = data_.vocabulary.years.size();
    out.counts.year_sums = pooled_years(frame_, data_.vocabulary.years, procedure);
    return out;
  }

  /// Appends the table, or its outcome to one of the same counts that stands at `first` or after.
  void add_work(PublicationTable table, Outcome outcome, std::size_t first, std::vector<PublicationTable>& out) const {
    table.subjects = index_.subjects(table.procedure);
    table.counts.subjects = table.subjects.size();
    table.outcomes = {outcome};
    count(outcome, table);
    if (std::all_of(table.counts.counts.begin(), table.counts.counts.end(), [](std::int64_t n) { return n == 0; }))
      return;
    const auto same = std::find_if(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                                   [&](const PublicationTable& t) { return t.counts.counts == table.counts.counts; });
    PublicationTable& at = same == out.end() ? out.emplace_back(std::move(table)) : *same;
    if (at.outcomes.back() != outcome) at.outcomes.push_back(outcome);
    at.counts.ends.resize(at.counts.counts.size(), 0);
    at.counts.news.resize(at.counts.subjects, 0);
    for (std::size_t s = 0; s < series_.size(); ++s) {
      if (!is_of(series_[s], outcome, at)) continue;
      if (series_[s].subject) {
        add_ends(s, at);
      } else {
        add_sum(series_[s], at);
      }
    }
  }

  /// Each indicator has two bits. With more than half as many indicators as there are bits some share theirs, which
  /// can only hide more.
  void add_ends(std::size_t s, PublicationTable& table) const {
    const std::size_t line = *subject_line(table, *series_[s].subject), years = table.counts.years;
    const std::size_t shift = 2 * series_[s].indicator % std::numeric_limits<Ends>::digits;
    table.counts.news[line] |= cells_[s].news << shift;
    for (std::size_t i = 0; i < cells_[s].ends.size(); ++i)
      table.counts.ends[(i / years * table.counts.subjects + line) * years + i % years] |= cells_[s].ends[i] << shift;
  }

  void count(Outcome outcome, PublicationTable& table) const {
    PublishedTable& t = table.counts;
    t.counts.assign(t.schools * t.subjects * t.years, 0);
    for (std::size_t i = 0; i < t.subjects; ++i) {
      for (const std::uint32_t c : index_.cells(table.procedure, table.subjects[i])) {
        const Cube::Cell cell = data_.cube.cell(c);
        if (cell.key.grade != table.grade) continue;
        const std::size_t year = place_in(data_.vocabulary.years, cell.key.year);
        t.counts[(cell.key.school * t.subjects + i) * t.years + year] += cell.tally(outcome).n();
      }
    }
  }

  /// Adds the sum of subjects of a series over all of them.
  void add_sum(const Series& s, PublicationTable& table) const {
    std::vector<std::size_t> sum = summed_lines(table, series_, s);
    auto& sums = table.counts.subject_sums;
    if (std::find(sums.begin(), sums.end(), sum) == sums.end()) sums.push_back(std::move(sum));
  }

  bool is_of(const Series& s, Outcome outcome, const PublicationTable& table) const {
    return !s.all_grades && s.procedure == table.procedure && s.grade == table.grade &&
           indicators_[s.indicator].outcome == outcome;
  }

  const Dataset& data_;
  const CubeIndex& index_;
  const Frame& frame_;
  const std::vector<Indicator>& indicators_;
  const std::vector<Series>& series_;
  const std::vector<SeriesCells>& cells_;
};

std::optional<std::size_t> find_table(const std::vector<PublicationTable>& tables, ProcedureId procedure, int grade,
                                      Outcome outcome) {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const auto& outcomes = tables[t].outcomes;
    if (tables[t].procedure == procedure && tables[t].grade == grade &&
        std::find(outcomes.begin(), outcomes.end(), outcome) != outcomes.end())
      return t;
  }
  return std::nullopt;
}

/// The line of the sum of the subjects that the indicator of `s` has.
std::size_t sum_line(const PublicationTable& table, const std::vector<Series>& series, const Series& s) {
  const auto& sums = table.counts.subject_sums;
  const std::vector<std::size_t> sum = summed_lines(table, series, s);
  return table.counts.subjects + static_cast<std::size_t>(std::find(sums.begin(), sums.end(), sum) - sums.begin());
}

}  // namespace

Undefined reason_of(Publication decision) {
  static constexpr std::array<Undefined, 3> kReasons = {Undefined::none, Undefined::too_few, Undefined::complementary};
  return kReasons[static_cast<std::size_t>(decision)];
}

std::optional<std::size_t> PublicationTable::period_of(const std::vector<std::size_t>& years) const {
  if (years.size() == 1) return years.front();
  const auto found = std::find(counts.year_sums.begin(), counts.year_sums.end(), years);
  if (found == counts.year_sums.end()) return std::nullopt;
  return counts.years + static_cast<std::size_t>(found - counts.year_sums.begin());
}

std::optional<std::size_t> PublicationPlaces::find(const std::vector<SchoolId>& of) const {
  if (of.size() == 1) return of_school(of.front());
  const auto found = std::find(sets.members.begin(), sets.members.end(), of);
  if (found == sets.members.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sets.members.begin());
}

Publications::Publications(const Dataset& data, const CubeIndex& index, const Frame& frame,
                           const std::vector<Indicator>& indicators, const std::vector<Series>& series,
                           const std::vector<SeriesCells>& cells, const PublicationRules& rules, unsigned threads)
    : rules_(rules), places_(places_of(data, frame)), years_(data.vocabulary.years) {
  const TableMaker maker(data, index, frame, indicators, series, cells);
  tables_ = maker.works();
  std::map<std::pair<ProcedureId, std::string>, std::size_t> rates;
  for (std::size_t s = 0; s < series.size(); ++s) {
    const Indicator& indicator = indicators[series[s].indicator];
    if (indicator.kind == IndicatorKind::rate) {
      const auto [at, is_new] = rates.try_emplace({series[s].procedure, indicator.per}, tables_.size());
      if (is_new) tables_.push_back(maker.rate(s));
      lines_.push_back({at->second, 0});
      continue;
    }
    const std::size_t t = *find_table(tables_, series[s].procedure, series[s].grade, indicator.outcome);
    lines_.push_back({t, series[s].subject ? *subject_line(tables_[t], *series[s].subject)
                                           : sum_line(tables_[t], series, series[s])});
  }
  parallel_for(tables_.size(), threads, [&](std::size_t t) {
    tables_[t].decisions = suppress(tables_[t].counts, places_.sets, rules.minimum_n, rules.complementary);
  });
}

std::optional<PublicationLine> Publications::find(ProcedureId procedure, SubjectId subject, int grade,
                                                  Outcome outcome) const {
  const auto table = find_table(tables_, procedure, grade, outcome);
  const auto line = table ? subject_line(tables_[*table], subject) : std::nullopt;
  return line ? std::optional(PublicationLine{*table, *line}) : std::nullopt;
}

Undefined Publications::withheld(const PublicationLine& line, const std::vector<SchoolId>& schools,
                                 const std::vector<int>& years) const {
  if (tables_.empty()) return Undefined::none;
  const PublicationTable& table = tables_[line.table];
  std::vector<std::size_t> periods = places_in(years_, years);
  const auto period = table.period_of(periods);
  const auto place = places_.find(schools);
  if (period && place) return reason_of(table.decisions.at(line.line, *period, *place));
  if (period) periods = {*period};
  return safe_together(table, line.line, schools, periods) ? Undefined::none : Undefined::complementary;
}

bool Publications::safe_together(const PublicationTable& table, std::size_t line, const std::vector<SchoolId>& schools,
                                 const std::vector<std::size_t>& periods) const {
  HiddenTally tally;
  for (const SchoolId school : schools) {
    for (const std::size_t period : periods) {
      const std::size_t place = places_.of_school(school);
      if (table.decisions.at(line, period, place) == Publication::published) continue;
      tally.add(table.decisions.pupils_at(line, period, place), table.decisions.ends_at(line, period, place));
    }
  }
  return tally.safe(rules_.minimum_n);
}

}  // namespace kaskad
