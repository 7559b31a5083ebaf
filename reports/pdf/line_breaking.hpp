// Where to break a paragraph: the best set of lines for the paragraph as a whole, by dynamic programming over feasible
// breaks with the demerits of Knuth & Plass, "Breaking paragraphs into lines", Software: Practice and Experience 11
// (1981).
#pragma once

#include <cstddef>
#include <vector>

namespace kaskad::reports::pdf {

/// A piece of text that is never divided, and what follows it. Widths in points.
struct Box {
  double width = 0;
  double space = 0;        ///< Natural width of the space after it, which goes at the end of a line.
  bool may_break = false;  ///< After it.
  double hyphen = 0;       ///< Width added when the line ends here; 0: nothing is added.
  double penalty = 0;      ///< For breaking here, as a badness (100 is bad).
};

/// Share of a space by which it may grow or shrink before a justified line looks bad.
inline constexpr double kSpaceGrows = 0.6;
inline constexpr double kSpaceShrinks = 0.22;

/// For each line the number of the box after its last one. Every line holds at least one box, even when that is too
/// wide.
std::vector<std::size_t> break_lines(const std::vector<Box>& boxes, double width, bool justified);

}  // namespace kaskad::reports::pdf
