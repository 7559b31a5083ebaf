// What is counted: the kinds of outcome, and the key of a cell.
#pragma once

#include <cassert>
#include <cstdint>
#include <string_view>

namespace kaskad {

/// Kinds of outcome of one pupil in one procedure. All are integers.
enum class Outcome : std::uint8_t { primary, test, mark, journal };
inline constexpr int kOutcomes = 4;
inline constexpr std::string_view kOutcomeNames[kOutcomes] = {"primary", "test", "mark", "journal"};

/// Indexes into the dictionaries of the dataset.
using SchoolId = std::uint32_t;     ///< Into Registry::schools; at most 2^20 - 1.
using ProcedureId = std::uint16_t;  ///< Into Vocabulary::procedures; at most 255.
using SubjectId = std::uint16_t;    ///< Into Vocabulary::subjects; at most 4095.

/// One cell of the cube. Packs into 60 bits, ordered by school, year, procedure, subject, grade.
struct CellKey {
  SchoolId school = 0;
  std::int16_t year = 0;  ///< Calendar year in which the school year ends; 0..4095.
  ProcedureId procedure = 0;
  SubjectId subject = 0;
  std::uint8_t grade = 0;  ///< Class; 0 = not stated.

  std::uint64_t packed() const {
    assert(school < 1U << 20 && year >= 0 && year < 1 << 12 && procedure < 1U << 8 && subject < 1U << 12);
    const auto upper = std::uint64_t{school} << 20 | std::uint64_t{static_cast<std::uint16_t>(year)} << 8 | procedure;
    return upper << 20 | std::uint64_t{subject} << 8 | grade;
  }
  static CellKey unpack(std::uint64_t packed);
  friend bool operator==(const CellKey&, const CellKey&) = default;
  friend bool operator<(const CellKey& a, const CellKey& b) { return a.packed() < b.packed(); }
};

}  // namespace kaskad
