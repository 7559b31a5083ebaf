// Random draws that come out the same on every machine: bits by counter, and a bell made of whole numbers.
#pragma once

#include <cstdint>

#include "engine/base/random.hpp"

namespace kaskad::demo {

/// What a stream is for; part of its number, so that no two uses share draws.
enum class Purpose : std::uint8_t {
  layout,
  school,
  year,
  cohort,
  pupils,
  groups,
  olympiads,
  programmes,
  summaries,
  tasks
};

/// The stream of one use: `a` below 2^32 (a school, a programme), `b` and `c` below 2^12 (a year, a grade).
inline RandomStream stream_of(std::uint64_t seed, Purpose purpose, std::uint64_t a = 0, std::uint64_t b = 0,
                              std::uint64_t c = 0) {
  return RandomStream(seed, (static_cast<std::uint64_t>(purpose) << 56) | (a << 24) | (b << 12) | c);
}

/// Mean 0, SD 1, within ± 3.47: the sum of four 16-bit draws (Irwin–Hall), near enough to a normal for made-up pupils,
/// and without a logarithm or cosine, whose last digit differs between machines.
inline double bell(RandomStream& random) {
  const std::uint64_t bits = random.bits();
  const std::uint64_t sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
  constexpr double kMean = 131070.0;
  constexpr double kSd = 37837.22;  // √(4 (65536² − 1) / 12)
  return (static_cast<double>(sum) - kMean) / kSd;
}

/// True in `percent` of 100 draws.
inline bool happens(RandomStream& random, int percent) {
  return random.below(100) < static_cast<std::uint64_t>(percent);
}

}  // namespace kaskad::demo
