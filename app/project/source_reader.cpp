#include <algorithm>
#include <array>

#include "app/project/project.hpp"
#include "engine/base/files.hpp"
#include "engine/base/text.hpp"
#include "engine/intake/source_fields.hpp"

namespace kaskad::app {
namespace {

/// Names that a source may map: the fields of its kind, and for context the declared context fields.
std::vector<std::string> mappable(SourceKind kind, const std::vector<ContextField>& context_fields) {
  std::vector<std::string> names;
  for (const SourceField& field : fields_of(kind)) names.emplace_back(field.name);
  if (kind == SourceKind::context) {
    for (const ContextField& field : context_fields) names.push_back(field.id);
  }
  return names;
}

void check_names(ConfigReader& reader, std::string_view key, const std::map<std::string, std::string>& used,
                 const std::vector<std::string>& known) {
  for (const auto& [name, value] : used) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    reader.report(key, "source-field", {{"field", name}, {"nearest", nearest(name, known).value_or("none")}});
  }
}

/// A wide result names the columns of its outcomes; what kind of result it is stands for all rows.
constexpr std::array<std::string_view, 3> kWideConstants = {"procedure", "subject", "grade"};

WideResult read_wide(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "source.result", out);
  WideResult result;
  for (const std::string_view name : kWideConstants) {
    const std::vector<std::string> value = reader.texts(name);
    if (!value.empty()) result.fields[std::string(name)] = {"", value.front(), true};
  }
  for (const std::string_view name : kOutcomeNames) {
    if (std::string column = reader.text(name); !column.empty())
      result.fields[std::string(name)] = {std::move(column), "", false};
  }
  reader.finish();
  return result;
}

void read_values(ConfigReader& reader, SourceSpec& spec, const std::vector<std::string>& known) {
  const ConfigNode* node = reader.table("values");
  if (node == nullptr) return;
  ConfigReader values(*node, reader.file(), "source.values", reader.diagnostics());
  for (const auto& [field, mapping] : *node->table()) {
    spec.values[field] = values.dictionary(field);
    check_names(values, field, {{field, ""}}, known);
  }
}

char read_delimiter(ConfigReader& reader) {
  const std::string text = reader.text("delimiter");
  if (text.empty()) return 0;
  if (text == ";" || text == "," || text == "\t") return text.front();
  reader.report("delimiter", "source-delimiter", {{"value", text}});
  return 0;
}

void read_fields(ConfigReader& reader, SourceSpec& spec, const std::vector<std::string>& known) {
  const auto columns = reader.dictionary("columns");
  const auto constants = reader.dictionary("constants");
  check_names(reader, "columns", columns, known);
  check_names(reader, "constants", constants, known);
  for (const auto& [field, column] : columns) spec.fields[field] = {column, "", false};
  for (const auto& [field, constant] : constants) spec.fields[field] = {"", constant, true};
}

/// "auto", or no kind at all, leaves it to the table's heads.
void read_kind(ConfigReader& reader, SourceSpec& spec) {
  constexpr std::size_t found = 0;
  std::vector<std::string_view> kinds = {"auto"};
  kinds.insert(kinds.end(), kSourceKindNames.begin(), kSourceKindNames.end());
  const std::size_t kind = reader.choice("kind", kinds, found);
  spec.kind_is_found = kind == found;
  spec.kind = spec.kind_is_found ? SourceKind::results : static_cast<SourceKind>(kind - 1);
}

void read_layout_name(ConfigReader& reader, SourceSpec& spec) {
  const std::vector<std::string> ids = source_layouts();
  std::vector<std::string_view> layouts = {"auto", "tidy"};
  layouts.insert(layouts.end(), ids.begin(), ids.end());
  const std::size_t layout = reader.choice("layout", layouts, 0);
  if (layout > 0) spec.layout = layouts[layout];
}

/// A table of a found kind may have the fields of any.
std::vector<std::string> mappable(const SourceSpec& spec, const std::vector<ContextField>& context_fields) {
  if (!spec.kind_is_found) return mappable(spec.kind, context_fields);
  std::vector<std::string> all;
  for (std::size_t kind = 0; kind < kSourceKindNames.size(); ++kind) {
    const std::vector<std::string> some = mappable(static_cast<SourceKind>(kind), context_fields);
    std::copy_if(some.begin(), some.end(), std::back_inserter(all),
                 [&](const std::string& name) { return std::find(all.begin(), all.end(), name) == all.end(); });
  }
  return all;
}

}  // namespace

SourceSpec read_source(const ConfigNode& node, const std::string& project_file,
                       const std::vector<ContextField>& context_fields, Diagnostics& out) {
  ConfigReader reader(node, project_file, "source", out);
  SourceSpec spec;
  read_kind(reader, spec);
  spec.name = reader.required_text("file");
  spec.path = resolve_beside(project_file, spec.name);
  read_layout_name(reader, spec);
  static const std::vector<std::string_view> kFormats = {"", "csv", "xlsx", "ods"};
  spec.format = kFormats[reader.choice("format", kFormats, 0)];
  spec.sheet = reader.text("sheet");
  spec.header_row = static_cast<int>(reader.integer("header_row", 0));
  if (reader.has("header_row") && spec.header_row < 1)
    reader.report("header_row", "setting-at-least", {{"least", std::int64_t{1}}});
  spec.encoding = static_cast<Encoding>(reader.choice("encoding", {"auto", "utf-8", "cp1251"}, 0));
  spec.delimiter = read_delimiter(reader);
  spec.repeated = reader.boolean("repeated", false);
  spec.absent = reader.texts("absent");
  for (const std::int64_t year : reader.integers("years")) spec.years.push_back(static_cast<int>(year));
  const std::vector<std::string> known = mappable(spec, context_fields);
  read_fields(reader, spec, known);
  read_values(reader, spec, known);
  for (const ConfigNode* result : reader.tables("result"))
    spec.results.push_back(read_wide(*result, project_file, out));
  reader.finish();
  return spec;
}

}  // namespace kaskad::app
