#include "engine/intake/csv_table.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/csv_scanner.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/survey.hpp"

namespace kaskad::intake {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kChunk = std::size_t{1} << 20;
/// A chunk's border is looked for from this far back, so that a quoted field over the border is seen from its start.
constexpr std::size_t kRunUp = 64 * 1024;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// UTF-8 of the bytes 128..255 of CP1251, made once a file: opening a converter for each field would cost more than
/// reading it.
class Cp1251 {
 public:
  Cp1251() {
    for (std::size_t i = 0; i < high_.size(); ++i)
      high_[i] = utf8_from_cp1251(std::string(1, static_cast<char>(128 + i)));
  }
  std::string decode(std::string_view text) const {
    std::string utf8;
    utf8.reserve(2 * text.size());
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      byte < 128 ? utf8 += c : utf8 += high_[byte - 128U];
    }
    return utf8;
  }

 private:
  std::array<std::string, 128> high_;
};

class CsvReader : public RowReader {
 public:
  /// `cp1251` is null for UTF-8.
  CsvReader(std::string_view file, std::string_view part, char delimiter, const Cp1251* cp1251)
      : file_(file.data()), scanner_(part, delimiter), cp1251_(cp1251) {}

  bool next(Row& row) override {
    while (scanner_.next()) {
      ++passed_;
      if (scanner_.blank()) continue;
      row.number = passed_;
      row.locator = static_cast<std::uint64_t>(scanner_.record() - file_);
      row.size = scanner_.size();
      row.fields = cp1251_ != nullptr ? decoded() : scanner_.buffer().data();
      row.unclosed_column = scanner_.unclosed_column();
      return true;
    }
    return false;
  }

  std::int64_t passed() const override { return passed_; }

 private:
  const std::string_view* decoded() {
    views_.assign(scanner_.buffer().begin(), scanner_.buffer().begin() + static_cast<std::ptrdiff_t>(scanner_.size()));
    texts_.clear();
    for (std::string_view& view : views_) {
      if (!is_ascii(view)) view = texts_.emplace_back(cp1251_->decode(view));
    }
    return views_.data();
  }

  const char* file_;
  CsvScanner scanner_;
  const Cp1251* cp1251_;
  std::int64_t passed_ = 0;
  std::vector<std::string_view> views_;
  std::deque<std::string> texts_;
};

class CsvTable : public Table {
 public:
  CsvTable(FileBytes file, Encoding encoding, char delimiter, std::size_t body, std::int64_t rows_before,
           std::vector<std::string> heads)
      : file_(std::move(file)),
        cp1251_(encoding == Encoding::cp1251 ? std::make_unique<Cp1251>() : nullptr),
        delimiter_(delimiter),
        body_(body),
        rows_before_(rows_before),
        heads_(std::move(heads)) {}

  const std::vector<std::string>& heads() const override { return heads_; }
  const std::string& sheet() const override { return sheet_; }
  std::int64_t rows_before() const override { return rows_before_; }
  std::size_t chunks() const override { return (bytes().size() - body_ + kChunk - 1) / kChunk; }
  bool fixed_width() const override { return !heads_.empty(); }

  std::unique_ptr<RowReader> read(std::size_t chunk) const override { return reader(border(chunk), border(chunk + 1)); }
  std::unique_ptr<RowReader> read_at(std::uint64_t locator) const override { return reader(locator, bytes().size()); }
  void release(std::size_t chunk) const override {
    if (file_.is_mapped()) release_pages(bytes().substr(body_ + chunk * kChunk, kChunk));
  }

 private:
  std::string_view bytes() const { return file_.view(); }

  std::unique_ptr<RowReader> reader(std::size_t from, std::size_t to) const {
    return std::make_unique<CsvReader>(bytes(), bytes().substr(from, to - from), delimiter_, cp1251_.get());
  }

  std::size_t after_line_feed(std::size_t from) const {
    const std::size_t found = bytes().find('\n', from);
    return found == std::string_view::npos ? bytes().size() : found + 1;
  }

  /// Start of the first record at or after the chunk's nominal place.
  std::size_t border(std::size_t chunk) const {
    const std::size_t nominal = body_ + chunk * kChunk;
    if (chunk == 0) return body_;
    if (nominal >= bytes().size()) return bytes().size();
    const std::size_t back = nominal - std::min(nominal - body_, kRunUp);
    const bool quotes_near = std::memchr(bytes().data() + back, '"', nominal - back) != nullptr;
    // −1: a line feed just before the nominal place makes that place a record's start.
    if (!quotes_near) return after_line_feed(nominal - 1);
    const std::size_t start = back == body_ ? body_ : after_line_feed(back);
    if (start >= nominal) return start;
    CsvScanner scanner(bytes().substr(start), delimiter_);
    while (scanner.position() < bytes().data() + nominal && scanner.next()) {
    }
    return static_cast<std::size_t>(scanner.position() - bytes().data());
  }

  FileBytes file_;
  std::unique_ptr<Cp1251> cp1251_;
  char delimiter_;
  std::size_t body_;
  std::int64_t rows_before_;
  std::vector<std::string> heads_;
  std::string sheet_;
};

