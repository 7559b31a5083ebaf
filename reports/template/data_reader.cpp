#include "reports/template/data_reader.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"
#include "reports/template/marks.hpp"

namespace kaskad::reports {
namespace {

/// In the order of SeriesRole.
const std::vector<std::string> kRoles = {"focus",  "control",      "region",  "base",
                                         "school", "municipality", "similar", "neutral"};

bool is_null(const Value* value) { return value == nullptr || std::holds_alternative<std::monostate>(value->is); }

}  // namespace

void DataReader::wrong(std::string_view key, std::string_view wanted) const {
  report_kind(job_.reader, "data", path_of(key), wanted);
}

const Value* DataReader::required(std::string_view key) const {
  const Value* value = value_.find(key);
  if (value != nullptr) return value;
  const std::string near = Scope(value_).nearest_to(key);
  job_.reader.report("data", "template-unknown-path",
                     {{"path", path_of(key)}, {"nearest", near == "none" ? near : path_of(near)}});
  return nullptr;
}

std::string DataReader::text(std::string_view key) const {
  return required(key) == nullptr ? std::string() : optional_text(key);
}

std::string DataReader::optional_text(std::string_view key) const {
  const Value* value = value_.find(key);
  if (is_null(value)) return {};
  job_.shop.own(*value, job_.fence.at);
  if (const std::string* text = value->text()) return one_line(*text);
  if (const auto* n = std::get_if<std::int64_t>(&value->is)) return job_.shop.wording.format.count(*n);
  wrong(key, "text");
  return {};
}

Quantity DataReader::quantity(std::string_view key) const {
  const Value* value = required(key);
  if (value == nullptr) return {};
  if (const Quantity* q = value->quantity()) return *q;
  wrong(key, "quantity");
  return {};
}

std::int64_t DataReader::count(std::string_view key, std::optional<std::int64_t> fallback) const {
  const Value* value = fallback && !has(key) ? nullptr : required(key);
  if (value == nullptr) return fallback.value_or(0);
  if (const auto* n = std::get_if<std::int64_t>(&value->is)) return *n;
  wrong(key, "count");
  return fallback.value_or(0);
}

double DataReader::number(std::string_view key) const {
  const Value* value = required(key);
  if (value == nullptr) return 0;
  if (const auto* n = std::get_if<std::int64_t>(&value->is)) return static_cast<double>(*n);
  const Quantity* q = value->quantity();
  if (q != nullptr && q->estimate.defined()) return q->estimate.value;
  wrong(key, "number");
  return 0;
}

bool DataReader::flag(std::string_view key) const {
  const Value* value = value_.find(key);
  if (is_null(value)) return false;
  if (const bool* flag = std::get_if<bool>(&value->is)) return *flag;
  wrong(key, "flag");
  return false;
}

SeriesRole DataReader::role() const {
  const std::string word = optional_text("role");
  if (word.empty()) return SeriesRole::neutral;
  const auto found = std::find(kRoles.begin(), kRoles.end(), word);
  if (found != kRoles.end()) return static_cast<SeriesRole>(found - kRoles.begin());
  job_.reader.report("data", "template-unknown-role",
                     {{"path", path_of("role")}, {"value", word}, {"nearest", nearest(word, kRoles).value_or("none")}});
  return SeriesRole::neutral;
}

std::optional<Undefined> DataReader::reason(std::string_view key) const {
  const std::string word = optional_text(key);
  if (word.empty()) return std::nullopt;
  for (int i = 1; i <= static_cast<int>(kLastUndefined); ++i) {
    if (undefined_name(static_cast<Undefined>(i)) == word) return static_cast<Undefined>(i);
  }
  wrong(key, "reason");
  return std::nullopt;
}

const List* DataReader::list(std::string_view key, bool needed) const {
  const Value* value = needed ? required(key) : value_.find(key);
  if (value == nullptr) return nullptr;
  if (value->list() == nullptr) wrong(key, "list");
  return value->list();
}

std::vector<DataReader> DataReader::objects(std::string_view key, bool needed) const {
  std::vector<DataReader> out;
  const List* items = list(key, needed);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const std::string name = std::string(key) + "." + std::to_string(i);
    if ((*items)[i].object() == nullptr)
      wrong(name, "object");
    else
      out.emplace_back((*items)[i], path_of(name), job_);
  }
  return out;
}

std::vector<Quantity> DataReader::quantities(std::string_view key, bool needed) const {
  std::vector<Quantity> out;
  const List* items = list(key, needed);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (const Quantity* q = (*items)[i].quantity())
      out.push_back(*q);
    else
      wrong(std::string(key) + "." + std::to_string(i), "quantity");
  }
  return out;
}

std::vector<std::int64_t> DataReader::counts(std::string_view key) const {
  std::vector<std::int64_t> out;
  const List* items = list(key, true);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (const auto* n = std::get_if<std::int64_t>(&(*items)[i].is))
      out.push_back(*n);
    else
      wrong(std::string(key) + "." + std::to_string(i), "count");
  }
  return out;
}

std::optional<DataReader> DataReader::optional_object(std::string_view key) const {
  const Value* value = value_.find(key);
  if (is_null(value)) return std::nullopt;
  if (value->object() != nullptr) return DataReader(*value, path_of(key), job_);
  wrong(key, "object");
  return std::nullopt;
}

}  // namespace kaskad::reports
