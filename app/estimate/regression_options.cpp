#include "app/estimate/regression_options.hpp"

#include <utility>

#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

constexpr std::array<stats::Covariance, 10> kKinds = {
    stats::Covariance::classic, stats::Covariance::HC0, stats::Covariance::HC1, stats::Covariance::HC2,
    stats::Covariance::HC3,     stats::Covariance::CR0, stats::Covariance::CR1, stats::Covariance::CR1S,
    stats::Covariance::CR2,     stats::Covariance::CR3};

tl::unexpected<Error> unknown_kind(const std::string& asked) {
  std::vector<std::string> known;
  for (const stats::Covariance kind : kKinds) known.emplace_back(stats::covariance_name(kind));
  return failure("asked-vcov", {{"value", asked}, {"nearest", nearest(asked, known).value_or("none")}}, "--vcov");
}

/// The terms; with absorbed effects factors are coded as beside an intercept, which the effects hold.
Expected<frame::Terms> terms_asked(const frame::Frame& frame, const RegressionOptions& options) {
  std::vector<std::string> names;
  for (const frame::Column& column : frame.columns) names.push_back(column.name);
  auto terms = frame::parse_terms(options.terms, names);
  if (terms && options.no_intercept) terms->intercept = false;
  if (terms && !options.absorb.empty()) terms->intercept = true;
  return terms;
}

std::vector<frame::Wanted> wanted_by(const RegressionOptions& options, const frame::Terms& terms) {
  std::vector<frame::Wanted> wanted = {{"outcome", options.outcome, frame::Need::number}};
  for (frame::Wanted& term : frame::wanted_of(terms)) wanted.push_back(std::move(term));
  for (const std::string& factor : options.absorb) wanted.push_back({"absorbed", factor, frame::Need::factor});
  if (!options.weights.empty()) wanted.push_back({"weights", options.weights, frame::Need::number});
  for (std::size_t i = 0; i < options.cluster.size(); ++i)
    wanted.push_back({i == 0 ? "cluster" : "other_cluster", options.cluster[i], frame::Need::factor});
  return wanted;
}

void drop_intercept(frame::ModelMatrix& matrix) {
  matrix.names.erase(matrix.names.begin());
  matrix.term_of.erase(matrix.term_of.begin());
  matrix.x.values.erase(matrix.x.values.begin(), matrix.x.values.begin() + static_cast<std::ptrdiff_t>(matrix.x.rows));
  --matrix.x.columns;
}

}  // namespace

Expected<stats::Covariance> covariance_asked(const RegressionOptions& options) {
  const bool clustered = !options.cluster.empty();
  const bool two_kinds = options.cluster.size() > 1;
  if (options.cluster.size() > 2) return failure("asked-many-clusters", {}, "--cluster");
  if (options.vcov.empty() && two_kinds) return stats::Covariance::CR1S;
  if (options.vcov.empty()) return clustered ? stats::Covariance::CR2 : stats::Covariance::classic;
  const auto kind = stats::covariance_of(options.vcov);
  if (!kind) return unknown_kind(options.vcov);
  if (stats::is_clustered(*kind) && !clustered)
    return failure("asked-vcov-cluster", {{"vcov", options.vcov}}, "--vcov");
  if (!stats::is_clustered(*kind) && clustered)
    return failure("asked-cluster-unused", {{"vcov", options.vcov}}, "--vcov");
  if (two_kinds && (*kind == stats::Covariance::CR2 || *kind == stats::Covariance::CR3))
    return failure("asked-vcov-two-kinds", {{"vcov", options.vcov}}, "--vcov");
  return *kind;
}

Expected<RegressionModel> regression_model(const frame::Frame& frame, const RegressionOptions& options) {
  const auto terms = terms_asked(frame, options);
  if (!terms) return tl::unexpected<Error>(terms.error());
  auto sample = frame::take(frame, wanted_by(options, *terms));
  if (!sample) return tl::unexpected<Error>(sample.error());
  RegressionModel model{std::move(*sample), {}, {}};
  model.matrix = frame::model_matrix(*terms, model.sample);
  if (!options.absorb.empty()) drop_intercept(model.matrix);
  model.data.intercept = terms->intercept && options.absorb.empty();
  model.data.design = std::move(model.matrix.x);
  model.data.outcome = model.sample.of("outcome").numbers;
  if (model.sample.has("weights")) model.data.weights = model.sample.of("weights").numbers;
  model.data.means = options.means;
  if (model.sample.has("cluster")) model.data.clusters = model.sample.of("cluster").codes;
  if (model.sample.has("other_cluster")) model.data.other_clusters = model.sample.of("other_cluster").codes;
  for (std::size_t i = 0; i < model.sample.variables.size(); ++i) {
    if (model.sample.roles[i] == "absorbed") model.data.absorbed.push_back(model.sample.variables[i].codes);
  }
  return model;
}

}  // namespace kaskad::app
