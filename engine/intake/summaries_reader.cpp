// Schools' summaries: n, mean and SD of a score, and counts or percents of marks.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/shares.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

enum SummaryField : std::size_t {
  kSchool,
  kYear,
  kProcedure,
  kSubject,
  kGrade,
  kN,
  kMean,
  kSd,
  kOutcome,
  kN2,
  kP2 = kN2 + 4
};
static_assert(kSummaryFields[kN2].name == "n2" && kSummaryFields[kP2].name == "p2" && kSummaryFields.size() == kP2 + 4);

constexpr int kLowestMark = 2;
constexpr std::int64_t kMostPupils = 1'000'000'000;  // CubeBuilder counts up to 2^31 − 1 of one value.

using Marks = std::array<std::optional<std::int64_t>, 4>;
using Percents = std::array<std::optional<PrintedPercent>, 4>;

struct SummaryRow {
  CellKey key;
  std::int64_t n = 0;
  Outcome outcome = Outcome::primary;
  double mean = kNaN;
  double sd = kNaN;
  Marks marks;
  Percents percents;
};

class SummariesReader {
 public:
  SummariesReader(OpenSource& source, IntakeState& state, std::vector<Field> fields)
      : source_(source),
        state_(state),
        fields_(std::move(fields)),
        report_(source.report),
        school_(*state.schools),
        year_(state.dataset.vocabulary.years),
        procedure_(state.dataset.vocabulary),
        subject_(state.dataset.vocabulary) {}

  void read(const Row& row) {
    SummaryRow summary;
    read_key(row, summary);
    const bool key_known = report_.row_is_sound();
    summary.n = read_count(fields_[kN], row).value_or(0);
    const bool n_given = is_filled(fields_[kN].text(row), fields_[kN], report_);
    read_score(row, key_known, summary);
    read_marks(row, summary);
    if (report_.row_is_sound() && n_given && summary.n == 0) {
      report_.leave_out_row("absent");
      return;
    }
    if (report_.row_is_sound()) check_new(summary);
    if (report_.row_is_sound()) count(summary);
    report_.close_row();
  }

 private:
  void read_key(const Row& row, SummaryRow& summary) {
    const auto school = school_.read(fields_[kSchool], fields_[kYear], row, report_);
    const auto year = year_.read(fields_[kYear], row, report_);
    const auto procedure = procedure_.read(fields_[kProcedure], row, report_);
    const auto subject = subject_.read(fields_[kSubject], row, report_);
    const auto grade = grade_.read(fields_[kGrade], row, report_);
    if (!report_.row_is_sound()) return;
    summary.key = {*school, static_cast<std::int16_t>(*year), *procedure, *subject, static_cast<std::uint8_t>(*grade)};
  }

  std::optional<std::int64_t> read_count(const Field& field, const Row& row) {
    const std::string_view text = field.text(row);
    if (text.empty()) return std::nullopt;
    const ParsedInteger number = parse_integer(text);
    const auto value = [&] { return Args{{"value", quoted(text)}}; };
    if (number.state == NumberState::not_a_number)
      report_.error("not-a-number", field, value);
    else if (number.state == NumberState::not_an_integer)
      report_.error("not-an-integer", field, value);
    else if (number.value < 0)
      report_below_zero(field, static_cast<double>(number.value));
    else if (number.value > kMostPupils)
      report_over(field, static_cast<double>(number.value), kMostPupils);
    else
      return number.value;
    return std::nullopt;
  }

  std::optional<ParsedNumber> read_number(const Field& field, const Row& row) {
    const std::string_view text = field.text(row);
    if (text.empty()) return std::nullopt;
    const ParsedNumber number = parse_number(text);
    if (number.good) return number;
    report_.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
    return std::nullopt;
  }

  void report_below_zero(const Field& field, double value) {
    report_.error("below-zero", field, [&] { return Args{{"value", value}, {"lowest", std::int64_t{0}}}; });
  }
  void report_over(const Field& field, double value, std::int64_t highest) {
    report_.error("over-maximum", field, [&] {
      return Args{{"value", value}, {"lowest", std::int64_t{0}}, {"highest", highest}};
    });
  }

  void read_score(const Row& row, bool key_known, SummaryRow& summary) {
    summary.outcome = read_outcome(row);
    const auto mean = read_number(fields_[kMean], row);
    const auto sd = read_number(fields_[kSd], row);
    if (mean) summary.mean = mean->value;
    if (sd) summary.sd = sd->value;
    if (summary.mean < 0) report_below_zero(fields_[kMean], summary.mean);
    if (summary.sd < 0) report_below_zero(fields_[kSd], summary.sd);
    const auto highest = key_known ? highest_of(summary) : std::nullopt;
    if (highest && summary.mean > *highest) report_over(fields_[kMean], summary.mean, *highest);
  }

  Outcome read_outcome(const Row& row) {
    const std::string_view text = fields_[kOutcome].text(row);
    if (text.empty()) return Outcome::primary;
    const auto* found = std::find(std::begin(kOutcomeNames), std::end(kOutcomeNames), text);
    if (found != std::end(kOutcomeNames)) return static_cast<Outcome>(found - std::begin(kOutcomeNames));
    report_.error("unknown-outcome", fields_[kOutcome], [&] {
      return Args{{"outcome", quoted(text)},
                  {"nearest", nearest_of(text, {std::begin(kOutcomeNames), std::end(kOutcomeNames)})}};
    });
    return Outcome::primary;
  }

