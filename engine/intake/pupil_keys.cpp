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

/// Words other than 0, told apart by what is left of them after a shift. Open addressing.
class WordSet {
 public:
  WordSet(unsigned shift, std::size_t room) : shift_(shift), slots_(std::bit_ceil(2 * room + 2), 0) {}

  /// The word that has stood there before; 0 when this one is new.
  std::uint64_t insert(std::uint64_t word) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    std::uint64_t& slot = slot_of(word);
    if (slot != 0) return slot;
    slot = word;
    ++used_;
    return 0;
  }

 private:
  std::uint64_t& slot_of(std::uint64_t word) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (word >> shift_) * kOdd >> std::countl_zero(mask);
    while (slots_[at] != 0 && slots_[at] >> shift_ != word >> shift_) at = (at + 1) & mask;
    return slots_[at];
  }
  void grow() {
    std::vector<std::uint64_t> old(2 * slots_.size(), 0);
    old.swap(slots_);
    for (const std::uint64_t word : old) {
      if (word != 0) slot_of(word) = word;
    }
  }

  unsigned shift_;
  std::size_t used_ = 0;
  std::vector<std::uint64_t> slots_;
};

/// One partition's words.
struct PartitionSearch {
  std::size_t most = 0;
  RepeatedPupils found = {};
  std::size_t elsewhere = 0;  ///< Results beside a pupil's first school.

  void run(const std::vector<std::uint64_t>& words) {
    WordSet firsts(PupilHash::kSchoolBits, words.size());
    WordSet others(0, 0), several(0, 0);  // Beside the first school; pupils told already.
    for (const std::uint64_t word : words) {
      const std::uint64_t first = firsts.insert(word);
      if (first == 0) continue;
      if (first == word || others.insert(word) != 0) {
        found.results.push_back(word);
        continue;
      }
      if (++elsewhere <= most && several.insert(PupilHash::pupil_of(word)) == 0)
        found.pupils.push_back(PupilHash::pupil_of(word));
    }
  }
};

void sort_distinct(std::vector<std::uint64_t>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
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

std::uint64_t PupilHash::of_result(const CellKey& cell, std::string_view pupil, bool school_alone) const {
  CellKey work = cell;
  if (!school_alone) work.school = 0;
  const std::uint64_t who = std::max<std::uint64_t>(1, (*this)(work, pupil) >> kSchoolBits);
  return who << kSchoolBits | cell.school;
}

std::size_t PupilKeys::size() const {
  std::size_t n = 0;
  for (const Partition& p : partitions_) n += p.used;
  return n;
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

RepeatedPupils find_repeated(const std::vector<const PupilKeys*>& keys, std::size_t most, unsigned threads) {
  std::vector<PartitionSearch> searches(PupilKeys::kPartitions, PartitionSearch{most});
  parallel_for(PupilKeys::kPartitions, threads, [&](std::size_t partition) {
    std::size_t n = 0;
    for (const PupilKeys* k : keys) n += k->size_of(partition);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(n);
    for (const PupilKeys* k : keys) k->append_to(partition, hashes);
    searches[partition].run(hashes);
  });
  RepeatedPupils all;
  std::size_t elsewhere = 0;
  for (const PartitionSearch& search : searches) {
    all.results.insert(all.results.end(), search.found.results.begin(), search.found.results.end());
    elsewhere += search.elsewhere;
    if (elsewhere <= most) all.pupils.insert(all.pupils.end(), search.found.pupils.begin(), search.found.pupils.end());
  }
  sort_distinct(all.results);
  sort_distinct(all.pupils);
  all.too_many = elsewhere > most;
  if (all.too_many) all.pupils.clear();
  return all;
}

}  // namespace kaskad::intake
