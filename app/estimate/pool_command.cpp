#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "app/estimate/method.hpp"
#include "app/usage.hpp"
#include "engine/stats/distributions.hpp"
#include "engine/stats/meta.hpp"

namespace kaskad::app {
namespace {

struct NamedMethod {
  const char* name;
  stats::TauMethod method;
};
constexpr NamedMethod kMethods[] = {{"reml", stats::TauMethod::reml},
                                    {"dl", stats::TauMethod::dersimonian_laird},
                                    {"pm", stats::TauMethod::paule_mandel},
                                    {"common", stats::TauMethod::common}};

Number number(double value, Undefined reason = Undefined::no_data) {
  return std::isnan(value) ? Number{kNaN, reason == Undefined::none ? Undefined::no_data : reason} : Number{value};
}

/// Rows with an error that is not positive say nothing of how sure they are.
std::vector<std::size_t> usable_rows(const frame::Sample& sample) {
  const std::vector<double>& se = sample.of("se").numbers;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < se.size(); ++i) {
    if (se[i] > 0) rows.push_back(i);
  }
  return rows;
}

std::vector<stats::PooledInput> inputs_of(const frame::Sample& sample, const std::vector<std::size_t>& rows) {
  std::vector<stats::PooledInput> inputs;
  for (std::size_t i : rows) inputs.push_back({sample.of("estimate").numbers[i], sample.of("se").numbers[i]});
  return inputs;
}

/// The row's label; without a column of labels its number in the file.
std::string label_of(const frame::Sample& sample, std::size_t row) {
  if (!sample.has("label")) return std::to_string(sample.row_numbers[row]);
  const frame::Column& column = sample.of("label");
  return column.levels[static_cast<std::size_t>(column.codes[row])];
}

std::vector<Figure> figures_of(const stats::Pooled& pooled) {
  const auto of = [&pooled](const char* name, double value, Undefined reason = Undefined::none) {
    const Number n = number(value, pooled.reason == Undefined::none ? reason : pooled.reason);
    return Figure{name, n.value, n.reason};
  };
  const Undefined no_prediction = pooled.prediction.reason;
  return {of("prediction_lo", pooled.prediction.lo, no_prediction),
          of("prediction_hi", pooled.prediction.hi, no_prediction),
          of("prediction_df", pooled.prediction.df, no_prediction),
          of("tau_squared", pooled.tau2.value),
          of("tau_squared_lo", pooled.tau2.lo, Undefined::no_method),
          of("tau_squared_hi", pooled.tau2.hi, Undefined::no_method),
          of("tau", std::sqrt(pooled.tau2.value)),
          of("i_squared", pooled.i2),
          of("h_squared", pooled.h2),
          of("q", pooled.q),
          of("q_df", pooled.q_df),
          of("q_p", pooled.q_p)};
}

ReportTable inputs_table(const frame::Sample& sample, const std::vector<std::size_t>& rows,
                         const std::vector<stats::PooledInput>& inputs, const stats::Pooled& pooled, double level) {
  ReportTable table{"pooled_inputs",
                    {"label", "estimate", "se", "lo", "hi", "weight", "shrunken", "shrunken_se", "others", "others_lo",
                     "others_hi", "others_tau_squared"},
                    {}};
  const double z = stats::normal_quantile(0.5 + level / 2);
  for (std::size_t i = 0; i < pooled.parts.size(); ++i) {
    const stats::PooledPart& part = pooled.parts[i];
    const auto [estimate, se] = inputs[i];
    const Undefined reason = part.left_out.reason;
    table.rows.push_back({label_of(sample, rows[i]), Number{estimate}, Number{se}, Number{estimate - z * se},
                          Number{estimate + z * se}, Number{part.weight}, Number{part.shrunken},
                          number(part.shrunken_se, Undefined::no_variation), number(part.left_out.value, reason),
                          number(part.left_out.lo, reason), number(part.left_out.hi, reason),
                          number(part.tau2, reason)});
  }
  return table;
}

class PoolMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto words = [&texts](const char* key) { return texts.get(std::string("estimate_pool.") + key); };
    app.add_option("--estimate", estimate_, words("estimate"))->required();
    app.add_option("--se", se_, words("se"))->required();
    app.add_option("--label", label_, words("label"));
    app.add_option("--method", method_, words("method"))->check(one_of({"reml", "dl", "pm", "common"}, texts));
    app.add_flag("--no-knapp-hartung", wald_, words("no_knapp_hartung"));
    app.add_flag("--prediction-df-k-1", one_less_, words("prediction_df"));
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    std::vector<frame::Wanted> wanted = {{"estimate", estimate_, frame::Need::number},
                                         {"se", se_, frame::Need::number}};
    if (!label_.empty()) wanted.push_back({"label", label_, frame::Need::factor});
    const auto sample = frame::take(input.frame, wanted);
    if (!sample) return tl::unexpected<Error>(sample.error());
    const std::vector<std::size_t> rows = usable_rows(*sample);
    const std::vector<stats::PooledInput> inputs = inputs_of(*sample, rows);
    const stats::PoolOptions options = pool_options(input.level);
    const stats::Pooled pooled = stats::pool(inputs, options);
    EstimateReport report = nothing_estimated(*sample, pooled.reason);
    report.n = static_cast<std::int64_t>(rows.size());
    report.settings = settings(options);
    report.coefficients = {row_of("pooled", pooled.mean)};
    report.figures = figures_of(pooled);
    if (pooled.log_likelihood == pooled.log_likelihood) report.log_likelihood = pooled.log_likelihood;
    if (pooled.log_likelihood == pooled.log_likelihood) report.deviance = -2 * pooled.log_likelihood;
    if (pooled.reason == Undefined::none)
      report.tables.push_back(inputs_table(*sample, rows, inputs, pooled, input.level));
    add_notes(*sample, rows, pooled, report);
    return report;
  }

 private:
  stats::PoolOptions pool_options(double level) const {
    const auto* row = std::find_if(std::begin(kMethods), std::end(kMethods),
                                   [this](const NamedMethod& named) { return method_ == named.name; });
    const bool normal = wald_ || row->method == stats::TauMethod::common;
    return {row->method, normal ? stats::PoolTest::normal : stats::PoolTest::knapp_hartung,
            one_less_ ? stats::PredictionDf::of_estimate : stats::PredictionDf::higgins, level};
  }

  std::vector<Setting> settings(const stats::PoolOptions& options) const {
    std::string upper = method_;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return {{"method", options.method == stats::TauMethod::common ? method_ : upper},
            {"interval", options.test == stats::PoolTest::normal ? "Wald" : "Knapp-Hartung"},
            {"prediction_df", options.prediction == stats::PredictionDf::higgins ? "k-2" : "k-1"}};
  }

  void add_notes(const frame::Sample& sample, const std::vector<std::size_t>& rows, const stats::Pooled& pooled,
                 EstimateReport& report) const {
    const auto passed_over = static_cast<std::int64_t>(sample.rows() - rows.size());
    if (passed_over > 0) report.notes.push_back({"pool-se-not-positive", {{"n", passed_over}, {"column", se_}}});
    if (rows.size() == 1) report.notes.push_back({"pool-of-one", {}});
    if (pooled.reason == Undefined::no_convergence) report.notes.push_back({"pool-not-converged", {}});
    if (pooled.reason != Undefined::none) return;
    if (rows.size() == 2) report.notes.push_back({"pool-of-two", {}});
    if (rows.size() > 2 && rows.size() < 5)
      report.notes.push_back({"pool-of-few", {{"n", static_cast<std::int64_t>(rows.size())}}});
    if (pooled.mean.reason == Undefined::none && !pooled.mean.has_interval())
      report.notes.push_back({"pool-of-equal", {}});
  }

  std::string estimate_, se_, label_;
  std::string method_ = "reml";
  bool wald_ = false;
  bool one_less_ = false;
};

}  // namespace

std::unique_ptr<Method> make_pool() { return std::make_unique<PoolMethod>(); }

}  // namespace kaskad::app
