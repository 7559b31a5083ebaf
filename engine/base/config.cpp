#include "engine/base/config.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <sstream>

#include "engine/base/text.hpp"

namespace kaskad {
namespace {

ConfigNode convert(const toml::node& node);

ConfigNode placed(const toml::node& node) {
  ConfigNode out;
  out.line = static_cast<int>(node.source().begin.line);
  out.column = static_cast<int>(node.source().begin.column);
  return out;
}

ConfigTable convert_table(const toml::table& table) {
  struct Entry {
    toml::source_position at;
    std::string key;
    const toml::node* node;
  };
  std::vector<Entry> entries;
  for (const auto& [key, node] : table) entries.push_back({key.source().begin, std::string(key.str()), &node});
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.at < b.at; });
  ConfigTable out;
  for (const Entry& e : entries) out.push_back({e.key, convert(*e.node)});
  return out;
}

ConfigList convert_list(const toml::array& array) {
  ConfigList out;
  for (const toml::node& node : array) out.push_back(convert(node));
  return out;
}

ConfigNode convert(const toml::node& node) {
  ConfigNode out = placed(node);
  if (const auto* t = node.as_table())
    out.value = convert_table(*t);
  else if (const auto* a = node.as_array())
    out.value = convert_list(*a);
  else if (const auto* s = node.as_string())
    out.value = s->get();
  else if (const auto* i = node.as_integer())
    out.value = std::int64_t{i->get()};
  else if (const auto* d = node.as_floating_point())
    out.value = d->get();
  else if (const auto* b = node.as_boolean())
    out.value = b->get();
  else {
    std::ostringstream text;  // dates and times: ISO text
    node.visit([&](const auto& n) {
      if constexpr (toml::is_date<decltype(n)> || toml::is_time<decltype(n)> || toml::is_date_time<decltype(n)>) {
        text << n.get();
      }
    });
    out.value = text.str();
  }
  return out;
}

std::string as_text(const ConfigNode& node) {
  if (const auto* s = node.text()) return *s;
  if (const auto* i = std::get_if<std::int64_t>(&node.value)) return std::to_string(*i);
  if (const auto* b = std::get_if<bool>(&node.value)) return *b ? "true" : "false";
  if (const auto* d = std::get_if<double>(&node.value)) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << *d;
    return text.str();
  }
  return {};
}

bool is_scalar(const ConfigNode& node) { return node.table() == nullptr && node.list() == nullptr; }

}  // namespace

const ConfigNode* ConfigNode::find(std::string_view key) const {
  const ConfigTable* entries = table();
  if (entries == nullptr) return nullptr;
  for (const auto& [name, node] : *entries) {
    if (name == key) return &node;
  }
  return nullptr;
}

std::optional<double> ConfigNode::number() const {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
  if (const auto* d = std::get_if<double>(&value)) return *d;
  return std::nullopt;
}

ParsedConfig parse_config(std::string_view toml, const std::string& file) {
  ParsedConfig out;
  out.root.value = ConfigTable{};
  try {
    out.root = convert(toml::parse(toml, file));
  } catch (const toml::parse_error& error) {
    Diagnostic d;
    d.place.file = file;
    d.place.row = static_cast<std::int64_t>(error.source().begin.line);
    d.place.column = static_cast<int>(error.source().begin.column);
    d.message = {"toml-syntax", {{"detail", std::string(error.description())}}};
    out.diagnostics.push_back(std::move(d));
  }
  return out;
}

ConfigReader::ConfigReader(const ConfigNode& node, std::string file, std::string path, Diagnostics& out)
    : node_(node), file_(std::move(file)), path_(std::move(path)), out_(out) {}

const ConfigNode* ConfigReader::take(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return node_.find(key);
}

bool ConfigReader::has(std::string_view key) const { return node_.find(key) != nullptr; }

std::string ConfigReader::path_of(std::string_view key) const {
  if (path_.empty()) return std::string(key);
  return key.empty() ? path_ : path_ + "." + std::string(key);
}

void ConfigReader::report(std::string_view key, std::string code, Args args, Severity severity) {
  const ConfigNode* at = key.empty() ? nullptr : node_.find(key);
  if (at == nullptr) at = &node_;
  Diagnostic d;
  d.severity = severity;
  d.place = {file_, "", at->line, at->column, path_of(key)};
  args.insert(args.begin(), {"key", path_of(key)});
  d.message = {std::move(code), std::move(args)};
  out_.push_back(std::move(d));
}

void ConfigReader::wrong_type(std::string_view key, std::string_view wanted) {
  report(key, "setting-type", {{"wanted", std::string(wanted)}});
}

std::string ConfigReader::required_text(std::string_view key) {
  if (take(key) == nullptr) {
    report(key, "setting-missing");
    return {};
  }
  return text(key);
}

std::string ConfigReader::text(std::string_view key, std::string fallback) {
  const ConfigNode* node = take(key);
  if (node == nullptr) return fallback;
  if (const std::string* s = node->text()) return *s;
  wrong_type(key, "text");
  return fallback;
}

std::optional<std::int64_t> ConfigReader::integer(std::string_view key) {
  const ConfigNode* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* i = std::get_if<std::int64_t>(&node->value)) return *i;
  wrong_type(key, "integer");
  return std::nullopt;
}

std::int64_t ConfigReader::integer(std::string_view key, std::int64_t fallback) {
  return integer(key).value_or(fallback);
}

