#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/stats/matching_parts.hpp"

namespace kaskad::stats {

namespace {

using matching::Stratum;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Treated units (each `ratio` times) are rows, controls are columns. A row may also stay alone, at a price above any
/// sum of distances, so that the number of pairs comes first.
class Assignment {
 public:
  Assignment(const Matrix& points, const MatchPlan& plan, const Stratum& stratum)
      : points_(points),
        stratum_(stratum),
        rows_(stratum.treated.size() * static_cast<std::size_t>(plan.ratio)),
        limit_(std::isnan(plan.caliper) ? kInfinity : plan.caliper * (1 + 1e-12)),
        row_price_(rows_, 0),
        column_price_(stratum.controls.size(), 0),
        column_of_(rows_, kNone),
        row_of_(stratum.controls.size(), kNone) {
    for (std::size_t i = 0; i < points.rows; ++i) {
      for (std::size_t c = 0; c < points.columns; ++c) by_row_.push_back(points(i, c));
    }
    alone_ = price_of_being_alone();
  }

  void solve(std::vector<MatchedPair>& pairs) {
    for (std::size_t row = 0; row < rows_; ++row) augment(row);
    for (std::size_t row = 0; row < rows_; ++row) {
      if (column_of_[row] == kNone) continue;
      pairs.push_back({unit(row), stratum_.controls[column_of_[row]], distance(row, column_of_[row])});
    }
  }

 private:
  std::size_t unit(std::size_t row) const { return stratum_.treated[row % stratum_.treated.size()]; }

  double distance(std::size_t row, std::size_t column) const {
    const double* x = by_row_.data() + unit(row) * points_.columns;
    const double* y = by_row_.data() + stratum_.controls[column] * points_.columns;
    double sum = 0;
    for (std::size_t c = 0; c < points_.columns; ++c) sum += (x[c] - y[c]) * (x[c] - y[c]);
    return std::sqrt(sum);
  }

  /// (Rows + 1) times the diagonal of the box that holds all points.
  double price_of_being_alone() const {
    double squares = 0;
    for (std::size_t c = 0; c < points_.columns; ++c) {
      const auto [low, high] = std::minmax_element(points_.column(c), points_.column(c) + points_.rows);
      squares += (*high - *low) * (*high - *low);
    }
    return (static_cast<double>(rows_) + 1) * (std::min(std::sqrt(squares), limit_) + 1);
  }

  /// Dijkstra's search over columns, by reduced distances, from one row that is free.
  struct Search {
    std::vector<double> shortest;
    std::vector<std::size_t> from;  ///< The row before each column on its path.
    std::vector<char> done;
    std::vector<std::size_t> rows;  ///< Reached.
    std::vector<double> at;         ///< Length of the path to each of `rows`.
    double end = kInfinity;         ///< Length of the best way out: a free column, or a row that stays alone.
    std::size_t end_row = kNone, end_column = kNone;
  };

  /// Goes on from a row that was reached after `length`.
  void relax(Search& search, std::size_t row, double length) const {
    search.rows.push_back(row);
    search.at.push_back(length);
    const double alone = length + alone_ - row_price_[row];
    if (alone < search.end) {
      search.end = alone;
      search.end_row = row;
      search.end_column = kNone;
    }
    for (std::size_t j = 0; j < row_of_.size(); ++j) {
      if (search.done[j] != 0) continue;
      const double d = distance(row, j);
      if (d > limit_) continue;
      const double way = length + d - row_price_[row] - column_price_[j];
      if (way >= search.shortest[j]) continue;
      search.shortest[j] = way;
      search.from[j] = row;
    }
  }

  std::size_t nearest_column(const Search& search) const {
    std::size_t best = kNone;
    for (std::size_t j = 0; j < row_of_.size(); ++j) {
      if (search.done[j] == 0 && search.shortest[j] < kInfinity &&
          (best == kNone || search.shortest[j] < search.shortest[best]))
        best = j;
    }
    return best;
  }

  void augment(std::size_t start) {
    Search search;
    search.shortest.assign(row_of_.size(), kInfinity);
    search.from.assign(row_of_.size(), kNone);
    search.done.assign(row_of_.size(), 0);
    relax(search, start, 0);
    for (std::size_t j = nearest_column(search); j != kNone && search.shortest[j] < search.end;
         j = nearest_column(search)) {
      search.done[j] = 1;
      if (row_of_[j] == kNone) {
        search.end = search.shortest[j];
        search.end_column = j;
        break;
      }
      relax(search, row_of_[j], search.shortest[j]);
    }
    update_prices(search);
    flip(search, start);
  }

  void update_prices(const Search& search) {
    for (std::size_t i = 0; i < search.rows.size(); ++i) {
      if (search.at[i] < search.end) row_price_[search.rows[i]] += search.end - search.at[i];
    }
    for (std::size_t j = 0; j < row_of_.size(); ++j) {
      if (search.done[j] != 0 && search.shortest[j] < search.end) column_price_[j] -= search.end - search.shortest[j];
    }
  }

  /// Gives each row of the path the column after it.
  void flip(const Search& search, std::size_t start) {
    std::size_t column = search.end_column;
    std::size_t row = column == kNone ? search.end_row : search.from[column];
    for (;;) {
      const std::size_t before = column_of_[row];
      column_of_[row] = column;
      if (column != kNone) row_of_[column] = row;
      if (row == start) return;
      column = before;
      row = search.from[column];
    }
  }

  const Matrix& points_;
  const Stratum& stratum_;
  std::size_t rows_;
  double limit_;
  double alone_ = 0;
  std::vector<double> by_row_;
  std::vector<double> row_price_, column_price_;
  std::vector<std::size_t> column_of_, row_of_;
};

}  // namespace

Matching match_optimal(const MatchUnits& units, const MatchPlan& plan) {
  assert(plan.ratio >= 1 && units.points.rows == units.treated.size());
  std::vector<MatchedPair> pairs;
  if (matching::obstacle(units) != Undefined::none) {
    Matching none;
    none.weights.assign(units.treated.size(), 0);
    return none;
  }
  for (const auto& [id, stratum] : matching::strata_of(units)) {
    if (!stratum.treated.empty() && !stratum.controls.empty()) Assignment(units.points, plan, stratum).solve(pairs);
  }
  return matching::finish(units, std::move(pairs));
}

}  // namespace kaskad::stats
