// The words of the interface: both languages say everything, every code has its words, and no words are left over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/files.hpp"
#include "engine/base/texts.hpp"

namespace kaskad {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

std::vector<std::string> files_under(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
  std::vector<std::string> out;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const std::string extension = entry.path().extension().string();
      if (std::find(endings.begin(), endings.end(), extension) != endings.end()) out.push_back(entry.path().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::map<std::string, std::string> text_files(const std::string& language) {
  std::map<std::string, std::string> out;
  for (const std::string& file : files_under({"templates/texts/" + language}, {".toml"})) {
    out[fs::path(file).filename().string()] = read_file(file).value();
  }
  return out;
}

void flatten(const ConfigTable& table, const std::string& path, std::map<std::string, std::string>& out) {
  for (const auto& [key, node] : table) {
    const std::string name = path.empty() ? key : path + "." + key;
    if (const std::string* text = node.text()) out[name] = *text;
    if (const ConfigTable* inner = node.table()) flatten(*inner, name, out);
  }
}

/// Patterns by key, over all files of the language.
std::map<std::string, std::string> patterns(const std::string& language) {
  std::map<std::string, std::string> out;
  for (const auto& [file, toml] : text_files(language)) flatten(*parse_config(toml, file).root.table(), "", out);
  return out;
}

Names keys_of(const std::map<std::string, std::string>& patterns) {
  Names out;
  for (const auto& [key, pattern] : patterns) out.insert(key);
  return out;
}

/// Names of the arguments that a pattern uses.
Names arguments_of(const std::string& pattern) {
  static const std::regex kArgument(R"(\{\s*([a-z_0-9]+)\s*[,}])");
  Names out;
  for (std::sregex_iterator it(pattern.begin(), pattern.end(), kArgument), end; it != end; ++it) out.insert((*it)[1]);
  return out;
}

/// Codes that have words: «x» of [diagnostic.x] and [error.x].
Names worded_codes() {
  Names out;
  for (const auto& [key, pattern] : patterns("ru")) {
    for (const std::string_view section : {"diagnostic.", "error."}) {
      if (!key.starts_with(section) || !key.ends_with(".text")) continue;
      out.insert(key.substr(section.size(), key.size() - section.size() - 5));
    }
  }
  return out;
}

Names matches(const std::string& text, const std::regex& pattern) {
  Names out;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) out.insert((*it)[1]);
  return out;
}

std::string all_sources() {
  std::string out;
  for (const std::string& file : files_under({"engine", "indicators", "reports", "app"}, {".cpp", ".hpp"})) {
    out += read_file(file).value();
  }
  return out;
}

/// Codes as they stand where a message is made.
Names used_codes(const std::string& source) {
  static const std::regex kFailure(R"re(\bfailure\(\s*"([^"]+)")re");
  static const std::regex kMessage(R"re(\bMessage\s*\{\s*"([^"]+)")re");
  static const std::regex kReport(R"re(\breport\([^;"]*(?:"[^"]*"[^;"]*)??"([a-z]+(?:-[a-z]+)+)")re");
  Names out;
  for (const std::regex* pattern : {&kFailure, &kMessage, &kReport}) out.merge(matches(source, *pattern));
  return out;
}

TEST(HouseTexts, RussianAndEnglishHaveTheSameFilesAndKeys) {
  Names russian_files;
  Names english_files;
  for (const auto& [name, toml] : text_files("ru")) russian_files.insert(name);
  for (const auto& [name, toml] : text_files("en")) english_files.insert(name);
  EXPECT_EQ(russian_files, english_files);
  EXPECT_EQ(keys_of(patterns("ru")), keys_of(patterns("en")));
}

TEST(HouseTexts, EveryPatternIsWellFormed) {
  for (const char* language : {"ru", "en"}) {
    const auto texts = Texts::load(language, text_files(language));
    ASSERT_TRUE(texts.has_value()) << language << ": " << texts.error().message.code;
    EXPECT_FALSE(texts->keys().empty());
  }
}

TEST(HouseTexts, BothLanguagesUseTheSameArguments) {
  const auto english = patterns("en");
  for (const auto& [key, pattern] : patterns("ru")) {
    if (!english.contains(key)) continue;
    EXPECT_EQ(arguments_of(pattern), arguments_of(english.at(key))) << key;
  }
}

TEST(HouseTexts, EveryCodeHasItsWords) {
  const Names used = used_codes(all_sources());
  const Names worded = worded_codes();
  ASSERT_GT(used.size(), 20U);
  for (const std::string& code : used) EXPECT_TRUE(worded.contains(code)) << code << " has no words in templates/texts";
}

TEST(HouseTexts, NoWordsAreLeftOver) {
  const std::string sources = all_sources();
  for (const std::string& code : worded_codes()) {
    EXPECT_NE(sources.find('"' + code + '"'), std::string::npos) << code << " is never said";
  }
}

TEST(HouseTexts, FindsCodesWhereMessagesAreMade) {
  EXPECT_EQ(used_codes(R"(return failure("a-b", {}); x = Message{"c-d", {{"k", "v-w"}}}; r.report("key", "e-f");
      report(spec, Severity::error, "g-h", {{"format", "i-j"}});)"),
            (Names{"a-b", "c-d", "e-f", "g-h"}));
}

TEST(HouseTexts, NoGoldenOutputShowsAMissingText) {
  for (const std::string& file : files_under({"templates", "fixtures"}, {".toml", ".md", ".txt", ".csv", ".json"})) {
    EXPECT_EQ(read_file(file).value().find("⟦"), std::string::npos) << file;
  }
}

}  // namespace
}  // namespace kaskad
