#include "engine/intake/layout_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/cell_readings.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

constexpr std::size_t kNamesColumn = Facts::kCount;

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
  if (column.field == column::kKey || column.field == column::kValue) return Use::text;
  if (column.field.front() != '-') {
    const bool outcome = std::find(outcomes.begin(), outcomes.end(), column.field) != outcomes.end();
    return outcome ? Use::outcome : Use::text;
  }
  return Use::outcome;
}

/// Names are all that tells its pupils apart.
bool tells_pupils_by_names(const LayoutMatch& match) {
  const SourceKind kind = match.layout->kind;
  if (kind != SourceKind::results && kind != SourceKind::appeals) return false;
  bool names = false, codes = false;
  for (std::size_t i = 0; i < match.places.size(); ++i) {
    const std::string_view field = match.layout->columns[i].field;
    names = names || (field == column::kName && match.places[i] >= 0);
    codes = codes || (field == "pupil" && match.places[i] >= 0);
  }
  return names && !codes;
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

std::vector<std::string> cells_of(const Row& row) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < row.size; ++i) cells.emplace_back(trimmed(row[i]));
  return cells;
}

class LayoutTable : public Table {
 public:
  LayoutTable(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary,
              const PupilHash* names)
      : raw_(std::move(raw)), match_(match), ends_(ends_of_heads(match.heads)) {
    if (names != nullptr && tells_pupils_by_names(match)) names_ = *names;
    heads_.assign(kColumnsBefore, "");
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
  int columns_before_file() const override { return static_cast<int>(kColumnsBefore); }

  const LayoutMatch& match() const { return match_; }
  const std::optional<PupilHash>& names() const { return names_; }
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
  void find_section(const Row& row, const Vocabulary& vocabulary, std::optional<std::vector<std::string>>& upper_heads);
  void take_heads(const std::vector<std::string>& heads, Section& section) const;
  bool repeats_heads(const Row& row) const;

  std::unique_ptr<Table> raw_;
  LayoutMatch match_;
  std::optional<PupilHash> names_;
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

  void hash_names(const Row& cells, const Section& section) {
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
  std::optional<std::vector<std::string>> upper_heads;
  for (std::size_t chunk = 0; chunk < raw_->chunks(); ++chunk) {
    const std::unique_ptr<RowReader> reader = raw_->read(chunk);
    Row row;
    while (reader->next(row)) {
      if (row.locator <= match_.head_locator || row.unclosed_column > 0) continue;
      find_section(row, vocabulary, upper_heads);
    }
    raw_->release(chunk);
  }
}

void LayoutTable::find_section(const Row& row, const Vocabulary& vocabulary,
                               std::optional<std::vector<std::string>>& upper_heads) {
  const Layout& layout = *match_.layout;
  Section next{row.locator, sections_.back().facts, sections_.back().places};
  if (upper_heads) {
    take_heads(heads_of_two(std::move(*upper_heads), cells_of(row)), next);
    upper_heads.reset();
  } else {
    const RowRole role = layout.role({&row, sections_.back().places}, vocabulary, next.facts);
    if (role == RowRole::data && !repeats_heads(row)) return;
    if (role == RowRole::total) {
      marks_.push_back({row.locator, kSum});
      return;
    }
    if (role == RowRole::data && match_.head_rows == 2) {
      upper_heads = cells_of(row);
    } else if (role == RowRole::data) {
      take_heads(cells_of(row), next);
    }
  }
  marks_.push_back({row.locator, kHeading});
  sections_.push_back(std::move(next));
}

void LayoutTable::take_heads(const std::vector<std::string>& heads, Section& section) const {
  std::vector<int> places = places_of_columns(*match_.layout, heads);
  if (!places.empty()) section.places = std::move(places);
}

}  // namespace

std::unique_ptr<Table> open_layout(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary,
                                   const PupilHash* names) {
  return std::make_unique<LayoutTable>(std::move(raw), match, vocabulary, names);
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
  for (const RepeatedColumn& repeated : match.repeated) {
    if (layout.kind != SourceKind::context) break;
    const int column = column_of_place(repeated.place);
    spec.fields.insert({repeated.name, {heads[static_cast<std::size_t>(column) - 1], "", false, column}});
  }
  const auto& known = static_cast<const LayoutTable&>(table);
  for (std::size_t fact = 0; fact < Facts::kMaximum; ++fact) {
    const bool wanted = layout.kind != SourceKind::context || fact == Facts::kSchool || fact == Facts::kYear;
    if (wanted && known.says(fact))
      spec.fields.insert({std::string(kFactNames[fact]), {"", "", false, static_cast<int>(fact) + 1}});
  }
  if (known.names()) spec.fields.insert({"pupil", {"", "", false, static_cast<int>(kNamesColumn) + 1}});
  const bool listed = std::find(spec.absent.begin(), spec.absent.end(), kAbsent) != spec.absent.end();
  if (!listed) spec.absent.emplace_back(kAbsent);
  spec.kind = layout.kind;
}

}  // namespace kaskad::intake
