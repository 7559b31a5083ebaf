// Results that were changed on appeal. The pupil's earlier result is taken back and the later one counted in its place;
// what an appeal does not state stays as it was.
#include <algorithm>
#include <map>

#include "engine/intake/pupil_rows.hpp"
#include "engine/intake/results_parser.hpp"

namespace kaskad::intake {
namespace {

/// An appeal's row and the result that it gives.
struct Appeal {
  PupilResult result;
  std::uint64_t hash = 0;
  std::int64_t row = 0;
  std::uint64_t locator = 0;
};

class AppealsReader {
 public:
  AppealsReader(OpenSource& source, IntakeState& state, const ResultFields& fields)
      : source_(source),
        state_(state),
        fields_(fields),
        parser_(fields, *source.spec, state.dataset.vocabulary, *state.schools),
        rows_(state.results, state) {}

  void read() {
    for_each_row(source_, [&](const Row& row) { note(row); });
    const std::vector<Candidate> earlier = rows_.find({hashes(), {}, false});
    for (const Appeal& appeal : appeals_) apply(appeal, earlier);
    tell();
  }

 private:
  /// Every row that states a result is counted first; it is turned down when there is nothing to change.
  void note(const Row& row) {
    Report& report = source_.report;
    const std::vector<PupilResult>& results = parser_.parse(row, report);
    const std::string_view pupil = parser_.pupil(row);
    if (report.row_is_sound() && results.empty()) {
      report.leave_out_row(parser_.filtered() ? "filtered" : "unchanged");
      return;
    }
    if (pupil.empty()) report.error("missing-value", fields_.pupil, [&] { return Args{{"field", "pupil"}}; });
    if (!report.close_row()) return;
    appeals_.push_back({results.front(), state_.pupil_hash.of_result(results.front().key, pupil, fields_.by_names),
                        report.row(), row.locator});
  }

  std::vector<std::uint64_t> hashes() const {
    std::vector<std::uint64_t> all;
    std::transform(appeals_.begin(), appeals_.end(), std::back_inserter(all), [](const Appeal& a) { return a.hash; });
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  std::string pupil_of(const Appeal& appeal) {
    const std::unique_ptr<RowReader> reader = source_.table->read_at(appeal.locator);
    Row row;
    return reader->next(row) ? std::string(parser_.pupil(row)) : std::string();
  }

  /// The first row of the same pupil, which is the one that has been counted; null when there is none.
  const Candidate* earlier_of(const Appeal& appeal, const std::vector<Candidate>& candidates) {
    const std::pair<CellKey, std::string> wanted{appeal.result.key, pupil_of(appeal)};
    for (const Candidate& candidate : candidates) {
      if (candidate.hash == appeal.hash && rows_.identity(candidate) == wanted) return &candidate;
    }
    return nullptr;
  }

  void apply(const Appeal& appeal, const std::vector<Candidate>& candidates) {
    Report& report = source_.report;
    report.go_to_row(appeal.row);
    const Candidate* earlier = earlier_of(appeal, candidates);
    if (earlier == nullptr) {
      report.error("appeal-without-result", fields_.pupil, [] { return Args{}; });
      report.turn_down_counted_row("appeal-without-result");
      return;
    }
    Row row;
    const std::vector<PupilResult>& of_row = rows_.reread(earlier->source, earlier->locator, row);
    const IntakeState::ResultPlace place{&rows_.source(earlier->source), earlier->row, earlier->result};
    const auto known = state_.appealed.find(place);
    const PupilResult before = known == state_.appealed.end() ? of_row[earlier->result] : known->second.result;
    const PupilResult after = changed(before, appeal.result);
    if (after.values == before.values && after.has == before.has) {
      report.leave_out_counted_row("unchanged");
      return;
    }
    CubeBuilder& cube = state_.counters.front().cube;
    const CubeBuilder::CellIndex cell = cube.cell(before.key);
    count_result(before, cube, cell, -1);
    count_result(after, cube, cell, 1);
    std::get<0>(place)->report.let_go(std::get<1>(place), before.key);
    report.carry(after.key);
    if (known == state_.appealed.end()) {
      take_back_tasks(*std::get<0>(place)->results, row, before, cube);
      if (of_row.size() == 1) std::get<0>(place)->report.leave_out_counted_row("appealed");
    } else {
      Report& of_appeal = known->second.source->report;
      of_appeal.leave_out_counted_row("appealed");
      of_appeal.let_go(known->second.row, before.key);
    }
    state_.appealed[place] = {&source_, after, appeal.row};
    ++changed_;
  }

  static PupilResult changed(const PupilResult& before, const PupilResult& appeal) {
    PupilResult after = before;
    for (std::size_t i = 0; i < kOutcomes; ++i) {
      if (!appeal.has[i]) continue;
      after.has[i] = true;
      after.values[i] = appeal.values[i];
    }
    return after;
  }

  void tell() {
    Diagnostic d;
    d.severity = Severity::note;
    d.place.file = source_.spec->name;
    d.place.sheet = source_.table->sheet();
    d.message = {"appeals-counted", {{"n", changed_}}};
    source_.report.diagnostics().push_back(std::move(d));
  }

  OpenSource& source_;
  IntakeState& state_;
  const ResultFields& fields_;
  ResultsParser parser_;
  PupilRows rows_;
  std::vector<Appeal> appeals_;
  std::int64_t changed_ = 0;
};

}  // namespace

void read_appeals(OpenSource& source, IntakeState& state) {
  const std::optional<ResultFields> fields = bind_results(source);
  if (!fields) return;
  if (!fields->pupil.given) {
    report_missing_column(source, fields->pupil);
    reject_all_rows(source);
    return;
  }
  AppealsReader(source, state, *fields).read();
}

}  // namespace kaskad::intake
