#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <thread>

#include "app/estimate/method.hpp"
#include "app/usage.hpp"
#include "engine/stats/agreement.hpp"

namespace kaskad::app {
namespace {

using stats::AgreementScale, stats::AgreementWeights, stats::RatingTable;

struct AgreementAsked {
  AgreementScale scale = AgreementScale::nominal;
  AgreementWeights weights = AgreementWeights::none;
  stats::AlphaPlan plan;
  double level = 0.95;
};

struct AgreementData {
  RatingTable table;
  std::vector<std::string> raters;
  std::int64_t repeated = 0;  ///< Rows of a subject and rater that had a row before.
};

/// A word is its place among the words.
double score_of(const frame::Column& column, std::size_t row) {
  return column.categorical ? static_cast<double>(column.codes[row]) : column.numbers[row];
}

AgreementData table_of(const frame::Sample& sample) {
  const frame::Column& subject = sample.of("subject");
  const frame::Column& rater = sample.of("rater");
  const frame::Column& score = sample.of("score");
  AgreementData out;
  out.raters = rater.levels;
  out.table.raters = rater.levels.size();
  out.table.scores.assign(subject.levels.size() * rater.levels.size(), kNaN);
  for (std::size_t i = 0; i < sample.rows(); ++i) {
    double& cell = out.table.scores[static_cast<std::size_t>(subject.codes[i]) * out.table.raters +
                                    static_cast<std::size_t>(rater.codes[i])];
    const bool taken = cell == cell;
    out.repeated += taken ? 1 : 0;
    if (!taken) cell = score_of(score, i);
  }
  return out;
}

/// Of subjects with at least two.
std::int64_t compared_ratings(const RatingTable& table) {
  std::int64_t all = 0;
  for (std::size_t u = 0; u < table.units(); ++u) {
    std::int64_t here = 0;
    for (std::size_t r = 0; r < table.raters; ++r) here += table.at(u, r) == table.at(u, r) ? 1 : 0;
    all += here > 1 ? here : 0;
  }
  return all;
}

/// No statistic is given: kappa's p rests on another error than its interval.
EstimateRow coefficient(const char* term, const Estimate& e) {
  EstimateRow row = row_of(term, e);
  row.statistic = kNaN;
  return row;
}

Number number(double value, Undefined reason) {
  return value == value ? Number{value} : Number{kNaN, reason == Undefined::none ? Undefined::no_variation : reason};
}

RatingTable pair_of(const RatingTable& table, std::size_t one, std::size_t other) {
  RatingTable out{2, {}};
  for (std::size_t u = 0; u < table.units(); ++u)
    out.scores.insert(out.scores.end(), {table.at(u, one), table.at(u, other)});
  return out;
}

ReportTable pairs_table(const AgreementData& data, const AgreementAsked& asked) {
  ReportTable table{"rater_pairs", {"rater", "other_rater", "n", "percent_agreement", "kappa", "lo", "hi"}, {}};
  for (std::size_t i = 0; i < data.raters.size(); ++i) {
    for (std::size_t j = i + 1; j < data.raters.size(); ++j) {
      const Estimate percent = stats::percent_agreement(pair_of(data.table, i, j), asked.level);
      const Estimate kappa = stats::cohen_kappa(data.table, i, j, asked.weights, asked.level);
      table.rows.push_back({data.raters[i], data.raters[j], percent.n, number(percent.value, percent.reason),
                            number(kappa.value, kappa.reason), number(kappa.lo, kappa.reason),
                            number(kappa.hi, kappa.reason)});
    }
  }
  return table;
}

std::vector<EstimateRow> coefficients_of(const AgreementData& data, const AgreementAsked& asked) {
  std::vector<EstimateRow> out = {coefficient("percent_agreement", stats::percent_agreement(data.table, asked.level))};
  if (data.raters.size() == 2) {
    out.push_back(
        coefficient("cohen_kappa", stats::cohen_kappa(data.table, 0, 1, AgreementWeights::none, asked.level)));
    if (asked.weights != AgreementWeights::none)
      out.push_back(
          coefficient("cohen_kappa_weighted", stats::cohen_kappa(data.table, 0, 1, asked.weights, asked.level)));
  }
  out.push_back(coefficient("fleiss_kappa", stats::fleiss_kappa(data.table, asked.level)));
  out.push_back(
      coefficient("krippendorff_alpha", stats::krippendorff_alpha(data.table, asked.scale, asked.plan, asked.level)));
  return out;
}

std::vector<Setting> settings_of(const AgreementAsked& asked) {
  return {{"scale", std::string(stats::kAgreementScaleNames[static_cast<std::size_t>(asked.scale)])},
          {"agreement_weights", std::string(stats::kAgreementWeightNames[static_cast<std::size_t>(asked.weights)])},
          {"draws", std::to_string(asked.plan.draws)},
          {"seed", std::to_string(asked.plan.seed)}};
}

class AgreementMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto words = [&texts](const char* key) { return texts.get(std::string("estimate_agreement.") + key); };
    app.add_option("--subject", subject_, words("subject"))->required();
    app.add_option("--rater", rater_, words("rater"))->required();
    app.add_option("--score", score_, words("score"))->required();
    app.add_option("--scale", scale_, words("scale"))->check(one_of({"nominal", "ordinal", "interval"}, texts));
    app.add_option("--weights", weights_, words("weights"))->check(one_of({"none", "linear", "quadratic"}, texts));
    app.add_option("--draws", draws_, words("draws"))->check(between(100, 1'000'000, texts));
    app.add_option("--seed", seed_, texts.get("estimate_option.seed"));
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    const bool words = scale_ == "nominal" && weights_ == "none";
    const auto sample = frame::take(input.frame, {{"subject", subject_, frame::Need::factor},
                                                  {"rater", rater_, frame::Need::factor},
                                                  {"score", score_, words ? frame::Need::any : frame::Need::number}});
    if (!sample) return tl::unexpected<Error>(sample.error());
    if (sample->rows() == 0) return nothing_estimated(*sample, Undefined::no_data);
    const AgreementData data = table_of(*sample);
    const AgreementAsked asked = asked_at(input.level);
    EstimateReport report;
    report.n = compared_ratings(data.table);
    report.left_out = sample->left_out;
    report.settings = settings_of(asked);
    report.coefficients = coefficients_of(data, asked);
    report.reason = report.coefficients.front().reason;
    report.figures = figures_of(data, report);
    report.tables = {pairs_table(data, asked)};
    if (data.repeated > 0) report.notes.push_back({"agreement-repeated", {{"n", data.repeated}}});
    if (report.reason == Undefined::no_data) report.notes.push_back({"agreement-no-overlap", {}});
    if (report.coefficients.back().reason == Undefined::no_variation)
      report.notes.push_back({"agreement-all-alike", {}});
    return report;
  }

 private:
  AgreementAsked asked_at(double level) const {
    const auto place = [](const auto& names, const std::string& name) {
      return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    return {static_cast<AgreementScale>(place(stats::kAgreementScaleNames, scale_)),
            static_cast<AgreementWeights>(place(stats::kAgreementWeightNames, weights_)),
            {draws_, seed_, std::max(1U, std::thread::hardware_concurrency())},  // the same result for any number
            level};
  }

  static std::vector<Figure> figures_of(const AgreementData& data, const EstimateReport& report) {
    const auto units = static_cast<double>(data.table.units());
    const double compared = report.reason == Undefined::none ? compared_units(data) : 0;
    return {{"subjects", units}, {"subjects_compared", compared}, {"raters", static_cast<double>(data.raters.size())}};
  }

  static double compared_units(const AgreementData& data) {
    return static_cast<double>(stats::percent_agreement(data.table).n);
  }

  std::string subject_, rater_, score_;
  std::string scale_ = "nominal", weights_ = "none";
  std::int64_t draws_ = 2000;
  std::uint64_t seed_ = 1;
};

}  // namespace

std::unique_ptr<Method> make_agreement() { return std::make_unique<AgreementMethod>(); }

}  // namespace kaskad::app
