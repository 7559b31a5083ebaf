// How programmes moved between levels of maturity from wave to wave, and what those that went down have lost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "indicators/maturity.hpp"

namespace kaskad {

/// One programme from one of its rated waves to the next.
struct MaturityMove {
  std::size_t programme = 0;
  std::size_t from = 0, to = 0;  ///< Into the ratings.
};

/// Which way it went; `unknown` where it was not rated in one of the waves.
enum class MaturityStep : std::uint8_t { up, same, down, unknown };
inline constexpr std::array<std::string_view, 4> kMaturityStepNames = {"up", "same", "down", "unknown"};

MaturityStep step_of(const MaturityRating& from, const MaturityRating& to);

/// What a programme that went down had met and has not met any more; empty where an expert's decision alone moved it.
struct MaturityLoss {
  MaturityMove move;
  std::vector<std::size_t> lost;     ///< Criteria, in the rubric's order: rated again and no longer met.
  std::vector<std::size_t> unrated;  ///< That nobody (or too few) rated again.
};

struct MaturityMoves {
  std::vector<MaturityMove> moves;  ///< By programme, then by wave.
  std::vector<MaturityLoss> losses;
};

MaturityMoves moves_of(const std::vector<MaturityRating>& ratings);

}  // namespace kaskad
