#include "engine/intake/fields.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad::intake {
namespace {

/// From 1; 0 = none. The same spelling first, then the same but for case and spaces.
int find_head(const std::vector<std::string>& heads, const std::string& wanted) {
  auto found = std::find(heads.begin(), heads.end(), wanted);
  if (found == heads.end()) {
    const std::string folded = fold(wanted);
    found = std::find_if(heads.begin(), heads.end(), [&](const std::string& head) { return fold(head) == folded; });
  }
  return found == heads.end() ? 0 : static_cast<int>(found - heads.begin()) + 1;
}

}  // namespace

std::string_view Field::replaced(std::string_view raw) const {
  const auto found = values->find(raw);
  return found == values->end() ? raw : std::string_view(found->second);
}

ValueMaps value_maps(const SourceSpec& spec) {
  ValueMaps maps;
  for (const auto& [field, replacements] : spec.values) {
    for (const auto& [from, to] : replacements) maps[field].emplace(trimmed(from), trimmed(to));
  }
  return maps;
}

Field bind_field(const Table& table, const std::map<std::string, FieldSource>& mapping, std::string_view name,
                 const ValueMaps& values, bool by_own_name) {
  Field field;
  field.name = name;
  const auto replacements = values.find(name);
  if (replacements != values.end()) field.values = &replacements->second;
  const auto source = mapping.find(field.name);
  field.mapped = source != mapping.end();
  if (field.mapped && source->second.is_constant) {
    const std::string_view constant = trimmed(source->second.constant);
    const bool known = field.values != nullptr && field.values->find(constant) != field.values->end();
    field.constant = known ? field.values->find(constant)->second : std::string(constant);
    field.given = true;
    return field;
  }
  if (!field.mapped && !by_own_name) return field;
  field.head = field.mapped ? source->second.column : field.name;
  field.column =
      field.mapped && source->second.number > 0 ? source->second.number : find_head(table.heads(), field.head);
  field.shown_column = std::max(0, field.column - table.columns_before_file());
  field.given = field.column > 0;
  return field;
}

Field bind_field(const Table& table, const std::map<std::string, FieldSource>& mapping, const SourceField& wanted,
                 const ValueMaps& values) {
  Field field = bind_field(table, mapping, wanted.name, values);
  if (field.mapped || field.given) return field;
  any_head_of(wanted, [&](std::string_view head) {
    const int column = find_head(table.heads(), std::string(head));
    if (column == 0) return false;
    field.head = table.heads()[static_cast<std::size_t>(column) - 1];
    field.column = column;
    field.shown_column = std::max(0, column - table.columns_before_file());
    field.given = true;
    return true;
  });
  return field;
}

}  // namespace kaskad::intake
