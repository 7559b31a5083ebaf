// The central directory of a zip archive (APPNOTE.TXT 6.3), read before anything is unpacked: what it promises is
// checked against the archive's size, so that a torn byte cannot ask for gigabytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad::intake {

struct ZipEntry {
  std::string name;
  std::uint32_t crc = 0;
  bool encrypted = false;      ///< Needs a password.
  std::uint64_t packed = 0;    ///< Bytes in the archive.
  std::uint64_t unpacked = 0;  ///< Bytes of the part.
  std::uint64_t header = 0;    ///< Offset of its local header.
};

/// Throws std::runtime_error when the directory is not whole or promises more than the archive can hold.
std::vector<ZipEntry> read_zip_directory(std::string_view archive);

/// CRC-32 of ISO 3309, as in zip.
std::uint32_t crc32(std::string_view bytes);

}  // namespace kaskad::intake