std::optional<double> ConfigReader::number(std::string_view key) {
  const ConfigNode* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (const auto value = node->number()) return value;
  wrong_type(key, "number");
  return std::nullopt;
}

bool ConfigReader::boolean(std::string_view key, bool fallback) {
  const ConfigNode* node = take(key);
  if (node == nullptr) return fallback;
  if (const auto* b = std::get_if<bool>(&node->value)) return *b;
  wrong_type(key, "boolean");
  return fallback;
}

std::vector<std::string> ConfigReader::texts(std::string_view key) {
  std::vector<std::string> out;
  const ConfigNode* node = take(key);
  if (node == nullptr) return out;
  if (is_scalar(*node)) return {as_text(*node)};
  const ConfigList* list = node->list();
  const bool good = list != nullptr && std::all_of(list->begin(), list->end(), is_scalar);
  if (!good)
    wrong_type(key, "texts");
  else
    for (const ConfigNode& item : *list) out.push_back(as_text(item));
  return out;
}

std::vector<std::int64_t> ConfigReader::integers(std::string_view key) {
  std::vector<std::int64_t> out;
  const ConfigNode* node = take(key);
  if (node == nullptr) return out;
  const ConfigList* list = node->list();
  const auto is_integer = [](const ConfigNode& n) { return std::holds_alternative<std::int64_t>(n.value); };
  if (list == nullptr || !std::all_of(list->begin(), list->end(), is_integer)) {
    wrong_type(key, "integers");
    return out;
  }
  for (const ConfigNode& item : *list) out.push_back(std::get<std::int64_t>(item.value));
  return out;
}

std::vector<double> ConfigReader::numbers(std::string_view key) {
  std::vector<double> out;
  const ConfigNode* node = take(key);
  if (node == nullptr) return out;
  const ConfigList* list = node->list();
  if (list == nullptr ||
      !std::all_of(list->begin(), list->end(), [](const ConfigNode& n) { return n.number().has_value(); })) {
    wrong_type(key, "numbers");
    return out;
  }
  for (const ConfigNode& item : *list) out.push_back(*item.number());
  return out;
}

std::size_t ConfigReader::choice(std::string_view key, const std::vector<std::string_view>& allowed,
                                 std::size_t fallback) {
  const ConfigNode* node = take(key);
  if (node == nullptr) return fallback;
  const std::string word = text(key);
  const auto found = std::find(allowed.begin(), allowed.end(), word);
  if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
  if (node->text() == nullptr) return fallback;
  const std::vector<std::string> words(allowed.begin(), allowed.end());
  std::string list;
  for (const std::string& w : words) list += (list.empty() ? "" : ", ") + w;
  report(key, "setting-choice",
         {{"value", word}, {"allowed", list}, {"nearest", nearest(word, words).value_or("none")}});
  return fallback;
}

std::map<std::string, std::string> ConfigReader::localized(std::string_view key) {
  std::map<std::string, std::string> out;
  const ConfigNode* node = take(key);
  if (node == nullptr) return out;
  if (const std::string* s = node->text()) return {{"ru", *s}, {"en", *s}};
  const ConfigTable* table = node->table();
  if (table == nullptr) {
    wrong_type(key, "localized");
    return out;
  }
  ConfigReader inner(*node, file_, path_of(key), out_);
  for (const auto* language : {"ru", "en"}) {
    if (inner.has(language)) out[language] = inner.text(language);
  }
  inner.take("ru");
  inner.take("en");
  inner.finish();
  return out;
}

std::map<std::string, std::string> ConfigReader::dictionary(std::string_view key) {
  std::map<std::string, std::string> out;
  const ConfigNode* node = take(key);
  if (node == nullptr) return out;
  const ConfigTable* table = node->table();
  if (table == nullptr || !std::all_of(table->begin(), table->end(), [](const auto& e) { return is_scalar(e.node); })) {
    wrong_type(key, "dictionary");
    return out;
  }
  for (const auto& [name, value] : *table) out[name] = as_text(value);
  return out;
}

const ConfigNode* ConfigReader::table(std::string_view key) {
  const ConfigNode* node = take(key);
  if (node == nullptr || node->table() != nullptr) return node;
  wrong_type(key, "table");
  return nullptr;
}

std::vector<const ConfigNode*> ConfigReader::tables(std::string_view key) {
  std::vector<const ConfigNode*> out;
  const ConfigNode* node = take(key);
  if (node == nullptr) return out;
  const ConfigList* list = node->list();
  if (list == nullptr ||
      !std::all_of(list->begin(), list->end(), [](const ConfigNode& n) { return n.table() != nullptr; })) {
    wrong_type(key, "tables");
    return out;
  }
  for (const ConfigNode& item : *list) out.push_back(&item);
  return out;
}

const ConfigNode* ConfigReader::raw(std::string_view key) { return take(key); }

void ConfigReader::finish() {
  const ConfigTable* entries = node_.table();
  if (entries == nullptr) return;
  for (const auto& [name, node] : *entries) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    report(name, "setting-unknown", {{"nearest", nearest(name, known_).value_or("none")}});
  }
}

std::string in_language(const std::map<std::string, std::string>& texts, const std::string& language,
                        std::string_view fallback) {
  for (const std::string& wanted : {language, std::string("en")}) {
    if (const auto found = texts.find(wanted); found != texts.end()) return found->second;
  }
  return texts.empty() ? std::string(fallback) : texts.begin()->second;
}

}  // namespace kaskad
