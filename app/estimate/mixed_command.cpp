#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/estimate/method.hpp"
#include "app/estimate/mixed_tables.hpp"
#include "app/usage.hpp"
#include "engine/base/files.hpp"
#include "engine/frame/model_matrix.hpp"
#include "engine/frame/terms.hpp"

namespace kaskad::app {
namespace {

/// Fewer groups than this tell little of the variance between them.
constexpr std::int64_t kFewGroups = 10;

struct NamedMethod {
  const char* name;
  stats::Likelihood method;
};
constexpr NamedMethod kLikelihoods[] = {{"reml", stats::Likelihood::reml}, {"ml", stats::Likelihood::ml}};

/// What hinders a fit, in words of its own.
struct Hindrance {
  Undefined reason;
  const char* note;
};
constexpr Hindrance kHindrances[] = {{Undefined::too_few_clusters, "mixed-one-group"},
                                     {Undefined::singular, "mixed-not-told-apart"},
                                     {Undefined::no_variation, "mixed-no-residual"},
                                     {Undefined::no_convergence, "mixed-not-converged"}};

std::vector<std::string> column_names(const frame::Frame& frame) {
  std::vector<std::string> names;
  for (const frame::Column& column : frame.columns) names.push_back(column.name);
  return names;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class MixedMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto words = [&texts](const char* key) { return texts.get(std::string("estimate_mixed.") + key); };
    app.add_option("--outcome", outcome_, texts.get("estimate_option.outcome"))->required();
    app.add_option("--terms", terms_, words("terms"));
    app.add_option("--group", group_, words("group"))->required();
    app.add_option("--slope", slope_, words("slope"));
    app.add_option("--method", method_, words("method"))->check(one_of({"reml", "ml"}, texts));
    app.add_option("--weights", weights_, words("weights"));
    app.add_flag("--compare", compare_, words("compare"));
    app.add_flag("--effects", effects_, words("effects"));
    app.add_option("--effects-out", effects_file_, words("effects_out"));
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    const auto terms = frame::parse_terms(terms_, column_names(input.frame));
    if (!terms) return tl::unexpected<Error>(terms.error());
    const auto sample = frame::take(input.frame, wanted(*terms));
    if (!sample) return tl::unexpected<Error>(sample.error());
    if (sample->rows() == 0) return nothing_estimated(*sample, Undefined::no_data);
    const frame::ModelMatrix matrix = frame::model_matrix(*terms, *sample);
    const stats::MixedData data = data_of(*sample, matrix);
    const stats::MixedOptions options{likelihood(), input.level, true};
    const stats::MixedResult result = stats::fit_mixed(data, options);
    const MixedNames names{matrix.names, sample->of("group"), slope_.empty() ? "" : sample->of("slope").name};
    EstimateReport report = mixed_report(result, names);
    report.left_out = sample->left_out;
    report.settings.insert(report.settings.begin(),
                           {"method", options.method == stats::Likelihood::reml ? "REML" : "ML"});
    add_notes(result.fit, names, report);
    if (result.fit.reason != Undefined::none) return report;
    if (compare_) report.tables.push_back(comparison_table(data, result.fit, *terms));
    if (effects_) report.tables.push_back(effects_table(result, names));
    if (!effects_file_.empty()) {
      const auto written = write_file(effects_file_, table_csv(effects_table(result, names)));
      if (!written) return tl::unexpected<Error>(written.error());
    }
    return report;
  }

 private:
  stats::Likelihood likelihood() const {
    return std::find_if(std::begin(kLikelihoods), std::end(kLikelihoods),
                        [this](const NamedMethod& row) { return method_ == row.name; })
        ->method;
  }

  std::vector<frame::Wanted> wanted(const frame::Terms& terms) const {
    std::vector<frame::Wanted> out = {{"outcome", outcome_, frame::Need::number}};
    const std::vector<frame::Wanted> of_terms = frame::wanted_of(terms);
    out.insert(out.end(), of_terms.begin(), of_terms.end());
    out.push_back({"group", group_, frame::Need::factor});
    if (!slope_.empty()) out.push_back({"slope", slope_, frame::Need::number});
    if (!weights_.empty()) out.push_back({"weights", weights_, frame::Need::number});
    return out;
  }

  stats::MixedData data_of(const frame::Sample& sample, const frame::ModelMatrix& matrix) const {
    stats::MixedData data;
    data.x = matrix.x;
    data.outcome = sample.of("outcome").numbers;
    data.group = sample.of("group").codes;
    if (!slope_.empty()) data.slope = sample.of("slope").numbers;
    if (!weights_.empty()) data.weights = sample.of("weights").numbers;
    return data;
  }

  void add_notes(const stats::MixedFit& fit, const MixedNames& names, EstimateReport& report) const {
    for (const Hindrance& row : kHindrances) {
      if (fit.reason == row.reason) report.notes.push_back({row.note, {{"group", names.group.name}}});
    }
    for (std::size_t column : fit.dropped) report.notes.push_back({"mixed-dropped", {{"term", names.terms[column]}}});
    if (fit.reason != Undefined::none) return;
    if (fit.singular_fit) report.notes.push_back({"mixed-at-border", {}});
    if (fit.groups < kFewGroups) report.notes.push_back({"mixed-few-groups", {{"n", fit.groups}}});
    if (!slope_.empty() && !holds(names.terms, names.slope))
      report.notes.push_back({"mixed-slope-not-fixed", {{"slope", names.slope}}});
  }

  std::string outcome_, terms_, group_, slope_, weights_, effects_file_;
  std::string method_ = "reml";
  bool compare_ = false;
  bool effects_ = false;
};

}  // namespace

std::unique_ptr<Method> make_mixed() { return std::make_unique<MixedMethod>(); }

}  // namespace kaskad::app
