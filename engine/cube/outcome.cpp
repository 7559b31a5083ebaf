#include "engine/cube/outcome.hpp"

namespace kaskad {
namespace {

constexpr unsigned kGradeBits = 8;
constexpr unsigned kSubjectBits = 12;
constexpr unsigned kProcedureBits = 8;
constexpr unsigned kYearBits = 12;

constexpr std::uint64_t low_bits(std::uint64_t packed, unsigned bits) {
  return packed & ((std::uint64_t{1} << bits) - 1);
}

}  // namespace

CellKey CellKey::unpack(std::uint64_t packed) {
  CellKey key;
  key.grade = static_cast<std::uint8_t>(low_bits(packed, kGradeBits));
  packed >>= kGradeBits;
  key.subject = static_cast<SubjectId>(low_bits(packed, kSubjectBits));
  packed >>= kSubjectBits;
  key.procedure = static_cast<ProcedureId>(low_bits(packed, kProcedureBits));
  packed >>= kProcedureBits;
  key.year = static_cast<std::int16_t>(low_bits(packed, kYearBits));
  key.school = static_cast<SchoolId>(packed >> kYearBits);
  return key;
}

}  // namespace kaskad
