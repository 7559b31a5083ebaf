#include <algorithm>

#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

std::vector<SourceField> fields_of(const Context& context) {
  std::vector<SourceField> all(kContextFields.begin(), kContextFields.end());
  for (const ContextField& field : context.fields) all.push_back({field.id});
  return all;
}

struct Given {
  int field = 0;
  double value = 0;
};

/// Values of a row; blank ones are missing, not zero.
std::vector<Given> read_values(const std::vector<Field>& fields, const Row& row, Report& report) {
  std::vector<Given> values;
  for (std::size_t i = 2; i < fields.size(); ++i) {
    if (!fields[i].given) continue;
    const std::string_view text = fields[i].text(row);
    if (text.empty()) continue;
    const ParsedNumber number = parse_number(text);
    if (!number.good) report.error("not-a-number", fields[i], [&] { return Args{{"value", quoted(text)}}; });
    values.push_back({static_cast<int>(i) - 2, number.value});
  }
  return values;
}

/// Welford's update (Technometrics 4, 1962) in terms of the sum, which stays exact for whole numbers.
void accumulate(ContextValue& value, double x) {
  if (value.n > 0) {
    const auto n = static_cast<double>(value.n);
    const double apart = x - value.sum / n;
    value.squares += apart * apart * n / (n + 1);
  }
  value.sum += x;
  ++value.n;
}

bool gives_a_value(const std::vector<Field>& fields) {
  return std::any_of(fields.begin() + 2, fields.end(), [](const Field& field) { return field.given; });
}

}  // namespace

void read_context(OpenSource& source, IntakeState& state) {
  Context& context = state.dataset.context;
  const std::vector<Field> fields = bind_fields(source, fields_of(context));
  if (fields.empty()) return;
  if (!gives_a_value(fields)) {
    source.report.error_of_source("no-context-fields", Field{}, {});
    reject_all_rows(source, "no-context-fields");
    return;
  }
  SchoolReader school_reader(*state.schools);
  YearReader year_reader(state.dataset.vocabulary.years);
  for_each_row(source, [&](const Row& row) {
    Report& report = source.report;
    const std::optional<SchoolId> school = school_reader.read(fields[0], fields[1], row, report);
    const bool dated = !fields[1].text(row).empty();
    const std::optional<int> year = dated ? year_reader.read(fields[1], row, report) : std::optional(0);
    const std::vector<Given> values = read_values(fields, row, report);
    if (report.row_is_sound() && values.empty()) {
      report.leave_out_row("absent");
      return;
    }
    if (!report.close_row()) return;
    for (const auto& [field, value] : values) accumulate(context.values[{field, *school, *year}], value);
  });
}

}  // namespace kaskad::intake
