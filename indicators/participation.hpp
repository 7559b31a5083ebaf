// The registry of programmes: which schools take part, go on and have completed in each school year, with the rule of
// «процент завершивших» named; and what became of the schools that were supported. docs/methods/registry.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "indicators/figures.hpp"
#include "indicators/identify/identification.hpp"

namespace kaskad {

/// Which schools of a year stand above the line of the percentage.
enum class CompletedWhat : std::uint8_t { completed, completed_or_goes_on };
inline constexpr std::array<std::string_view, 2> kCompletedWhatNames = {"completed", "completed_or_goes_on"};
enum class CompletedWhen : std::uint8_t { in_year, so_far };
inline constexpr std::array<std::string_view, 2> kCompletedWhenNames = {"in_year", "so_far"};
/// Which schools stand below it.
enum class CompletedOf : std::uint8_t {
  first_list,  ///< Take part in the first year of the programme.
  same_year,   ///< Are in the programme in the year, in any state but left.
  ever         ///< Have been in it up to the year.
};
inline constexpr std::array<std::string_view, 3> kCompletedOfNames = {"first_list", "same_year", "ever"};

struct CompletionRule {
  CompletedWhat what = CompletedWhat::completed;
  CompletedWhen when = CompletedWhen::so_far;
  CompletedOf of = CompletedOf::ever;
  /// Above the line only schools that stand below it, too. Without it the figure is a ratio, no share: it may count
  /// schools that are not in the denominator, and exceed 100 %.
  bool only_of = true;

  friend bool operator==(const CompletionRule&, const CompletionRule&) = default;
};

/// A percentage that the office has printed, to be compared with.
struct StatedCompletion {
  std::string programme;  ///< Id; empty = the only one.
  int year = 0;
  double percent = 0;
};

/// What became of the schools supported in some years.
struct OutcomeSettings {
  bool on = false;
  std::string programme;  ///< Id; empty = all, or the focus group where nobody takes part in a programme.
  int first_year = 0;     ///< Of support.
  int last_year = 0;
  int index_from = 0;  ///< Identifications by their year; 0 = the first and the last.
  int index_to = 0;
  IndexOutcome quality;      ///< Whose rise counts as raised; empty = the first headline.
  std::string quality_from;  ///< Periods; empty = the entry and the final wave.
  std::string quality_to;
  int group_year = 0;  ///< In which schools are still in the focus group; 0 = the project's last.
};

struct RegistrySettings {
  CompletionRule rule;
  std::vector<StatedCompletion> stated;
  OutcomeSettings outcome;
};

/// Reads a project's [registry] over what `settings` holds. Ids are not looked up here.
void read_registry(ConfigReader& reader, RegistrySettings& settings);

struct ParticipationYear {
  int year = 0;
  std::array<std::vector<SchoolId>, 4> schools;  ///< By ParticipationState, rising, each once.
  std::vector<SchoolId> above, below;            ///< The line of the percentage by the project's rule.
  std::vector<SchoolId> strangers;               ///< Above, not below: then the figure is no share.
  std::optional<double> percent;                 ///< Nothing when nobody is below.
  std::optional<double> stated;

  const std::vector<SchoolId>& in(ParticipationState state) const { return schools[static_cast<std::size_t>(state)]; }
};

struct ProgrammeRegister {
  std::size_t programme = 0;  ///< Into Dataset::programmes.
  std::vector<ParticipationYear> years;
  std::vector<SchoolId> ever;
  bool agrees = true;                         ///< With everything stated, to the percent.
  std::vector<CompletionRule> reproduced_by;  ///< Rules that give everything stated; empty = no one rule does.
};

/// Supported schools in the order of their ids, and those of whom each is true.
struct SupportOutcome {
  Undefined reason = Undefined::no_data;  ///< Not none: there is nobody.
  std::vector<SchoolId> supported;
  std::optional<std::size_t> index_from, index_to;  ///< Into SocialIndex::times.
  std::vector<SchoolId> at_risk_before;             ///< In the lowest groups at first.
  std::vector<SchoolId> left_risk;                  ///< And not at last.
  std::vector<SchoolId> index_unknown;              ///< Not ranked in one of them.
  std::optional<std::size_t> series;                ///< Of quality.
  std::string quality_from, quality_to;
  std::vector<SchoolId> raised;  ///< The value is better.
  std::vector<SchoolId> shown;   ///< Of them by the interval, too.
  std::vector<SchoolId> quality_unknown;
  int group_year = 0;
  std::vector<SchoolId> stayed;  ///< In the focus group.
};

struct Registers {
  RegistrySettings settings;
  std::vector<ProgrammeRegister> programmes;  ///< With participation, in the order of programmes.
  SupportOutcome outcome;
};

/// `quality` is the series of OutcomeSettings::quality.
Registers make_registers(const Dataset& data, const Figures& figures, const Identification& identification,
                         std::optional<std::size_t> quality, const RegistrySettings& settings);

/// The percentages of one programme by a rule, in the order of its years.
std::vector<std::optional<double>> completion_by(const std::vector<ParticipationYear>& years,
                                                 const CompletionRule& rule);

/// Warnings: completed or going on before taking part, in the programme after completing it, two states that exclude
/// each other in one year, years outside the programme's term. They name both rows.
Diagnostics check_participation(const Dataset& data);

/// Warnings: programmes that nobody registered, percentages stated for years without participation.
Diagnostics check_registry(const Dataset& data, const RegistrySettings& settings);

}  // namespace kaskad
