#include "engine/intake/csv_scanner.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <cstring>

namespace kaskad::intake {
namespace {

#ifdef __SSE2__
std::uint64_t marks_of_sixteen(const char* at, __m128i delimiter, __m128i line_feed) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, line_feed));
  return static_cast<std::uint16_t>(_mm_movemask_epi8(found));
}

std::uint64_t marks_of_block(const char* at, char delimiter) {
  const __m128i d = _mm_set1_epi8(delimiter);
  const __m128i n = _mm_set1_epi8('\n');
  return marks_of_sixteen(at, d, n) | marks_of_sixteen(at + 16, d, n) << 16 | marks_of_sixteen(at + 32, d, n) << 32 |
         marks_of_sixteen(at + 48, d, n) << 48;
}
#else
std::uint64_t marks_of_block(const char* at, char delimiter) {
  std::uint64_t marks = 0;
  for (unsigned i = 0; i < 64; ++i) marks |= std::uint64_t{at[i] == delimiter || at[i] == '\n'} << i;
  return marks;
}
#endif

bool is_blank(std::string_view text, char delimiter) {
  return std::all_of(text.begin(), text.end(),
                     [=](char c) { return c == delimiter || c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

std::string without_doubled_quotes(std::string_view text) {
  std::string single;
  single.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    single += text[i];
    if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') ++i;
  }
  return single;
}

}  // namespace

MarkFinder::MarkFinder(const char* begin, const char* end, char delimiter) : end_(end), delimiter_(delimiter) {
  seek(begin);
}

void MarkFinder::seek(const char* to) {
  block_ = to;
  marks_ = 0;
  if (to == end_) return;
  const auto left = static_cast<std::size_t>(end_ - to);
  if (left >= 64) {
    marks_ = marks_of_block(to, delimiter_);
    return;
  }
  std::array<char, 64> padded{};
  std::memcpy(padded.data(), to, left);
  marks_ = marks_of_block(padded.data(), delimiter_);
}

CsvScanner::CsvScanner(std::string_view bytes, char delimiter)
    : end_(bytes.data() + bytes.size()),
      delimiter_(delimiter),
      at_(bytes.data()),
      finder_(bytes.data(), end_, delimiter),
      fields_(16) {}

bool CsvScanner::next() {
  if (at_ == end_) return false;
  record_ = at_;
  size_ = 0;
  unclosed_column_ = 0;
  if (!unescaped_.empty()) unescaped_.clear();
  const char* field = at_;
  const char* stop = nullptr;
  do {
    if (field != end_ && *field == '"') {
      stop = quoted_field(field);
      if (stop == nullptr) return true;
    } else {
      stop = finder_.next();
      push({field, static_cast<std::size_t>(stop - field)});
    }
    field = stop + 1;
  } while (stop != end_ && *stop != '\n');
  at_ = stop == end_ ? end_ : field;
  // A blank record has as many bytes as it has delimiters, or few more; only such a short one is worth a look.
  const auto length = static_cast<std::size_t>(stop - record_);
  blank_ = length <= 2 * size_ && is_blank({record_, length}, delimiter_);
  return true;
}

bool CsvScanner::ends_field(const char* after_quote) const {
  if (after_quote != end_ && *after_quote == '\r') ++after_quote;
  return after_quote == end_ || *after_quote == delimiter_ || *after_quote == '\n';
}

CsvScanner::Quoted CsvScanner::find_closing(const char* content) const {
  Quoted quoted;
  int lines = 0;
  const char* limit = content + std::min(static_cast<std::size_t>(end_ - content), kMostQuotedBytes);
  for (const char* at = content; at != limit; ++at) {
    if (*at == '\n' && ++lines > kMostQuotedLines) return {};
    if (*at != '"') continue;
    if (at + 1 != end_ && at[1] == '"') {
      quoted.doubled = true;
      if (++at == limit) return {};
      continue;
    }
    if (ends_field(at + 1)) {
      quoted.closing = at;
      return quoted;
    }
    // Text after a closing quote on a later line: that was the opening quote of another record.
    if (lines > 0) return {};
  }
  return {};
}

/// Pushes the field and returns the mark behind it; null when the quote is not closed.
const char* CsvScanner::quoted_field(const char* quote) {
  const char* content = quote + 1;
  const Quoted quoted = find_closing(content);
  if (quoted.closing == nullptr) {
    unclosed_column_ = static_cast<int>(size_) + 1;
    blank_ = false;
    resume_after_line_of(quote);
    return nullptr;
  }
  std::string_view text(content, static_cast<std::size_t>(quoted.closing - content));
  if (quoted.doubled) text = unescaped_.emplace_back(without_doubled_quotes(text));
  push(text);
  const char* stop = quoted.closing + 1;
  if (stop != end_ && *stop == '\r') ++stop;
  finder_.seek(stop == end_ ? end_ : stop + 1);
  return stop;
}

void CsvScanner::resume_after_line_of(const char* quote) {
  const void* line_feed = std::memchr(quote, '\n', static_cast<std::size_t>(end_ - quote));
  at_ = line_feed == nullptr ? end_ : static_cast<const char*>(line_feed) + 1;
  finder_.seek(at_);
}

}  // namespace kaskad::intake
