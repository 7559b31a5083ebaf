// Where a word may be divided at the end of a line: libhyphen with the patterns of given folders.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reports/pdf/text_hash.hpp"

namespace kaskad::reports::pdf {

class Hyphenator {
 public:
  explicit Hyphenator(std::vector<std::string> folders);
  Hyphenator(Hyphenator&&) noexcept;
  Hyphenator& operator=(Hyphenator&&) noexcept;
  ~Hyphenator();

  /// True when there are patterns for the language ("ru", "en").
  bool knows(std::string_view language);
  /// Bytes of `word` (UTF-8, letters with marks around them) before which it may be divided, rising. The alphabet of
  /// the first letter decides whose patterns. At least two letters stay, three go over; figures and abbreviations are
  /// whole.
  const std::vector<std::size_t>& points(std::string_view word);

 private:
  struct Patterns;
  Patterns* patterns(std::string_view language);

  std::vector<std::string> folders_;
  std::vector<std::unique_ptr<Patterns>> loaded_;
  std::unordered_map<std::string, std::vector<std::size_t>, TextHash, std::equal_to<>> known_;
};

}  // namespace kaskad::reports::pdf
