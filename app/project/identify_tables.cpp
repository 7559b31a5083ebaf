// Tables of settings laid over one another.
#include <algorithm>

#include "app/project/identify_reader.hpp"
#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

constexpr std::array<std::string_view, 2> kTables = {"low", "social_index"};
/// Tables of the project that take the place of the shipped ones as a whole.
constexpr std::array<std::string_view, 4> kWhole = {"low.tiers", "social_index.components", "social_index.times",
                                                    "social_index.outcome"};

ConfigNode* find(ConfigNode& node, std::string_view key) {
  auto* table = std::get_if<ConfigTable>(&node.value);
  if (table == nullptr) return nullptr;
  const auto found = std::find_if(table->begin(), table->end(), [&](const ConfigEntry& e) { return e.key == key; });
  return found == table->end() ? nullptr : &found->node;
}

ConfigNode& put(ConfigNode& node, const std::string& key, ConfigNode value) {
  if (ConfigNode* old = find(node, key)) return *old = std::move(value);
  return std::get<ConfigTable>(node.value).emplace_back(ConfigEntry{key, std::move(value)}).node;
}

void lay_over(ConfigNode& under, const ConfigNode& over, const std::string& path) {
  under.line = over.line;
  under.column = over.column;
  for (const auto& [key, node] : *over.table()) {
    const std::string name = path.empty() ? key : path + "." + key;
    ConfigNode* old = find(under, key);
    const bool whole = std::find(kWhole.begin(), kWhole.end(), name) != kWhole.end();
    if (old != nullptr && !whole && old->table() != nullptr && node.table() != nullptr)
      lay_over(*old, node, name);
    else
      put(under, key, node);
  }
}

ConfigNode empty_table() { return {ConfigTable{}, 0, 0}; }

std::vector<std::string> keys_of(const ConfigNode& node) {
  std::vector<std::string> out;
  for (const ConfigEntry& entry : *node.table()) out.push_back(entry.key);
  return out;
}

std::vector<std::string> steps_of(const std::string& path) {
  std::vector<std::string> out(1);
  for (const char c : path) {
    if (c == '.')
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

/// A value as TOML; words need no quotes. Nothing when it is neither.
std::optional<ConfigNode> value_of(const std::string& text) {
  const ParsedConfig parsed = parse_config("value = " + text, "");
  const ConfigNode* value = parsed.diagnostics.empty() ? parsed.root.find("value") : nullptr;
  if (value != nullptr && parsed.root.table()->size() == 1) return ConfigNode{value->value, 0, 0};
  const auto is_plain = [](char c) { return std::string_view("\"'\n={}[]").find(c) == std::string_view::npos; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_plain)) return std::nullopt;
  return ConfigNode{text, 0, 0};
}

tl::unexpected<Error> unknown_setting(const std::string& key, const std::string& step, const ConfigNode& among) {
  return failure("asked-setting-unknown", {{"key", key}, {"nearest", nearest(step, keys_of(among)).value_or("none")}});
}

}  // namespace

ConfigNode identify_tables(const ConfigNode& shipped, const ConfigNode& project) {
  ConfigNode out = empty_table();
  for (const std::string_view name : kTables) {
    const ConfigNode* under = shipped.find(name);
    ConfigNode& table = put(out, std::string(name), under == nullptr ? empty_table() : *under);
    const ConfigNode* over = project.find(name);
    if (over != nullptr && over->table() != nullptr) lay_over(table, *over, std::string(name));
  }
  return out;
}

Expected<void> change_setting(ConfigNode& tables, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) return failure("asked-setting", {{"text", assignment}});
  const std::string key(trim(assignment.substr(0, equals)));
  const auto value = value_of(std::string(trim(assignment.substr(equals + 1))));
  if (!value || key.empty()) return failure("asked-setting", {{"text", assignment}});
  ConfigNode* at = &tables;
  const std::vector<std::string> steps = steps_of(key);
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    ConfigNode* next = find(*at, steps[i]);
    if (next == nullptr || next->table() == nullptr) return unknown_setting(key, steps[i], *at);
    at = next;
  }
  // Keys that are left to their defaults may be set, too: the reader tells of those that it does not know.
  if (at == &tables) return unknown_setting(key, steps.back(), tables);
  put(*at, steps.back(), *value);
  return {};
}

}  // namespace kaskad::app