std::size_t start_of_line(std::string_view bytes, std::size_t from, int line) {
  for (; line > 1 && from < bytes.size(); --line) {
    const std::size_t found = bytes.find('\n', from);
    from = found == std::string_view::npos ? bytes.size() : found + 1;
  }
  return from;
}

/// Record of a byte, for telling a reader where to look; records are counted as lines here.
std::int64_t line_of(std::string_view bytes, std::size_t at) {
  return 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

Encoding decide_encoding(const SourceSpec& spec, std::string_view bytes, const Survey& survey, bool marked,
                         Diagnostics& out) {
  if (spec.encoding == Encoding::cp1251 && !marked) return Encoding::cp1251;
  if (!survey.first_not_utf8) return Encoding::utf8;
  const bool declared = spec.encoding == Encoding::utf8 || marked;
  const std::size_t at = *survey.first_not_utf8;
  const std::int64_t line = line_of(bytes, at);
  Diagnostic d;
  d.severity = declared ? Severity::error : Severity::note;
  d.place.file = spec.name;
  if (declared) d.place.row = line;
  d.message = {declared ? "not-utf8" : "read-as-cp1251", {{"row", line}, {"byte", static_cast<std::int64_t>(at) + 1}}};
  out.push_back(std::move(d));
  return Encoding::cp1251;
}

std::vector<std::string> read_heads(CsvScanner& scanner, Encoding encoding) {
  std::vector<std::string> heads;
  for (std::size_t i = 0; i < scanner.size(); ++i) {
    const std::string_view head = scanner.buffer()[i];
    heads.emplace_back(trimmed(encoding == Encoding::cp1251 ? utf8_from_cp1251(head) : std::string(head)));
  }
  while (!heads.empty() && heads.back().empty()) heads.pop_back();
  return heads;
}

bool nothing_but_space(std::string_view bytes) { return bytes.find_first_not_of(" \t\r\n") == std::string_view::npos; }

Diagnostic about_file(const SourceSpec& spec, std::string code, Args args = {}) {
  Diagnostic d;
  d.place.file = spec.name;
  d.message = {std::move(code), std::move(args)};
  return d;
}

/// Lines that are looked at for the delimiter where it is not known which of them holds the heads.
constexpr int kDelimiterLines = 30;

char find_delimiter_of_lines(std::string_view text) {
  std::string lines(text.substr(0, start_of_line(text, 0, kDelimiterLines + 1)));
  std::replace(lines.begin(), lines.end(), '\n', ' ');
  return find_delimiter(lines);
}

std::unique_ptr<Table> all_rows(const FileBytes& file, const SourceSpec& spec, Encoding encoding, std::size_t begin) {
  const std::string_view bytes = file.view();
  const char delimiter = spec.delimiter != 0 ? spec.delimiter : find_delimiter_of_lines(bytes.substr(begin, kChunk));
  return std::make_unique<CsvTable>(file, encoding, delimiter, begin, 0, std::vector<std::string>());
}

std::unique_ptr<Table> below_head(const FileBytes& file, const SourceSpec& spec, Encoding encoding, std::size_t begin,
                                  int header_row, Diagnostics& out) {
  const std::string_view bytes = file.view();
  const std::size_t head_at = start_of_line(bytes, begin, header_row);
  const char delimiter = spec.delimiter != 0 ? spec.delimiter : find_delimiter(bytes.substr(head_at, kChunk));
  CsvScanner scanner(bytes.substr(head_at), delimiter);
  std::vector<std::string> heads;
  if (scanner.next()) heads = read_heads(scanner, encoding);
  if (heads.empty()) {
    out.push_back(about_file(spec, "no-head", {{"row", std::int64_t{header_row}}}));
    return nullptr;
  }
  const auto body = static_cast<std::size_t>(scanner.position() - bytes.data());
  return std::make_unique<CsvTable>(file, encoding, delimiter, body, header_row, std::move(heads));
}

}  // namespace

char find_delimiter(std::string_view head_line) {
  constexpr std::array<char, 3> known = {';', ',', '\t'};
  std::array<int, 3> seen{};
  bool quoted = false;
  for (const char c : head_line) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    for (std::size_t i = 0; i < known.size(); ++i) seen[i] += !quoted && c == known[i] ? 1 : 0;
  }
  return known[static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin())];
}

TableMaker open_csv(const FileBytes& file, const SourceSpec& spec, unsigned threads, std::string& hash,
                    Diagnostics& out) {
  const std::string_view bytes = file.view();
  const Survey survey = survey_bytes(bytes, threads, file.is_mapped());
  hash = survey.hash;
  const bool marked = bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark;
  const std::size_t begin = marked ? kByteOrderMark.size() : 0;
  if (nothing_but_space(bytes.substr(begin, kChunk))) {
    out.push_back(about_file(spec, "empty-file"));
    return {};
  }
  const Encoding encoding = decide_encoding(spec, bytes, survey, marked, out);
  return [=](int header_row, Diagnostics& told) {
    return header_row == 0 ? all_rows(file, spec, encoding, begin)
                           : below_head(file, spec, encoding, begin, header_row, told);
  };
}

}  // namespace kaskad::intake
