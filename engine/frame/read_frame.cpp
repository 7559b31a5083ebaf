#include "engine/frame/read_frame.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

#include "engine/base/estimate.hpp"
#include "engine/base/files.hpp"
#include "engine/frame/cells.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/open_table.hpp"

namespace kaskad::frame {
namespace {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// The cells of one column: each distinct text once, and which of them stands in each row.
class TextColumn {
 public:
  void add(std::string_view text) {
    const auto found = index_.find(text);
    if (found != index_.end()) {
      codes_.push_back(found->second);
      return;
    }
    const int code = static_cast<int>(texts_.size());
    texts_.push_back(index_.emplace(std::string(text), code).first->first);
    codes_.push_back(code);
  }

  const std::vector<std::string_view>& texts() const { return texts_; }
  const std::vector<int>& codes() const { return codes_; }

 private:
  std::unordered_map<std::string, int, TextHash, std::equal_to<>> index_;
  std::vector<std::string_view> texts_;  ///< Keys of `index_`, in the order of their first row.
  std::vector<int> codes_;
};

/// A distinct text of a column, read.
struct Meaning {
  bool missing = false;
  CellNumber number;
};

std::vector<Meaning> meanings_of(const TextColumn& cells, const std::vector<std::string>& missing) {
  std::vector<Meaning> out;
  for (const std::string_view text : cells.texts()) {
    Meaning meaning;
    meaning.missing = is_missing_word(text) || std::find(missing.begin(), missing.end(), text) != missing.end();
    if (!meaning.missing) meaning.number = read_number(text);
    out.push_back(meaning);
  }
  return out;
}

void fill_numbers(const TextColumn& cells, const std::vector<Meaning>& meanings, Column& column) {
  const bool tails = std::any_of(meanings.begin(), meanings.end(), [](const Meaning& m) { return m.number.tail != 0; });
  column.numbers.reserve(cells.codes().size());
  for (const int code : cells.codes()) {
    const Meaning& meaning = meanings[static_cast<std::size_t>(code)];
    column.numbers.push_back(meaning.missing ? kNaN : meaning.number.value);
    if (tails) column.tails.push_back(meaning.number.tail);
  }
}

void fill_levels(const TextColumn& cells, const std::vector<Meaning>& meanings, Column& column) {
  const auto& texts = cells.texts();
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!meanings[i].missing) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
  std::vector<int> code_of(texts.size(), kMissing);
  for (const std::size_t i : order) {
    code_of[i] = static_cast<int>(column.levels.size());
    column.levels.emplace_back(texts[i]);
  }
  column.codes.reserve(cells.codes().size());
  for (const int code : cells.codes()) column.codes.push_back(code_of[static_cast<std::size_t>(code)]);
}

Column column_of(std::string name, const TextColumn& cells, const std::vector<std::string>& missing) {
  Column column;
  column.name = std::move(name);
  const std::vector<Meaning> meanings = meanings_of(cells, missing);
  column.categorical =
      !std::all_of(meanings.begin(), meanings.end(), [](const Meaning& m) { return m.missing || m.number.good; });
  column.categorical ? fill_levels(cells, meanings, column) : fill_numbers(cells, meanings, column);
  return column;
}

std::vector<std::string_view> words_in(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  std::vector<std::string_view> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(kBlanks, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

/// A file whose cells are parted by blanks has come as one column. Its columns, if the head and all rows have equally
/// many words and the words of one column are numbers; else nothing. A first word like "Data:" is no name (NIST).
std::vector<std::pair<std::string, TextColumn>> parted_by_blanks(const std::string& head, const TextColumn& lines) {
  std::vector<std::string_view> names = words_in(head);
  if (names.size() > 1 && names.front().back() == ':') names.erase(names.begin());
  std::vector<std::pair<std::string, TextColumn>> columns;
  if (names.size() < 2) return columns;
  for (const std::string_view name : names) columns.emplace_back(std::string(name), TextColumn());
  for (const int code : lines.codes()) {
    const auto words = words_in(lines.texts()[static_cast<std::size_t>(code)]);
    if (words.size() != names.size()) return {};
    for (std::size_t i = 0; i < words.size(); ++i) columns[i].second.add(words[i]);
  }
  const bool numbers = std::any_of(columns.begin(), columns.end(),
                                   [](const auto& column) { return !column_of({}, column.second, {}).categorical; });
  return numbers ? std::move(columns) : std::vector<std::pair<std::string, TextColumn>>();
}

Diagnostic about_row(const ReadOptions& options, const intake::Table& table, std::int64_t row, Message message) {
  Diagnostic d;
  d.place.file = options.file;
  d.place.sheet = table.sheet();
  d.place.row = row;
  d.message = std::move(message);
  return d;
}

bool rest_is_blank(const intake::Row& row, std::size_t from) {
  for (std::size_t i = from; i < row.size; ++i) {
    if (!intake::trimmed(row[i]).empty()) return false;
  }
  return true;
}

/// What is wrong with a row as a whole; an empty code when nothing is.
Message fault_of(const intake::Row& row, const intake::Table& table) {
  const std::size_t expected = table.heads().size();
  if (row.unclosed_column > 0) return {"quote-not-closed", {}};
  if (row.size == expected || !table.fixed_width() || (row.size > expected && rest_is_blank(row, expected))) return {};
  return {"wrong-field-count",
          {{"found", static_cast<std::int64_t>(row.size)}, {"expected", static_cast<std::int64_t>(expected)}}};
}

/// Reads the rows of a table, chunk after chunk, into the columns.
class RowCollector {
 public:
  RowCollector(const ReadOptions& options, const intake::Table& table, Frame& frame, Diagnostics& out)
      : options_(options), table_(table), frame_(frame), out_(out), cells_(table.heads().size()) {}

  void collect() {
    std::int64_t before = table_.rows_before();
    for (std::size_t chunk = 0; chunk < table_.chunks(); ++chunk) {
      const auto reader = table_.read(chunk);
      for (intake::Row row; reader->next(row);) add(row, before + row.number);
      before += reader->passed();
    }
    if (cells_.size() == 1) {
      for (const auto& [name, cells] : parted_by_blanks(table_.heads().front(), cells_.front()))
        frame_.columns.push_back(column_of(name, cells, options_.missing));
      if (!frame_.columns.empty()) return;
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const std::string& head = table_.heads()[i];
      frame_.columns.push_back(column_of(head.empty() ? "X" : head, cells_[i], options_.missing));
    }
  }

 private:
  void add(const intake::Row& row, std::int64_t number) {
    Message fault = fault_of(row, table_);
    if (!fault.code.empty()) {
      ++frame_.defective;
      out_.push_back(about_row(options_, table_, number, std::move(fault)));
      return;
    }
    frame_.row_numbers.push_back(number);
    for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i].add(intake::trimmed(row[i]));
  }

  const ReadOptions& options_;
  const intake::Table& table_;
  Frame& frame_;
  Diagnostics& out_;
  std::vector<TextColumn> cells_;
};

SourceSpec spec_of(const ReadOptions& options) {
  SourceSpec spec;
  spec.name = options.file;
  spec.path = options.file;
  spec.sheet = options.sheet;
  spec.header_row = options.header_row;
  spec.delimiter = options.delimiter;
  return spec;
}

}  // namespace

Expected<Frame> read_frame(const ReadOptions& options, Diagnostics& out) {
  if (!file_exists(options.file)) return failure("file-missing", {{"file", options.file}}, options.file);
  const intake::OpenedTable opened = intake::open_table(spec_of(options), 1, out);
  if (opened.table == nullptr) return failure("frame-unreadable", {}, options.file);
  Frame frame;
  frame.file = options.file;
  RowCollector(options, *opened.table, frame, out).collect();
  if (frame.rows() == 0) return failure("frame-no-rows", {}, options.file);
  return frame;
}

}  // namespace kaskad::frame
