#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

enum EvidenceField : std::size_t { kProgramme, kWave, kCriterion, kScore, kRater, kDocument, kDate, kReliable };
static_assert(kEvidenceFields[kReliable].name == "reliable" && kEvidenceFields.size() == kReliable + 1);

/// Words of raters; a rubric's own words come through the source's `values`.
constexpr std::array<std::pair<std::string_view, double>, 11> kScoreWords = {{{"нет", 0},
                                                                              {"отсутствует", 0},
                                                                              {"absent", 0},
                                                                              {"no", 0},
                                                                              {"частично", 0.5},
                                                                              {"partly", 0.5},
                                                                              {"полностью", 1},
                                                                              {"в полном объеме", 1},
                                                                              {"да", 1},
                                                                              {"in full", 1},
                                                                              {"yes", 1}}};

double read_score(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return 0;
  const std::string word = fold(text);
  const auto* found =
      std::find_if(kScoreWords.begin(), kScoreWords.end(), [&](const auto& entry) { return entry.first == word; });
  if (found != kScoreWords.end()) return found->second;
  const ParsedNumber number = parse_number(text);
  if (!number.good) {
    report.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
  } else if (number.value < 0 || number.value > 1) {
    report.error("score-out-of-range", field, [&] { return Args{{"value", quoted(text)}}; });
  }
  return number.value;
}

/// One of the known names; without regard to case when there is no exact one.
std::string read_name(const Field& field, const Row& row, const std::vector<std::string>& known, std::string_view code,
                      Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return {};
  const std::string word = fold(text);
  auto found = std::find(known.begin(), known.end(), text);
  if (found == known.end()) {
    found = std::find_if(known.begin(), known.end(), [&](const std::string& name) { return fold(name) == word; });
  }
  if (found != known.end()) return *found;
  report.error(code, field, [&] { return Args{{"name", quoted(text)}, {"nearest", nearest_of(text, known)}}; });
  return {};
}

int read_programme(const Field& field, const Row& row, const std::vector<Programme>& programmes, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return 0;
  const auto found =
      std::find_if(programmes.begin(), programmes.end(), [&](const Programme& p) { return p.id == text; });
  if (found != programmes.end()) return static_cast<int>(found - programmes.begin());
  report.error("unknown-programme", field, [&] {
    std::vector<std::string> ids;
    std::transform(programmes.begin(), programmes.end(), std::back_inserter(ids),
                   [](const Programme& p) { return p.id; });
    return Args{{"programme", quoted(text)}, {"nearest", nearest_of(text, ids)}};
  });
  return 0;
}

std::string read_date(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return {};
  const std::optional<std::string> date = parse_date(text);
  if (!date) report.error("bad-date", field, [&] { return Args{{"value", quoted(text)}}; });
  return date.value_or("");
}

bool read_reliable(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return true;
  const std::optional<bool> reliable = parse_boolean(text);
  if (!reliable) report.error("not-a-boolean", field, [&] { return Args{{"value", quoted(text)}}; });
  return reliable.value_or(true);
}

Evidence read_row(const std::vector<Field>& fields, const Row& row, const IntakeState& state, Report& report) {
  Evidence evidence;
  evidence.programme = read_programme(fields[kProgramme], row, state.dataset.programmes, report);
  evidence.wave = read_name(fields[kWave], row, state.names.waves, "unknown-wave", report);
  evidence.criterion = read_name(fields[kCriterion], row, state.names.criteria, "unknown-criterion", report);
  evidence.score = read_score(fields[kScore], row, report);
  evidence.rater = fields[kRater].text(row);
  evidence.document = fields[kDocument].text(row);
  evidence.date = read_date(fields[kDate], row, report);
  evidence.reliable = read_reliable(fields[kReliable], row, report);
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
