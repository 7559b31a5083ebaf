#include "indicators/suppression.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "indicators/suppression_sums.hpp"

namespace kaskad {
namespace {

/// What hiding a cell would leave to mend; less is better, the cell itself breaks ties.
using Cost = std::tuple<std::int64_t, std::int64_t, std::size_t>;

class Suppressor {
 public:
  Suppressor(const PublishedTable& table, const SchoolSets& sets, std::int64_t minimum_n)
      : table_(table), lattice_(sets, table.schools), minimum_n_(minimum_n) {
    out_.periods = table.periods();
    out_.places = lattice_.sets() + table.schools;
    out_.cells.resize(table.lines() * out_.periods * out_.places, Publication::published);
    out_.pupils.resize(out_.cells.size(), 0);
    out_.ends.resize(out_.cells.size(), kAllEnds);
    count();
  }

  SuppressedTable solve(bool complementary, const std::vector<Publication>& hidden_already) {
    for (std::size_t c = 0; c < hidden_already.size(); ++c) {
      if (out_.pupils[c] > 0) out_.cells[c] = hidden_already[c];
    }
    for (std::size_t c = 0; c < out_.pupils.size(); ++c) {
      if (out_.pupils[c] > 0 && out_.pupils[c] < minimum_n_) out_.cells[c] = Publication::primary;
    }
    changed_ = complementary;
    while (changed_) {
      sweep();
      if (!changed_) mend_exposed();
    }
    return std::move(out_);
  }

 private:
  struct Where {
    std::size_t line = 0, period = 0, place = 0;
  };

  std::size_t index(const Where& w) const { return (w.line * out_.periods + w.period) * out_.places + w.place; }
  std::int64_t n(const Where& w) const { return out_.pupils[index(w)]; }
  Ends ends(const Where& w) const { return out_.ends[index(w)]; }
  bool hidden(const Where& w) const { return out_.cells[index(w)] != Publication::published; }
  bool is_school(std::size_t place) const { return place >= lattice_.sets(); }
  SchoolId school_at(std::size_t place) const { return static_cast<SchoolId>(place - lattice_.sets()); }

  void hide(const Where& w) {
    out_.cells[index(w)] = Publication::complementary;
    changed_ = true;
  }

  void count() {
    for (std::size_t s = 0; s < table_.schools; ++s) {
      for (std::size_t line = 0; line < table_.lines(); ++line) {
        for (std::size_t y = 0; y < table_.years; ++y) count_year(static_cast<SchoolId>(s), line, y);
      }
    }
  }

  /// Who wrote several subjects is in several of them: the largest one of a grade is certain.
  std::int64_t certain(SchoolId school, std::size_t line, std::size_t year) const {
    std::map<int, std::int64_t> largest;
    for (const std::size_t subject : subjects_of(line)) {
      std::int64_t& of_grade = largest[table_.grades.empty() ? 0 : table_.grades[subject]];
      of_grade = std::max(of_grade, table_.counts[(school * table_.subjects + subject) * table_.years + year]);
    }
    return std::accumulate(largest.begin(), largest.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& grade) { return sum + grade.second; });
  }

  Ends common_ends(SchoolId school, std::size_t line, std::size_t year) const {
    if (table_.ends.empty()) return 0;
    Ends out = kAllEnds, news = 0;
    for (const std::size_t subject : subjects_of(line)) {
      const std::size_t base = (school * table_.subjects + subject) * table_.years + year;
      if (table_.counts[base] > 0) out &= table_.ends[base];
      news |= table_.news[subject];
    }
    return out & news;
  }

  void count_year(SchoolId school, std::size_t line, std::size_t year) {
    const std::int64_t pupils = certain(school, line, year);
    const Ends ends = common_ends(school, line, year);
    const auto add = [&](const Where& w) {
      out_.pupils[index(w)] += pupils;
      out_.ends[index(w)] &= ends;
    };
    for (std::size_t period = 0; period < out_.periods; ++period) {
      const auto years = years_of(period);
      if (std::find(years.begin(), years.end(), year) == years.end()) continue;
      add({line, period, lattice_.sets() + school});
      for (const std::size_t set : lattice_.sets_of(school)) add({line, period, set});
    }
  }

  std::vector<std::size_t> subjects_of(std::size_t line) const {
    return line < table_.subjects ? std::vector<std::size_t>{line} : table_.subject_sums[line - table_.subjects];
  }
  std::vector<std::size_t> years_of(std::size_t period) const {
    return period < table_.years ? std::vector<std::size_t>{period} : table_.year_sums[period - table_.years];
  }

