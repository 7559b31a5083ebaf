#include "engine/intake/results_parser.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/intake/cell_readings.hpp"

namespace kaskad::intake {
namespace {

constexpr std::size_t index_of(Outcome outcome) { return static_cast<std::size_t>(outcome); }

constexpr bool is_score(Outcome outcome) { return outcome == Outcome::primary || outcome == Outcome::test; }

int mark_of(int primary, const std::array<int, 3>& borders) {
  return 2 +
         static_cast<int>(std::count_if(borders.begin(), borders.end(), [=](int upper) { return primary > upper; }));
}

void report_not_a_number(std::string_view text, NumberState state, const Field& field, Report& report) {
  const std::string_view code = state == NumberState::not_an_integer ? "not-an-integer" : "not-a-number";
  report.error(code, field, [&] { return Args{{"value", told_of_score(text)}}; });
}

void report_out_of_range(Outcome outcome, std::int64_t value, int lowest, int highest, const Field& field,
                         Report& report) {
  const bool score = is_score(outcome);
  const std::string_view code = !score ? "mark-out-of-range" : value < lowest ? "below-zero" : "over-maximum";
  report.error(code, field, [&] {
    return Args{{"value", value}, {"lowest", std::int64_t{lowest}}, {"highest", std::int64_t{highest}}};
  });
}

/// True when the text says that there is no value; counts what it absorbed.
bool absorb(std::string_view text, Report& report) {
  DirtCounts dirt{};
  bool any_dirt = false;
  const std::string_view left = outcome_of(text, dirt, any_dirt);
  if (any_dirt) report.absorb(dirt);
  return left.empty();
}

}  // namespace

void count_result(const PupilResult& result, CubeBuilder& cube, CubeBuilder::CellIndex cell, std::int64_t times) {
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    if (result.has[i]) cube.count(cell, static_cast<Outcome>(i), result.values[i], times);
  }
  constexpr auto mark = index_of(Outcome::mark);
  constexpr auto journal = index_of(Outcome::journal);
  constexpr auto primary = index_of(Outcome::primary);
  if (!result.has[journal]) return;
  if (result.has[mark]) cube.count_joint(cell, result.values[mark], result.values[journal], times);
  if (result.has[primary]) cube.count_beside_journal(cell, result.values[primary], result.values[journal], times);
}

ResultsParser::ResultsParser(const ResultFields& fields, const SourceSpec& spec, const Vocabulary& vocabulary,
                             const SchoolIndex& schools)
    : fields_(fields),
      spec_(spec),
      vocabulary_(vocabulary),
      school_(schools),
      year_(vocabulary.years),
      procedures_(fields.results.size(), ProcedureReader(vocabulary)),
      subjects_(fields.results.size(), SubjectReader(vocabulary)),
      grades_(fields.results.size()) {
  std::transform(spec.absent.begin(), spec.absent.end(), std::back_inserter(folded_absences_),
                 [](const std::string& word) { return fold(word); });
  const ResultFields::Single& first = fields.results.front();
  key_columns_ = {fields.school.column, fields.year.column, first.procedure.column, first.subject.column,
                  first.grade.column};
}

bool ResultsParser::KnownKey::matches(const Row& row, const std::array<int, 5>& columns) const {
  if (limits_ == nullptr) return false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] > 0 && row[static_cast<std::size_t>(columns[i]) - 1] != texts_[i]) return false;
  }
  return true;
}

void ResultsParser::KnownKey::remember(const Row& row, const std::array<int, 5>& columns, const CellKey& key,
                                       const Limits& limits) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] > 0) texts_[i] = row[static_cast<std::size_t>(columns[i]) - 1];
  }
  key_ = key;
  limits_ = &limits;
}

ResultsParser::KnownKey& ResultsParser::slot_of(const Row& row) {
  std::size_t slot = 0;
  for (const int column : key_columns_) {
    if (column == 0) continue;
    const std::string_view text = row[static_cast<std::size_t>(column) - 1];
    slot = slot * 31 + text.size() + (text.empty() ? 0 : static_cast<unsigned char>(text.back()));
  }
  return known_keys_[slot % kKnownKeys];
}

/// The short way for a row of a tidy file whose key was met shortly before; false when there is more to look at.
bool ResultsParser::parse_like_known(const Row& row, Report& report) {
  if (fields_.absent.given) return false;
  const KnownKey& known = slot_of(row);
  if (!known.matches(row, key_columns_)) return false;
  PupilResult result;
  result.key = known.key();
  const bool sound = read_outcomes(fields_.results.front(), row, known.limits(), result, report);
  const bool any = std::find(result.has.begin(), result.has.end(), true) != result.has.end();
  if (sound && any) results_.push_back(result);
  return true;
}

const std::vector<PupilResult>& ResultsParser::parse(const Row& row, Report& report) {
  results_.clear();
  filtered_ = false;
  if (fields_.results.size() == 1 && parse_like_known(row, report)) return results_;
  const std::optional<SchoolId> school = school_.read(fields_.school, fields_.year, row, report);
  const std::optional<int> year = year_.read(fields_.year, row, report);
  filtered_ =
      year && !spec_.years.empty() && std::find(spec_.years.begin(), spec_.years.end(), *year) == spec_.years.end();
  if (filtered_ || is_absent_row(row)) return results_;
  for (const ResultFields::Single& single : fields_.results) {
    if (has_outcome(single, row)) parse_single(single, row, school, year, report);
  }
  return results_;
}

