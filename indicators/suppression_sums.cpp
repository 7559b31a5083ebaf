#include "indicators/suppression_sums.hpp"

#include <algorithm>
#include <map>

namespace kaskad {
namespace {

// Elimination is done modulo a prime: exact, and the same on every machine. 2^31 − 1.
constexpr std::int64_t kPrime = 2147483647;

using Row = ReducedRows::Row;

std::int64_t inverse(std::int64_t a) {  // a^(p − 2), by Fermat
  std::int64_t out = 1;
  for (std::int64_t power = kPrime - 2; power > 0; power /= 2, a = a * a % kPrime) {
    if (power % 2 == 1) out = out * a % kPrime;
  }
  return out;
}

void take_off(Row& row, const Row& pivot, std::int64_t times) {
  for (std::size_t c = 0; c < row.size(); ++c) row[c] = ((row[c] - times * pivot[c]) % kPrime + kPrime) % kPrime;
}

/// Hidden schools by the printed sets that hold them: no printed sum tells schools of one class apart.
using Classes = std::map<std::vector<std::size_t>, std::vector<SchoolId>>;

bool meet(const std::vector<SchoolId>& a, const std::vector<SchoolId>& b) {
  return std::any_of(a.begin(), a.end(), [&](SchoolId s) { return std::binary_search(b.begin(), b.end(), s); });
}

std::vector<std::size_t> apart(const SchoolSets& sets, const std::vector<std::size_t>& family) {
  std::vector<std::size_t> out;
  for (const std::size_t one : family) {
    const bool clear =
        std::none_of(out.begin(), out.end(), [&](std::size_t o) { return meet(sets.members[one], sets.members[o]); });
    if (clear) out.push_back(one);
  }
  return out;
}

}  // namespace

void HiddenTally::add(std::int64_t n, Ends of) {
  pupils += n;
  ++schools;
  ends &= of;
}

/// Gauss–Jordan: the reduced row echelon form; zero rows stay at the end.
ReducedRows::ReducedRows(std::vector<Row> rows) : rows_(std::move(rows)) {
  const std::size_t columns = rows_.empty() ? 0 : rows_.front().size();
  for (std::size_t c = 0; c < columns && pivots_.size() < rows_.size(); ++c) {
    const std::size_t done = pivots_.size();
    const auto first = rows_.begin() + static_cast<std::ptrdiff_t>(done);
    const auto pivot = std::find_if(first, rows_.end(), [c](const Row& r) { return r[c] != 0; });
    if (pivot == rows_.end()) continue;
    std::iter_swap(first, pivot);
    const std::int64_t by = inverse(rows_[done][c]);
    for (std::int64_t& value : rows_[done]) value = value * by % kPrime;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (r != done && rows_[r][c] != 0) take_off(rows_[r], rows_[done], rows_[r][c]);
    }
    pivots_.push_back(c);
  }
}

bool ReducedRows::give(Row row) const {
  for (std::size_t i = 0; i < pivots_.size(); ++i) {
    if (row[pivots_[i]] != 0) take_off(row, rows_[i], row[pivots_[i]]);
  }
  return std::all_of(row.begin(), row.end(), [](std::int64_t v) { return v == 0; });
}

SetLattice::SetLattice(const SchoolSets& sets, std::size_t schools)
    : sets_(sets), schools_(schools), sets_of_(schools), holds_(sets.members.size() * schools, false) {
  for (std::size_t a = 0; a < sets.members.size(); ++a) {
    for (const SchoolId s : sets.members[a]) {
      sets_of_[s].push_back(a);
      holds_[a * schools + s] = true;
    }
  }
  for (std::size_t a = 0; a < sets.members.size(); ++a) {
    const auto& outer = sets.members[a];
    for (std::size_t b = 0; b < sets.members.size(); ++b) {
      const auto& inner = sets.members[b];
      const bool is_inside = inner.size() < outer.size() && !inner.empty() &&
                             std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
      if (is_inside) inside_.emplace_back(a, b);
    }
  }
  for (const auto& family : sets.families) families_.push_back(apart(sets, family));
}

bool SetLattice::holds(const ComputedSum& sum, SchoolId school) const {
  return holds(sum.set, school) &&
         std::none_of(sum.less.begin(), sum.less.end(), [&](std::size_t inner) { return holds(inner, school); });
}

std::vector<ComputedSum> SetLattice::sums(const PublicationSlice& slice) const {
  std::vector<ComputedSum> out;
  for (std::size_t a = 0; a < sets(); ++a) {
    if (!slice.hidden[a]) out.push_back({a, {}});
  }
  for (const auto& [outer, inner] : inside_) {
    if (!slice.hidden[outer] && !slice.hidden[inner]) out.push_back({outer, {inner}});
  }
  for (const auto& family : families_) {
    ComputedSum rest{0, {}};
    for (const std::size_t a : family) {
      if (!slice.hidden[a]) rest.less.push_back(a);
    }
    if (!slice.hidden[0] && rest.less.size() > 1) out.push_back(std::move(rest));
  }
  return out;
}

HiddenTally SetLattice::tally(const PublicationSlice& slice, const ComputedSum& sum) const {
  HiddenTally out;
  for (const SchoolId s : members(sum.set)) {
    const std::size_t place = sets() + s;
    if (!slice.hidden[place] || slice.n[place] == 0 || !holds(sum, s)) continue;
    out.add(slice.n[place], slice.ends[place]);
  }
  return out;
}

Ends SetLattice::common_ends(const PublicationSlice& slice, const ComputedSum& sum) const {
  Ends out = kAllEnds;
  for (const SchoolId s : members(sum.set)) {
    if (slice.n[sets() + s] > 0 && holds(sum, s)) out &= slice.ends[sets() + s];
  }
  return out;
}

std::vector<SchoolId> SetLattice::exposed(const PublicationSlice& slice, std::int64_t minimum_n) const {
  Classes classes;
  for (SchoolId s = 0; s < schools_; ++s) {
    if (!slice.hidden[sets() + s] || slice.n[sets() + s] == 0) continue;
    std::vector<std::size_t> printed;
    for (const std::size_t a : sets_of_[s]) {
      if (!slice.hidden[a]) printed.push_back(a);
    }
    classes[printed].push_back(s);
  }
  std::vector<Row> rows(sets(), Row(classes.size(), 0));
  std::size_t column = 0;
  for (const auto& [printed, hidden] : classes) {
    for (const std::size_t a : printed) rows[a][column] = 1;
    ++column;
  }
  const ReducedRows reduced(std::move(rows));
  for (const Row& row : reduced.rows()) {
    if (std::count_if(row.begin(), row.end(), [](std::int64_t v) { return v != 0; }) != 1) continue;
    const auto at = std::find_if(row.begin(), row.end(), [](std::int64_t v) { return v != 0; }) - row.begin();
    const std::vector<SchoolId>& known = std::next(classes.begin(), at)->second;
    HiddenTally tally;
    for (const SchoolId s : known) tally.add(slice.n[sets() + s], slice.ends[sets() + s]);
    if (!tally.safe(minimum_n)) return known;
  }
  return {};
}

}  // namespace kaskad
