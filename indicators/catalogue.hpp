// The catalogue: indicators as tables of TOML, from indicators/catalogue/indicators.toml and from the project.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/cube/outcome.hpp"
#include "engine/intake/dataset.hpp"
#include "indicators/formula.hpp"

namespace kaskad {

enum class IndicatorKind : std::uint8_t {
  share,   ///< Of pupils for whom the formula is not 0; Wilson's interval.
  mean,    ///< Of the formula; Student's interval.
  sd,      ///< SD of the formula over pupils (n − 1); no interval.
  rate,    ///< Pupils for whom the formula is not 0, per 100 of a context total; exact Poisson interval.
  gap,     ///< Mean of the formula in the best tenth of schools over that in the worst tenth; region only.
  spread,  ///< SD of schools' means of the formula; region only.
};
inline constexpr std::array<std::string_view, 6> kIndicatorKindNames = {"share", "mean", "sd", "rate", "gap", "spread"};

enum class IndicatorUnit : std::uint8_t { percent, score, points, count, per_hundred, ratio };
inline constexpr std::array<std::string_view, 6> kIndicatorUnitNames = {"percent", "score",       "points",
                                                                        "count",   "per_hundred", "ratio"};

enum class Direction : std::uint8_t { none, up, down };
inline constexpr std::array<std::string_view, 3> kDirectionNames = {"none", "up", "down"};

struct Indicator {
  std::string id;
  Names name;
  Names short_name;  ///< For heads of tables; the name when absent.
  IndicatorKind kind = IndicatorKind::share;
  Outcome outcome = Outcome::mark;
  Formula formula;
  std::string per;  ///< Context field, for rates.
  IndicatorUnit unit = IndicatorUnit::percent;
  std::shared_ptr<const UnitNames> own_unit;  ///< Of the scales that it is read from; null: the words of `unit`.
  int decimals = 1;
  Direction direction = Direction::up;
  std::int64_t minimum_n = 0;
  std::vector<std::string> procedures;  ///< Empty = all that have the outcome, olympiads excepted.
  std::vector<std::string> subjects;    ///< Empty = all.
  bool all_subjects = false;            ///< Also over all subjects of a procedure and grade together.
  Names source;                         ///< Who defines it so, or the definition in words.
};

/// Reads [[indicator]] tables; defects go to `out`.
std::vector<Indicator> read_indicators(const std::vector<const ConfigNode*>& tables, const std::string& file,
                                       Diagnostics& out);

/// Gives indicators in scores the unit of their scales, where all of those named by procedures and subjects share one.
void name_units(const Vocabulary& vocabulary, std::vector<Indicator>& indicators);

/// Reads [[procedure]], [[subject]], [[school_type]], [[unit]] and [[scale]] into the vocabulary; entries of the same
/// id replace earlier ones.
void read_vocabulary(ConfigReader& root, Vocabulary& vocabulary);

/// Reads [[context_field]] tables.
std::vector<ContextField> read_context_fields(const std::vector<const ConfigNode*>& tables, const std::string& file,
                                              Diagnostics& out);

}  // namespace kaskad
