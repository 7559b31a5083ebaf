// Delimited text by RFC 4180, cut into records without copying.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad::intake {

/// A quoted field that runs over more line breaks or bytes than this has lost its closing quote.
inline constexpr int kMostQuotedLines = 10;
inline constexpr std::size_t kMostQuotedBytes = 16 * 1024;

/// Finds delimiters and line feeds, 64 bytes at a time.
class MarkFinder {
 public:
  MarkFinder(const char* begin, const char* end, char delimiter);
  void seek(const char* to);
  /// The next mark, or the end.
  const char* next() {
    while (marks_ == 0) {
      if (block_ == nullptr || end_ - block_ <= 64) return end_;
      seek(block_ + 64);
    }
    const char* found = block_ + std::countr_zero(marks_);
    marks_ &= marks_ - 1;
    return found;
  }

 private:
  const char* end_;
  char delimiter_;
  const char* block_ = nullptr;
  std::uint64_t marks_ = 0;
};

/// Quotes matter only at the start of a field. Inside, "" is a quote; a quote that neither doubles nor ends the field
/// is taken literally on the field's first line, so that «"Школа "Радуга" № 5"» is read as meant. A quote that is not
/// closed in time spoils its own record only: the scan resumes on the line after the quote.
class CsvScanner {
 public:
  CsvScanner(std::string_view bytes, char delimiter);

  bool next();
  const std::vector<std::string_view>& buffer() const { return fields_; }
  std::size_t size() const { return size_; }
  const char* record() const { return record_; }  ///< Where it starts.
  const char* position() const { return at_; }    ///< Where the next one starts.
  bool blank() const { return blank_; }           ///< Nothing but delimiters and spaces.
  int unclosed_column() const { return unclosed_column_; }

 private:
  struct Quoted {
    const char* closing = nullptr;  ///< Null when it is never closed.
    bool doubled = false;
  };
  Quoted find_closing(const char* content) const;
  bool ends_field(const char* after_quote) const;
  const char* quoted_field(const char* quote);
  void push(std::string_view field) {
    if (size_ == fields_.size()) fields_.resize(2 * size_);
    fields_[size_++] = field;
  }
  void resume_after_line_of(const char* quote);

  const char* end_;
  char delimiter_;
  const char* at_;
  const char* record_ = nullptr;
  MarkFinder finder_;
  std::vector<std::string_view> fields_;
  std::size_t size_ = 0;
  std::deque<std::string> unescaped_;
  bool blank_ = false;
  int unclosed_column_ = 0;
};

}  // namespace kaskad::intake
