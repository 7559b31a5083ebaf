#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "app/estimate/match_tables.hpp"
#include "app/estimate/method.hpp"
#include "app/usage.hpp"
#include "engine/base/files.hpp"
#include "engine/stats/two_groups.hpp"

namespace kaskad::app {
namespace {

/// Points to match on, and the SD of their first coordinate, in which a caliper on a score is told.
struct Points {
  stats::Matrix points;
  double sd = kNaN;
  Undefined reason = Undefined::none;
};

class MatchMethod : public Method {
 public:
  void add_options(CLI::App& app, const Texts& texts) override {
    const auto text = [&](const char* key) { return texts.get(std::string("estimate_match.") + key); };
    app.add_option("--treated", asked_.treated, text("treated"))->required();
    app.add_option("--on", asked_.on, text("on"))->required();
    app.add_option("--exact", asked_.exact, text("exact"))->delimiter(',')->allow_extra_args(false);
    app.add_option("--distance", distance_, text("distance"))
        ->check(one_of({"logit", "propensity", "mahalanobis"}, texts));
    app.add_option("--method", method_, text("method"))->check(one_of({"nearest", "optimal"}, texts));
    app.add_flag("--replace", replace_, text("replace"));
    app.add_option("--reuse", reuse_, text("reuse"))->check(between(1, 1'000'000, texts));
    app.add_option("--caliper", caliper_, text("caliper"))->check(above_zero(texts));
    app.add_option("--ratio", ratio_, text("ratio"))->check(between(1, 1000, texts));
    app.add_option("--order", order_, text("order"))->check(one_of({"data", "largest", "smallest"}, texts));
    app.add_option("--ties", ties_, text("ties"))->check(one_of({"matchit", "first"}, texts));
    app.add_option("--id", asked_.id, text("id"));
    app.add_option("--pairs", pairs_file_, text("pairs"));
    app.add_option("--outcome", asked_.outcome, text("outcome"));
    app.add_option("--cluster", asked_.cluster, texts.get("estimate_option.cluster"));
  }

  Expected<EstimateReport> estimate(const EstimateInput& input) const override {
    if (method_ == "optimal" && (replace_ || reuse_ > 1)) return failure("asked-optimal-replace", {}, "--replace");
    const auto data = match_data(input.frame, asked_);
    if (!data) return tl::unexpected<Error>(data.error());
    if (data->sample.rows() == 0) return nothing_estimated(data->sample, Undefined::no_data);
    EstimateReport report;
    report.n = static_cast<std::int64_t>(data->sample.rows());
    report.left_out = data->sample.left_out;
    report.settings = settings();
    const Points points = points_of(*data);
    report.reason = points.reason;
    if (points.reason != Undefined::none) return report;
    const stats::Matching matching = match(*data, points);
    report.reason = matching.reason;
    tell_matching(*data, matching, report);
    tell_effect(*data, matching, replace_ || reuse_ > 1, input.level, report);
    if (pairs_file_.empty()) return report;
    if (const auto written = write_file(pairs_file_, pairs_csv(*data, matching)); !written)
      return tl::unexpected<Error>(written.error());
    return report;
  }

 private:
  std::vector<Setting> settings() const {
    std::vector<Setting> out = {{"treated", asked_.treated},
                                {"covariates", asked_.on},
                                {"distance", distance_},
                                {"match_method", replace_ ? method_ + ", replace" : method_}};
    std::string exact;
    for (const std::string& name : asked_.exact) exact += (exact.empty() ? "" : ", ") + name;
    if (!exact.empty()) out.push_back({"exact_on", exact});
    return out;
  }

  Points points_of(const MatchData& data) const {
    Points out;
    if (distance_ == "mahalanobis") {
      auto points = stats::mahalanobis_points(data.distance_columns, data.treated);
      out.reason = points.reason;
      out.points = std::move(points.points);
      return out;
    }
    const auto scores = stats::propensity_scores(data.design.x, data.treated);
    out.reason = scores.reason;
    if (scores.reason != Undefined::none) return out;
    const std::vector<double>& values = distance_ == "logit" ? scores.logit : scores.probability;
    out.points = stats::Matrix(values.size(), 1);
    out.points.values = values;
    out.sd = std::sqrt(stats::summarize(values).variance);
    return out;
  }

  stats::MatchPlan plan_for(const Points& points) const {
    stats::MatchPlan plan;
    plan.replace = replace_;
    plan.ratio = ratio_;
    plan.reuse_most = reuse_;
    plan.caliper = std::isnan(points.sd) ? caliper_ : caliper_ * points.sd;
    const bool by_score = distance_ != "mahalanobis" && !replace_;
    const std::string order = !order_.empty() ? order_ : by_score ? "largest" : "data";
    plan.order = order == "largest"    ? stats::MatchOrder::largest
                 : order == "smallest" ? stats::MatchOrder::smallest
                                       : stats::MatchOrder::data;
    plan.ties = ties_ == "first" ? stats::TieRule::first_row : stats::TieRule::matchit;
    return plan;
  }

  stats::Matching match(const MatchData& data, const Points& points) const {
    const stats::MatchUnits units{points.points, data.treated, data.stratum};
    return method_ == "optimal" ? stats::match_optimal(units, plan_for(points))
                                : stats::match_nearest(units, plan_for(points));
  }

  MatchAsked asked_;
  std::string distance_ = "logit", method_ = "nearest", order_, ties_ = "matchit", pairs_file_;
  bool replace_ = false;
  int reuse_ = 1, ratio_ = 1;
  double caliper_ = kNaN;
};

}  // namespace

std::unique_ptr<Method> make_match() { return std::make_unique<MatchMethod>(); }

}  // namespace kaskad::app
