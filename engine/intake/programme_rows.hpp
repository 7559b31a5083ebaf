// Reading a source of Dataset::programme_data: one item a row, none said twice.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/intake/programme_cells.hpp"

namespace kaskad::intake {

/// What an item is about, as a text that no other item of its kind may have.
template <class... Parts>
std::string entry_key(const Parts&... parts) {
  std::string key;
  ((key += fmt::format("{}\n", parts)), ...);
  return key;
}

/// False when a row of this kind has been said before; then the row is closed.
bool is_new_entry(const std::string& key, const Field& field, OpenSource& source, IntakeState& state);

/// Reads each row with read_row(fields, row, report), which may leave the row out or report what is wrong with it, and
/// keeps the items whose key_of(item) is new. `subject` is the place in the table of the field that a repetition is
/// told of.
template <class Item, class ReadRow, class KeyOf>
void read_items(OpenSource& source, IntakeState& state, std::span<const SourceField> table, std::size_t subject,
                std::vector<Item>& out, const ReadRow& read_row, const KeyOf& key_of_item) {
  const std::vector<Field> fields = bind_fields(source, table);
  if (fields.empty()) return;
  for_each_row(source, [&](const Row& row) {
    Report& report = source.report;
    Item item = read_row(fields, row, report);
    item.place = report.place_of(Field{});
    if (!report.row_is_sound()) {
      report.reject_row();
    } else if (is_new_entry(key_of_item(item), fields[subject], source, state)) {
      report.count_row();
      out.push_back(std::move(item));
    }
  });
}

}  // namespace kaskad::intake
