#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "app/estimate/method.hpp"
#include "app/estimate/two_groups_results.hpp"
#include "app/usage.hpp"

namespace kaskad::app {
namespace {

class TwoGroupsMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto text = [&](const char* key) { return texts.get(std::string("estimate_two_groups.") + key); };
    app.add_option("--outcome", asked_.outcome, texts.get("estimate_option.outcome"))->required();
    app.add_option("--group", asked_.group, text("group"))->required();
    app.add_option("--treated", asked_.treated, text("treated"))->allow_extra_args(false);
    app.add_option("--control", asked_.control, text("control"))->allow_extra_args(false);
    app.add_option("--cluster", asked_.cluster, texts.get("estimate_option.cluster"));
    app.add_option("--permutations", settings_.permutations, text("permutations"))
        ->check(between(0, 100'000'000, texts));
    app.add_option("--seed", settings_.seed, texts.get("estimate_option.seed"));
    CLI::Option* margin = app.add_option("--margin", settings_.margin, text("margin"))->check(above_zero(texts));
    app.add_option("--margin-sd", settings_.margin_sd, text("margin_sd"))->check(above_zero(texts))->excludes(margin);
    app.add_flag("--months", settings_.months, text("months"));
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    const auto data = two_groups_data(input.frame, asked_);
    if (!data) return tl::unexpected<Error>(data.error());
    TwoGroupsSettings settings = settings_;
    settings.level = input.level;
    settings.threads = std::max(1U, std::thread::hardware_concurrency());  // the result is the same for any number
    EstimateReport report;
    report.n = static_cast<std::int64_t>(data->treated.values.size() + data->control.values.size());
    report.left_out = data->left_out;
    report.settings = settings_told();
    tell(*data, settings, compare(*data, settings), report);
    return report;
  }

 private:
  std::vector<Setting> settings_told() const {
    std::vector<Setting> out = {{"outcome", asked_.outcome}, {"group", asked_.group}};
    if (!asked_.cluster.empty()) out.push_back({"cluster", asked_.cluster});
    out.push_back({"vcov", asked_.cluster.empty() ? "Welch" : "CR2"});
    if (settings_.permutations > 0) out.push_back({"seed", std::to_string(settings_.seed)});
    return out;
  }

  TwoGroupsAsked asked_;
  TwoGroupsSettings settings_;
};

}  // namespace

std::unique_ptr<Method> make_two_groups() { return std::make_unique<TwoGroupsMethod>(); }

}  // namespace kaskad::app
