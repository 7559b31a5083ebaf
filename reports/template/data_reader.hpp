// Reads one object of the report's data for a block; what is missing or of the wrong kind is reported with its path.
// Private to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/template/builder.hpp"

namespace kaskad::reports {

class DataReader {
 public:
  /// `path` is the object's place in the data, for messages.
  DataReader(const Value& value, std::string path, const BlockJob& job)
      : value_(value), path_(std::move(path)), job_(job) {}

  std::string text(std::string_view key) const;           ///< Required.
  std::string optional_text(std::string_view key) const;  ///< Empty when absent or null.
  Quantity quantity(std::string_view key) const;          ///< Required; undefined after a report.
  std::int64_t count(std::string_view key, std::optional<std::int64_t> fallback = std::nullopt) const;
  double number(std::string_view key) const;  ///< A count or the value of a quantity.
  bool flag(std::string_view key) const;      ///< False when absent.
  SeriesRole role() const;                    ///< The key "role"; neutral when absent.
  std::optional<Undefined> reason(std::string_view key) const;
  bool has(std::string_view key) const { return value_.find(key) != nullptr; }
  /// The objects of a list. An absent optional one is an empty list.
  std::vector<DataReader> objects(std::string_view key, bool required = true) const;
  std::vector<Quantity> quantities(std::string_view key, bool required = true) const;
  std::vector<std::int64_t> counts(std::string_view key) const;
  std::optional<DataReader> optional_object(std::string_view key) const;

 private:
  const Value* required(std::string_view key) const;
  std::string path_of(std::string_view key) const { return path_ + "." + std::string(key); }
  void wrong(std::string_view key, std::string_view wanted) const;
  const List* list(std::string_view key, bool needed) const;

  const Value& value_;
  std::string path_;
  const BlockJob& job_;
};

}  // namespace kaskad::reports
