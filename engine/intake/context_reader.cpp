#include <algorithm>

#include "engine/intake/cell_fields.hpp"
#include "engine/intake/context_values.hpp"
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
std::vector<Given> read_values(const std::vector<Field>& fields, const Context& context, const Row& row,
                               Report& report) {
  std::vector<Given> values;
  for (std::size_t i = 2; i < fields.size(); ++i) {
    if (!fields[i].given) continue;
    const auto value = read_context_value(fields[i].text(row), context.fields[i - 2], fields[i], report);
    if (value) values.push_back({static_cast<int>(i) - 2, *value});
  }
  return values;
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
    const std::vector<Given> values = read_values(fields, context, row, report);
    if (report.row_is_sound() && values.empty()) {
      report.leave_out_row("absent");
      return;
    }
    if (!report.close_row()) return;
    for (const Given& given : values) report.carry({*school, static_cast<std::int16_t>(*year), 0, 0, 0}, given.field);
    for (const auto& [field, value] : values) accumulate(context.values[{field, *school, *year}], value);
  });
}

}  // namespace kaskad::intake
