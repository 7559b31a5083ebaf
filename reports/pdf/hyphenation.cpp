#include "reports/pdf/hyphenation.hpp"

#include <hyphen.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace kaskad::reports::pdf {
namespace {

struct PatternFile {
  std::string_view language;
  std::string_view file;
};
constexpr std::array<PatternFile, 2> kFiles = {{{"ru", "hyph_ru_RU.dic"}, {"en", "hyph_en_US.dic"}}};
constexpr int kLettersBefore = 2;
constexpr int kLettersAfter = 3;
constexpr int kShortestWord = 5;
constexpr int kLongestWord = 60;
constexpr std::size_t kWordsKept = 40000;

std::string pattern_file(const std::vector<std::string>& folders, std::string_view language) {
  const auto named = std::find_if(kFiles.begin(), kFiles.end(), [&](const auto& f) { return f.language == language; });
  if (named == kFiles.end()) return {};
  for (const std::string& folder : folders) {
    const std::filesystem::path path = std::filesystem::path(folder) / named->file;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) return path.string();
  }
  return {};
}

/// Letters of a word between its marks, as a range of code units; empty when it must stay whole.
struct Letters {
  int begin = 0, end = 0;
};
Letters letters_of(const icu::UnicodeString& word) {
  Letters letters;
  while (letters.begin < word.length() && !u_isalpha(word[letters.begin])) ++letters.begin;
  letters.end = letters.begin;
  while (letters.end < word.length() && u_isalpha(word[letters.end])) ++letters.end;
  return letters;
}

/// More than one capital letter: an abbreviation.
bool is_abbreviation(const icu::UnicodeString& letters) {
  int capitals = 0;
  for (int i = 0; i < letters.length(); ++i) capitals += u_isupper(letters[i]) ? 1 : 0;
  return capitals > 1;
}

std::string_view language_of(char16_t letter) {
  if (letter >= 0x0400 && letter <= 0x045F) return "ru";
  if ((letter | 0x20) >= 'a' && (letter | 0x20) <= 'z') return "en";
  return {};
}

std::size_t utf8_length(const icu::UnicodeString& text, int units) {
  std::string bytes;
  text.tempSubString(0, units).toUTF8String(bytes);
  return bytes.size();
}

}  // namespace

struct Hyphenator::Patterns {
  struct Release {
    void operator()(HyphenDict* loaded) const { hnj_hyphen_free(loaded); }
  };
  std::string language;
  std::unique_ptr<HyphenDict, Release> dict;  ///< Null when there is no file.

  /// Marks of libhyphen for lower-case letters, one a letter: odd means "may be divided after it".
  std::string marks(const icu::UnicodeString& letters) const {
    const icu::UnicodeString low = icu::UnicodeString(letters).toLower();
    std::string coded(std::size_t(low.length()) * 4, '\0');
    const int size = low.extract(0, low.length(), coded.data(), std::uint32_t(coded.size()), dict->cset);
    coded.resize(std::size_t(size));
    std::string found(coded.size() + 5, '\0');
    char** replacements = nullptr;
    int* positions = nullptr;
    int* cuts = nullptr;
    hnj_hyphen_hyphenate3(dict.get(), coded.data(), size, found.data(), nullptr, &replacements, &positions, &cuts,
                          kLettersBefore, kLettersAfter, kLettersBefore, kLettersAfter);
    // Non-standard hyphenation, which changes letters, does not occur in Russian and English patterns.
    if (replacements != nullptr) {
      for (int i = 0; i < size; ++i) std::free(replacements[i]);
    }
    std::free(replacements);
    std::free(positions);
    std::free(cuts);
    return found;
  }
};

Hyphenator::Hyphenator(std::vector<std::string> folders) : folders_(std::move(folders)) {}
Hyphenator::Hyphenator(Hyphenator&&) noexcept = default;
Hyphenator& Hyphenator::operator=(Hyphenator&&) noexcept = default;
Hyphenator::~Hyphenator() = default;

Hyphenator::Patterns* Hyphenator::patterns(std::string_view language) {
  for (const auto& known : loaded_) {
    if (known->language == language) return known->dict ? known.get() : nullptr;
  }
  auto fresh = std::make_unique<Patterns>();
  fresh->language = language;
  const std::string file = pattern_file(folders_, language);
  if (!file.empty()) fresh->dict.reset(hnj_hyphen_load(file.c_str()));
  loaded_.push_back(std::move(fresh));
  return loaded_.back()->dict ? loaded_.back().get() : nullptr;
}

bool Hyphenator::knows(std::string_view language) { return patterns(language.substr(0, 2)) != nullptr; }

const std::vector<std::size_t>& Hyphenator::points(std::string_view word) {
  const auto found = known_.find(word);
  if (found != known_.end()) return found->second;
  const std::string key(word);
  if (known_.size() > kWordsKept) known_.clear();
  std::vector<std::size_t>& points = known_[key];
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(key);
  const Letters range = letters_of(text);
  const int length = range.end - range.begin;
  if (length < kShortestWord || length > kLongestWord) return points;
  const icu::UnicodeString letters = text.tempSubString(range.begin, length);
  Patterns* rules = patterns(language_of(letters[0]));
  if (rules == nullptr || is_abbreviation(letters)) return points;
  const std::string marks = rules->marks(letters);
  for (int i = kLettersBefore; i <= length - kLettersAfter; ++i) {
    if ((marks[std::size_t(i - 1)] & 1) != 0) points.push_back(utf8_length(text, range.begin + i));
  }
  return points;
}

}  // namespace kaskad::reports::pdf
