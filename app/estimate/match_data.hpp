// From a table of data to what matching needs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/frame/model_matrix.hpp"
#include "engine/frame/sample.hpp"
#include "engine/stats/matching.hpp"

namespace kaskad::app {

struct MatchAsked {
  std::string treated, on, outcome, id, cluster;
  std::vector<std::string> exact;
};

struct NamedCovariate {
  std::string name;  ///< "age", "race = black".
  std::vector<double> values;
};

struct MatchData {
  frame::Sample sample;
  std::vector<char> treated;
  std::vector<int> stratum;  ///< Empty without --exact.
  std::vector<NamedCovariate>
      covariates;                  ///< Of --on and --exact: numbers as they are, a factor by each of its levels.
  stats::Matrix distance_columns;  ///< The covariates of --on alone, for Mahalanobis distances.
  frame::ModelMatrix design;       ///< For the propensity score, with an intercept.
  std::vector<std::string> ids;    ///< Names of the rows: --id, else the row number in the file.
  std::string treated_means;       ///< The level that counts as treated, for a column of two words; else empty.
};

/// Fails as frame::take does, or with "asked-treated" {column}: not 0 and 1 and not two words.
Expected<MatchData> match_data(const frame::Frame& frame, const MatchAsked& asked);

}  // namespace kaskad::app
