// Rows of pupils' results found once more by their keyed hashes, for the few that must be looked at again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/intake/results_parser.hpp"

namespace kaskad::intake {

/// A result of a row that was looked for.
struct Candidate {
  std::uint64_t hash = 0;    ///< PupilHash::of_result.
  std::uint32_t source = 0;  ///< Index into the sources.
  std::uint32_t result = 0;  ///< Within its row.
  std::int64_t row = 0;
  std::uint64_t locator = 0;
};

class PupilRows {
 public:
  /// All sources have results bound and their tables open.
  PupilRows(const std::vector<OpenSource*>& sources, const IntakeState& state);

  /// Results whose word is among `results`, or whose leading bits are among `pupils`: by the leading bits, then in the
  /// order of the sources and rows.
  std::vector<Candidate> find(const RepeatedPupils& wanted) const;
  /// Parses the row at a locator once more; `row` holds until the next call for the same source.
  const std::vector<PupilResult>& reread(std::uint32_t source, std::uint64_t locator, Row& row);
  /// Who it is: to be kept no longer than two rows are compared.
  std::pair<CellKey, std::string> identity(const Candidate& candidate);
  OpenSource& source(std::uint32_t i) const { return *sources_[i]; }

 private:
  struct Reader {
    ResultsParser parser;
    std::unique_ptr<RowReader> rows;
  };
  void collect(std::uint32_t source, std::size_t chunk, const RepeatedPupils& wanted,
               std::vector<Candidate>& out) const;

  const IntakeState& state_;
  std::vector<OpenSource*> sources_;
  std::vector<Reader> readers_;
};

/// Takes the scores of a row's tasks out of the cube; nothing where the file has none.
void take_back_tasks(const ResultFields& fields, const Row& row, const PupilResult& result, CubeBuilder& cube);

}  // namespace kaskad::intake
