// Where the cells of each procedure and subject stand in a cube, so that one series need not walk all of them.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "engine/cube/cube.hpp"

namespace kaskad {

class CubeIndex {
 public:
  explicit CubeIndex(const Cube& cube);

  /// Places of the cells of a procedure and subject, in the order of the cube; empty when there are none.
  const std::vector<std::uint32_t>& cells(ProcedureId procedure, SubjectId subject) const;
  /// Subjects of a procedure, rising.
  std::vector<SubjectId> subjects(ProcedureId procedure) const;

 private:
  std::map<std::pair<ProcedureId, SubjectId>, std::vector<std::uint32_t>> places_;
};

}  // namespace kaskad
