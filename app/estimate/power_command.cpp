// `kaskad estimate power`: what a comparison of schools could find, asked before the schools are signed.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <optional>

#include "app/estimate/method.hpp"
#include "app/usage.hpp"
#include "engine/stats/distributions.hpp"
#include "engine/stats/power.hpp"

namespace kaskad::app {
namespace {

Number number(double value, Undefined reason) {
  return std::isnan(value) ? Number{kNaN, reason == Undefined::none ? Undefined::no_data : reason} : Number{value};
}

/// What is asked of every design.
struct Question {
  double power = 0.8;
  std::optional<double> effect;
};

/// One design and its answers.
struct Answered {
  stats::ClusterDesign design;
  Estimate mde;
  Estimate power;                      ///< To find the effect asked about; no_data without one.
  std::optional<std::int64_t> needed;  ///< Schools that find it with the power asked for.
};

Answered answer(const stats::ClusterDesign& design, const Question& question) {
  Answered out{design, stats::minimum_detectable_effect(design, question.power), {}, std::nullopt};
  if (!question.effect) return out;
  out.power = stats::power_of(design, *question.effect);
  out.needed = stats::clusters_needed(design, *question.effect, question.power);
  return out;
}

/// "mde", or with what tells the designs apart.
EstimateRow row_of(const Answered& one, bool alone) {
  EstimateRow row;
  row.term = alone ? "mde" : fmt::format("mde(schools={},icc={})", one.design.clusters, one.design.icc);
  row.estimate = one.mde.value;
  row.se = one.mde.se;
  row.df = one.mde.df;
  row.reason = one.mde.reason;
  return row;
}

std::vector<ReportCell> cells_of(const Answered& one, bool asked) {
  const Undefined reason = one.mde.reason;
  std::vector<ReportCell> row = {Number{one.design.clusters}, Number{one.design.icc}, number(one.mde.se, reason),
                                 number(one.mde.df, reason), number(one.mde.value, reason)};
  if (!asked) return row;
  row.emplace_back(number(one.power.value, one.power.reason));
  row.emplace_back(number(one.needed ? static_cast<double>(*one.needed) : kNaN, Undefined::no_convergence));
  return row;
}

ReportTable designs_table(const std::vector<Answered>& all, bool asked) {
  ReportTable table{"designs", {"schools", "icc", "se", "df", "mde"}, {}};
  if (asked) table.columns.insert(table.columns.end(), {"power", "schools_needed"});
  for (const Answered& one : all) table.rows.push_back(cells_of(one, asked));
  return table;
}

class PowerMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto words = [&texts](const char* key) { return texts.get(std::string("estimate_power.") + key); };
    constexpr double kMostSchools = 100'000;
    const auto list = [&app](const char* name, std::vector<double>& into, const std::string& about) {
      return app.add_option(name, into, about)->delimiter(',')->allow_extra_args(false);
    };
    list("--schools", schools_, words("schools"))->required()->check(between(2.0, kMostSchools, texts));
    list("--icc", icc_, words("icc"))->required()->check(between(0.0, 1.0, texts));
    app.add_option("--pupils", design_.cluster_size, words("pupils"))->required()->check(above_zero(texts));
    app.add_option("--share", design_.share_treated, words("share"))->check(between(0.001, 0.999, texts));
    app.add_option("--r2-schools", design_.r2_clusters, words("r2_schools"))->check(between(0.0, 1.0, texts));
    app.add_option("--r2-pupils", design_.r2_pupils, words("r2_pupils"))->check(between(0.0, 1.0, texts));
    app.add_option("--covariates", design_.cluster_covariates, words("covariates"))->check(between(0, 1000, texts));
    app.add_option("--power", question_.power, words("power"))->check(between(0.01, 0.9999, texts));
    app.add_option("--effect", question_.effect, words("effect"))->check(above_zero(texts));
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    const std::vector<Answered> all = answers(1 - input.level);
    EstimateReport report;
    report.settings = settings();
    for (const Answered& one : all) report.coefficients.push_back(row_of(one, all.size() == 1));
    if (all.size() == 1) tell_alone(all.front(), report);
    report.tables = {designs_table(all, question_.effect.has_value())};
    report.notes.push_back({"power-units", {}});
    return report;
  }

 private:
  std::vector<Answered> answers(double alpha) const {
    std::vector<Answered> out;
    for (const double schools : schools_) {
      for (const double icc : icc_) {
        stats::ClusterDesign design = design_;
        design.clusters = schools;
        design.icc = icc;
        design.alpha = alpha;
        out.push_back(answer(design, question_));
      }
    }
    return out;
  }

  void tell_alone(const Answered& one, EstimateReport& report) const {
    report.n = std::llround(one.design.clusters * one.design.cluster_size);
    report.clusters = std::llround(one.design.clusters);
    report.reason = one.mde.reason;
  }

  std::vector<Setting> settings() const {
    const auto told = [](double value) { return fmt::format("{}", value); };
    std::vector<Setting> out = {{"pupils", told(design_.cluster_size)},
                                {"share_treated", told(design_.share_treated)},
                                {"r2_schools", told(design_.r2_clusters)},
                                {"r2_pupils", told(design_.r2_pupils)},
                                {"school_covariates", told(design_.cluster_covariates)},
                                {"power", told(question_.power)}};
    if (question_.effect) out.push_back({"effect", told(*question_.effect)});
    return out;
  }

  stats::ClusterDesign design_;
  std::vector<double> schools_, icc_;
  Question question_;
};

}  // namespace

std::unique_ptr<Method> make_power() { return std::make_unique<PowerMethod>(); }

}  // namespace kaskad::app
