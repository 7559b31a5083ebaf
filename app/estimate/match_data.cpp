#include "app/estimate/match_data.hpp"

#include <algorithm>
#include <map>

#include "engine/frame/terms.hpp"
#include "engine/frame/variables.hpp"

namespace kaskad::app {
namespace {

std::vector<std::string> column_names(const frame::Frame& frame) {
  std::vector<std::string> names;
  for (const frame::Column& column : frame.columns) names.push_back(column.name);
  return names;
}

std::vector<frame::Wanted> wanted(const MatchAsked& asked, const frame::Terms& terms) {
  std::vector<frame::Wanted> out = {{"treated", asked.treated, frame::Need::any}};
  for (frame::Wanted& term : frame::wanted_of(terms)) out.push_back(std::move(term));
  for (const std::string& name : asked.exact) out.push_back({"exact", name, frame::Need::any});
  if (!asked.outcome.empty()) out.push_back({"outcome", asked.outcome, frame::Need::number});
  if (!asked.cluster.empty()) out.push_back({"cluster", asked.cluster, frame::Need::factor});
  if (!asked.id.empty()) out.push_back({"id", asked.id, frame::Need::factor});
  return out;
}

/// 1 and 0 of a numeric column, or of two words (the second in the alphabet is 1).
Expected<void> put_treated(const frame::Column& column, MatchData& data) {
  if (column.categorical) {
    if (column.levels.size() > 2) return failure("asked-treated", {{"column", column.name}});
    if (column.levels.size() == 2) data.treated_means = column.levels[1];
    for (int code : column.codes) data.treated.push_back(code == 1 ? 1 : 0);
    return {};
  }
  for (double v : column.numbers) {
    if (v != 0 && v != 1) return failure("asked-treated", {{"column", column.name}});
    data.treated.push_back(v == 1 ? 1 : 0);
  }
  return {};
}

void add_covariates(const frame::Column& column, std::vector<NamedCovariate>& out) {
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const NamedCovariate& c) { return c.name.starts_with(column.name + " = "); });
  if (known) return;
  if (!column.categorical) {
    if (std::none_of(out.begin(), out.end(), [&](const NamedCovariate& c) { return c.name == column.name; }))
      out.push_back({column.name, column.numbers});
    return;
  }
  for (std::size_t level = 0; level < column.levels.size(); ++level) {
    NamedCovariate dummy{column.name + " = " + column.levels[level], {}};
    for (int code : column.codes) dummy.values.push_back(code == static_cast<int>(level) ? 1 : 0);
    out.push_back(std::move(dummy));
  }
}

stats::Matrix matrix_of(const std::vector<NamedCovariate>& covariates, std::size_t rows) {
  stats::Matrix m(rows, covariates.size());
  for (std::size_t c = 0; c < covariates.size(); ++c)
    std::copy(covariates[c].values.begin(), covariates[c].values.end(), m.column(c));
  return m;
}

/// A number for each combination of values of the exact columns.
void put_strata(MatchData& data) {
  std::vector<const frame::Column*> columns;
  for (std::size_t i = 0; i < data.sample.roles.size(); ++i) {
    if (data.sample.roles[i] == "exact") columns.push_back(&data.sample.variables[i]);
  }
  if (columns.empty()) return;
  std::map<std::vector<double>, int> strata;
  for (std::size_t row = 0; row < data.sample.rows(); ++row) {
    std::vector<double> key;
    for (const frame::Column* column : columns)
      key.push_back(column->categorical ? column->codes[row] : column->numbers[row]);
    data.stratum.push_back(strata.emplace(key, static_cast<int>(strata.size())).first->second);
  }
}

void put_ids(MatchData& data) {
  const frame::Column* id = data.sample.has("id") ? &data.sample.of("id") : nullptr;
  for (std::size_t row = 0; row < data.sample.rows(); ++row) {
    data.ids.push_back(id == nullptr ? std::to_string(data.sample.row_numbers[row])
                                     : id->levels[static_cast<std::size_t>(id->codes[row])]);
  }
}

}  // namespace

Expected<MatchData> match_data(const frame::Frame& frame, const MatchAsked& asked) {
  const auto terms = frame::parse_terms(asked.on, column_names(frame));
  if (!terms) return tl::unexpected<Error>(terms.error());
  auto sample = frame::take(frame, wanted(asked, *terms));
  if (!sample) return tl::unexpected<Error>(sample.error());
  MatchData data;
  data.sample = std::move(*sample);
  if (const auto done = put_treated(data.sample.of("treated"), data); !done) return tl::unexpected<Error>(done.error());
  for (std::size_t i = 0; i < data.sample.roles.size(); ++i) {
    if (data.sample.roles[i] == "term") add_covariates(data.sample.variables[i], data.covariates);
  }
  data.distance_columns = matrix_of(data.covariates, data.sample.rows());
  for (std::size_t i = 0; i < data.sample.roles.size(); ++i) {
    if (data.sample.roles[i] == "exact") add_covariates(data.sample.variables[i], data.covariates);
  }
  data.design = frame::model_matrix(*terms, data.sample);
  put_strata(data);
  put_ids(data);
  return data;
}

}  // namespace kaskad::app
