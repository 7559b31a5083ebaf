// Parts of the checks of stages, measures and visits. Private to this room.
#pragma once

#include <string>

#include "indicators/cascade.hpp"

namespace kaskad::stage_checks {

struct StageCheckInput {
  const Dataset& data;
  const CascadeRubric& rubric;
  const std::string& as_of;
};

/// A warning at a row.
Diagnostic warned(const Place& place, std::string code, Args args = {});
/// Is the day known, and after the day of the reports?
bool is_future(const StageCheckInput& in, const std::string& date);
/// The other row that a remark rests on: `first_row`, `first_file`.
void name_row(const Place& place, Args& args);
/// Arguments `<key>_ru` and `<key>_en`: the stage's names.
void name_stage(const CascadeStage& stage, const std::string& key, Args& args);

void check_components(const StageCheckInput& in, Diagnostics& out);
void check_stage_order(const StageCheckInput& in, Diagnostics& out);
void check_decisions(const StageCheckInput& in, Diagnostics& out);
void check_measures(const StageCheckInput& in, Diagnostics& out);
void check_visits(const StageCheckInput& in, Diagnostics& out);
void check_supporters(const StageCheckInput& in, Diagnostics& out);

}  // namespace kaskad::stage_checks
