// Finds pupils who stand twice in the same cell, or in one work of two schools, without keeping who they are: only
// keyed 64-bit hashes stay in memory.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/cube/outcome.hpp"

namespace kaskad::intake {

/// A keyed hash of (cell, pupil). The key is drawn anew for each run: hashes cannot be matched with those of a list of
/// names. No output depends on it, because equal hashes only ask for a comparison of the rows themselves.
class PupilHash {
 public:
  static PupilHash with_random_key();
  std::uint64_t operator()(const CellKey& cell, std::string_view pupil) const;

  /// Of a result, in one word: who it is in which work of which year, then the school. Two results of one pupil have
  /// the same leading bits; only in one school they have the same word. With `school_alone` the same text in two
  /// schools is two pupils.
  std::uint64_t of_result(const CellKey& cell, std::string_view pupil, bool school_alone) const;
  static constexpr unsigned kSchoolBits = 20;  ///< Of a SchoolId.
  /// Who it is, of a result's word; never 0.
  static std::uint64_t pupil_of(std::uint64_t of_result) { return of_result >> kSchoolBits; }

 private:
  std::array<std::uint64_t, 2> key_{};
};

/// Hashes as they come, by their leading bits.
class PupilKeys {
 public:
  static constexpr unsigned kPartitionBits = 6;
  static constexpr std::size_t kPartitions = std::size_t{1} << kPartitionBits;

  void add(std::uint64_t hash) {
    Partition& partition = partitions_[hash >> (64 - kPartitionBits)];
    if (partition.used == kBlock * partition.blocks.size()) partition.blocks.emplace_back(new std::uint64_t[kBlock]);
    partition.blocks.back()[partition.used++ % kBlock] = hash;
  }
  std::size_t size() const;
  std::size_t size_of(std::size_t partition) const { return partitions_[partition].used; }
  void append_to(std::size_t partition, std::vector<std::uint64_t>& out) const;

 private:
  static constexpr std::size_t kBlock = 32768;  ///< 256 KiB: blocks of this size go back to the system when freed.
  struct Partition {
    std::vector<std::unique_ptr<std::uint64_t[]>> blocks;
    std::size_t used = 0;
  };
  std::array<Partition, kPartitions> partitions_;
};

/// Both rising.
struct RepeatedPupils {
  std::vector<std::uint64_t> results;  ///< Words of results (PupilHash::of_result) that occur more than once.
  std::vector<std::uint64_t> pupils;   ///< Leading bits that occur with more than one school; empty if too many.
  bool too_many = false;               ///< More results than `most` stand beside a pupil's first school.
};

/// Memory beside the keys: a table of one partition for each thread, and what is found.
RepeatedPupils find_repeated(const std::vector<const PupilKeys*>& keys, std::size_t most, unsigned threads);

}  // namespace kaskad::intake
