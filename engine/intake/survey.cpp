#include "engine/intake/survey.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "engine/base/parallel.hpp"
#include "engine/base/text.hpp"
#include "engine/intake/file_hash.hpp"

namespace kaskad::intake {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

std::uint64_t word_at(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// Offset of the first byte above 127 at or after `from`.
std::size_t skip_ascii(std::string_view bytes, std::size_t from) {
  const char* at = bytes.data();
  for (; from + 32 <= bytes.size(); from += 32) {
    const std::uint64_t all =
        word_at(at + from) | word_at(at + from + 8) | word_at(at + from + 16) | word_at(at + from + 24);
    if ((all & kHighBits) != 0) break;
  }
  while (from < bytes.size() && (static_cast<unsigned char>(at[from]) & 0x80) == 0) ++from;
  return from;
}

/// End of the stretch of text that starts at `from` and ends before 8 bytes of ASCII.
std::size_t end_of_stretch(std::string_view bytes, std::size_t from) {
  while (from + 8 <= bytes.size() && (word_at(bytes.data() + from) & kHighBits) != 0) from += 8;
  if (from + 8 > bytes.size()) return bytes.size();
  return from;
}

std::optional<std::size_t> first_not_utf8(std::string_view bytes) {
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size();) {
    const std::size_t end = end_of_stretch(bytes, at);
    if (const auto wrong = first_invalid_utf8(bytes.substr(at, end - at))) return at + *wrong;
    at = skip_ascii(bytes, end);
  }
  return std::nullopt;
}

/// Start of the character that lies over a block's border, if one does.
std::size_t to_character(std::string_view bytes, std::size_t at) {
  for (int i = 0; i < 3 && at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80; ++i) ++at;
  return std::min(at, bytes.size());
}

}  // namespace

Survey survey_bytes(std::string_view bytes, unsigned threads, bool mapped) {
  const std::size_t blocks = (bytes.size() + kHashBlock - 1) / kHashBlock;
  std::vector<std::uint64_t> hashes(blocks);
  std::vector<std::optional<std::size_t>> wrong(blocks);
  parallel_for(blocks, threads, [&](std::size_t i) {
    const std::string_view block = bytes.substr(i * kHashBlock, kHashBlock);
    hashes[i] = xxh64(block, 0);
    const std::size_t from = i == 0 ? 0 : to_character(bytes, i * kHashBlock);
    const std::size_t to = to_character(bytes, std::min((i + 1) * kHashBlock, bytes.size()));
    if (const auto at = first_not_utf8(bytes.substr(from, to - from))) wrong[i] = from + *at;
    if (mapped) release_pages(block);
  });
  Survey survey;
  survey.hash = hash_of_blocks(hashes, bytes.size());
  const auto first = std::find_if(wrong.begin(), wrong.end(), [](const auto& at) { return at.has_value(); });
  if (first != wrong.end()) survey.first_not_utf8 = *first;
  return survey;
}

void release_pages(std::string_view bytes) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data());
  const std::uintptr_t from = (begin + page - 1) / page * page;
  const std::uintptr_t to = (begin + bytes.size()) / page * page;
  // Advice only: a refusal changes nothing but the memory in use.
  if (from < to) madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED);
}

}  // namespace kaskad::intake
