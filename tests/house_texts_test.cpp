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

/// Reads the names of the arguments of an ICU pattern. A brace opens an argument in the words of a message, and a
/// message in a choice: «{n, plural, one {# row} other {{n} rows}}».
class ArgumentScanner {
 public:
  explicit ArgumentScanner(const std::string& pattern) : pattern_(pattern) { message(); }
  const Names& names() const { return names_; }

 private:
  void message() {
    for (; at_ < pattern_.size() && pattern_[at_] != '}'; ++at_) {
      if (pattern_[at_] == '\'') {
        at_ = std::min(pattern_.find('\'', at_ + 1), pattern_.size() - 1);  // quoted braces are words
      } else if (pattern_[at_] == '{') {
        ++at_;
        argument();
      }
    }
  }

  /// From behind the opening brace to the closing one.
  void argument() {
    const std::size_t end = pattern_.find_first_of(",}", at_);
    names_.insert(pattern_.substr(at_, end - at_));
    for (at_ = end; at_ < pattern_.size() && pattern_[at_] != '}'; ++at_) {
      if (pattern_[at_] != '{') continue;
      ++at_;
      message();
    }
  }

  const std::string& pattern_;
  std::size_t at_ = 0;
  Names names_;
};

Names arguments_of(const std::string& pattern) { return ArgumentScanner(pattern).names(); }

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

/// But for the HTML room: it says no codes, and names of attributes look like them.
std::string all_sources() {
  std::string out;
  for (const std::string& file : files_under({"engine", "indicators", "reports", "app"}, {".cpp", ".hpp"})) {
    if (file.find("reports/html/") == std::string::npos) out += read_file(file).value();
  }
  return out;
}

/// Literals of the form of a code that name something else: layouts of files, their readings, columns, elements of
/// OpenDocument, data packages.
const Names kNotCodes = {"fis-oko-ma",
                         "utf-8",
                         "windows-1251",
                         "dddd-dd-dd",
                         "two-groups",
                         "k-1",
                         "k-2",
                         "kaskad-effects",
                         "tabular-data-package",
                         "tabular-data-resource",
                         "absent-word",
                         "fis-oko-collection",
                         "fis-oko-journal",
                         "fis-oko-marks",
                         "fis-oko-pupils",
                         "fis-oko-scores",
                         "no-word",
                         "not-passed",
                         "null-word",
                         "olympiad-list",
                         "ris-ege-compact",
                         "ris-ege-sparse",
                         "ris-oge-sparse",
                         "spaced-number",
                         "other-sheet",
                         "other-indicator",
                         "questionnaire",
                         "ris-ege-appeals",
                         "ris-oge-appeals",
                         "social-passport",
                         "sum-over-schools",
                         "boolean-value",
                         "covered-table-cell",
                         "date-value",
                         "encrypted-package",
                         "encryption-data",
                         "line-break",
                         "number-columns-repeated",
                         "number-rows-repeated",
                         "string-value",
                         "table-cell",
                         "table-row",
                         "time-value",
                         "tracked-changes",
                         "value-type",
                         "var-1",
                         "var-2",
                         "vpr-export-2020",
                         "vpr-export-2021"};

/// Codes are kebab-case with at least one hyphen; nothing else in the sources is, but for kNotCodes.
Names used_codes(const std::string& source) {
  static const std::regex kCode(R"re("([a-z][a-z0-9]*(?:-[a-z0-9]+)+)")re");
  Names out;
  for (std::sregex_iterator it(source.begin(), source.end(), kCode), end; it != end; ++it) {
    if (!kNotCodes.contains((*it)[1])) out.insert((*it)[1]);
  }
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

TEST(HouseTexts, FindsTheArgumentsOfAPattern) {
  EXPECT_EQ(arguments_of("plain"), Names{});
  EXPECT_EQ(arguments_of("{a} and '{'no'}' {b, number}"), (Names{"a", "b"}));
  EXPECT_EQ(arguments_of("{n, plural, one {# row of {file}} other {rows}} {kind, select, x {word} other {{kind}}}"),
            (Names{"n", "file", "kind"}));
}

TEST(HouseTexts, EveryCodeHasItsWords) {
  const Names used = used_codes(all_sources());
  const Names worded = worded_codes();
  ASSERT_GT(used.size(), 20U);
  for (const std::string& code : used) EXPECT_TRUE(worded.contains(code)) << code << " has no words in templates/texts";
}

TEST(HouseTexts, NoWordsAreLeftOver) {
  const Names used = used_codes(all_sources());
  for (const std::string& code : worded_codes()) EXPECT_TRUE(used.contains(code)) << code << " is never said";
}

TEST(HouseTexts, FindsCodesButNotOtherLiterals) {
  EXPECT_EQ(
      used_codes(
          R"(failure("a-b", {}); Message{"c-d2", {{"k", v}}}; report("key", "e-f"); "utf-8" "2024-05-30" "x y-z")"),
      (Names{"a-b", "c-d2", "e-f"}));
}

TEST(HouseTexts, NoGoldenOutputShowsAMissingText) {
  for (const std::string& file : files_under({"templates", "fixtures"}, {".toml", ".md", ".txt", ".csv", ".json"})) {
    EXPECT_EQ(read_file(file).value().find("⟦"), std::string::npos) << file;
  }
}

}  // namespace
}  // namespace kaskad
