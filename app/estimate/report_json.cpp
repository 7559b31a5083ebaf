#include <cmath>
#include <nlohmann/json.hpp>

#include "app/estimate/estimate_report.hpp"

namespace kaskad::app {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json reason_of(Undefined reason) {
  return reason == Undefined::none ? Json(nullptr) : Json(std::string(undefined_name(reason)));
}

Json json_of(const EstimateRow& row) {
  return {{"term", row.term},
          {"estimate", number(row.estimate)},
          {"se", number(row.se)},
          {"df", number(row.df)},
          {"statistic", number(row.statistic)},
          {"p", number(row.p)},
          {"ci", Json::array({number(row.lo), number(row.hi)})},
          {"undefined", reason_of(row.reason)},
          {"se_undefined", reason_of(row.error_reason)}};
}

Json json_of(const VarianceRow& row) {
  Json corr = Json::array();
  for (const double r : row.corr) corr.push_back(number(r));
  return {{"group", row.group}, {"term", row.term}, {"sd", number(row.sd)}, {"corr", std::move(corr)}};
}

Json json_of(const ReportCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* word = std::get_if<Word>(&cell)) return word->key;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return *count;
  return number(std::get<Number>(cell).value);
}

/// A row of a table as an object; why a number is undefined stands beside it as "<column>_undefined".
Json json_of(const std::vector<std::string>& columns, const std::vector<ReportCell>& row) {
  Json out = Json::object();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out[columns[i]] = json_of(row[i]);
    const auto* figure = std::get_if<Number>(&row[i]);
    if (figure != nullptr && figure->reason != Undefined::none)
      out[columns[i] + "_undefined"] = reason_of(figure->reason);
  }
  return out;
}

Json json_of(const ReportTable& table) {
  Json rows = Json::array();
  for (const auto& row : table.rows) rows.push_back(json_of(table.columns, row));
  return rows;
}

Json rows_of(const EstimateReport& report, const ReportContext& context) {
  Json left_out = Json::array();
  for (const frame::LeftOut& out : report.left_out) {
    left_out.push_back({{"role", out.role},
                        {"column", out.column},
                        {"reason", out.infinite ? "infinite" : "missing"},
                        {"rows", out.rows}});
  }
  return {{"read", context.rows_read},
          {"defective", context.rows_defective},
          {"where", context.where.empty() ? Json(nullptr) : Json(context.where)},
          {"not_chosen", context.rows_not_chosen},
          {"left_out", std::move(left_out)}};
}

template <class Items>
Json array_of(const Items& items) {
  Json out = Json::array();
  for (const auto& item : items) out.push_back(json_of(item));
  return out;
}

Json optional_number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json figures_of(const EstimateReport& report) {
  Json out = Json::object();
  for (const Figure& figure : report.figures) {
    out[figure.name] = number(figure.value);
    if (figure.reason != Undefined::none) out[figure.name + "_undefined"] = reason_of(figure.reason);
  }
  return out;
}

}  // namespace

std::string report_json(const EstimateReport& report, const ReportContext& context, const Texts& texts) {
  Json root;
  root["command"] = context.command;
  root["data"] = context.data.empty() ? Json(nullptr) : Json(context.data);
  root["n"] = report.n;
  root["clusters"] = report.clusters ? Json(*report.clusters) : Json(nullptr);
  root["level"] = context.level;
  root["undefined"] = reason_of(report.reason);
  root["settings"] = Json::object();
  for (const Setting& setting : report.settings) root["settings"][setting.name] = setting.value;
  root["rows"] = rows_of(report, context);
  root["coefficients"] = array_of(report.coefficients);
  root["variance_components"] = array_of(report.variance_components);
  root["log_likelihood"] = optional_number(report.log_likelihood);
  root["deviance"] = optional_number(report.deviance);
  root["figures"] = figures_of(report);
  root["tables"] = Json::object();
  for (const ReportTable& table : report.tables) root["tables"][table.name] = json_of(table);
  root["notes"] = Json::array();
  for (const Message& note : report.notes)
    root["notes"].push_back({{"code", note.code}, {"text", words_of(note, texts)}});
  return root.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kaskad::app
