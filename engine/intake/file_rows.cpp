#include "engine/intake/file_rows.hpp"

#include <algorithm>
#include <array>

#include "engine/intake/containers.hpp"
#include "engine/intake/file_hash.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/open_table.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

/// The field of each kind that says whose the row is; by SourceKind.
constexpr std::array<std::string_view, kSourceKindNames.size()> kOwners = {
    "school", "school", "school", "school",    "school", "school", "owner", "programme", "school", "",      "school",
    "owner",  "school", "owner",  "programme", "school", "owner",  "owner", "school",    "school", "school"};
static_assert(kOwners.back() == "school" && kSourceKindNames.back() == "courses", "a new kind has an owner, or none");
/// Whose owner is a programme’s.
constexpr std::string_view kByProgramme = "programme";
constexpr std::string_view kHeading = "heading";

std::vector<std::string> cells_of(const Row& row) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < row.size; ++i) cells.emplace_back(trimmed(row[i]));
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  return cells;
}

/// Rows of one chunk of a table, found again by the locators of another view of the same file.
class Follower {
 public:
  explicit Follower(std::unique_ptr<RowReader> rows) : rows_(std::move(rows)) {}
  /// Null when there is no such row; locators rise.
  const Row* at(std::uint64_t locator) {
    while (!done_ && (!begun_ || row_.locator < locator)) {
      begun_ = true;
      done_ = !rows_->next(row_);
    }
    return !done_ && row_.locator == locator ? &row_ : nullptr;
  }

 private:
  std::unique_ptr<RowReader> rows_;
  Row row_;
  bool begun_ = false;
  bool done_ = false;
};

}  // namespace

/// Whose a row is, by the fields of all sources that read the table.
class FileRows::Identity {
 public:
  Identity(const Dataset& data, const SchoolIndex& schools) : data_(data), schools_(schools) {
    for (const Programme& p : data.programmes) {
      if (p.school) by_programme_.emplace(p.id, *p.school);
    }
  }

  struct Fields {
    Field owner;
    Field year;
    ValueMaps values;
  };

  std::unique_ptr<Fields> bind(const Table& table, const SourceSpec& spec) const {
    auto fields = std::make_unique<Fields>();
    fields->values = value_maps(spec);
    const std::string_view owner = kOwners[static_cast<std::size_t>(spec.kind)];
    if (owner.empty()) return fields;
    fields->owner = bind_field(table, spec.fields, field_of(spec.kind, owner), fields->values);
    fields->year = bind_field(table, spec.fields, "year", fields->values);
    return fields;
  }

  std::optional<SchoolId> school_of(const Row& row, const Fields& fields) const {
    const std::string_view text = fields.owner.given ? fields.owner.text(row) : std::string_view();
    if (text.empty() || row.unclosed_column > 0) return std::nullopt;
    if (fields.owner.name == kByProgramme) {
      const auto found = by_programme_.find(text);
      return found == by_programme_.end() ? std::nullopt : std::optional(found->second);
    }
    return find(text, parse_year(fields.year.text(row)).value_or(0));
  }

  std::optional<SchoolId> find(std::string_view text, int year) const {
    const std::optional<FoundSchool> found = schools_.find(text, year);
    return found ? std::optional(found->school) : std::nullopt;
  }

 private:
  const Dataset& data_;
  const SchoolIndex& schools_;
  TextMap<SchoolId> by_programme_;
};

/// A table of a file, seen as the intake saw it (`seen`), as it stands in the file, and as it came back.
struct FileRows::Opened {
  std::optional<FileBytes> bytes;
  SourceSpec spec;  ///< Tables are made with it.
  OpenedTable table;
  CorrectionLog log;
  TableWrap wrap;
  std::unique_ptr<Table> seen_at_first;  ///< As the intake would have seen it had nothing come back; may be null.
  std::unique_ptr<Table> raw;
  std::unique_ptr<Table> corrected;  ///< Null when nothing has come back.
  std::vector<std::unique_ptr<Identity::Fields>> fields;
  bool has_layout() const { return table.layout != nullptr; }
};

