#include <CLI/CLI.hpp>

#include "app/estimate/method.hpp"
#include "engine/stats/anova.hpp"

namespace kaskad::app {
namespace {

Number number(double value, Undefined reason) {
  return std::isnan(value) ? Number{kNaN, reason == Undefined::none ? Undefined::too_few : reason} : Number{value};
}

stats::GroupedValues grouped(const frame::Column& outcome, const frame::Column& factor) {
  return {outcome.numbers, outcome.tails, factor.codes, factor.levels.size()};
}

ReportTable group_table(const stats::Anova& anova, const frame::Column& factor) {
  ReportTable table{"groups", {"group", "n", "mean", "sd"}, {}};
  for (std::size_t g = 0; g < anova.groups.size(); ++g) {
    const stats::GroupMoments& group = anova.groups[g];
    table.rows.push_back({factor.levels[g], group.n, number(group.mean, Undefined::no_data),
                          number(std::sqrt(group.variance), Undefined::too_few)});
  }
  return table;
}

/// Sums of squares between and within, as every textbook prints them.
ReportTable anova_table(const stats::Anova& anova, const frame::Column& factor) {
  const stats::FTest& test = anova.test;
  ReportTable table{"anova", {"source", "squares", "df", "mean_square", "statistic", "p"}, {}};
  const double between = anova.between_squares, within = anova.within_squares;
  table.rows.push_back({factor.name, number(between, test.reason), Number{test.df1},
                        number(between / test.df1, test.reason), number(test.statistic, test.reason),
                        number(test.p, test.reason)});
  table.rows.push_back({Word{"residuals"}, number(within, test.reason), Number{test.df2},
                        number(within / test.df2, test.reason), Number{}, Number{}});
  return table;
}

void add_row(ReportTable& table, const char* name, const stats::FTest& test) {
  table.rows.push_back({Word{name}, number(test.statistic, test.reason), number(test.df1, test.reason),
                        number(test.df2, test.reason), number(test.p, test.reason)});
}

ReportTable further_tests(const stats::Anova& anova, const stats::GroupedValues& data) {
  ReportTable table{"tests", {"test", "statistic", "df1", "df2", "p"}, {}};
  add_row(table, "welch", stats::welch_anova(anova));
  add_row(table, "brown_forsythe", stats::equal_variances(data, stats::Center::median));
  add_row(table, "levene", stats::equal_variances(data, stats::Center::mean));
  return table;
}

std::vector<Figure> figures_of(const stats::Anova& anova) {
  const Undefined reason = anova.test.reason;
  const auto figure = [&](const char* name, double value) {
    const Number n = number(value, reason);
    return Figure{name, n.value, n.reason};
  };
  return {figure("f", anova.test.statistic),
          figure("df1", anova.test.df1),
          figure("df2", anova.test.df2),
          figure("p", anova.test.p),
          figure("between_squares", anova.between_squares),
          figure("within_squares", anova.within_squares),
          figure("r_squared", anova.eta_squared),
          figure("residual_sd", anova.residual_sd),
          figure("eta_squared", anova.eta_squared),
          figure("omega_squared", anova.omega_squared)};
}

class AnovaMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    app.add_option("--outcome", outcome_, texts.get("estimate_option.outcome"))->required();
    app.add_option("--factor", factor_, texts.get("estimate_anova.factor"))->required();
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    const auto sample = frame::take(
        input.frame, {{"outcome", outcome_, frame::Need::number}, {"factor", factor_, frame::Need::factor}});
    if (!sample) return tl::unexpected<Error>(sample.error());
    if (sample->rows() == 0) return nothing_estimated(*sample, Undefined::no_data);
    const frame::Column& factor = sample->of("factor");
    const stats::GroupedValues data = grouped(sample->of("outcome"), factor);
    const stats::Anova anova = stats::one_way_anova(data);
    EstimateReport report;
    report.n = anova.n;
    report.left_out = sample->left_out;
    report.reason = anova.test.reason;
    report.figures = figures_of(anova);
    report.tables = {anova_table(anova, factor), group_table(anova, factor), further_tests(anova, data)};
    return report;
  }

 private:
  std::string outcome_, factor_;
};

}  // namespace

std::unique_ptr<Method> make_anova() { return std::make_unique<AnovaMethod>(); }

}  // namespace kaskad::app
