#include "app/estimate/estimate_report.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kaskad::app {
namespace {

std::string csv_number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : std::string(); }

/// In quotes, where the text would otherwise break the line.
std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

EstimateRow row_of(std::string term, const Estimate& estimate) {
  EstimateRow row{std::move(term), estimate.value, estimate.se, estimate.df,    kNaN,
                  estimate.p,      estimate.lo,    estimate.hi, estimate.reason};
  if (estimate.defined() && estimate.se > 0) row.statistic = estimate.value / estimate.se;
  return row;
}

void withhold_overflow(EstimateReport& report) {
  for (EstimateRow& row : report.coefficients) {
    if (!std::isinf(row.estimate) && !std::isinf(row.se)) continue;
    (std::isinf(row.estimate) ? row.reason : row.error_reason) = Undefined::inaccurate;
    if (std::isinf(row.estimate)) row.estimate = kNaN;
    row.se = row.df = row.statistic = row.p = row.lo = row.hi = kNaN;
  }
  for (Figure& figure : report.figures) {
    if (!std::isinf(figure.value)) continue;
    figure.value = kNaN;
    figure.reason = Undefined::inaccurate;
  }
}

std::string report_csv(const EstimateReport& report) {
  std::string out = "term,estimate,se,df,statistic,p,lo,hi,undefined\n";
  for (const EstimateRow& row : report.coefficients) {
    const std::string reason(row.reason == Undefined::none ? "" : undefined_name(row.reason));
    out += fmt::format("{},{},{},{},{},{},{},{},{}\n", csv_text(row.term), csv_number(row.estimate), csv_number(row.se),
                       csv_number(row.df), csv_number(row.statistic), csv_number(row.p), csv_number(row.lo),
                       csv_number(row.hi), reason);
  }
  return out;
}

std::string words_of(const Message& message, const Texts& texts) {
  return texts.get("diagnostic." + message.code + ".text", message.args);
}

std::string words_of(const frame::LeftOut& left_out, const Texts& texts) {
  return texts.get(
      left_out.infinite ? "estimate.rows_infinite" : "estimate.rows_missing",
      {{"role", texts.get("estimate_role." + left_out.role)}, {"column", left_out.column}, {"n", left_out.rows}});
}

}  // namespace kaskad::app