FileRows::FileRows(const std::vector<SourceSpec>& sources, const Dataset& data, const Corrections* corrections,
                   unsigned threads)
    : data_(data), corrections_(corrections), threads_(threads) {
  Diagnostics known;
  WorkbookShelf shelf;
  for (const SourceSpec& spec : sources) {
    for (const SourceSpec& file : expand_source(spec, known)) {
      std::vector<SourceSpec> sheets = sheets_of(file, shelf);
      std::move(sheets.begin(), sheets.end(), std::back_inserter(specs_));
    }
  }
  schools_ = std::make_unique<SchoolIndex>(data.registry);
  for (const SourceSpec& spec : specs_) {
    if (spec.kind == SourceKind::crosswalk || spec.kind_is_found) learn_crosswalk(spec);
  }
  identity_ = std::make_unique<Identity>(data, *schools_);
}

/// Schools of earlier years, as the intake learned them; what is wrong with the file has been told then.
void FileRows::learn_crosswalk(const SourceSpec& spec) {
  Diagnostics known;
  const std::optional<FileBytes> bytes = open_file(spec, known);
  if (!bytes) return;
  OpenedTable opened = open_table(spec, *bytes, data_, threads_, known);
  if (opened.table == nullptr || opened.spec.kind != SourceKind::crosswalk) return;
  OpenSource source;
  source.spec = std::make_unique<SourceSpec>(std::move(opened.spec));
  source.table = std::move(opened.table);
  source.report = Report::silent();
  source.values = value_maps(*source.spec);
  Dataset nothing;
  const IntakeNames names;
  const IntakeOptions options;
  IntakeState state(nothing, names, options);
  state.schools = std::move(*schools_);
  read_crosswalk(source, state);
  *schools_ = std::move(*state.schools);
}

FileRows::~FileRows() = default;

std::unique_ptr<FileRows::Opened> FileRows::open(const std::string& file, const std::string& sheet) const {
  std::unique_ptr<Opened> found;
  Diagnostics known;
  for (const SourceSpec& spec : specs_) {
    if (spec.name != file) continue;
    auto opened = std::make_unique<Opened>();
    opened->spec = spec;
    opened->bytes = open_file(spec, known);
    if (!opened->bytes) continue;
    if (corrections_ != nullptr) opened->wrap = corrected_tables(*corrections_, spec.name, opened->log);
    opened->table = open_table(opened->spec, *opened->bytes, data_, threads_, known, opened->wrap);
    if (opened->table.table == nullptr || (!sheet.empty() && opened->table.table->sheet() != sheet)) continue;
    auto fields = identity_->bind(*opened->table.table, opened->table.spec);
    // The same table may be read as several sources, which know its rows' schools by different columns.
    if (found == nullptr) found = std::move(opened);
    found->fields.push_back(std::move(fields));
  }
  if (found == nullptr) return found;
  const int head = found->has_layout() ? 0 : std::max(1, found->table.spec.header_row);
  found->raw = found->table.make(head, known);
  const bool corrected = corrections_ != nullptr && corrections_->speak_of(file, sheet);
  if (corrected) {
    found->corrected = found->wrap(found->table.make(head, known));
    OpenedTable before = open_table(found->spec, *found->bytes, data_, threads_, known);
    found->seen_at_first = std::move(before.table);
  }
  return found->raw == nullptr ? nullptr : std::move(found);
}

namespace {

/// Lines above the rows, and the heads, as they stand in the file.
FileTop top_of(const Table& all, const Table& table, const LayoutMatch* layout, int header_row) {
  FileTop top;
  top.heads.assign(table.heads().begin() + table.columns_before_file(), table.heads().end());
  for (const TopRow& line : top_rows(all)) {
    const bool above = layout != nullptr ? line.locator <= layout->head_locator : line.number <= header_row;
    if (!above) break;
    FileRow row;
    row.number = line.number;
    row.cells = line.cells;
    top.head_row = line.number;
    top.lines.push_back(std::move(row));
  }
  return top;
}

}  // namespace

/// One reading of a table.
class FileRows::Visit {
 public:
  Visit(const FileRows& files, const Opened& opened, const std::vector<std::int64_t>& rows, const Take& take)
      : files_(files),
        opened_(opened),
        seen_(*opened.table.table),
        take_(take),
        at_(rows.begin()),
        end_(rows.end()),
        before_(seen_.rows_before()) {}

