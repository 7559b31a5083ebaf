#include "engine/base/texts.hpp"

#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <algorithm>

#include "engine/base/config.hpp"
#include "engine/base/day.hpp"

namespace kaskad {
namespace {

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

icu::Formattable formattable(const Arg& arg) {
  if (const auto* i = std::get_if<std::int64_t>(&arg)) return {*i};
  if (const auto* d = std::get_if<double>(&arg)) return {*d};
  return {unicode(std::get<std::string>(arg))};
}

constexpr const char* kGrouping = ", ::group-min2";

struct Edit {
  int32_t at = 0, length = 0;
  std::string text;
};

/// A {number} without a style of its own, and the # of the innermost plural, with their style.
std::vector<Edit> numbers_in(const icu::MessagePattern& pattern) {
  std::vector<Edit> edits;
  std::vector<std::string> plurals;  // Arguments that we are inside of; empty names for others.
  for (int32_t i = 0; i < pattern.countParts(); ++i) {
    const icu::MessagePattern::Part& part = pattern.getPart(i);
    const auto words = [&](int32_t at) {
      std::string out;
      return pattern.getSubstring(pattern.getPart(at)).toUTF8String(out);
    };
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
      const bool plural = UMSGPAT_ARG_TYPE_HAS_PLURAL_STYLE(part.getArgType());
      plurals.push_back(plural ? words(i + 1) : std::string());
      const bool bare = pattern.getPartType(i + 2) == UMSGPAT_PART_TYPE_ARG_TYPE && words(i + 2) == "number" &&
                        pattern.getPartType(i + 3) == UMSGPAT_PART_TYPE_ARG_LIMIT;
      if (bare) edits.push_back({pattern.getPart(i + 2).getLimit(), 0, kGrouping});
    } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_LIMIT) {
      plurals.pop_back();
    } else if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
      const auto inside =
          std::find_if(plurals.rbegin(), plurals.rend(), [](const auto& name) { return !name.empty(); });
      edits.push_back({part.getIndex(), part.getLength(), "{" + *inside + ", number" + kGrouping + "}"});
    }
  }
  return edits;
}

/// Numbers in texts are grouped as those of tables are: from five digits on. Precondition: a valid pattern.
std::string with_grouping(const std::string& pattern) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out = unicode(pattern);
  const icu::MessagePattern parsed(out, nullptr, status);
  std::vector<Edit> edits = numbers_in(parsed);
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    out.replace(edit->at, edit->length, unicode(edit->text));
  std::string utf8;
  return out.toUTF8String(utf8);
}

/// Flattens a tree of tables to dotted keys. False at the first value that is no text.
bool flatten(const ConfigTable& table, const std::string& prefix,
             std::vector<std::pair<std::string, std::string>>& out) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix.empty() ? name : prefix + "." + name;
    if (const ConfigTable* inner = node.table()) {
      if (!flatten(*inner, key, out)) return false;
    } else if (const std::string* text = node.text()) {
      out.emplace_back(key, *text);
    } else {
      out.emplace_back(key, "");
      return false;
    }
  }
  return true;
}

/// Remarks name days as readers write them; data and files keep ISO.
bool is_remark(std::string_view key) { return key.rfind("diagnostic.", 0) == 0 || key.rfind("error.", 0) == 0; }

/// An ISO day that the calendar has as «date.day» of the language writes it, 05.09.2024 in Russian; anything else as it
/// is.
Arg told_day(const Texts& texts, const Arg& arg) {
  const auto* iso = std::get_if<std::string>(&arg);
  if (iso == nullptr || !day_of_iso(*iso) || !texts.has("date.day")) return arg;
  return texts.get("date.day", {{"year", iso->substr(0, 4)}, {"month", iso->substr(5, 2)}, {"day", iso->substr(8, 2)}});
}

std::string location(const Place& place) {
  std::string out = place.file;
  if (!place.sheet.empty()) out += " [" + place.sheet + "]";
  if (place.row > 0) out += ":" + std::to_string(place.row);
  if (place.row > 0 && place.column > 0) out += ":" + std::to_string(place.column);
  return out;
}

}  // namespace

Expected<Texts> Texts::load(const std::string& language, const std::map<std::string, std::string>& toml_by_file) {
  Texts out;
  out.language_ = language;
  const icu::Locale locale(language.c_str());
  for (const auto& [file, toml] : toml_by_file) {
    const ParsedConfig parsed = parse_config(toml, file);
    if (!parsed.diagnostics.empty()) return tl::unexpected<Error>(Error{parsed.diagnostics.front().message, file});
    std::vector<std::pair<std::string, std::string>> entries;
    if (!flatten(*parsed.root.table(), "", entries))
      return failure("text-not-text", {{"key", entries.back().first}}, file);
    for (auto& [key, pattern] : entries) {
      UErrorCode status = U_ZERO_ERROR;
      UParseError where{};
      const icu::MessageFormat format(unicode(pattern), locale, where, status);
      if (U_FAILURE(status) != 0) return failure("text-pattern", {{"key", key}}, file);
      if (!out.patterns_.emplace(key, with_grouping(pattern)).second)
        return failure("text-twice", {{"key", key}}, file);
    }
  }
  return out;
}

bool Texts::has(std::string_view key) const { return patterns_.find(key) != patterns_.end(); }

std::string Texts::get(std::string_view key, const Args& args) const {
  const auto found = patterns_.find(key);
  if (found == patterns_.end()) return "⟦" + std::string(key) + "⟧";
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : args) {
    names.push_back(unicode(name));
    values.push_back(formattable(is_remark(key) ? told_day(*this, value) : value));
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessageFormat format(unicode(found->second), icu::Locale(language_.c_str()), status);
  icu::UnicodeString result;
  format.format(names.data(), values.data(), static_cast<int32_t>(names.size()), result, status);
  std::string out;
  result.toUTF8String(out);
  return out;
}

std::string Texts::describe(const Diagnostic& diagnostic) const {
  static constexpr std::string_view kSeverity[] = {"severity.error", "severity.warning", "severity.note"};
  const std::string key = "diagnostic." + diagnostic.message.code;
  std::string out = get(kSeverity[static_cast<std::size_t>(diagnostic.severity)]) + "[" + diagnostic.message.code + "]";
  const std::string where = location(diagnostic.place);
  if (!where.empty()) out += " " + where;
  if (!diagnostic.place.field.empty()) out += " (" + diagnostic.place.field + ")";
  out += ": " + get(key + ".text", diagnostic.message.args);
  const std::string hint = has(key + ".hint") ? get(key + ".hint", diagnostic.message.args) : "";
  return hint.empty() ? out : out + "\n    " + hint;
}

std::string Texts::describe(const Error& error) const {
  const std::string key = "error." + error.message.code;
  const std::string& used = has(key + ".text") ? key : "diagnostic." + error.message.code;
  std::string out = get("severity.failure");
  out += " " + (error.file.empty() ? std::string() : error.file + ": ") + get(used + ".text", error.message.args);
  const std::string hint = has(used + ".hint") ? get(used + ".hint", error.message.args) : "";
  return hint.empty() ? out : out + "\n    " + hint;
}

std::vector<std::string> Texts::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, pattern] : patterns_) out.push_back(key);
  return out;
}

}  // namespace kaskad
