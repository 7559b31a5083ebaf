// Fields that only some layouts have, bound by the places that the layout has found.
#pragma once

#include <string_view>

#include "engine/intake/layout_table.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {

/// The field at a place of the file, from 0.
inline Field field_at(const OpenSource& source, int place, std::string_view name) {
  Field field;
  field.name = name;
  field.column = column_of_place(place);
  field.shown_column = place + 1;
  field.head = source.table->heads()[static_cast<std::size_t>(field.column) - 1];
  field.given = true;
  return field;
}

/// The field of a column of the layout; not given when the file has no such column.
inline Field field_of_layout(const OpenSource& source, std::string_view name) {
  const LayoutMatch& match = *source.layout;
  for (std::size_t i = 0; i < match.places.size(); ++i) {
    if (match.layout->columns[i].field == name && match.places[i] >= 0) return field_at(source, match.places[i], name);
  }
  return {};
}

}  // namespace kaskad::intake
