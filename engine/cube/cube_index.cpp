#include "engine/cube/cube_index.hpp"

namespace kaskad {

CubeIndex::CubeIndex(const Cube& cube) {
  for (std::size_t c = 0; c < cube.size(); ++c) {
    const CellKey key = cube.cell(c).key;
    places_[{key.procedure, key.subject}].push_back(static_cast<std::uint32_t>(c));
  }
}

const std::vector<std::uint32_t>& CubeIndex::cells(ProcedureId procedure, SubjectId subject) const {
  static const std::vector<std::uint32_t> none;
  const auto found = places_.find({procedure, subject});
  return found == places_.end() ? none : found->second;
}

std::vector<SubjectId> CubeIndex::subjects(ProcedureId procedure) const {
  std::vector<SubjectId> out;
  for (auto at = places_.lower_bound({procedure, 0}); at != places_.end() && at->first.first == procedure; ++at)
    out.push_back(at->first.second);
  return out;
}

}  // namespace kaskad
