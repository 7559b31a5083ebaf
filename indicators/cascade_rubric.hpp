// The rubric of a cascade: stages in strict order and the components of each. Configuration; the shipped one is
// indicators/catalogue/cascade.toml, docs/methods/cascade.md says how it is used.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad {

/// Who acts in a school.
enum class SchoolGroup : std::uint8_t { managers, teachers, pupils };
inline constexpr std::array<std::string_view, 3> kSchoolGroupNames = {"managers", "teachers", "pupils"};

struct CascadeStage {
  std::string id;
  std::string number;  ///< As the office counts, "I"; may be empty.
  Names name;
  std::vector<std::string> synonyms;
  std::string from, to;  ///< Plan, ISO dates; may be empty.
};

struct CascadeComponent {
  std::string id;
  std::string number;
  Names name;
  std::vector<std::string> synonyms;
  std::size_t stage = 0;            ///< Into CascadeRubric::stages.
  std::vector<OwnerLevel> levels;   ///< Who has to complete it.
  std::vector<SchoolGroup> groups;  ///< Whose reports a school needs; empty = one for all of the school.
};

/// Which schools take part in the cascade.
enum class ParticipantRule : std::uint8_t {
  automatic,      ///< The first of the others that the data have.
  participation,  ///< Those that take part in the school year, or in the last one before it that has rows.
  focus,          ///< The focus group of the school year; of the project's first or last one outside them.
  reported        ///< Those that reports speak of.
};
inline constexpr std::array<std::string_view, 4> kParticipantRuleNames = {"automatic", "participation", "focus",
                                                                          "reported"};

struct CascadeRubric {
  double complete = 1;    ///< Score from which a component is complete.
  double gate_share = 1;  ///< Of the participants below that must have finished before one moves on.
  ParticipantRule participants = ParticipantRule::automatic;
  std::vector<CascadeStage> stages;
  std::vector<CascadeComponent> components;  ///< None: stages have terms and measures, nothing is judged.

  /// By id, number, name in any language or synonym; without regard to case.
  std::optional<std::size_t> find_stage(std::string_view text) const;
  std::optional<std::size_t> find_component(std::string_view text) const;
};

/// Word in `to` of a decision for a participant that has finished the last stage.
inline constexpr std::string_view kCascadeFinished = "finished";
/// As find_stage, and stages.size() for the word that ends the cascade.
std::optional<std::size_t> stage_or_end(const CascadeRubric& rubric, std::string_view text);

/// Reads a rubric file; defects (no stages, two of one id, a component of an unknown stage …) go to `out`.
CascadeRubric read_cascade_rubric(std::string_view toml, const std::string& file, Diagnostics& out);

/// The keys `complete`, `gate_share` and `participants`, of a rubric's [rules] or of a project's [cascade].
void read_cascade_rules(ConfigReader& reader, CascadeRubric& rubric);

/// [[term]] tables of a project: plan dates of stages, over those of the rubric.
void read_cascade_terms(const std::vector<const ConfigNode*>& tables, const std::string& file, CascadeRubric& rubric,
                        Diagnostics& out);

}  // namespace kaskad
