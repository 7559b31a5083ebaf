#include "indicators/rater_agreement.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace kaskad {
namespace {

using stats::RatingTable;

/// Units of one criterion; rows of a table over all raters.
struct CriterionRatings {
  std::string criterion;
  std::vector<std::vector<double>> units;
};

std::vector<std::string> raters_of(const Dataset& data) {
  std::vector<std::string> out;
  for (const Evidence& e : data.evidence) {
    if (e.reliable && !e.rater.empty()) out.push_back(e.rater);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// A rater has one word on a criterion of a programme in a wave (the reader sees to it).
std::vector<CriterionRatings> ratings_by_criterion(const Dataset& data, const MaturitySettings& settings,
                                                   const std::vector<std::string>& raters) {
  std::map<std::tuple<std::string, int, std::string>, std::vector<double>> rows;
  for (const Evidence& e : data.evidence) {
    if (!e.reliable || e.rater.empty()) continue;
    auto& row = rows.emplace(std::tuple(e.criterion, e.programme, e.wave), std::vector<double>(raters.size(), kNaN))
                    .first->second;
    const auto place = std::lower_bound(raters.begin(), raters.end(), e.rater) - raters.begin();
    row[static_cast<std::size_t>(place)] = e.score;
  }
  std::vector<CriterionRatings> out;
  for (const std::string& id : settings.criterion_ids()) out.push_back({id, {}});
  for (const auto& [key, row] : rows) {
    const auto own = std::find_if(out.begin(), out.end(),
                                  [&id = std::get<0>(key)](const CriterionRatings& c) { return c.criterion == id; });
    if (own != out.end()) own->units.push_back(row);
  }
  return out;
}

RatingTable table_of(const std::vector<std::vector<double>>& units, std::size_t raters) {
  RatingTable table{raters, {}};
  for (const auto& unit : units) table.scores.insert(table.scores.end(), unit.begin(), unit.end());
  return table;
}

std::int64_t rated_in(const RatingTable& table, std::size_t unit) {
  std::int64_t n = 0;
  for (std::size_t r = 0; r < table.raters; ++r) n += table.at(unit, r) == table.at(unit, r) ? 1 : 0;
  return n;
}

AgreementFigures figures_of(const RatingTable& table, const RaterAgreementSettings& settings, unsigned threads) {
  AgreementFigures out;
  std::vector<bool> takes_part(table.raters);
  for (std::size_t u = 0; u < table.units(); ++u) {
    if (rated_in(table, u) < 2) continue;
    ++out.units;
    for (std::size_t r = 0; r < table.raters; ++r) takes_part[r] = takes_part[r] || table.at(u, r) == table.at(u, r);
  }
  out.raters = std::count(takes_part.begin(), takes_part.end(), true);
  out.percent = stats::percent_agreement(table);
  out.fleiss = stats::fleiss_kappa(table);
  out.alpha = stats::krippendorff_alpha(table, settings.scale, {settings.draws, settings.seed, threads});
  return out;
}

RatingTable pair_table(const RatingTable& table, std::size_t one, std::size_t other) {
  RatingTable out{2, {}};
  for (std::size_t u = 0; u < table.units(); ++u)
    out.scores.insert(out.scores.end(), {table.at(u, one), table.at(u, other)});
  return out;
}

std::vector<RaterPair> pairs_of(const RatingTable& table, const std::vector<std::string>& raters,
                                const RaterAgreementSettings& settings) {
  std::vector<RaterPair> out;
  for (std::size_t i = 0; i < raters.size(); ++i) {
    for (std::size_t j = i + 1; j < raters.size(); ++j) {
      const RatingTable both = pair_table(table, i, j);
      RaterPair pair{raters[i], raters[j], 0, stats::percent_agreement(both), {}, {}};
      pair.units = pair.percent.n;
      pair.kappa = stats::cohen_kappa(both, 0, 1, stats::AgreementWeights::none);
      pair.weighted = stats::cohen_kappa(both, 0, 1, settings.weights);
      if (pair.units > 0) out.push_back(std::move(pair));
    }
  }
  return out;
}

std::vector<std::size_t> disputed_of(const std::vector<CriterionAgreement>& criteria, double least) {
  const auto alpha = [&](std::size_t c) { return criteria[c].figures.alpha.value; };
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < criteria.size(); ++c) {
    if (criteria[c].figures.alpha.defined() && alpha(c) < least) out.push_back(c);
  }
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return alpha(a) < alpha(b); });
  return out;
}

}  // namespace

RaterAgreement rater_agreement(const Dataset& data, const MaturitySettings& settings, unsigned threads) {
  RaterAgreement out;
  out.raters = raters_of(data);
  out.unnamed = std::count_if(data.evidence.begin(), data.evidence.end(),
                              [](const Evidence& e) { return e.reliable && e.rater.empty(); });
  std::vector<std::vector<double>> all;
  for (const CriterionRatings& c : ratings_by_criterion(data, settings, out.raters)) {
    all.insert(all.end(), c.units.begin(), c.units.end());
    const AgreementFigures figures = figures_of(table_of(c.units, out.raters.size()), settings.agreement, threads);
    if (figures.units > 0) out.criteria.push_back({c.criterion, figures});
  }
  const RatingTable table = table_of(all, out.raters.size());
  out.overall = figures_of(table, settings.agreement, threads);
  out.pairs = pairs_of(table, out.raters, settings.agreement);
  out.disputed = disputed_of(out.criteria, settings.agreement.least);
  return out;
}

}  // namespace kaskad
