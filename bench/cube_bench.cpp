// kaskad_cube_bench ROWS ROWS_OF_A_CELL [no-pairs]: counts pupils with a primary score, a mark and a journal mark into
// cells, school by school in turn, builds the cube, and prints seconds of the processor and the peak of memory.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/cube/cube.hpp"

namespace kaskad {
namespace {

constexpr int kHighest = 51;  ///< Of ВПР in Russian.

/// A pupil's score about the middle, the mark by fifths of the scale, the journal within one mark of it.
void count_pupil(RandomStream& random, CubeBuilder& builder, const CellKey& key, bool pairs) {
  const double score = 28 + 9 * random.normal();
  const int primary = std::clamp(static_cast<int>(score), 0, kHighest);
  const int mark = primary < 24 ? 2 : primary < 34 ? 3 : primary < 44 ? 4 : 5;
  const int journal = std::clamp(mark + static_cast<int>(random.below(3)) - 1, 2, 5);
  const CubeBuilder::CellIndex cell = builder.cell(key);
  builder.count(cell, Outcome::primary, primary);
  builder.count(cell, Outcome::mark, mark);
  builder.count(cell, Outcome::journal, journal);
  builder.count_joint(cell, mark, journal);
  if (pairs) builder.count_beside_journal(cell, primary, journal);
}

CellKey key_of(int cell) {
  return {static_cast<SchoolId>(cell / 50), static_cast<std::int16_t>(2020 + cell % 5), 0,
          static_cast<SubjectId>(cell / 5 % 10), 6};
}

void run(int rows, int of_cell, bool pairs) {
  RandomStream random(1, 1);
  CubeBuilder builder;
  const int cells = std::max(1, rows / of_cell);
  for (int i = 0; i < rows; ++i) count_pupil(random, builder, key_of(i % cells), pairs);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const long counted = usage.ru_maxrss / 1024;
  const Cube cube = std::move(builder).build();
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} rows, {} cells{}: user {:.2f} s, peak {} MiB counted, {} MiB with the cube\n", rows, cube.size(),
             pairs ? "" : ", no pairs",
             static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) * 1e-6, counted,
             usage.ru_maxrss / 1024);
}

}  // namespace
}  // namespace kaskad

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() < 2) return 2;
  kaskad::run(std::atoi(args[0].c_str()), std::atoi(args[1].c_str()), args.size() < 3 || args[2] != "no-pairs");
  return 0;
}
