#include "engine/intake/state.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/intake/layout_match.hpp"

namespace kaskad::intake {
namespace {

std::string list_of(const std::vector<std::string>& heads) {
  std::vector<std::string> named;
  std::copy_if(heads.begin(), heads.end(), std::back_inserter(named), [](const std::string& h) { return !h.empty(); });
  return fmt::format("{}", fmt::join(named, ", "));
}

bool rest_is_blank(const Row& row, std::size_t from) {
  for (std::size_t i = from; i < row.size; ++i) {
    if (!trimmed(row[i]).empty()) return false;
  }
  return true;
}

}  // namespace

void report_unknown_fields(OpenSource& source, std::span<const SourceField> table) {
  std::vector<std::string> known;
  std::transform(table.begin(), table.end(), std::back_inserter(known),
                 [](const SourceField& field) { return std::string(field.name); });
  for (const auto& [name, mapped_to] : source.spec->fields) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    Field field;
    field.name = name;
    source.report.error_of_source("unknown-field", field,
                                  {{"field", name},
                                   {"kind", std::string(kSourceKindNames[static_cast<std::size_t>(source.spec->kind)])},
                                   {"nearest", nearest_of(name, known)},
                                   {"known", list_of(known)}});
  }
}

void report_missing_column(OpenSource& source, const Field& field) {
  Field place = field;
  place.column = 0;
  place.shown_column = 0;
  if (source.layout && !field.mapped) {
    source.report.error_of_source("missing-fact", place,
                                  {{"field", field.name}, {"layout", std::string(source.layout->layout->id)}});
    return;
  }
  const std::vector<std::string>& heads = source.table->heads();
  source.report.error_of_source("missing-column", place,
                                {{"column", field.head},
                                 {"field", field.name},
                                 {"nearest", nearest_of(field.head, heads)},
                                 {"heads", list_of(heads)}});
}

void reject_all_rows(OpenSource& source, std::string_view code) {
  std::int64_t rows = 0;
  for (std::size_t chunk = 0; chunk < source.table->chunks(); ++chunk) {
    const std::unique_ptr<RowReader> reader = source.table->read(chunk);
    Row row;
    while (reader->next(row)) ++rows;
  }
  const std::string_view wanted = source.layout ? "missing-fact" : "missing-column";
  source.report.reject_rows(code.empty() ? wanted : code, rows);
}

std::vector<Field> bind_fields(OpenSource& source, std::span<const SourceField> table) {
  report_unknown_fields(source, table);
  std::vector<Field> fields;
  bool complete = true;
  for (const SourceField& wanted : table) {
    fields.push_back(bind_field(*source.table, source.spec->fields, wanted, source.values));
    const Field& field = fields.back();
    if (field.given || !(field.mapped || wanted.required)) continue;
    report_missing_column(source, field);
    complete = complete && !wanted.required;
  }
  if (complete) return fields;
  reject_all_rows(source);
  return {};
}

bool is_whole(const Row& row, const Table& table, Report& report) {
  const std::size_t expected = table.heads().size();
  if (row.unclosed_column > 0) {
    Field field;
    field.given = true;
    field.column = row.unclosed_column;
    field.shown_column = row.unclosed_column;
    const auto index = static_cast<std::size_t>(row.unclosed_column - 1 + table.columns_before_file());
    if (index < expected) field.head = table.heads()[index];
    report.error("quote-not-closed", field, [] { return Args{}; });
    return false;
  }
  if (row.size == expected || !table.fixed_width()) return true;
  if (row.size > expected && rest_is_blank(row, expected)) return true;
  report.error("wrong-field-count", Field{}, [&] {
    return Args{{"found", static_cast<std::int64_t>(row.size)}, {"expected", static_cast<std::int64_t>(expected)}};
  });
  return false;
}

Args first_seen(const Origin& origin) { return {{"first_file", origin.source->spec->name}, {"first_row", origin.row}}; }

}  // namespace kaskad::intake
