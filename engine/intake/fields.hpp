// Which column, or constant of the project file, gives each field of a source.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/intake/numbers.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/source_fields.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// Lets maps of std::string be searched by std::string_view.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

struct Field {
  std::string name;      ///< As in source.hpp.
  std::string head;      ///< Of its column.
  int column = 0;        ///< From 1; 0 = no column.
  int shown_column = 0;  ///< As the reader's own program shows it; 0 = not in the file.
  bool given = false;    ///< By a column that is there, or by a constant.
  bool mapped = false;   ///< The project names a column or constant for it.
  std::string constant;  ///< Already passed through `values`.
  const TextMap<std::string>* values = nullptr;

  bool is_constant() const { return given && column == 0; }
  /// The field's text in the row: trimmed, then replaced as `values` says. Empty when not given or blank.
  std::string_view text(const Row& row) const {
    if (column == 0) return constant;
    std::string_view raw = row[static_cast<std::size_t>(column) - 1];
    if (raw.empty()) return raw;
    if (needs_trimming(raw)) raw = trimmed(raw);
    return values == nullptr ? raw : replaced(raw);
  }

 private:
  static bool needs_trimming(std::string_view raw) {
    const auto first = static_cast<unsigned char>(raw.front());
    const auto last = static_cast<unsigned char>(raw.back());
    return first <= ' ' || last <= ' ' || first >= 0x80 || last >= 0x80;
  }
  std::string_view replaced(std::string_view raw) const;
};

/// The replacements of a source, by field; must outlive the fields bound with them.
using ValueMaps = std::map<std::string, TextMap<std::string>, std::less<>>;
ValueMaps value_maps(const SourceSpec& spec);

/// Binds one field. A field that the project does not map is looked for under its own name when `by_own_name`.
Field bind_field(const Table& table, const std::map<std::string, FieldSource>& mapping, std::string_view name,
                 const ValueMaps& values, bool by_own_name = true);
/// As above; a field that is not mapped is looked for under its own name and under its other heads.
Field bind_field(const Table& table, const std::map<std::string, FieldSource>& mapping, const SourceField& wanted,
                 const ValueMaps& values);

/// Calls is_head(text) for the field's own name and its other heads until one is; false when none is.
template <class IsHead>
bool any_head_of(const SourceField& field, const IsHead& is_head) {
  if (is_head(field.name)) return true;
  for (std::string_view rest = field.heads; !rest.empty();) {
    const std::size_t end = rest.find('|');
    if (is_head(rest.substr(0, end))) return true;
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return false;
}

}  // namespace kaskad::intake
