#include <utility>

#include "engine/intake/programme_cells.hpp"

namespace kaskad::intake {
namespace {

enum EvidenceField : std::size_t { kProgramme, kWave, kCriterion, kScore, kRater, kDocument, kDate, kReliable };
static_assert(kEvidenceFields[kReliable].name == "reliable" && kEvidenceFields.size() == kReliable + 1);

Evidence read_row(const std::vector<Field>& fields, const Row& row, const IntakeState& state, Report& report) {
  Evidence evidence;
  evidence.programme = read_programme(fields[kProgramme], row, state, report);
  evidence.wave = read_name(fields[kWave], row, state.names.waves, "unknown-wave", report);
  evidence.criterion = read_name(fields[kCriterion], row, state.names.criteria, "unknown-criterion", report);
  evidence.score = read_rating(fields[kScore], row, report);
  evidence.rater = fields[kRater].text(row);
  evidence.document = fields[kDocument].text(row);
  evidence.date = read_date(fields[kDate], row, report);
  evidence.reliable = read_reliable(fields[kReliable], row, report);
  evidence.place = report.place_of(fields[kProgramme]);
  return evidence;
}

/// A rater speaks once of a criterion in a wave.
std::string key_of(const Evidence& e) {
  return std::to_string(e.programme) + '\n' + e.wave + '\n' + e.criterion + '\n' + e.rater;
}

}  // namespace

void read_evidence(OpenSource& source, IntakeState& state) {
  const std::vector<Field> fields = bind_fields(source, kEvidenceFields);
  if (fields.empty()) return;
  for_each_row(source, [&](const Row& row) {
    Report& report = source.report;
    Evidence evidence = read_row(fields, row, state, report);
    if (report.row_is_sound()) {
      const Origin here{&source, report.row()};
      const auto [first, is_new] = state.evidence_origins.emplace(key_of(evidence), here);
      const Origin& origin = first->second;
      if (!is_new) report.error("duplicate-evidence", fields[kCriterion], [&] { return first_seen(origin); });
    }
    if (report.close_row()) state.dataset.evidence.push_back(std::move(evidence));
  });
}

}  // namespace kaskad::intake