  void sweep() {
    changed_ = false;
    for (std::size_t line = 0; line < table_.lines(); ++line) {
      for (std::size_t period = 0; period < out_.periods; ++period) protect_schools(line, period);
    }
    for (std::size_t place = 0; place < out_.places; ++place) {
      for (std::size_t line = 0; line < table_.lines(); ++line) protect_years(line, place);
      for (std::size_t period = 0; period < out_.periods; ++period) protect_subjects(period, place);
    }
  }

  PublicationSlice slice(std::size_t line, std::size_t period) const {
    PublicationSlice out;
    for (std::size_t place = 0; place < out_.places; ++place) {
      out.n.push_back(n({line, period, place}));
      out.hidden.push_back(hidden({line, period, place}));
      out.ends.push_back(ends({line, period, place}));
    }
    return out;
  }

  void protect_schools(std::size_t line, std::size_t period) {
    PublicationSlice view = slice(line, period);
    while (const auto place = next_to_hide(view, line, period)) {
      hide({line, period, *place});
      view.hidden[*place] = true;
    }
  }

  /// A school or a set whose hiding helps the first unsafe sum; nothing when all sums are safe.
  std::optional<std::size_t> next_to_hide(const PublicationSlice& view, std::size_t line, std::size_t period) const {
    const std::vector<ComputedSum> sums = lattice_.sums(view);
    std::vector<HiddenTally> tallies;
    for (const ComputedSum& sum : sums) tallies.push_back(lattice_.tally(view, sum));
    std::optional<std::size_t> school;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (tallies[i].safe(minimum_n_)) continue;
      const auto within = [&](SchoolId s) {
        return lattice_.holds(sums[i], s) && tallies[i].gains(minimum_n_, view.ends[lattice_.sets() + s]);
      };
      const bool in_vain = lattice_.common_ends(view, sums[i]) != 0;
      const auto found = in_vain ? std::nullopt : cheapest_school(view, line, period, sums, tallies, within);
      if (!found) return set_to_hide(view, sums[i]);  // Sets first: a hidden set makes other sums harmless.
      if (!school) school = found;
    }
    if (school) return school;
    if (const auto told = set_told_by_schools(view))
      return cheapest_school(view, line, period, sums, tallies, [&](SchoolId s) { return lattice_.holds(*told, s); });
    const std::vector<SchoolId> exposed = lattice_.exposed(view, minimum_n_);
    return exposed.empty() ? std::nullopt : beside_exposed(view, line, period, sums, tallies, exposed.front());
  }

  /// A hidden set is told by its schools when all of them are printed.
  std::optional<std::size_t> set_told_by_schools(const PublicationSlice& view) const {
    for (std::size_t set = 0; set < lattice_.sets(); ++set) {
      if (view.hidden[set] && view.n[set] > 0 && lattice_.tally(view, {set, {}}).schools == 0) return set;
    }
    return std::nullopt;
  }

  template <typename Within>
  std::optional<std::size_t> cheapest_school(const PublicationSlice& view, std::size_t line, std::size_t period,
                                             const std::vector<ComputedSum>& sums,
                                             const std::vector<HiddenTally>& tallies, const Within& within) const {
    std::optional<Cost> best;
    for (SchoolId s = 0; s < table_.schools; ++s) {
      const std::size_t place = lattice_.sets() + s;
      if (view.hidden[place] || view.n[place] == 0 || !within(s)) continue;
      std::int64_t unsafe = sums_left({line, period, place});
      for (std::size_t i = 0; i < sums.size(); ++i) {
        if (lattice_.holds(sums[i], s)) unsafe += change_of(tallies[i], view.ends[place]);
      }
      const Cost cost{unsafe, view.n[place], place};
      if (!best || cost < *best) best = cost;
    }
    return best ? std::optional(std::get<2>(*best)) : std::nullopt;
  }

  /// What one more hidden school adds to the sums to mend.
  int change_of(const HiddenTally& tally, Ends of) const {
    if (tally.schools == 0) return 1;
    return !tally.safe(minimum_n_) && tally.gains(minimum_n_, of) ? -1 : 0;
  }

