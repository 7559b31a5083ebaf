// Marks against the journal: how many marks of each school are lower than, equal to and higher than those in the
// journal.
#include <algorithm>
#include <array>

#include "engine/intake/cell_key_reader.hpp"
#include "engine/intake/special_fields.hpp"
#include "engine/intake/special_readers.hpp"

namespace kaskad::intake {
namespace {

enum Place : std::size_t { kSchool, kYear, kProcedure, kSubject, kGrade, kN };
static_assert(kSummaryFields[kN].name == "n");

/// Agreement stands beside the four outcomes among the origins of summaries.
constexpr std::uint64_t kAgreementPlace = std::uint64_t{1} << 63;

class AgainstJournal {
 public:
  AgainstJournal(OpenSource& source, IntakeState& state, std::vector<Field> fields)
      : source_(source),
        state_(state),
        fields_(std::move(fields)),
        counts_{field_of_layout(source, column::kLowered), field_of_layout(source, column::kConfirmed),
                field_of_layout(source, column::kRaised)},
        key_(state) {}

  void read(const Row& row) {
    Report& report = source_.report;
    const auto key = key_.read(fields_, row, report);
    const auto n = read_count(fields_[kN], row);
    const Agreement agreement{read_count(counts_[0], row).value_or(0), read_count(counts_[1], row).value_or(0),
                              read_count(counts_[2], row).value_or(0)};
    if (report.row_is_sound() && n && agreement.n() != *n) {
      report.error("marks-do-not-add-up", fields_[kN], [&] { return Args{{"sum", agreement.n()}, {"n", *n}}; });
    }
    if (key && report.row_is_sound()) count(*key, agreement);
    report.close_row();
  }

 private:
  std::optional<std::int64_t> read_count(const Field& field, const Row& row) {
    const std::string_view text = field.text(row);
    if (text.empty()) return std::nullopt;
    const ParsedInteger number = parse_integer(text);
    if (number.state == NumberState::good && number.value >= 0) return number.value;
    const std::string_view code = number.state == NumberState::not_an_integer ? "not-an-integer" : "not-a-number";
    source_.report.error(code, field, [&] { return Args{{"value", quoted(text)}}; });
    return std::nullopt;
  }

  /// Nobody is counted twice: neither by two summaries nor by a summary beside pupils.
  void count(const CellKey& key, const Agreement& agreement) {
    CubeBuilder& cube = state_.counters.front().cube;
    const CubeBuilder::CellIndex cell = cube.cell(key);
    if (cell < state_.pupil_cells && cube.has_joint(cell)) {
      source_.report.error("summary-beside-pupils", fields_[kSchool], [] { return Args{}; });
      state_.dataset.set_aside.push_back({key, Outcome::journal, agreement.n(), source_.report.place_of(fields_[kN])});
      return;
    }
    const auto [first, is_new] =
        state_.summary_origins.emplace(key.packed() | kAgreementPlace, Origin{&source_, source_.report.row()});
    const Origin& origin = first->second;
    if (!is_new) {
      source_.report.error("duplicate-summary", fields_[kSchool], [&] { return first_seen(origin); });
      return;
    }
    cube.add(cell, agreement);
  }

  OpenSource& source_;
  IntakeState& state_;
  std::vector<Field> fields_;
  std::array<Field, 3> counts_;
  CellKeyReader key_;
};

}  // namespace

void read_against_journal(OpenSource& source, IntakeState& state) {
  std::vector<Field> fields = bind_fields(source, kSummaryFields);
  if (fields.empty()) return;
  AgainstJournal reader(source, state, std::move(fields));
  for_each_row(source, [&](const Row& row) { reader.read(row); });
}

}  // namespace kaskad::intake
