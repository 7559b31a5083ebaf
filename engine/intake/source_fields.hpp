// Which fields each kind of source may give: one table for the reader of the project file, the intake and its
// diagnostics. The readers name places in it by enumerators, in this order.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "engine/intake/source.hpp"

namespace kaskad {

struct SourceField {
  std::string_view name;
  bool required = false;  ///< By a column or a constant.
};

inline constexpr std::array<SourceField, 6> kRegistryFields = {
    {{"school", true}, {"name"}, {"municipality"}, {"type"}, {"rural"}, {"small"}}};
/// A wide file's results may each give their own procedure and subject. At least one of the last four must be there.
inline constexpr std::array<SourceField, 11> kResultFields = {{{"school", true},
                                                               {"year", true},
                                                               {"procedure", true},
                                                               {"subject", true},
                                                               {"grade"},
                                                               {"pupil"},
                                                               {"absent"},
                                                               {"primary"},
                                                               {"test"},
                                                               {"mark"},
                                                               {"journal"}}};
/// n2…n5 are pupils by mark, p2…p5 percents; `outcome` says of what the mean and the SD are.
inline constexpr std::array<SourceField, 17> kSummaryFields = {{{"school", true},
                                                                {"year", true},
                                                                {"procedure", true},
                                                                {"subject", true},
                                                                {"grade"},
                                                                {"n", true},
                                                                {"mean"},
                                                                {"sd"},
                                                                {"outcome"},
                                                                {"n2"},
                                                                {"n3"},
                                                                {"n4"},
                                                                {"n5"},
                                                                {"p2"},
                                                                {"p3"},
                                                                {"p4"},
                                                                {"p5"}}};
/// And any field of Context::fields.
inline constexpr std::array<SourceField, 2> kContextFields = {{{"school", true}, {"year"}}};
inline constexpr std::array<SourceField, 4> kGroupFields = {{{"school", true}, {"role", true}, {"from"}, {"to"}}};
/// `partner` helps the school; or all focus schools of a `pair` are partnered with its other schools.
inline constexpr std::array<SourceField, 3> kPartnerFields = {{{"school", true}, {"partner"}, {"pair"}}};
inline constexpr std::array<SourceField, 4> kProgrammeFields = {
    {{"programme", true}, {"level", true}, {"owner"}, {"name"}}};
inline constexpr std::array<SourceField, 8> kEvidenceFields = {{{"programme", true},
                                                                {"wave", true},
                                                                {"criterion", true},
                                                                {"score", true},
                                                                {"rater"},
                                                                {"document"},
                                                                {"date"},
                                                                {"reliable"}}};

/// Rows of `school` from year to year belong to `successor`, which the registry has.
inline constexpr std::array<SourceField, 4> kCrosswalkFields = {
    {{"school", true}, {"successor", true}, {"from"}, {"to"}}};
/// What is measured by each task of a work, and how hard it is.
inline constexpr std::array<SourceField, 8> kTaskFields = {{{"procedure", true},
                                                            {"year", true},
                                                            {"subject", true},
                                                            {"grade"},
                                                            {"task", true},
                                                            {"maximum"},
                                                            {"level"},
                                                            {"skill"}}};

/// Context sources may also give any declared context field.
constexpr std::span<const SourceField> fields_of(SourceKind kind) {
  constexpr std::array<std::span<const SourceField>, 11> kByKind = {
      kRegistryFields,  kResultFields,   kSummaryFields,   kContextFields, kGroupFields, kPartnerFields,
      kProgrammeFields, kEvidenceFields, kCrosswalkFields, kTaskFields,    kResultFields};
  return kByKind[static_cast<std::size_t>(kind)];
}

}  // namespace kaskad