bool ResultsParser::is_absent_row(const Row& row) const {
  if (!fields_.absent.given) return false;
  const std::string_view text = fields_.absent.text(row);
  return spec_.absent.empty() ? parse_boolean(text).value_or(false) : is_absence(text);
}

bool ResultsParser::is_absence(std::string_view text) const {
  if (folded_absences_.empty() || text.empty()) return false;
  if (std::find(spec_.absent.begin(), spec_.absent.end(), text) != spec_.absent.end()) return true;
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !digits && std::find(folded_absences_.begin(), folded_absences_.end(), fold(text)) != folded_absences_.end();
}

bool ResultsParser::has_outcome(const ResultFields::Single& single, const Row& row) const {
  return std::any_of(single.outcomes.begin(), single.outcomes.end(), [&](const Field& field) {
    const std::string_view text = field.text(row);
    return !text.empty() && !is_absence(text);
  });
}

void ResultsParser::parse_single(const ResultFields::Single& single, const Row& row, std::optional<SchoolId> school,
                                 std::optional<int> year, Report& report) {
  const auto i = static_cast<std::size_t>(&single - fields_.results.data());
  const std::optional<ProcedureId> procedure = procedures_[i].read(single.procedure, row, report);
  const std::optional<SubjectId> subject = subjects_[i].read(single.subject, row, report);
  const std::optional<int> grade = grades_[i].read(single.grade, row, report);
  if (!procedure || !subject || !grade || !year) return;
  PupilResult result;
  result.key = {school.value_or(0), static_cast<std::int16_t>(*year), *procedure, *subject,
                static_cast<std::uint8_t>(*grade)};
  const Limits& limits = limits_of(result.key);
  if (school && i == 0) slot_of(row).remember(row, key_columns_, result.key, limits);
  // An unknown school does not hide what else is wrong with the row.
  const bool sound = read_outcomes(single, row, limits, result, report) && school;
  const bool any = std::find(result.has.begin(), result.has.end(), true) != result.has.end();
  if (sound && any) results_.push_back(result);
}

bool ResultsParser::read_outcomes(const ResultFields::Single& single, const Row& row, const Limits& limits,
                                  PupilResult& result, Report& report) {
  bool sound = true;
  for (std::size_t i = 0; i < single.outcomes.size(); ++i) {
    const Field& field = single.outcomes[i];
    if (!field.given) continue;
    const Reading reading = read_outcome(static_cast<Outcome>(i), field, row, limits, result.values[i], report);
    result.has[i] = reading == Reading::value;
    sound = sound && reading != Reading::defect;
  }
  const auto primary = index_of(Outcome::primary);
  const auto mark = index_of(Outcome::mark);
  if (sound && !result.has[mark] && result.has[primary] && limits.borders) {
    result.values[mark] = mark_of(result.values[primary], *limits.borders);
    result.has[mark] = true;
  }
  return sound;
}

ResultsParser::Reading ResultsParser::read_outcome(Outcome outcome, const Field& field, const Row& row,
                                                   const Limits& limits, int& value, Report& report) const {
  const std::string_view text = field.text(row);
  if (text.empty() || is_absence(text)) return Reading::blank;
  const ParsedInteger number = parse_integer(text);
  const auto i = index_of(outcome);
  if (number.state == NumberState::good) {
    if (number.value < limits.lowest[i] || number.value > limits.highest[i]) {
      report_out_of_range(outcome, number.value, limits.lowest[i], limits.highest[i], field, report);
      return Reading::defect;
    }
    value = static_cast<int>(number.value);
    if (text.size() > 2 && fields_.absorbs) absorb(text, report);
    return Reading::value;
  }
  if (outcome == Outcome::mark && limits.statuses != nullptr) {
    const std::string word = fold(text);
    const auto status = std::find_if(limits.statuses->begin(), limits.statuses->end(),
                                     [&](const auto& entry) { return fold(entry.first) == word; });
    if (status != limits.statuses->end()) {
      value = status->second;
      return Reading::value;
    }
  }
  if (fields_.absorbs && absorb(text, report)) return Reading::blank;
  report_not_a_number(text, number.state, field, report);
  return Reading::defect;
}

const ResultsParser::Limits& ResultsParser::limits_of(const CellKey& key) {
  CellKey without_school = key;
  without_school.school = 0;
  const std::uint64_t packed = without_school.packed();
  if (packed != limits_key_) {
    auto known = known_limits_.find(packed);
    if (known == known_limits_.end()) known = known_limits_.emplace(packed, find_limits(key)).first;
    limits_ = &known->second;
    limits_key_ = packed;
  }
  return *limits_;
}

ResultsParser::Limits ResultsParser::find_limits(const CellKey& key) const {
  const Procedure& procedure = vocabulary_.procedures[key.procedure];
  const Scale scale = vocabulary_.scale(key.procedure, key.subject, key.grade, key.year);
  Limits limits;
  limits.lowest = {0, 0, procedure.lowest_mark, procedure.lowest_mark};
  limits.highest = {scale.maximum.value_or(kHighestScore), scale.test_maximum.value_or(kHighestScore),
                    procedure.highest_mark, procedure.highest_mark};
  limits.borders = scale.marks;
  if (fields_.maximum) {
    limits.highest[index_of(Outcome::primary)] = *fields_.maximum;
    if (scale.maximum && *scale.maximum != *fields_.maximum) limits.borders.reset();
  }
  limits.statuses = procedure.statuses.empty() ? nullptr : &procedure.statuses;
  return limits;
}

}  // namespace kaskad::intake