  void run() {
    for (std::size_t chunk = 0; chunk < seen_.chunks() && at_ != end_; ++chunk) {
      read_chunk(chunk);
      seen_.release(chunk);
    }
  }

 private:
  /// The same chunk in all views of the file.
  struct Views {
    Follower raw, returned, at_first;
  };

  void read_chunk(std::size_t chunk) {
    const std::unique_ptr<RowReader> reader = seen_.read(chunk);
    Views views{Follower(opened_.raw->read(chunk)),
                Follower((opened_.corrected ? *opened_.corrected : *opened_.raw).read(chunk)),
                Follower((opened_.seen_at_first ? *opened_.seen_at_first : seen_).read(chunk))};
    Row row;
    while (reader->next(row)) {
      if (at_ != end_) read_row(row, views);
    }
    before_ += reader->passed();
  }

  void read_row(const Row& row, Views& views) {
    const std::int64_t number = before_ + row.number;
    while (at_ != end_ && *at_ < number) ++at_;
    const bool heading = row.left_out == kHeading;
    const bool wanted = at_ != end_ && *at_ == number;
    if (!heading && !wanted) return;
    const Row* shown = views.returned.at(row.locator);
    if (shown == nullptr) return;
    FileRow found;
    found.number = number;
    found.cells = cells_of(*shown);
    if (wanted) give(row, views, found);
    if (heading) keep_heading(std::move(found));
  }

  void keep_heading(FileRow heading) {
    if (!headings_.empty() && heading.number != headings_.back().number + 1) headings_.clear();
    headings_.push_back(std::move(heading));
  }

  void give(const Row& row, Views& views, FileRow& found) {
    found.school = school_in(row);
    const Row* first = views.at_first.at(row.locator);
    found.school_at_first = first != nullptr ? school_in(*first) : std::nullopt;
    const Row* original = views.raw.at(row.locator);
    if (original != nullptr) found.original = cells_of(*original);
    take_(found, speaks_of_other(row, found.school) ? std::vector<FileRow>() : headings_);
    ++at_;
  }

  std::optional<SchoolId> school_in(const Row& row) const {
    std::optional<SchoolId> school;
    for (std::size_t i = 0; i < opened_.fields.size() && !school; ++i)
      school = files_.identity_->school_of(row, *opened_.fields[i]);
    return school;
  }

  /// A layout sees a row's school before the file's own columns: a heading above the row may have named it.
  bool speaks_of_other(const Row& row, std::optional<SchoolId> school) const {
    const std::string_view text = opened_.has_layout() ? row[Facts::kSchool] : std::string_view();
    return !text.empty() && files_.identity_->find(text, 0) != school;
  }

  const FileRows& files_;
  const Opened& opened_;
  const Table& seen_;
  const Take& take_;
  std::vector<std::int64_t>::const_iterator at_, end_;
  std::int64_t before_;
  std::vector<FileRow> headings_;
};

std::optional<FileTop> FileRows::visit(const std::string& file, const std::string& sheet,
                                       const std::vector<std::int64_t>& rows, const Take& take) const {
  const std::unique_ptr<Opened> opened = open(file, sheet);
  if (opened == nullptr) return std::nullopt;
  Visit(*this, *opened, rows, take).run();
  Diagnostics known;
  const std::unique_ptr<Table> all = opened->table.make(0, known);
  return top_of(all ? *all : *opened->raw, *opened->table.table, opened->table.layout.get(),
                std::max(1, opened->table.spec.header_row));
}

std::uint64_t FileRows::sum_of_rows(const std::string& file, const std::string& sheet) const {
  const std::unique_ptr<Opened> opened = open(file, sheet);
  std::uint64_t sum = 0;
  for (std::size_t chunk = 0; opened != nullptr && chunk < opened->table.table->chunks(); ++chunk) {
    const std::unique_ptr<RowReader> reader = opened->table.table->read(chunk);
    Row row;
    while (reader->next(row)) {
      std::string text;
      for (const std::string& cell : cells_of(row)) text += cell + '\x1f';
      if (row.left_out.empty()) sum += xxh64(text, 0);
    }
    opened->table.table->release(chunk);
  }
  return sum;
}

}  // namespace kaskad::intake