  /// How many sums of years and of subjects would need mending with this cell hidden: those in which it would be the
  /// only hidden part, and itself as a sum without a hidden part.
  std::int64_t sums_left(const Where& w) const {
    std::int64_t out = 0;
    for (std::size_t p = table_.years; p < out_.periods; ++p) {
      const auto years = years_of(p);
      const bool is_part = std::find(years.begin(), years.end(), w.period) != years.end() && w.period < table_.years;
      if (p == w.period || (is_part && !hidden({w.line, p, w.place})))
        out += hidden_of(cells_of_years(w.line, p, w.place)).schools == 0 ? 1 : 0;
    }
    for (std::size_t l = table_.subjects; l < table_.lines(); ++l) {
      const auto subjects = subjects_of(l);
      const bool is_part =
          std::find(subjects.begin(), subjects.end(), w.line) != subjects.end() && w.line < table_.subjects;
      if (l == w.line || (is_part && !hidden({l, w.period, w.place})))
        out += hidden_of(cells_of_subjects(l, w.period, w.place)).schools == 0 ? 1 : 0;
    }
    return out;
  }

  /// The set that is given up where an unsafe sum has no school to hide: the sum itself, the one set inside, or of a
  /// family one that has hidden schools already, the smallest.
  std::optional<std::size_t> set_to_hide(const PublicationSlice& view, const ComputedSum& sum) const {
    if (sum.less.empty()) return sum.set;
    std::optional<Cost> best;
    for (const std::size_t set : sum.less) {
      const Cost cost{lattice_.tally(view, {set, {}}).schools == 0 ? 1 : 0, view.n[set], set};
      if (view.n[set] > 0 && (!best || cost < *best)) best = cost;
    }
    return best ? std::get<2>(*best) : sum.set;
  }

