#include "indicators/basis.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "engine/cube/measure.hpp"
#include "engine/stats/scale_ends.hpp"

namespace kaskad {
namespace {

bool names(const std::vector<std::string>& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

bool applies(const Indicator& indicator, const Vocabulary& vocabulary, const CellKey& key) {
  const Procedure& procedure = vocabulary.procedures[key.procedure];
  const bool wanted =
      indicator.procedures.empty() ? procedure.statuses.empty() : names(indicator.procedures, procedure.id);
  return wanted && (indicator.subjects.empty() || names(indicator.subjects, vocabulary.subjects[key.subject].id));
}

bool same_borders(const Scale& a, const Scale& b) {
  return a.maximum == b.maximum && a.test_maximum == b.test_maximum && a.marks == b.marks;
}

/// Years whose scale differs from that of the year before. Subjects together have a break once the scale of each of
/// them has changed since the last one: from then on nothing in their sum is measured as it was.
std::vector<bool> scale_breaks(const Vocabulary& vocabulary, const Series& series, const std::set<SubjectId>& of) {
  std::vector<bool> out(vocabulary.years.size(), false);
  std::set<SubjectId> changed;
  for (std::size_t y = 1; y < out.size(); ++y) {
    for (const SubjectId subject : of) {
      const auto scale = [&](std::size_t i) {
        return vocabulary.scale(series.procedure, subject, series.grade, vocabulary.years[i]);
      };
      if (!same_borders(scale(y - 1), scale(y))) changed.insert(subject);
    }
    out[y] = changed == of;
    if (out[y]) changed.clear();
  }
  return out;
}

/// Which (procedure, grade, subject) have an outcome anywhere in the cube.
using Slices = std::map<std::pair<ProcedureId, int>, std::set<SubjectId>>;

std::array<Slices, kOutcomes> slices_of(const Cube& cube) {
  std::array<Slices, kOutcomes> out;
  for (std::size_t i = 0; i < cube.size(); ++i) {
    const Cube::Cell cell = cube.cell(i);
    for (int o = 0; o < kOutcomes; ++o) {
      if (cell.has(static_cast<Outcome>(o))) out[o][{cell.key.procedure, cell.key.grade}].insert(cell.key.subject);
    }
  }
  return out;
}

/// The same with the grades of a procedure together, as grade 0.
Slices over_grades(const Slices& slices) {
  Slices out;
  for (const auto& [slice, subjects] : slices) out[{slice.first, 0}].insert(subjects.begin(), subjects.end());
  return out;
}

/// The indicator's formula tabulated for each subject and year that a series meets.
class Tables {
 public:
  Tables(const Dataset& data, const Indicator& indicator) : data_(data), indicator_(indicator) {}

  const FormulaTable& at(const CellKey& key, int lo, int hi) {
    FormulaTable& table = tables_[{key.subject, key.year}];
    const bool covered =
        !table.values.empty() && lo >= table.lo && hi < table.lo + static_cast<int>(table.values.size());
    if (covered || table.reason != Undefined::none) return table;
    if (!table.values.empty()) {
      lo = std::min(lo, table.lo);
      hi = std::max(hi, table.lo + static_cast<int>(table.values.size()) - 1);
    }
    const Scale scale = data_.vocabulary.scale(key.procedure, key.subject, key.grade, key.year);
    table = indicator_.formula.tabulate(lo, hi, formula_scale(scale, indicator_.outcome));
    return table;
  }

  /// The least and the greatest value that the formula has on the scale.
  const stats::ScaleEnds& ends(const CellKey& key) {
    const auto [found, is_new] = ends_.try_emplace({key.subject, key.year});
    if (is_new) found->second = ends_of(data_.vocabulary.scale(key.procedure, key.subject, key.grade, key.year));
    return found->second;
  }

 private:
  stats::ScaleEnds ends_of(const Scale& scale) const {
    const FormulaScale known = formula_scale(scale, indicator_.outcome);
    if (std::isnan(known.maximum)) return {};
    const FormulaTable whole = indicator_.formula.tabulate(0, static_cast<int>(known.maximum), known);
    const auto is_finite = [](double f) { return std::isfinite(f); };
    const bool all = std::all_of(whole.values.begin(), whole.values.end(), is_finite);
    if (whole.reason != Undefined::none || whole.values.empty() || !all) return {};
    const auto [least, most] = std::minmax_element(whole.values.begin(), whole.values.end());
    return {*least, *most};
  }

  const Dataset& data_;
  const Indicator& indicator_;
  std::map<std::pair<SubjectId, int>, FormulaTable> tables_;
  std::map<std::pair<SubjectId, int>, stats::ScaleEnds> ends_;
};

bool counts_pupils(const Indicator& i) { return i.kind == IndicatorKind::share || i.kind == IndicatorKind::rate; }

Basis basis_of_counts(const Distribution& d, const FormulaTable& table, bool as_share) {
  Basis b;
  const auto value = [&](std::size_t i) {
    const double f = table.at(d.lo + static_cast<int>(i));
    return as_share ? static_cast<double>(f != 0) : f;
  };
  for (std::size_t i = 0; i < d.counts.size(); ++i) {
    if (d.counts[i] == 0) continue;
    b.n += d.counts[i];
    b.sum += d.counts[i] * value(i);
  }
  b.pupils = b.n;
  if (b.n == 0) return b;
  const double mean = b.mean();
  for (std::size_t i = 0; i < d.counts.size(); ++i) {
    if (d.counts[i] != 0) b.squares += d.counts[i] * (value(i) - mean) * (value(i) - mean);
  }
  b.reason = Undefined::none;
  return b;
}

Basis basis_of_summary(const Aggregate& a, const Indicator& indicator) {
  Basis b;
  b.n = b.pupils = a.n;
  const bool answers = indicator.formula.text() == "x" && a.has_mean && !counts_pupils(indicator);
  b.reason = a.n == 0 ? Undefined::no_data : answers ? Undefined::none : Undefined::no_distribution;
  if (!answers) return b;
  b.sum = a.sum;
  b.squares = a.has_sd ? a.squares : kNaN;
  return b;
}

Basis basis_of_cell(const Cube::Cell& cell, const Indicator& indicator, Tables& tables) {
  const Distribution d = cell.distribution(indicator.outcome);
  Basis b;
  if (!d.counts.empty()) {
    const FormulaTable& table = tables.at(cell.key, d.lo, d.lo + static_cast<int>(d.counts.size()) - 1);
    if (table.reason == Undefined::none) {
      b = basis_of_counts(d, table, counts_pupils(indicator));
    } else {
      b.reason = table.reason;
    }
  }
  if (const Aggregate* a = cell.aggregate(indicator.outcome)) b.add(basis_of_summary(*a, indicator));
  if (counts_pupils(indicator)) return b;
  b.least = tables.ends(cell.key).least;
  b.most = tables.ends(cell.key).most;
  return b;
}

/// After each subject: `pupils` has grown by those of the subject alone, and goes back to those of the largest so far.
void keep_largest(std::vector<Basis>& bases, std::vector<std::int64_t>& largest) {
  for (std::size_t i = 0; i < bases.size(); ++i)
    bases[i].pupils = largest[i] = std::max(largest[i], bases[i].pupils - largest[i]);
}

/// Years in which the procedure has the indicator's outcome at all.
std::set<int> years_held(const Cube& cube, const CubeIndex& index, const Indicator& indicator, ProcedureId procedure) {
  std::set<int> out;
  for (const SubjectId subject : index.subjects(procedure)) {
    for (const std::uint32_t c : index.cells(procedure, subject)) {
      const Cube::Cell cell = cube.cell(c);
      if (!out.contains(cell.key.year) && cell.tally(indicator.outcome).n() > 0) out.insert(cell.key.year);
    }
  }
  return out;
}

/// Schools that may take part in a procedure. A primary school cannot take part in an olympiad of grades 5 to 11: so a
/// type of school does not count of which no school has, in any year, a single result in a grade of the procedure.
std::vector<bool> may_take_part(const Dataset& data, ProcedureId procedure) {
  std::set<int> grades;
  std::set<std::string_view> types = {""};
  const auto each_cell = [&](const auto& look) {
    for (std::size_t c = 0; c < data.cube.size(); ++c) look(data.cube.cell(c).key);
  };
  const auto& schools = data.registry.schools;
  each_cell([&](const CellKey& key) {
    if (key.procedure == procedure) grades.insert(key.grade);
  });
  each_cell([&](const CellKey& key) {
    if (key.grade == 0 || grades.contains(key.grade)) types.insert(schools[key.school].type);
  });
  std::vector<bool> out;
  for (const School& school : schools) out.push_back(grades.contains(0) || types.contains(school.type));
  return out;
}

/// Adds the exposure of a rate: the context total of every school that may take part, in the years in which the
/// procedure was held at all.
void add_exposure(const Dataset& data, const CubeIndex& index, const Indicator& indicator, const Series& series,
                  std::vector<Basis>& bases) {
  const auto field = data.context.field(indicator.per);
  const auto& years = data.vocabulary.years;
  const std::set<int> held = years_held(data.cube, index, indicator, series.procedure);
  const std::vector<bool> counts = may_take_part(data, series.procedure);
  for (std::size_t y = 0; y < years.size(); ++y) {
    for (SchoolId s = 0; held.contains(years[y]) && s < data.registry.schools.size(); ++s) {
      const ContextValue* value = field ? data.context.find(*field, s, years[y]) : nullptr;
      if (value == nullptr || !counts[s]) continue;
      Basis& b = bases[s * years.size() + y];
      b.exposure = value->sum;
      b.reason = Undefined::none;
    }
  }
}

}  // namespace

void Basis::add(const Basis& other) {
  if (other.reason == Undefined::no_data) return;
  if (reason == Undefined::no_data) {
    *this = other;
    return;
  }
  if (reason == Undefined::none) reason = other.reason;
  const double between = n > 0 && other.n > 0 ? mean() - other.mean() : 0;
  const auto size = static_cast<double>(n), other_size = static_cast<double>(other.n);
  if (n + other.n > 0) squares += other.squares + between * between * size * other_size / (size + other_size);
  n += other.n;
  pupils += other.pupils;
  sum += other.sum;
  exposure += other.exposure;
  least = std::min(least, other.least);
  most = std::max(most, other.most);
}

std::vector<Series> find_series(const Dataset& data, const std::vector<Indicator>& indicators) {
  const auto slices = slices_of(data.cube);
  std::vector<Series> out;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const Slices& of_outcome = slices[static_cast<std::size_t>(indicators[i].outcome)];
    const bool all_grades = indicators[i].kind == IndicatorKind::rate;
    for (const auto& [slice, subjects] : all_grades ? over_grades(of_outcome) : of_outcome) {
      std::vector<Series> of_slice;
      std::set<SubjectId> used;
      for (const SubjectId subject : subjects) {
        const CellKey key{0, 0, slice.first, subject, 0};
        if (!applies(indicators[i], data.vocabulary, key)) continue;
        of_slice.push_back({i, slice.first, subject, slice.second, all_grades, {}});
        used.insert(subject);
      }
      if (indicators[i].all_subjects && of_slice.size() > 1)
        of_slice.push_back({i, slice.first, {}, slice.second, all_grades, {}});
      for (Series& s : of_slice) {
        s.break_before = scale_breaks(data.vocabulary, s, s.subject ? std::set<SubjectId>{*s.subject} : used);
        out.push_back(std::move(s));
      }
    }
  }
  return out;
}

std::vector<Basis> school_years(const Dataset& data, const CubeIndex& index, const Indicator& indicator,
                                const Series& series) {
  const auto& years = data.vocabulary.years;
  std::vector<Basis> out(data.registry.schools.size() * years.size());
  std::vector<std::int64_t> largest(out.size());  // Subject, in pupils.
  Tables tables(data, indicator);
  // Subjects rise as in the cube, so that each school and year adds up in the same order whatever else is in it.
  for (const SubjectId subject : index.subjects(series.procedure)) {
    const CellKey key{0, 0, series.procedure, subject, 0};
    if (series.subject ? subject != *series.subject : !applies(indicator, data.vocabulary, key)) continue;
    for (const std::uint32_t c : index.cells(series.procedure, subject)) {
      const Cube::Cell cell = data.cube.cell(c);
      if (!series.all_grades && cell.key.grade != series.grade) continue;
      const auto year =
          static_cast<std::size_t>(std::lower_bound(years.begin(), years.end(), cell.key.year) - years.begin());
      out[cell.key.school * years.size() + year].add(basis_of_cell(cell, indicator, tables));
    }
    keep_largest(out, largest);
  }
  if (indicator.kind == IndicatorKind::rate) add_exposure(data, index, indicator, series, out);
  return out;
}

}  // namespace kaskad
