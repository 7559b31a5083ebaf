// Factors whose effects a regression takes out instead of estimating them: levels, what they count for, and the removal
// of several factors at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/stats/matrix.hpp"

namespace kaskad::stats::linear {

/// Rows by the levels of a factor, or by clusters.
struct Partition {
  std::vector<std::size_t> level;  ///< Of each row, in [0, levels).
  std::size_t levels = 0;
};

/// Levels in the order of their ids. `rows` chooses the rows and their order.
Partition partition_of(const std::vector<int>& ids, const std::vector<std::size_t>& rows);
Partition one_level(std::size_t rows);

/// Rows of each level: those of level l stand at row[first[l]] … row[first[l + 1] − 1], in ascending order.
struct Members {
  std::vector<std::size_t> row;
  std::vector<std::size_t> first;
};
Members members_of(const Partition& partition);

/// For each level of `inner`: its level of `outer` when all its rows are in one, else kStraddles.
inline constexpr std::size_t kStraddles = static_cast<std::size_t>(-1);
std::vector<std::size_t> nesting(const Partition& inner, const Partition& outer);

/// Connected components of the graph whose nodes are the levels of both factors and whose edges are the rows. Dummies
/// of two factors have the rank levels + levels − components (Abowd, Creecy & Kramarz 2002).
std::size_t components(const Partition& a, const Partition& b);

/// Rank of the dummies of all factors: exact for one and two; of further factors one level each is taken to be
/// redundant, so that the rank is not understated. 0 without factors.
std::int64_t dummies_rank(const std::vector<Partition>& factors);

/// Takes the weighted least-squares fit on the dummies of all factors out of each column: x − Dα, D'W(x − Dα) = 0.
/// The first factor is eliminated exactly (means of its levels), the normal equations of the others are solved by
/// conjugate gradients with the diagonal as preconditioner, until the gradient is 10⁻¹³ of the column's norm (Hestenes
/// & Stiefel 1952; the limit of alternating projections, reached faster). False when that takes too long.
bool take_out(Matrix& columns, const std::vector<double>& weights, const std::vector<Partition>& factors);

}  // namespace kaskad::stats::linear