  std::optional<int> highest_of(const SummaryRow& summary) const {
    const Vocabulary& vocabulary = state_.dataset.vocabulary;
    const CellKey& key = summary.key;
    const Scale scale = vocabulary.scale(key.procedure, key.subject, key.grade, key.year);
    if (summary.outcome == Outcome::primary) return scale.maximum;
    if (summary.outcome == Outcome::test) return scale.test_maximum;
    return vocabulary.procedures[key.procedure].highest_mark;
  }

  void read_marks(const Row& row, SummaryRow& summary) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      summary.marks[i] = read_count(fields_[kN2 + i], row);
      sum += summary.marks[i].value_or(0);
      const auto percent = read_number(fields_[kP2 + i], row);
      if (!percent) continue;
      summary.percents[i] = PrintedPercent{percent->value, percent->decimals};
      if (percent->value >= 0 && percent->value <= 100) continue;
      report_.error("percent-out-of-range", fields_[kP2 + i], [&] { return Args{{"value", percent->value}}; });
    }
    if (!has_counts(summary) || !report_.row_is_sound() || sum == summary.n) return;
    report_.error("marks-do-not-add-up", fields_[kN], [&] { return Args{{"sum", sum}, {"n", summary.n}}; });
  }

  static bool has_counts(const SummaryRow& summary) {
    return std::any_of(summary.marks.begin(), summary.marks.end(), [](const auto& m) { return m.has_value(); });
  }
  static bool has_percents(const SummaryRow& summary) {
    return std::any_of(summary.percents.begin(), summary.percents.end(), [](const auto& p) { return p.has_value(); });
  }

  static bool gives_marks(const SummaryRow& summary) { return has_counts(summary) || has_percents(summary); }
  /// The row's own outcome has something to add: a mean, or n alone where there are no marks either.
  static bool gives_score(const SummaryRow& summary) {
    return !gives_marks(summary) || (summary.outcome != Outcome::mark && !std::isnan(summary.mean));
  }

  /// One source speaks of a cell and outcome, and nobody is counted twice.
  void check_new(const SummaryRow& summary) {
    if (gives_score(summary)) check_new(summary.key, summary.outcome, summary.n);
    if (gives_marks(summary) && report_.row_is_sound()) check_new(summary.key, Outcome::mark, summary.n);
  }
  void check_new(const CellKey& key, Outcome outcome, std::int64_t n) {
    const CubeBuilder& cube = state_.counters.front().cube;
    const CubeBuilder::CellIndex cell = state_.counters.front().cube.cell(key);
    if (cell < state_.pupil_cells && cube.has_counts(cell, outcome)) {
      report_.error("summary-beside-pupils", fields_[kSchool], [] { return Args{}; });
      state_.dataset.set_aside.push_back({key, outcome, n, report_.place_of(fields_[kN])});
      return;
    }
    const std::uint64_t place = key.packed() * kOutcomes + static_cast<std::uint64_t>(outcome);
    const auto [first, is_new] = state_.summary_origins.emplace(place, Origin{&source_, report_.row()});
    const Origin& origin = first->second;
    if (!is_new) report_.error("duplicate-summary", fields_[kSchool], [&] { return first_seen(origin); });
  }

  void count(const SummaryRow& summary) {
    CubeBuilder& cube = state_.counters.front().cube;
    const CubeBuilder::CellIndex cell = cube.cell(summary.key);
    if (gives_marks(summary) && !count_marks(summary, cell)) return;
    report_.carry(summary.key);
    if (gives_score(summary)) cube.add(cell, summary.outcome, Aggregate::of(summary.n, summary.mean, summary.sd));
  }

  /// False when the marks contradict n.
  bool count_marks(const SummaryRow& summary, CubeBuilder::CellIndex cell) {
    CubeBuilder& cube = state_.counters.front().cube;
    RecoveredShares shares;
    if (has_counts(summary)) {
      shares.state = SharesState::recovered;
      for (std::size_t i = 0; i < 4; ++i) shares.counts[i] = summary.marks[i].value_or(0);
    } else {
      shares = recover_counts(summary.n, summary.percents);
    }
    const auto n = [&] { return Args{{"n", summary.n}}; };
    if (shares.state == SharesState::impossible) {
      report_.error("percents-do-not-fit", fields_[kN], n);
      return false;
    }
    if (shares.state == SharesState::ambiguous) {
      report_.note("shares-not-recoverable", fields_[kN], n);
      const bool mean_of_marks = summary.outcome == Outcome::mark;
      cube.add(cell, Outcome::mark,
               Aggregate::of(summary.n, mean_of_marks ? summary.mean : kNaN, mean_of_marks ? summary.sd : kNaN));
      return true;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      if (shares.counts[i] > 0) cube.count(cell, Outcome::mark, kLowestMark + static_cast<int>(i), shares.counts[i]);
    }
    return true;
  }

  OpenSource& source_;
  IntakeState& state_;
  std::vector<Field> fields_;
  Report& report_;
  SchoolReader school_;
  YearReader year_;
  ProcedureReader procedure_;
  SubjectReader subject_;
  GradeReader grade_;
};

}  // namespace

void read_summaries(OpenSource& source, IntakeState& state) {
  std::vector<Field> fields = bind_fields(source, kSummaryFields);
  if (fields.empty()) return;
  SummariesReader reader(source, state, std::move(fields));
  for_each_row(source, [&](const Row& row) { reader.read(row); });
}

}  // namespace kaskad::intake
