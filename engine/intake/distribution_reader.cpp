// Percent of pupils with each primary score. Counts are recovered by rounding and checked against n.
#include <cmath>
#include <numeric>

#include "engine/intake/cell_key_reader.hpp"
#include "engine/intake/special_fields.hpp"
#include "engine/intake/special_readers.hpp"

namespace kaskad::intake {
namespace {

enum Place : std::size_t { kSchool, kYear, kProcedure, kSubject, kGrade, kN };
static_assert(kSummaryFields[kN].name == "n");

struct ScoreField {
  int score = 0;
  Field field;
};

class DistributionReader {
 public:
  DistributionReader(OpenSource& source, IntakeState& state, std::vector<Field> fields)
      : source_(source), state_(state), fields_(std::move(fields)), key_(state) {
    for (const RepeatedColumn& column : source.layout->repeated) {
      scores_.push_back(
          {static_cast<int>(parse_integer(column.name).value), field_at(source, column.place, column.name)});
    }
  }

  void read(const Row& row) {
    Report& report = source_.report;
    const auto key = key_.read(fields_, row, report);
    const std::int64_t n = read_n(row);
    const std::vector<std::int64_t> counts = read_counts(row, n);
    if (report.row_is_sound() && n == 0) {
      report.leave_out_row("absent");
      return;
    }
    if (report.row_is_sound()) check_sum(counts, n);
    if (key && report.row_is_sound()) count(*key, counts);
    report.close_row();
  }

 private:
  std::int64_t read_n(const Row& row) {
    const Field& field = fields_[kN];
    const std::string_view text = field.text(row);
    if (!is_filled(text, field, source_.report)) return 0;
    const ParsedInteger number = parse_integer(text);
    if (number.state == NumberState::good && number.value >= 0) return number.value;
    source_.report.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
    return 0;
  }

  /// The nearest whole number of pupils; a percent that is not that of a whole number, as printed, is told.
  std::vector<std::int64_t> read_counts(const Row& row, std::int64_t n) {
    std::vector<std::int64_t> counts;
    for (const ScoreField& score : scores_) counts.push_back(read_count(score.field, row, n));
    return counts;
  }

  std::int64_t read_count(const Field& field, const Row& row, std::int64_t n) {
    const std::string_view text = field.text(row);
    if (text.empty()) return 0;
    const ParsedNumber percent = parse_number(text);
    if (!percent.good) {
      source_.report.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
      return 0;
    }
    if (percent.value < 0 || percent.value > 100) {
      source_.report.error("percent-out-of-range", field, [&] { return Args{{"value", percent.value}}; });
      return 0;
    }
    const double exact = percent.value * static_cast<double>(n) / 100;
    const auto count = static_cast<std::int64_t>(std::llround(exact));
    const double printed = n == 0 ? 0 : 100 * static_cast<double>(count) / static_cast<double>(n);
    const double half_digit = 0.5 * std::pow(10.0, -percent.decimals) + 1e-9;
    if (std::abs(printed - percent.value) > half_digit) {
      source_.report.error("percent-of-no-count", field, [&] { return Args{{"value", percent.value}, {"n", n}}; });
    }
    return count;
  }

  void check_sum(const std::vector<std::int64_t>& counts, std::int64_t n) {
    std::int64_t sum = 0;
    for (const std::int64_t count : counts) sum += count;
    if (sum == n) return;
    source_.report.error("scores-do-not-add-up", fields_[kN], [&] { return Args{{"sum", sum}, {"n", n}}; });
  }

  void count(const CellKey& key, const std::vector<std::int64_t>& counts) {
    CubeBuilder& cube = state_.counters.front().cube;
    const CubeBuilder::CellIndex cell = cube.cell(key);
    if (cell < state_.pupil_cells && cube.has_counts(cell, Outcome::primary)) {
      source_.report.error("summary-beside-pupils", fields_[kSchool], [] { return Args{}; });
      const std::int64_t n = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
      state_.dataset.set_aside.push_back({key, Outcome::primary, n, source_.report.place_of(fields_[kN])});
      return;
    }
    const std::uint64_t place = key.packed() * kOutcomes + static_cast<std::uint64_t>(Outcome::primary);
    const auto [first, is_new] = state_.summary_origins.emplace(place, Origin{&source_, source_.report.row()});
    const Origin& origin = first->second;
    if (!is_new) {
      source_.report.error("duplicate-summary", fields_[kSchool], [&] { return first_seen(origin); });
      return;
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] > 0) cube.count(cell, Outcome::primary, scores_[i].score, counts[i]);
    }
    source_.report.carry(key);
  }

  OpenSource& source_;
  IntakeState& state_;
  std::vector<Field> fields_;
  std::vector<ScoreField> scores_;
  CellKeyReader key_;
};

}  // namespace

void read_distribution(OpenSource& source, IntakeState& state) {
  std::vector<Field> fields = bind_fields(source, kSummaryFields);
  if (fields.empty()) return;
  DistributionReader reader(source, state, std::move(fields));
  for_each_row(source, [&](const Row& row) { reader.read(row); });
}

}  // namespace kaskad::intake
