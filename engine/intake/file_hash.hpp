// Fingerprint of a file's bytes, for the version mark of a report. Not for secrets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad::intake {

/// XXH64 (Y. Collet, xxHash specification 0.1.1).
std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed);

/// Files are hashed in blocks of this size, so that threads can share the work.
inline constexpr std::size_t kHashBlock = std::size_t{1} << 20;

/// XXH64, seeded with the size, of the little-endian XXH64 of each block (seed 0); 16 hex digits.
std::string hash_of_blocks(const std::vector<std::uint64_t>& block_hashes, std::size_t size);
std::string hash_of(std::string_view bytes);

}  // namespace kaskad::intake
