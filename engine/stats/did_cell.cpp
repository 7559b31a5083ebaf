#include "engine/stats/did_cell.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

namespace kaskad::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Least pivot beside the largest, on standardised columns, that still counts as a direction of its own.
constexpr double kRank = 1e-9;
constexpr int kMostSteps = 100;
/// A Newton step of the logit this small in every coefficient (of standardised columns) ends the search.
constexpr double kStep = 1e-12;
/// Least variance p(1 − p) of a fitted probability that Newton's steps work with.
constexpr double kLeastVariance = 1e-14;

// ---------------------------------------------------------------- the estimators as signed means

enum Fit : std::size_t { control_before, control_after, treated_before, treated_after, kFits };
enum class Weights : std::uint8_t { treated, odds };
enum class When : std::uint8_t { always, before, after };

/// sign · weighted mean of (outcome·y + Σ_j fits[j]·x'β_j).
struct MeanTerm {
  double sign;
  Weights weights;
  When when;
  double outcome;
  std::array<double, kFits> fits;
};

struct Estimator {
  DidMethod method;
  bool panel;
  std::vector<MeanTerm> terms;
};

constexpr auto kTreated = Weights::treated;
constexpr auto kOdds = Weights::odds;

const std::vector<Estimator>& estimators() {
  static const std::vector<Estimator> table = {
      {DidMethod::reg, true, {{+1, kTreated, When::always, 1, {0, -1, 0, 0}}}},
      {DidMethod::ipw, true, {{+1, kTreated, When::always, 1, {}}, {-1, kOdds, When::always, 1, {}}}},
      {DidMethod::dr,
       true,
       {{+1, kTreated, When::always, 1, {0, -1, 0, 0}}, {-1, kOdds, When::always, 1, {0, -1, 0, 0}}}},
      {DidMethod::reg,
       false,
       {{+1, kTreated, When::after, 1, {}},
        {-1, kTreated, When::before, 1, {}},
        {-1, kTreated, When::always, 0, {-1, 1, 0, 0}}}},
      {DidMethod::ipw,
       false,
       {{+1, kTreated, When::after, 1, {}},
        {-1, kTreated, When::before, 1, {}},
        {-1, kOdds, When::after, 1, {}},
        {+1, kOdds, When::before, 1, {}}}},
      {DidMethod::dr,
       false,
       {{+1, kTreated, When::after, 1, {0, -1, 0, 0}},
        {-1, kTreated, When::before, 1, {-1, 0, 0, 0}},
        {-1, kOdds, When::after, 1, {0, -1, 0, 0}},
        {+1, kOdds, When::before, 1, {-1, 0, 0, 0}},
        {+1, kTreated, When::always, 0, {0, -1, 0, 1}},
        {-1, kTreated, When::after, 0, {0, -1, 0, 1}},
        {-1, kTreated, When::always, 0, {-1, 0, 1, 0}},
        {+1, kTreated, When::before, 0, {-1, 0, 1, 0}}}},
  };
  return table;
}

const std::vector<MeanTerm>& terms_of(DidMethod method, bool panel) {
  const auto fits = [&](const Estimator& e) { return e.method == method && e.panel == panel; };
  return std::find_if(estimators().begin(), estimators().end(), fits)->terms;
}

bool uses_odds(const std::vector<MeanTerm>& terms) {
  return std::any_of(terms.begin(), terms.end(), [](const MeanTerm& t) { return t.weights == Weights::odds; });
}

bool uses_fit(const std::vector<MeanTerm>& terms, std::size_t fit) {
  return std::any_of(terms.begin(), terms.end(), [fit](const MeanTerm& t) { return t.fits[fit] != 0; });
}

// ---------------------------------------------------------------- nuisance models

/// The sample with the constant first and the covariates standardised, which changes no estimate.
struct Design {
  MatrixXd x;
  VectorXd y, w, treated, after;  ///< The last two hold 0 and 1.
};

VectorXd indicator(const std::vector<char>& flags) {
  VectorXd v(static_cast<Index>(flags.size()));
  for (Index i = 0; i < v.size(); ++i) v(i) = flags[static_cast<std::size_t>(i)] != 0 ? 1 : 0;
  return v;
}

