#include <algorithm>
#include <utility>

#include "engine/intake/layout_parts.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

std::vector<std::string> cells_of(const Row& row) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < row.size; ++i) cells.emplace_back(trimmed(row[i]));
  return cells;
}

/// Later blocks of a file repeat the heads.
bool repeats_heads(const LayoutMatch& match, const Row& row) {
  const auto& columns = match.layout->columns;
  const auto required = std::find_if(columns.begin(), columns.end(), [](const LayoutColumn& c) { return c.required; });
  for (std::size_t i = 0; i < row.size; ++i) {
    const std::string_view text = trimmed(row[i]);
    const bool letter = !text.empty() && (static_cast<unsigned char>(text.front()) >= 0x80 || text.front() > '9');
    if (letter && is_head_of(*required, text)) return true;
  }
  return false;
}

void take_heads(const LayoutMatch& match, const std::vector<std::string>& heads, LayoutSection& section) {
  std::vector<int> places = places_of_columns(*match.layout, heads);
  if (!places.empty()) section.places = std::move(places);
}

}  // namespace

const LayoutSection& LayoutSections::at(std::uint64_t locator) const {
  const auto after = std::upper_bound(sections_.begin(), sections_.end(), locator,
                                      [](std::uint64_t place, const LayoutSection& s) { return place < s.locator; });
  return *(after - 1);
}

std::string_view LayoutSections::left_out_at(std::uint64_t locator) const {
  const auto found = std::lower_bound(marks_.begin(), marks_.end(), locator,
                                      [](const Mark& m, std::uint64_t place) { return m.locator < place; });
  return found != marks_.end() && found->locator == locator ? found->left_out : std::string_view();
}

bool LayoutSections::says(std::size_t fact) const {
  return std::any_of(sections_.begin(), sections_.end(),
                     [&](const LayoutSection& s) { return !s.facts.values[fact].empty(); });
}

void LayoutSections::find(const LayoutMatch& match, const Table& raw, const Vocabulary& vocabulary) {
  std::optional<std::vector<std::string>> upper_heads;
  for (std::size_t chunk = 0; chunk < raw.chunks(); ++chunk) {
    const std::unique_ptr<RowReader> reader = raw.read(chunk);
    Row row;
    while (reader->next(row)) {
      if (row.locator <= match.head_locator || row.unclosed_column > 0) continue;
      look_at(match, row, vocabulary, upper_heads);
    }
    raw.release(chunk);
  }
}

void LayoutSections::look_at(const LayoutMatch& match, const Row& row, const Vocabulary& vocabulary,
                             std::optional<std::vector<std::string>>& upper_heads) {
  const Layout& layout = *match.layout;
  LayoutSection next{row.locator, sections_.back().facts, sections_.back().places};
  if (upper_heads) {
    take_heads(match, heads_of_two(std::move(*upper_heads), cells_of(row)), next);
    upper_heads.reset();
  } else {
    const RowRole role = layout.role({&row, sections_.back().places}, vocabulary, next.facts);
    if (role == RowRole::data && !repeats_heads(match, row)) return;
    if (role == RowRole::total) {
      marks_.push_back({row.locator, kSum});
      return;
    }
    if (role == RowRole::data && match.head_rows == 2) {
      upper_heads = cells_of(row);
    } else if (role == RowRole::data) {
      take_heads(match, cells_of(row), next);
    }
  }
  marks_.push_back({row.locator, kHeading});
  sections_.push_back(std::move(next));
}

}  // namespace kaskad::intake
