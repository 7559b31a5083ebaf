#include "engine/intake/zip_directory.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kaskad::intake {
namespace {

constexpr std::string_view kEndOfDirectory{"PK\x05\x06", 4};
constexpr std::string_view kEntry{"PK\x01\x02", 4};
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kLongestComment = 65535;
constexpr std::uint64_t kMostOfAPart = std::uint64_t{2} << 30;
/// Deflate packs at best 1032 bytes into one.
constexpr std::uint64_t kBestPacking = 1032;

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at + size > bytes.size()) throw std::runtime_error("zip directory cut off");
  std::uint64_t number = 0;
  for (std::size_t i = size; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

std::size_t find_end(std::string_view archive) {
  const std::size_t from = archive.size() - std::min(archive.size(), kEndSize + kLongestComment);
  const std::size_t end = archive.rfind(kEndOfDirectory);
  if (end == std::string_view::npos || end < from) throw std::runtime_error("no zip directory");
  return end;
}

ZipEntry read_entry(std::string_view archive, std::size_t at) {
  if (archive.substr(at, kEntry.size()) != kEntry) throw std::runtime_error("not a zip entry");
  ZipEntry entry;
  entry.crc = static_cast<std::uint32_t>(little_endian(archive, at + 16, 4));
  entry.packed = little_endian(archive, at + 20, 4);
  entry.unpacked = little_endian(archive, at + 24, 4);
  const std::uint64_t header = little_endian(archive, at + 42, 4);
  const bool fits = entry.packed <= archive.size() && header + entry.packed <= archive.size();
  if (!fits || entry.unpacked > kBestPacking * (entry.packed + 1) || entry.unpacked > kMostOfAPart) {
    throw std::runtime_error("a zip entry promises what the archive cannot hold");
  }
  entry.name = archive.substr(at + kEntrySize, little_endian(archive, at + 28, 2));
  return entry;
}

std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xEDB88320U ^ c >> 1 : c >> 1;
    table[i] = c;
  }
  return table;
}

}  // namespace

std::vector<ZipEntry> read_zip_directory(std::string_view archive) {
  const std::size_t end = find_end(archive);
  const std::uint64_t count = little_endian(archive, end + 10, 2);
  std::size_t at = little_endian(archive, end + 16, 4);
  std::vector<ZipEntry> entries;
  for (std::uint64_t i = 0; i < count; ++i) {
    entries.push_back(read_entry(archive, at));
    at += kEntrySize + little_endian(archive, at + 28, 2) + little_endian(archive, at + 30, 2) +
          little_endian(archive, at + 32, 2);
  }
  return entries;
}

std::uint32_t crc32(std::string_view bytes) {
  const std::array<std::uint32_t, 256> table = crc_table();
  std::uint32_t crc = ~0U;
  for (const char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xFF] ^ crc >> 8;
  return ~crc;
}

}  // namespace kaskad::intake