VectorXd column(const std::vector<double>& values) {
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

Design design_of(const DidSample& sample) {
  Design d{MatrixXd(), column(sample.outcome), column(sample.weight), indicator(sample.treated),
           indicator(sample.post)};
  d.x = MatrixXd::Ones(d.y.size(), 1 + static_cast<Index>(sample.covariates.size()));
  for (Index j = 1; j < d.x.cols(); ++j) {
    VectorXd values = column(sample.covariates[static_cast<std::size_t>(j) - 1]);
    const double norm = values.norm();
    values.array() -= values.mean();
    const double spread = values.norm();
    // What is left of a constant column is rounding; as zeros it is found singular.
    d.x.col(j) = spread > 1e-12 * norm ? VectorXd(values / spread * std::sqrt(double(values.size())))
                                       : VectorXd::Zero(values.size());
  }
  return d;
}

/// Coefficients β and their linear representation: row i is the influence of observation i on β.
struct Model {
  VectorXd beta;
  MatrixXd influence;
};

/// (A'A)⁻¹ of a matrix of full column rank; nothing when it is not.
std::optional<MatrixXd> inverse_gram(const MatrixXd& a) {
  if (a.rows() < a.cols()) return std::nullopt;
  Eigen::ColPivHouseholderQR<MatrixXd> qr(a);
  qr.setThreshold(kRank);
  if (qr.rank() < a.cols()) return std::nullopt;
  const MatrixXd permutation = qr.colsPermutation();
  const MatrixXd root = qr.matrixR().topRows(a.cols()).template triangularView<Eigen::Upper>().transpose().solve(
      MatrixXd(permutation.transpose()));
  return MatrixXd(root.transpose() * root);
}

/// Least squares of y on x with weights that are 0 outside of the group.
std::optional<Model> least_squares(const Design& d, const VectorXd& weights) {
  std::vector<Index> rows;
  for (Index i = 0; i < weights.size(); ++i) {
    if (weights(i) > 0) rows.push_back(i);
  }
  MatrixXd x(static_cast<Index>(rows.size()), d.x.cols());
  VectorXd y(x.rows());
  for (Index i = 0; i < x.rows(); ++i) {
    const double root = std::sqrt(weights(rows[static_cast<std::size_t>(i)]));
    x.row(i) = root * d.x.row(rows[static_cast<std::size_t>(i)]);
    y(i) = root * d.y(rows[static_cast<std::size_t>(i)]);
  }
  const std::optional<MatrixXd> inverse = inverse_gram(x);
  if (!inverse) return std::nullopt;
  Model model{x.colPivHouseholderQr().solve(y), MatrixXd::Zero(d.x.rows(), d.x.cols())};
  const VectorXd score = weights.cwiseProduct(d.y - d.x * model.beta);
  model.influence = (d.x.array().colwise() * score.array()).matrix() * *inverse;
  return model;
}

VectorXd probabilities(const Design& d, const VectorXd& beta) {
  return (1 + (-(d.x * beta).array()).exp()).inverse().matrix();
}

double log_likelihood(const Design& d, const VectorXd& beta) {
  const VectorXd index = d.x * beta;
  double sum = 0;
  for (Index i = 0; i < index.size(); ++i) {
    const double toward = d.treated(i) > 0 ? index(i) : -index(i);
    sum -= d.w(i) * (toward > 0 ? std::log1p(std::exp(-toward)) : -toward + std::log1p(std::exp(toward)));
  }
  return sum;
}

struct Logit {
  Model model;
  VectorXd p;
};

/// Newton's step of the logit at β: direction and (X'WX)⁻¹, or nothing where the information is singular.
struct NewtonStep {
  VectorXd direction;
  MatrixXd inverse;
};

std::optional<NewtonStep> newton_step(const Design& d, const VectorXd& p) {
  const VectorXd variance = d.w.array() * p.array() * (1 - p.array()).max(kLeastVariance);
  const auto inverse = inverse_gram((d.x.array().colwise() * variance.array().sqrt()).matrix());
  if (!inverse) return std::nullopt;
  return NewtonStep{*inverse * (d.x.transpose() * d.w.cwiseProduct(d.treated - p)), *inverse};
}

/// Takes the step, halved until the likelihood does not fall.
void take(const Design& d, const VectorXd& direction, VectorXd& beta) {
  const double before = log_likelihood(d, beta);
  double factor = 1;
  while (factor > 1e-6 && log_likelihood(d, beta + factor * direction) < before - 1e-12 * std::abs(before)) factor /= 2;
  beta += factor * direction;
}

/// Logit of the treatment by maximum likelihood. A search that does not end is one whose coefficients grow without
/// bound: the covariates tell the groups apart.
std::optional<Logit> logit(const Design& d) {
  VectorXd beta = VectorXd::Zero(d.x.cols());
  for (int step = 0; step < kMostSteps; ++step) {
    const VectorXd p = probabilities(d, beta);
    const std::optional<NewtonStep> newton = newton_step(d, p);
    if (!newton) return std::nullopt;
    if (newton->direction.cwiseAbs().maxCoeff() < kStep * (1 + beta.cwiseAbs().maxCoeff())) {
      const VectorXd score = d.w.cwiseProduct(d.treated - p);
      return Logit{{beta, (d.x.array().colwise() * score.array()).matrix() * newton->inverse}, p};
    }
    take(d, newton->direction, beta);
  }
  return std::nullopt;
}

// ---------------------------------------------------------------- means and their influence

struct Nuisance {
  std::array<std::optional<Model>, kFits> fits;
  std::optional<Logit> propensity;
};

VectorXd group_weights(const Design& d, bool treated, bool after) {
  const VectorXd group = treated ? d.treated : VectorXd(1 - d.treated.array());
  const VectorXd period = after ? d.after : VectorXd(1 - d.after.array());
  return d.w.cwiseProduct(group).cwiseProduct(period);
}

/// Fits the models that the terms use; the reason when one cannot be fitted.
Undefined fit_models(const Design& d, const std::vector<MeanTerm>& terms, Nuisance& nuisance) {
  for (std::size_t fit = 0; fit < kFits; ++fit) {
    if (!uses_fit(terms, fit)) continue;
    nuisance.fits[fit] = least_squares(d, group_weights(d, fit >= treated_before, fit % 2 == 1));
    if (!nuisance.fits[fit]) return Undefined::singular;
  }
  if (!uses_odds(terms)) return Undefined::none;
  if (!inverse_gram(d.x)) return Undefined::singular;
  nuisance.propensity = logit(d);
  const bool overlap = nuisance.propensity && nuisance.propensity->p.maxCoeff() < kMostPropensity;
  return overlap ? Undefined::none : Undefined::separation;
}

VectorXd term_weights(const Design& d, const MeanTerm& term, const Nuisance& nuisance) {
  VectorXd weights = d.w;
  if (term.weights == Weights::treated) {
    weights.array() *= d.treated.array();
  } else {
    const auto& p = nuisance.propensity->p.array();
    weights.array() *= (1 - d.treated.array()) * p / (1 - p);
  }
  if (term.when == When::after) weights.array() *= d.after.array();
  if (term.when == When::before) weights.array() *= 1 - d.after.array();
  return weights;
}

VectorXd term_values(const Design& d, const MeanTerm& term, const Nuisance& nuisance) {
  VectorXd values = term.outcome * d.y;
  for (std::size_t fit = 0; fit < kFits; ++fit) {
    if (term.fits[fit] != 0) values += term.fits[fit] * (d.x * nuisance.fits[fit]->beta);
  }
  return values;
}

/// Adds sign · mean to the effect, and to ψ the mean's own influence and that of the estimated models.
void add_term(const Design& d, const MeanTerm& term, const Nuisance& nuisance, double& effect, VectorXd& influence) {
  const VectorXd weights = term_weights(d, term, nuisance);
  const VectorXd share = weights / weights.sum();
  const VectorXd values = term_values(d, term, nuisance);
  const double mean = share.dot(values);
  const VectorXd own = share.cwiseProduct(VectorXd(values.array() - mean));
  effect += term.sign * mean;
  influence += term.sign * own;
  const VectorXd mean_x = d.x.transpose() * share;
  for (std::size_t fit = 0; fit < kFits; ++fit) {
    if (term.fits[fit] != 0) influence += term.sign * term.fits[fit] * (nuisance.fits[fit]->influence * mean_x);
  }
  // d(odds)/dγ = odds·x for the logit.
  if (term.weights == Weights::odds) {
    influence += term.sign * (nuisance.propensity->model.influence * (d.x.transpose() * own));
  }
}

/// Some group has no observation in some period that its means need.
bool group_missing(const DidSample& sample) {
  std::array<bool, 4> seen = {sample.panel, sample.panel, false, false};
  for (std::size_t i = 0; i < sample.treated.size(); ++i) {
    seen[(sample.post[i] != 0 ? 2U : 0U) + (sample.treated[i] != 0 ? 1U : 0U)] = true;
  }
  return std::find(seen.begin(), seen.end(), false) != seen.end();
}

DidCell undefined_cell(Undefined reason) {
  DidCell cell;
  cell.reason = reason;
  return cell;
}

}  // namespace

DidCell did_cell(const DidSample& sample, DidMethod method) {
  if (group_missing(sample)) return undefined_cell(Undefined::no_data);
  const Design d = design_of(sample);
  // Without covariates the odds are one constant, and all methods are this one.
  const auto& terms = terms_of(sample.covariates.empty() ? DidMethod::reg : method, sample.panel);
  Nuisance nuisance;
  const Undefined reason = fit_models(d, terms, nuisance);
  if (reason != Undefined::none) return undefined_cell(reason);
  double effect = 0;
  VectorXd influence = VectorXd::Zero(d.y.size());
  for (const MeanTerm& term : terms) add_term(d, term, nuisance, effect, influence);
  return {effect, {influence.data(), influence.data() + influence.size()}, Undefined::none};
}

}  // namespace kaskad::stats
