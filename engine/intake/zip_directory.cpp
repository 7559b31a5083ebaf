#include "engine/intake/zip_directory.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kaskad::intake {
namespace {

constexpr std::string_view kEndOfDirectory{"PK\x05\x06", 4};
constexpr std::string_view kEnd64{"PK\x06\x06", 4};
constexpr std::string_view kLocator64{"PK\x06\x07", 4};
constexpr std::string_view kEntry{"PK\x01\x02", 4};
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLocatorSize = 20;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kLongestComment = 65535;
constexpr std::uint64_t kIn64 = 0xFFFFFFFF;  ///< The number stands in the zip64 extra field.
constexpr std::uint64_t kTag64 = 1;
/// Deflate packs at best 1032 bytes into one.
constexpr std::uint64_t kBestPacking = 1032;

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) throw std::runtime_error("zip directory cut off");
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

/// The directory: where it starts and how many entries it has.
struct Directory {
  std::uint64_t start = 0;
  std::uint64_t count = 0;
};

Directory find_directory(std::string_view archive) {
  const std::size_t end = find_end(archive);
  const bool large = end >= kLocatorSize && archive.substr(end - kLocatorSize, kLocator64.size()) == kLocator64;
  if (!large) return {little_endian(archive, end + 16, 4), little_endian(archive, end + 10, 2)};
  const std::uint64_t end64 = little_endian(archive, end - kLocatorSize + 8, 8);
  if (end64 >= archive.size() || archive.substr(end64, kEnd64.size()) != kEnd64)
    throw std::runtime_error("no zip64 directory");
  return {little_endian(archive, end64 + 48, 8), little_endian(archive, end64 + 32, 8)};
}

/// Numbers that do not fit into four bytes stand, in this order, in the extra field of tag 1.
void take_from_extra(std::string_view extra, ZipEntry& entry) {
  while (extra.size() >= 4) {
    const std::uint64_t tag = little_endian(extra, 0, 2);
    const std::string_view field = extra.substr(4, little_endian(extra, 2, 2));
    extra.remove_prefix(std::min(extra.size(), field.size() + 4));
    if (tag != kTag64) continue;
    std::size_t at = 0;
    for (std::uint64_t* number : {&entry.unpacked, &entry.packed, &entry.header}) {
      if (*number != kIn64) continue;
      *number = little_endian(field, at, 8);
      at += 8;
    }
  }
}

ZipEntry read_entry(std::string_view archive, std::size_t at) {
  if (at >= archive.size() || archive.substr(at, kEntry.size()) != kEntry) throw std::runtime_error("not a zip entry");
  const std::size_t name_size = little_endian(archive, at + 28, 2);
  const std::size_t extra_size = little_endian(archive, at + 30, 2);
  ZipEntry entry;
  entry.encrypted = (little_endian(archive, at + 8, 2) & 1) != 0;
  entry.crc = static_cast<std::uint32_t>(little_endian(archive, at + 16, 4));
  entry.packed = little_endian(archive, at + 20, 4);
  entry.unpacked = little_endian(archive, at + 24, 4);
  entry.header = little_endian(archive, at + 42, 4);
  const std::string_view rest = archive.substr(at).substr(std::min(kEntrySize, archive.size() - at));
  if (name_size + extra_size > rest.size()) throw std::runtime_error("zip directory cut off");
  entry.name = rest.substr(0, name_size);
  take_from_extra(rest.substr(name_size, extra_size), entry);
  const bool fits = entry.packed <= archive.size() && entry.header <= archive.size() - entry.packed;
  if (!fits || entry.unpacked / kBestPacking > entry.packed + 1) {
    throw std::runtime_error("a zip entry promises what the archive cannot hold");
  }
  return entry;
}

/// Eight bytes at a time: table i takes a byte that stands i bytes before the end.
using CrcTables = std::array<std::array<std::uint32_t, 256>, 8>;

CrcTables crc_tables() {
  CrcTables tables{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xEDB88320U ^ c >> 1 : c >> 1;
    tables[0][i] = c;
  }
  for (std::size_t t = 1; t < tables.size(); ++t) {
    for (std::size_t i = 0; i < 256; ++i) tables[t][i] = tables[t - 1][i] >> 8 ^ tables[0][tables[t - 1][i] & 0xFF];
  }
  return tables;
}

}  // namespace

std::vector<ZipEntry> read_zip_directory(std::string_view archive) {
  const Directory directory = find_directory(archive);
  std::size_t at = directory.start;
  std::vector<ZipEntry> entries;
  for (std::uint64_t i = 0; i < directory.count; ++i) {
    entries.push_back(read_entry(archive, at));
    at += kEntrySize + little_endian(archive, at + 28, 2) + little_endian(archive, at + 30, 2) +
          little_endian(archive, at + 32, 2);
  }
  return entries;
}

std::uint32_t crc32(std::string_view bytes) {
  static const CrcTables tables = crc_tables();
  std::uint32_t crc = ~0U;
  const char* at = bytes.data();
  for (std::size_t left = bytes.size(); left >= 8; left -= 8, at += 8) {
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < 4; ++i)
      next ^= tables[7 - i][(crc >> (8 * i) ^ static_cast<unsigned char>(at[i])) & 0xFF];
    for (std::size_t i = 4; i < 8; ++i) next ^= tables[7 - i][static_cast<unsigned char>(at[i])];
    crc = next;
  }
  for (; at != bytes.data() + bytes.size(); ++at)
    crc = tables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFF] ^ crc >> 8;
  return ~crc;
}

}  // namespace kaskad::intake
