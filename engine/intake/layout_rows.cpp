#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"
#include "engine/intake/cell_readings.hpp"
#include "engine/intake/layout_parts.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

/// What is to be done with a column of the layout.
enum class Use : std::uint8_t { none, text, outcome };

Use use_of(const LayoutColumn& column) {
  constexpr std::array<std::string_view, 15> outcomes = {"primary", "test", "mark", "journal", "n",  "p2",   "p3", "p4",
                                                         "p5",      "n2",   "n3",   "n4",      "n5", "mean", "sd"};
  if (column.field == column::kSign || column.field == column::kName || column.field == column::kUnits)
    return Use::none;
  if (column.field == column::kKey || column.field == column::kValue) return Use::text;
  if (column.field.front() != '-') {
    const bool outcome = std::find(outcomes.begin(), outcomes.end(), column.field) != outcomes.end();
    return outcome ? Use::outcome : Use::text;
  }
  return Use::outcome;
}

std::optional<std::size_t> fact_of(std::string_view field) {
  const auto* found = std::find(kFactNames.begin(), kFactNames.end(), field);
  return found == kFactNames.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - kFactNames.begin()));
}

class LayoutReader : public RowReader {
 public:
  LayoutReader(const LayoutTable& table, std::unique_ptr<RowReader> raw) : table_(table), raw_(std::move(raw)) {}

  bool next(Row& row) override {
    Row cells;
    do {
      if (!raw_->next(cells)) return false;
    } while (cells.locator <= table_.match().head_locator);
    row = cells;
    if (cells.left_out.empty()) row.left_out = table_.sections().left_out_at(cells.locator);
    row.absorbed = nullptr;
    const LayoutSection& section = table_.sections().at(cells.locator);
    start_fields(section.facts);
    if (cells.unclosed_column == 0 && row.left_out.empty() && !take_cells(cells, section)) row.left_out = kHeading;
    row.fields = fields_.data();
    row.size = fields_.size();
    if (any_dirt_) row.absorbed = &dirt_;
    return true;
  }
  std::int64_t passed() const override { return raw_->passed(); }

 private:
  void start_fields(const Facts& facts) {
    fields_.assign(table_.heads().size(), std::string_view());
    std::copy(facts.values.begin(), facts.values.end(), fields_.begin());
    any_dirt_ = false;
    dirt_ = {};
  }

  /// False when no column that is read holds anything.
  bool take_cells(const Row& cells, const LayoutSection& section) {
    const LayoutMatch& match = table_.match();
    bool any = false;
    if (table_.names()) hash_names(cells, section);
    for (std::size_t i = 0; i < match.places.size(); ++i) {
      const LayoutColumn& column = match.layout->columns[i];
      const Use use = use_of(column);
      if (use == Use::none || match.places[i] < 0 || section.places[i] < 0) continue;
      std::string_view text = trimmed(cell_in(cells, section.places[i]));
      any = any || !text.empty();
      if (column.reading != nullptr) text = column.reading(text);
      if (column.field == "absent" && text == kAbsent) note(Dirt::absent_word);
      if (use == Use::outcome) text = outcome_of(text, dirt_, any_dirt_);
      const auto fact = fact_of(column.field);
      fields_[kColumnsBefore + static_cast<std::size_t>(match.places[i])] =
          text.empty() && fact ? std::string_view(section.facts.values[*fact]) : text;
    }
    const bool context = match.layout->kind == SourceKind::context;
    const bool tasks = !match.repeated.empty() && match.layout->kind == SourceKind::results;
    for (const RepeatedColumn& repeated : match.repeated) {
      const std::string_view text = cells[static_cast<std::size_t>(repeated.place)];
      if (context) {
        fields_[kColumnsBefore + static_cast<std::size_t>(repeated.place)] = trimmed(text);
        continue;
      }
      fields_[kColumnsBefore + static_cast<std::size_t>(repeated.place)] =
          tasks ? task_score_of(text, dirt_, any_dirt_) : outcome_of(text, dirt_, any_dirt_);
    }
    return any;
  }

  void hash_names(const Row& cells, const LayoutSection& section) {
    const LayoutMatch& match = table_.match();
    std::string names;
    for (std::size_t i = 0; i < match.places.size(); ++i) {
      const bool is_name = match.layout->columns[i].field == column::kName && match.places[i] >= 0;
      if (is_name && section.places[i] >= 0) names += fold(cell_in(cells, section.places[i])) + "\n";
    }
    if (names.find_first_not_of('\n') == std::string::npos) return;
    // Two hashes: 128 bits do not meet by chance.
    identity_ =
        fmt::format("{:016x}{:016x}", (*table_.names())(CellKey{}, names), (*table_.names())(CellKey{}, names + "2"));
    fields_[kNamesColumn] = identity_;
  }

  /// The first cell under a head that is not blank; a merged head has several columns.
  std::string_view cell_in(const Row& cells, int place) const {
    const int end = table_.end_of_head(place);
    for (int i = place; i < end; ++i) {
      const std::string_view text = cells[static_cast<std::size_t>(i)];
      if (!trimmed(text).empty()) return text;
    }
    return {};
  }

  void note(Dirt dirt) {
    ++dirt_[static_cast<std::size_t>(dirt)];
    any_dirt_ = true;
  }

  const LayoutTable& table_;
  std::unique_ptr<RowReader> raw_;
  std::vector<std::string_view> fields_;
  std::string identity_;
  DirtCounts dirt_{};
  bool any_dirt_ = false;
};

}  // namespace

std::unique_ptr<RowReader> read_layout_rows(const LayoutTable& table, std::unique_ptr<RowReader> raw) {
  return std::make_unique<LayoutReader>(table, std::move(raw));
}

}  // namespace kaskad::intake
