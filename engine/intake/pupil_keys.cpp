#include "engine/intake/pupil_keys.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <random>

#include "engine/base/parallel.hpp"

namespace kaskad::intake {
namespace {

constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;

__extension__ using Wide = unsigned __int128;

/// Both halves of the 128-bit product, folded.
std::uint64_t fold_product(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t eight_bytes(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::uint64_t few_bytes(std::string_view bytes) {
  std::uint64_t word = 0;
  for (const char c : bytes) word = word << 8 | static_cast<unsigned char>(c);
  return word;
}

/// Appends to `out` the hashes of one partition that occur more than once.
void find_repeated(const std::vector<std::uint64_t>& hashes, std::vector<std::uint64_t>& out) {
  std::vector<std::uint64_t> table(std::bit_ceil(2 * hashes.size() + 2), 0);
  const std::size_t mask = table.size() - 1;
  bool zero_seen = false;  // 0 marks a free slot.
  for (const std::uint64_t hash : hashes) {
    if (hash == 0) {
      if (zero_seen) out.push_back(0);
      zero_seen = true;
      continue;
    }
    std::size_t slot = hash & mask;
    while (table[slot] != 0 && table[slot] != hash) slot = (slot + 1) & mask;
    if (table[slot] == hash) out.push_back(hash);
    table[slot] = hash;
  }
}

}  // namespace

PupilHash PupilHash::with_random_key() {
  std::random_device device;
  PupilHash hash;
  for (std::uint64_t& word : hash.key_) word = std::uint64_t{device()} << 32 | device();
  return hash;
}

std::uint64_t PupilHash::operator()(const CellKey& cell, std::string_view pupil) const {
  const std::uint64_t start = fold_product(cell.packed() ^ key_[0], key_[1] | 1) ^ pupil.size();
  if (pupil.size() < 8) return fold_product(start ^ few_bytes(pupil), kOdd ^ key_[0]);
  std::uint64_t hash = start;
  const char* last = pupil.data() + pupil.size() - 8;
  for (const char* at = pupil.data(); at < last; at += 8) hash = fold_product(hash ^ eight_bytes(at), key_[1] | 1);
  // The last eight bytes may lie over some that went before.
  return fold_product(hash ^ eight_bytes(last), kOdd ^ key_[0]);
}

void PupilKeys::append_to(std::size_t partition, std::vector<std::uint64_t>& out) const {
  const Partition& p = partitions_[partition];
  std::size_t left = p.used;
  for (const auto& block : p.blocks) {
    const std::size_t n = std::min(left, kBlock);
    out.insert(out.end(), block.get(), block.get() + n);
    left -= n;
  }
}

std::vector<std::uint64_t> repeated_hashes(const std::vector<const PupilKeys*>& keys, unsigned threads) {
  std::vector<std::vector<std::uint64_t>> repeated(PupilKeys::kPartitions);
  parallel_for(PupilKeys::kPartitions, threads, [&](std::size_t partition) {
    std::size_t n = 0;
    for (const PupilKeys* k : keys) n += k->size_of(partition);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(n);
    for (const PupilKeys* k : keys) k->append_to(partition, hashes);
    find_repeated(hashes, repeated[partition]);
  });
  std::vector<std::uint64_t> all;
  for (const auto& some : repeated) all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace kaskad::intake
