// What `kaskad estimate regression` can be told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/frame/model_matrix.hpp"
#include "engine/frame/sample.hpp"
#include "engine/frame/terms.hpp"
#include "engine/stats/linear_model.hpp"

namespace kaskad::app {

struct RegressionOptions {
  std::string outcome, terms, weights, vcov;
  std::vector<std::string> cluster;  ///< None, one, or two kinds.
  std::vector<std::string> absorb, hypotheses;
  bool no_intercept = false;
  bool means = false;     ///< Rows are means of so many units as the weights say.
  std::int64_t wild = 0;  ///< Draws of the bootstrap; 0 = none.
  std::string wild_weights = "rademacher";
  std::uint64_t seed = 1;
};

/// The kind of error asked for, or the usual one: CR2 with clusters, classic without.
/// Fails with "asked-vcov" {value}, "asked-vcov-cluster" {vcov} (it needs --cluster) or "asked-cluster-unused" {vcov}.
Expected<stats::Covariance> covariance_asked(const RegressionOptions& options);

/// A regression ready to be solved, with the names of its columns.
struct RegressionModel {
  frame::Sample sample;
  frame::ModelMatrix matrix;  ///< Its x is in `data`.
  stats::LinearData data;
};

/// Fails as parse_terms and take do.
Expected<RegressionModel> regression_model(const frame::Frame& frame, const RegressionOptions& options);

}  // namespace kaskad::app
