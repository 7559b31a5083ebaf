// Schools that were merged, split or renamed: to which school of the registry the rows of a text belong, by year.
#include <algorithm>

#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

enum Place : std::size_t { kSchool, kSuccessor, kFrom, kTo };
static_assert(kCrosswalkFields[kTo].name == "to" && kCrosswalkFields.size() == kTo + 1);

/// 0 when blank; a year before the project's is allowed, since schools were changed before its time.
int read_year(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return 0;
  const std::optional<int> year = parse_year(text);
  if (!year) report.error("not-a-year", field, [&] { return Args{{"value", quoted(text)}}; });
  return year.value_or(0);
}

struct Line {
  std::string school;
  std::string successor;
  Succession succession;  ///< Its school is found when all lines are known.
  std::int64_t row = 0;
};

/// Follows successors that are replaced in their turn, until the registry has one.
std::optional<SchoolId> resolve(const std::string& successor, const std::vector<Line>& lines,
                                const SchoolIndex& schools, std::size_t steps) {
  if (const auto found = schools.find(successor)) return found;
  const auto next = std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.school == successor; });
  if (next == lines.end() || steps == 0) return std::nullopt;
  return resolve(next->successor, lines, schools, steps - 1);
}

}  // namespace

void read_crosswalk(OpenSource& source, IntakeState& state) {
  const std::vector<Field> fields = bind_fields(source, kCrosswalkFields);
  if (fields.empty()) return;
  Report& report = source.report;
  std::vector<Line> lines;
  for_each_row(source, [&](const Row& row) {
    Line line{std::string(fields[kSchool].text(row)), std::string(fields[kSuccessor].text(row)), {}, report.row()};
    is_filled(line.school, fields[kSchool], report);
    is_filled(line.successor, fields[kSuccessor], report);
    line.succession = {0, read_year(fields[kFrom], row, report), read_year(fields[kTo], row, report)};
    const auto [school, from, to] = line.succession;
    if (from > 0 && to > 0 && to < from) {
      report.error("period-reversed", fields[kTo], [&, from = from, to = to] {
        return Args{{"from", std::int64_t{from}}, {"to", std::int64_t{to}}};
      });
    }
    if (report.close_row()) lines.push_back(std::move(line));
  });
  for (const Line& line : lines) {
    report.go_to_row(line.row);
    Succession succession = line.succession;
    const auto school = resolve(line.successor, lines, *state.schools, lines.size());
    if (!school) {
      const bool chained =
          std::any_of(lines.begin(), lines.end(), [&](const Line& l) { return l.school == line.successor; });
      if (chained)
        report.error("crosswalk-circle", fields[kSuccessor], [&] { return Args{{"school", quoted(line.school)}}; });
      if (!chained) report_unknown_school(line.successor, fields[kSuccessor], *state.schools, report);
      report.turn_down_counted_row(chained ? "crosswalk-circle" : "unknown-school");
      continue;
    }
    succession.school = *school;
    state.schools->add(line.school, succession);
  }
}

}  // namespace kaskad::intake
