// Settings as a value: what a TOML file says, with the place of every key, read by a checking cursor.
// Only config.cpp knows the TOML library.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/error.hpp"

namespace kaskad {

struct ConfigNode;
struct ConfigEntry;
using ConfigList = std::vector<ConfigNode>;
/// In the order of the file.
using ConfigTable = std::vector<ConfigEntry>;

/// One TOML value. Dates are kept as ISO text.
struct ConfigNode {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, ConfigList, ConfigTable> value;
  int line = 0;    ///< Of the value; from 1.
  int column = 0;  ///< From 1.

  const ConfigTable* table() const { return std::get_if<ConfigTable>(&value); }
  const ConfigList* list() const { return std::get_if<ConfigList>(&value); }
  const std::string* text() const { return std::get_if<std::string>(&value); }
  const ConfigNode* find(std::string_view key) const;
  std::optional<double> number() const;
};

struct ConfigEntry {
  std::string key;
  ConfigNode node;
};

struct ParsedConfig {
  ConfigNode root;          ///< An empty table when the text is not TOML.
  Diagnostics diagnostics;  ///< "toml-syntax" with line and column.
};

ParsedConfig parse_config(std::string_view toml, const std::string& file);

/// A cursor over one table. Each getter notes the key as known and reports a wrong type; `finish` reports the keys that
/// nobody asked for, with the nearest known one. Everything goes to one list, so that all errors of a file come at
/// once.
class ConfigReader {
 public:
  /// `path` is the table's dotted name for messages, empty at the root. The node must outlive the reader.
  ConfigReader(const ConfigNode& node, std::string file, std::string path, Diagnostics& out);

  bool has(std::string_view key) const;
  std::string required_text(std::string_view key);
  std::string text(std::string_view key, std::string fallback = {});
  std::optional<std::int64_t> integer(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t fallback);
  std::optional<double> number(std::string_view key);
  bool boolean(std::string_view key, bool fallback);
  /// A list of texts; a single one counts as a list of one. Numbers and booleans are taken as their text.
  std::vector<std::string> texts(std::string_view key);
  std::vector<std::int64_t> integers(std::string_view key);
  std::vector<double> numbers(std::string_view key);
  /// One of `allowed`, with the nearest one suggested; returns its index, or `fallback` when absent or wrong.
  std::size_t choice(std::string_view key, const std::vector<std::string_view>& allowed, std::size_t fallback);
  /// A text in several languages: `name = "x"` stands for all, or `name = { ru = "…", en = "…" }`. Key: language.
  std::map<std::string, std::string> localized(std::string_view key);
  /// Text to text: `values = { "1" = "focus" }`. Numbers and booleans are taken as their text.
  std::map<std::string, std::string> dictionary(std::string_view key);
  /// Sub-table and list of tables ([[key]]); absent is null / empty.
  const ConfigNode* table(std::string_view key);
  std::vector<const ConfigNode*> tables(std::string_view key);
  const ConfigNode* raw(std::string_view key);

  /// Reports a defect at a key of this table (or at the table itself when the key is absent or empty).
  void report(std::string_view key, std::string code, Args args = {}, Severity severity = Severity::error);
  std::string path_of(std::string_view key) const;
  void finish();

  const std::string& file() const { return file_; }
  Diagnostics& diagnostics() { return out_; }

 private:
  const ConfigNode* take(std::string_view key);
  void wrong_type(std::string_view key, std::string_view wanted);

  const ConfigNode& node_;
  std::string file_;
  std::string path_;
  Diagnostics& out_;
  std::vector<std::string> known_;
};

/// Text in the wanted language; falls back to English, then to any, then to `fallback`.
std::string in_language(const std::map<std::string, std::string>& texts, const std::string& language,
                        std::string_view fallback = {});

}  // namespace kaskad
