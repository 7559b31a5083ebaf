// CR2 and CR3 cluster by cluster: the adjusted residuals of each, and how the clusters' contributions vary together.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/stats/linear_solution.hpp"

namespace kaskad::stats::linear {

/// What one cluster g adds to q contrasts c = columns of r × q. With L = W^(−½)Q̃, R = W^(½)Q̃ for all columns and
/// effects, H = LR', T = R'R, the working model of independent errors of equal variance gives (I − H)(I − H)' the
/// blocks
///   B_gg = I − L_gR_g' − R_gL_g' + L_gTL_g',
/// and a_g = A_g'R_g c with A_g = B_gg^(+½) (CR2) or W^(½)(I − H̃_gg)⁺W^(−½) (CR3); + is Moore and Penrose's inverse.
struct ClusterPart {
  std::vector<double> effect;  ///< q: a_g'e_g.
  Matrix own;                  ///< q × q: P_gg = a_g'B_gg a_g.
  Matrix outer;                ///< d × q: s_g, so that P_gh = −s_g'·kernel·s_h for g ≠ h.
  std::vector<double> lost;    ///< q: part of c'Mc that could not be estimated without this cluster.
};

/// Visits the clusters in order. Neither a rows × rows matrix nor, where the model has fewer directions than the
/// cluster rows, one of a cluster's rows is built: B_gg = I + C K C' with few columns C, so a function of it is I +
/// Y(f(λ) − 1)Y' on the eigenvectors Y within C's span.
class ClusterAdjustment {
 public:
  ClusterAdjustment(const Solution& solution, bool jackknife);  ///< CR3 when `jackknife`, else CR2.
  ~ClusterAdjustment();
  ClusterAdjustment(const ClusterAdjustment&) = delete;
  ClusterAdjustment& operator=(const ClusterAdjustment&) = delete;

  const Matrix& kernel() const;  ///< d × d, symmetric.
  void visit(const Matrix& contrasts, const std::function<void(const ClusterPart&)>& visitor) const;
  /// ClusterPart::lost alone, summed over clusters.
  std::vector<double> lost(const Matrix& contrasts) const;

 private:
  class Clusters;
  std::unique_ptr<const Clusters> clusters_;
};

}  // namespace kaskad::stats::linear
