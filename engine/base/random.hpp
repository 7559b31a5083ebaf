// Counter-based random numbers: a draw is a function of (seed, stream, counter), so any thread may make any draw.
// Philox 4x32-10: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
#pragma once

#include <array>
#include <cstdint>

namespace kaskad {

/// One Philox 4x32-10 block: 128 random bits for a 128-bit counter and a 64-bit key.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// A stream of draws; copying it copies its position. Streams of different ids are independent.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t stream);

  std::uint64_t bits();
  double uniform();                          ///< In (0, 1), 53 bits.
  std::uint64_t below(std::uint64_t bound);  ///< In [0, bound), unbiased. bound > 0.
  double normal();                           ///< Mean 0, SD 1 (Box and Muller 1958).

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint64_t stream_;
  std::uint64_t counter_ = 0;
  std::uint64_t spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace kaskad