  /// A school that the same printed sets hold, or one of the smallest printed set around, or that set.
  std::optional<std::size_t> beside_exposed(const PublicationSlice& view, std::size_t line, std::size_t period,
                                            const std::vector<ComputedSum>& sums,
                                            const std::vector<HiddenTally>& tallies, SchoolId exposed) const {
    const auto printed = [&](SchoolId s) {
      std::vector<std::size_t> out;
      for (const std::size_t set : lattice_.sets_of(s)) {
        if (!view.hidden[set]) out.push_back(set);
      }
      return out;
    };
    const std::vector<std::size_t> around = printed(exposed);
    const auto twin =
        cheapest_school(view, line, period, sums, tallies, [&](SchoolId s) { return printed(s) == around; });
    if (twin) return twin;
    const auto smallest = *std::min_element(around.begin(), around.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(view.n[a], a) < std::pair(view.n[b], b);
    });
    const auto within = [&](SchoolId s) { return lattice_.holds(smallest, s); };
    const auto near = cheapest_school(view, line, period, sums, tallies, within);
    return near ? near : smallest;
  }

  std::vector<Where> cells_of_years(std::size_t line, std::size_t period, std::size_t place) const {
    std::vector<Where> out;
    for (const std::size_t year : years_of(period)) out.push_back({line, year, place});
    return out;
  }

  std::vector<Where> cells_of_subjects(std::size_t line, std::size_t period, std::size_t place) const {
    std::vector<Where> out;
    for (const std::size_t subject : subjects_of(line)) out.push_back({subject, period, place});
    return out;
  }

  void protect_years(std::size_t line, std::size_t place) {
    for (std::size_t p = table_.years; p < out_.periods; ++p)
      protect_sum({line, p, place}, cells_of_years(line, p, place));
  }

  void protect_subjects(std::size_t period, std::size_t place) {
    for (std::size_t l = table_.subjects; l < table_.lines(); ++l)
      protect_sum({l, period, place}, cells_of_subjects(l, period, place));
  }

  HiddenTally hidden_of(const std::vector<Where>& parts) const {
    HiddenTally out;
    for (const Where& part : parts) {
      if (!hidden(part) || n(part) == 0) continue;
      out.add(n(part), ends(part));
    }
    return out;
  }

  /// A sum of cells of one place: its hidden parts are safe, and where it is hidden itself, some part is.
  void protect_sum(const Where& sum, const std::vector<Where>& parts) {
    if (n(sum) == 0) return;
    const HiddenTally tally = hidden_of(parts);
    if (hidden(sum) ? tally.schools > 0 : tally.safe(minimum_n_)) return;
    const bool in_vain = !hidden(sum) && ends(sum) != 0;
    std::optional<Cost> best;
    for (std::size_t i = 0; i < parts.size() && !in_vain; ++i) {
      if (hidden(parts[i]) || n(parts[i]) == 0 || !tally.gains(minimum_n_, ends(parts[i]))) continue;
      const Cost cost{sets_left(parts[i]) + sums_left(parts[i]), n(parts[i]), i};
      if (!best || cost < *best) best = cost;
    }
    const bool sum_is_cheaper = best && !hidden(sum) && sets_left(sum) + sums_left(sum) < std::get<0>(*best);
    hide(best && !sum_is_cheaper ? parts[std::get<2>(*best)] : sum);
  }

  /// How many printed sets of a school's line and period have no other hidden school.
  std::int64_t sets_left(const Where& w) const {
    if (!is_school(w.place)) return 0;
    const auto untouched = [&](std::size_t set) {
      if (hidden({w.line, w.period, set})) return false;
      return std::none_of(lattice_.members(set).begin(), lattice_.members(set).end(), [&](SchoolId s) {
        const Where other{w.line, w.period, lattice_.sets() + s};
        return hidden(other) && n(other) > 0;
      });
    };
    const auto& sets = lattice_.sets_of(school_at(w.place));
    return std::count_if(sets.begin(), sets.end(), untouched);
  }

  // All directions at once: what the rules above leave is rare, and found by linear algebra where the table is small.

  /// Hidden cells of one subject, year and school, as columns; empty where they are too many.
  std::vector<Where> unknowns() const {
    std::vector<Where> out;
    for (std::size_t line = 0; line < table_.subjects; ++line) {
      for (std::size_t year = 0; year < table_.years; ++year) {
        for (std::size_t place = lattice_.sets(); place < out_.places; ++place) {
          if (hidden({line, year, place}) && n({line, year, place}) > 0) out.push_back({line, year, place});
        }
      }
    }
    return out.size() > kMostUnknowns ? std::vector<Where>{} : out;
  }

  bool is_part(const Where& part, const Where& sum) const {
    const auto subjects = subjects_of(sum.line), years = years_of(sum.period);
    return (part.place == sum.place || (!is_school(sum.place) && lattice_.holds(sum.place, school_at(part.place)))) &&
           std::find(subjects.begin(), subjects.end(), part.line) != subjects.end() &&
           std::find(years.begin(), years.end(), part.period) != years.end();
  }

  ReducedRows::Row row_of(const Where& sum, const std::vector<Where>& columns) const {
    ReducedRows::Row out(columns.size(), 0);
    std::transform(columns.begin(), columns.end(), out.begin(),
                   [&](const Where& c) { return is_part(c, sum) ? 1 : 0; });
    return out;
  }

  template <typename Visit>
  void each_cell(const Visit& visit) const {
    for (std::size_t line = 0; line < table_.lines(); ++line) {
      for (std::size_t period = 0; period < out_.periods; ++period) {
        for (std::size_t place = 0; place < out_.places; ++place) {
          if (n({line, period, place}) > 0) visit(Where{line, period, place});
        }
      }
    }
  }

  /// The first cell of too few pupils that follows from all printed cells together.
  std::optional<Where> exposed(const std::vector<Where>& columns) const {
    std::set<ReducedRows::Row> printed;
    each_cell([&](const Where& w) {
      if (!hidden(w)) printed.insert(row_of(w, columns));
    });
    const ReducedRows known({printed.begin(), printed.end()});
    std::optional<Where> out;
    each_cell([&](const Where& w) {
      if (!out && n(w) < minimum_n_ && known.give(row_of(w, columns))) out = w;
    });
    return out;
  }

  /// Hides beside an exposed cell the smallest printed one of the same line and period or of the same place.
  void mend_exposed() {
    const std::vector<Where> columns = unknowns();
    const std::optional<Where> at = columns.empty() ? std::nullopt : exposed(columns);
    if (!at) return;
    std::optional<Where> best;
    each_cell([&](const Where& w) {
      const bool beside = w.place == at->place || (w.line == at->line && w.period == at->period && is_school(w.place));
      if (beside && !hidden(w) && (!best || n(w) < n(*best))) best = w;
    });
    each_cell([&](const Where& w) {
      if (!best && !hidden(w)) best = w;
    });
    hide(*best);
  }

  static constexpr std::size_t kMostUnknowns = 200;

  const PublishedTable& table_;
  SetLattice lattice_;
  std::int64_t minimum_n_;
  SuppressedTable out_;
  bool changed_ = false;
};

}  // namespace

SuppressedTable suppress(const PublishedTable& table, const SchoolSets& sets, std::int64_t minimum_n,
                         bool complementary, const std::vector<Publication>& hidden_already) {
  return Suppressor(table, sets, minimum_n).solve(complementary, hidden_already);
}

}  // namespace kaskad
