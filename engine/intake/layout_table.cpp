#include "engine/intake/layout_table.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "engine/intake/cell_readings.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

constexpr std::size_t kFacts = Facts::kCount;

/// From a row on, until the next section.
struct Section {
  std::uint64_t locator = 0;
  Facts facts;
  std::vector<int> places;  ///< As LayoutMatch::places: later blocks may have their columns elsewhere.
};

struct Mark {
  std::uint64_t locator = 0;
  std::string_view left_out;
};

constexpr std::string_view kHeading = "heading";
constexpr std::string_view kSum = "sum-over-schools";

/// What is to be done with a column of the layout.
enum class Use : std::uint8_t { none, text, outcome };

Use use_of(const LayoutColumn& column) {
  constexpr std::array<std::string_view, 15> outcomes = {"primary", "test", "mark", "journal", "n",  "p2",   "p3", "p4",
                                                         "p5",      "n2",   "n3",   "n4",      "n5", "mean", "sd"};
  if (column.field == column::kSign || column.field == column::kName || column.field == column::kUnits)
    return Use::none;
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

/// A head spread over merged cells: the columns after it that have no head belong to it.
std::vector<int> ends_of_heads(const std::vector<std::string>& heads) {
  const auto count = static_cast<int>(heads.size());
  std::vector<int> ends(heads.size(), count);
  for (int i = count - 2; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    ends[at] = heads[at + 1].empty() ? ends[at + 1] : i + 1;
  }
  return ends;
}

class LayoutTable : public Table {
 public:
  LayoutTable(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary)
      : raw_(std::move(raw)), match_(match), ends_(ends_of_heads(match.heads)) {
    heads_.assign(kFacts, "");
    heads_.insert(heads_.end(), match.heads.begin(), match.heads.end());
    sections_.push_back({0, match.facts, match.places});
    if (match.layout->role != nullptr) find_sections(vocabulary);
  }

  const std::vector<std::string>& heads() const override { return heads_; }
  const std::string& sheet() const override { return raw_->sheet(); }
  std::int64_t rows_before() const override { return raw_->rows_before(); }
  std::size_t chunks() const override { return raw_->chunks(); }
  std::unique_ptr<RowReader> read(std::size_t chunk) const override;
  std::unique_ptr<RowReader> read_at(std::uint64_t locator) const override;
  void release(std::size_t chunk) const override { raw_->release(chunk); }
  bool fixed_width() const override { return false; }
  int columns_before_file() const override { return static_cast<int>(kFacts); }

  const LayoutMatch& match() const { return match_; }
  int end_of_head(int place) const { return ends_[static_cast<std::size_t>(place)]; }
  /// The section in force at a row.
  const Section& section_at(std::uint64_t locator) const {
    const auto after = std::upper_bound(sections_.begin(), sections_.end(), locator,
                                        [](std::uint64_t at, const Section& s) { return at < s.locator; });
    return *(after - 1);
  }
  std::string_view left_out_at(std::uint64_t locator) const {
    const auto found = std::lower_bound(marks_.begin(), marks_.end(), locator,
                                        [](const Mark& m, std::uint64_t at) { return m.locator < at; });
    return found != marks_.end() && found->locator == locator ? found->left_out : std::string_view();
  }
  bool says(std::size_t fact) const {
    return std::any_of(sections_.begin(), sections_.end(),
                       [&](const Section& s) { return !s.facts.values[fact].empty(); });
  }

 private:
  void find_sections(const Vocabulary& vocabulary);
  bool repeats_heads(const Row& row) const;

  std::unique_ptr<Table> raw_;
  LayoutMatch match_;
  std::vector<int> ends_;
  std::vector<std::string> heads_;
  std::vector<Section> sections_;
  std::vector<Mark> marks_;
};

class LayoutReader : public RowReader {
 public:
  LayoutReader(const LayoutTable& table, std::unique_ptr<RowReader> raw) : table_(table), raw_(std::move(raw)) {}

  bool next(Row& row) override {
    Row cells;
    do {
      if (!raw_->next(cells)) return false;
    } while (cells.locator <= table_.match().head_locator);
    row = cells;
    if (cells.left_out.empty()) row.left_out = table_.left_out_at(cells.locator);
    row.absorbed = nullptr;
    const Section& section = table_.section_at(cells.locator);
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
  bool take_cells(const Row& cells, const Section& section) {
    const LayoutMatch& match = table_.match();
    bool any = false;
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
      fields_[kFacts + static_cast<std::size_t>(match.places[i])] =
          text.empty() && fact ? std::string_view(section.facts.values[*fact]) : text;
    }
    const bool tasks = !match.repeated.empty() && match.layout->kind == SourceKind::results;
    for (const RepeatedColumn& repeated : match.repeated) {
      const std::string_view text = cells[static_cast<std::size_t>(repeated.place)];
      fields_[kFacts + static_cast<std::size_t>(repeated.place)] =
          tasks ? task_score_of(text, dirt_, any_dirt_) : outcome_of(text, dirt_, any_dirt_);
    }
    return any;
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
  DirtCounts dirt_{};
  bool any_dirt_ = false;
};

std::unique_ptr<RowReader> LayoutTable::read(std::size_t chunk) const {
  return std::make_unique<LayoutReader>(*this, raw_->read(chunk));
}
std::unique_ptr<RowReader> LayoutTable::read_at(std::uint64_t locator) const {
  return std::make_unique<LayoutReader>(*this, raw_->read_at(locator));
}

/// Later blocks of a file repeat the heads.
bool LayoutTable::repeats_heads(const Row& row) const {
  const auto& columns = match_.layout->columns;
  const auto required = std::find_if(columns.begin(), columns.end(), [](const LayoutColumn& c) { return c.required; });
  for (std::size_t i = 0; i < row.size; ++i) {
    const std::string_view text = trimmed(row[i]);
    const bool letter = !text.empty() && (static_cast<unsigned char>(text.front()) >= 0x80 || text.front() > '9');
    if (letter && is_head_of(*required, text)) return true;
  }
  return false;
}

/// One look at all rows in order, because any row may be read first later on.
void LayoutTable::find_sections(const Vocabulary& vocabulary) {
  const Layout& layout = *match_.layout;
  for (std::size_t chunk = 0; chunk < raw_->chunks(); ++chunk) {
    const std::unique_ptr<RowReader> reader = raw_->read(chunk);
    Row row;
    while (reader->next(row)) {
      if (row.locator <= match_.head_locator || row.unclosed_column > 0) continue;
      Section next{row.locator, sections_.back().facts, sections_.back().places};
      const RowRole role = layout.role({&row, sections_.back().places}, vocabulary, next.facts);
      if (role == RowRole::data && !repeats_heads(row)) continue;
      marks_.push_back({row.locator, role == RowRole::total ? kSum : kHeading});
      if (role == RowRole::total) continue;
      if (role == RowRole::data) {
        std::vector<std::string> heads;
        for (std::size_t i = 0; i < row.size; ++i) heads.emplace_back(trimmed(row[i]));
        std::vector<int> places = places_of_columns(layout, heads);
        if (!places.empty()) next.places = std::move(places);
      }
      sections_.push_back(std::move(next));
    }
    raw_->release(chunk);
  }
}

}  // namespace

std::unique_ptr<Table> open_layout(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary) {
  return std::make_unique<LayoutTable>(std::move(raw), match, vocabulary);
}

void map_layout(const LayoutMatch& match, const Table& table, SourceSpec& spec) {
  const Layout& layout = *match.layout;
  const auto& heads = table.heads();
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const std::string_view field = layout.columns[i].field;
    if (match.places[i] < 0 || field.front() == '-') continue;
    const int column = column_of_place(match.places[i]);
    spec.fields.insert({std::string(field), {heads[static_cast<std::size_t>(column) - 1], "", false, column}});
  }
  const auto& known = static_cast<const LayoutTable&>(table);
  for (std::size_t fact = 0; fact < Facts::kMaximum; ++fact) {
    if (known.says(fact))
      spec.fields.insert({std::string(kFactNames[fact]), {"", "", false, static_cast<int>(fact) + 1}});
  }
  const bool listed = std::find(spec.absent.begin(), spec.absent.end(), kAbsent) != spec.absent.end();
  if (!listed) spec.absent.emplace_back(kAbsent);
  spec.kind = layout.kind;
}

}  // namespace kaskad::intake
