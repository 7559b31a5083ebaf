// The key of a cell from the five fields of a row of summaries.
#pragma once

#include <optional>
#include <span>

#include "engine/cube/outcome.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {

/// The fields stand in the order school, year, procedure, subject, grade, as in kSummaryFields.
class CellKeyReader {
 public:
  CellKeyReader(const IntakeState& state)
      : school_(*state.schools),
        year_(state.dataset.vocabulary.years),
        procedure_(state.dataset.vocabulary),
        subject_(state.dataset.vocabulary) {}

  /// Nothing, with diagnostics, when the row does not say it.
  std::optional<CellKey> read(std::span<const Field> fields, const Row& row, Report& report);

 private:
  SchoolReader school_;
  YearReader year_;
  ProcedureReader procedure_;
  SubjectReader subject_;
  GradeReader grade_;
};

}  // namespace kaskad::intake
