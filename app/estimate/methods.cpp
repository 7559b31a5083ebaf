#include "app/estimate/method.hpp"

namespace kaskad::app {

const std::vector<MethodRow>& methods() {
  static const std::vector<MethodRow> rows = {{"two-groups", "estimate_two_groups", make_two_groups},
                                              {"regression", "estimate_regression", make_regression},
                                              {"did", "estimate_did", make_did},
                                              {"match", "estimate_match", make_match},
                                              {"anova", "estimate_anova", make_anova},
                                              {"mixed", "estimate_mixed", make_mixed},
                                              {"pool", "estimate_pool", make_pool},
                                              {"agreement", "estimate_agreement", make_agreement},
                                              {"power", "estimate_power", make_power, false}};
  return rows;
}

EstimateReport nothing_estimated(const frame::Sample& sample, Undefined reason) {
  EstimateReport report;
  report.n = static_cast<std::int64_t>(sample.rows());
  report.left_out = sample.left_out;
  report.reason = reason;
  return report;
}

}  // namespace kaskad::app
