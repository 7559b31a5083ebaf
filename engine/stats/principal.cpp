#include "engine/stats/principal.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace kaskad::stats {

namespace {

/// Columns less their means over their SDs; the SDs come out beside. Empty when a column does not vary.
Eigen::MatrixXd standardised(const Matrix& values, std::vector<double>& sds) {
  const auto rows = static_cast<Eigen::Index>(values.rows), columns = static_cast<Eigen::Index>(values.columns);
  Eigen::MatrixXd z = Eigen::Map<const Eigen::MatrixXd>(values.values.data(), rows, columns);
  for (Eigen::Index c = 0; c < columns; ++c) {
    const double mean = z.col(c).mean();
    z.col(c).array() -= mean;
    const double sd = std::sqrt(z.col(c).squaredNorm() / static_cast<double>(rows - 1));
    if (!(sd > 1e-12 * std::fabs(mean))) return {};
    z.col(c) /= sd;
    sds.push_back(sd);
  }
  return z;
}

void choose_sign(std::vector<double>& loadings) {
  double sum = 0;
  for (const double l : loadings) sum += l;
  if (std::fabs(sum) < 1e-12) {
    const auto first = std::find_if(loadings.begin(), loadings.end(), [](double l) { return std::fabs(l) > 1e-12; });
    sum = first == loadings.end() ? 1 : *first;
  }
  if (sum > 0) return;
  for (double& l : loadings) l = -l;
}

}  // namespace

PrincipalComponent first_component(const Matrix& values) {
  PrincipalComponent out;
  const auto finite = [](double v) { return std::isfinite(v); };
  if (values.columns == 0 || !std::all_of(values.values.begin(), values.values.end(), finite)) return out;
  out.reason = Undefined::too_few;
  if (values.rows < 3) return out;
  out.reason = Undefined::no_variation;
  const Eigen::MatrixXd z = standardised(values, out.sds);
  if (z.size() == 0) return out;
  const Eigen::MatrixXd correlation = z.transpose() * z / static_cast<double>(values.rows - 1);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlation);
  out.reason = solver.info() == Eigen::Success ? Undefined::none : Undefined::no_convergence;
  if (out.reason != Undefined::none) return out;
  const Eigen::Index last = correlation.cols() - 1;
  const Eigen::VectorXd first = solver.eigenvectors().col(last);
  out.loadings.assign(first.data(), first.data() + first.size());
  choose_sign(out.loadings);
  out.explained = solver.eigenvalues()(last) / static_cast<double>(values.columns);
  return out;
}

}  // namespace kaskad::stats
