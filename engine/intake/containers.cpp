#include "engine/intake/containers.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <string_view>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/file_format.hpp"
#include "engine/intake/xml_package.hpp"

namespace kaskad::intake {
namespace {

namespace fs = std::filesystem;
using Captures = std::map<std::string, std::string>;

/// Files of a folder or an archive that may be tables; others stay unread and are named.
constexpr std::array<std::string_view, 8> kTableEndings = {".csv",  ".txt", ".tsv", ".xlsx",
                                                           ".xlsm", ".xls", ".ods", ".pdf"};
constexpr std::string_view kZip = ".zip";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_table(std::string_view name) {
  const std::string folded = fold(name);
  return std::any_of(kTableEndings.begin(), kTableEndings.end(),
                     [&](std::string_view e) { return ends_with(folded, e); });
}

/// Files that office programs and systems leave beside the real ones.
bool is_hidden(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.empty() || name.front() == '.' || name.front() == '~' || path.substr(0, 9) == "__MACOSX/";
}

bool is_pattern(std::string_view path) { return path.find_first_of("*?{") != std::string_view::npos; }

void report(const SourceSpec& spec, Severity severity, std::string code, Args args, Diagnostics& out) {
  Diagnostic d;
  d.severity = severity;
  d.place.file = spec.name;
  d.message = {std::move(code), std::move(args)};
  out.push_back(std::move(d));
}

/// Tries all ends of a wild part; names of files are short.
bool fit(std::string_view pattern, std::string_view path, Captures& captures) {
  while (!pattern.empty()) {
    const char c = pattern.front();
    const std::size_t close = c == '{' ? pattern.find('}') : std::string_view::npos;
    if (c == '*' || close != std::string_view::npos) {
      const std::string name(c == '*' ? std::string_view() : pattern.substr(1, close - 1));
      const std::string_view rest = pattern.substr(c == '*' ? 1 : close + 1);
      for (std::size_t length = 0; length <= path.size(); ++length) {
        if (fit(rest, path.substr(length), captures)) {
          if (!name.empty()) captures[name] = path.substr(0, length);
          return true;
        }
        if (length < path.size() && path[length] == '/') break;
      }
      return false;
    }
    if (path.empty() || (c != '?' && c != path.front()) || (c == '?' && path.front() == '/')) return false;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
  }
  return path.empty();
}

SourceSpec one_of(const SourceSpec& spec, const std::string& path, const std::string& name, const Captures& captures) {
  SourceSpec one = spec;
  one.path = path;
  one.name = name;
  for (const auto& [field, text] : captures) one.fields.insert({field, {"", text, true}});
  return one;
}

template <class Iterator>
void collect_files(const fs::path& folder, std::vector<std::string>& files) {
  std::error_code trouble;
  for (Iterator at(folder, trouble), end; !trouble && at != end; at.increment(trouble)) {
    std::string path = at->path().generic_string();
    if (!at->is_regular_file(trouble) || is_hidden(path)) continue;
    files.push_back(path.substr(0, 2) == "./" ? path.substr(2) : std::move(path));
  }
}

/// Files of a folder, in natural order.
std::vector<std::string> files_in(const fs::path& folder, bool deep) {
  std::vector<std::string> files;
  deep ? collect_files<fs::recursive_directory_iterator>(folder, files)
       : collect_files<fs::directory_iterator>(folder, files);
  std::sort(files.begin(), files.end());
  std::stable_sort(files.begin(), files.end(),
                   [](const auto& a, const auto& b) { return collates_before(a, b, "ru"); });
  return files;
}

/// As the project names the source, with the part of the path that differs.
std::string name_below(const SourceSpec& spec, const std::string& folder, const std::string& path) {
  const std::string below = path.substr(std::min(path.size(), folder.size()));
  const std::string stem = is_pattern(spec.name)
                               ? spec.name.substr(0, spec.name.rfind('/', spec.name.find_first_of("*?{")) + 1)
                               : spec.name + "/";
  const std::size_t text = below.find_first_not_of('/');
  return stem + (text == std::string::npos ? "" : below.substr(text));
}

std::vector<SourceSpec> in_folder(const SourceSpec& spec, Diagnostics& out) {
  std::vector<SourceSpec> found;
  for (const std::string& path : files_in(spec.path, true)) {
    if (is_table(path) || ends_with(fold(path), kZip))
      found.push_back(one_of(spec, path, name_below(spec, spec.path, path), {}));
  }
  if (found.empty()) report(spec, Severity::error, "no-tables-in-folder", {}, out);
  return found;
}

std::vector<SourceSpec> of_pattern(const SourceSpec& spec, Diagnostics& out) {
  const std::size_t wild = spec.path.find_first_of("*?{");
  const std::string folder = spec.path.substr(0, spec.path.rfind('/', wild) + 1);
  std::vector<SourceSpec> found;
  for (const std::string& path :
       files_in(folder.empty() ? "." : folder, spec.path.find('/', wild) != std::string::npos)) {
    if (const auto captures = fit_pattern(spec.path, path))
      found.push_back(one_of(spec, path, name_below(spec, folder, path), *captures));
  }
  if (found.empty()) report(spec, Severity::error, "no-file-of-pattern", {}, out);
  return found;
}

bool is_workbook(const std::vector<ZipEntry>& entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const ZipEntry& e) { return e.name == "[Content_Types].xml" || e.name == "mimetype"; });
}

/// What an archive promises is checked before anything of it is unpacked.
bool is_bounded(const SourceSpec& spec, const std::vector<ZipEntry>& entries, Diagnostics& out) {
  std::uint64_t unpacked = 0;
  for (const ZipEntry& entry : entries) unpacked += entry.unpacked;
  if (entries.size() <= kMostEntries && unpacked <= kMostUnpacked) return true;
  report(spec, Severity::error, "archive-too-large",
         {{"entries", static_cast<std::int64_t>(entries.size())},
          {"megabytes", static_cast<std::int64_t>(unpacked >> 20)},
          {"most_entries", static_cast<std::int64_t>(kMostEntries)},
          {"most_megabytes", static_cast<std::int64_t>(kMostUnpacked >> 20)}},
         out);
  return false;
}

std::vector<SourceSpec> in_archive(const SourceSpec& spec, std::vector<ZipEntry> entries, Diagnostics& out) {
  std::sort(entries.begin(), entries.end(), [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
  std::stable_sort(entries.begin(), entries.end(),
                   [](const ZipEntry& a, const ZipEntry& b) { return collates_before(a.name, b.name, "ru"); });
  std::vector<SourceSpec> found;
  std::size_t nested = 0;
  for (const ZipEntry& entry : entries) {
    if (ends_with(fold(entry.name), kZip)) {
      ++nested;
      report(spec, Severity::error, "nested-archive", {{"entry", entry.name}}, out);
    }
    if (is_hidden(entry.name) || !is_table(entry.name)) continue;
    SourceSpec one = one_of(spec, spec.path, spec.name + "/" + entry.name, {});
    one.entry = entry.name;
    found.push_back(std::move(one));
  }
  if (found.empty() && nested == 0) report(spec, Severity::error, "no-tables-in-archive", {}, out);
  return found;
}

/// Names of entries are in UTF-8 here; other encodings are told by the archive's file.
std::vector<SourceSpec> of_file(const SourceSpec& spec, Diagnostics& out) {
  constexpr std::string_view signature = "PK\x03\x04";
  const auto file = file_exists(spec.path) ? MappedFile::open(spec.path) : tl::unexpected<Error>(Error{});
  if (!file || file->bytes().substr(0, signature.size()) != signature) return {spec};
  try {
    std::vector<ZipEntry> entries = read_zip_directory(file->bytes());
    if (is_workbook(entries)) return {spec};
    const std::string_view promised = promised_format(spec);
    if (!promised.empty()) {
      report(spec, Severity::warning, "named-otherwise", {{"promised", std::string(promised)}, {"format", "ZIP"}}, out);
    }
    if (!is_bounded(spec, entries, out)) return {};
    if (std::any_of(entries.begin(), entries.end(), [](const ZipEntry& e) { return e.encrypted; })) {
      report(spec, Severity::error, "password-protected", {}, out);
      return {};
    }
    return in_archive(spec, std::move(entries), out);
  } catch (const std::exception&) {
    if (!ends_with(fold(spec.path), kZip)) return {spec};
    report(spec, Severity::error, "archive-broken", {}, out);
    return {};
  }
}

}  // namespace

std::optional<Captures> fit_pattern(std::string_view pattern, std::string_view path) {
  Captures captures;
  if (!fit(pattern, path, captures)) return std::nullopt;
  return captures;
}

std::vector<SourceSpec> expand_source(const SourceSpec& spec, Diagnostics& out) {
  std::error_code trouble;
  std::vector<SourceSpec> files = {spec};
  if (fs::is_directory(spec.path, trouble)) {
    files = in_folder(spec, out);
  } else if (!file_exists(spec.path) && is_pattern(spec.path)) {
    files = of_pattern(spec, out);
  }
  std::vector<SourceSpec> tables;
  for (const SourceSpec& file : files) {
    std::vector<SourceSpec> some = of_file(file, out);
    std::move(some.begin(), some.end(), std::back_inserter(tables));
  }
  return tables;
}

std::vector<SourceSpec> sheets_of(const SourceSpec& spec, WorkbookShelf& shelf) {
  if (!spec.sheet.empty() || !file_exists(spec.path)) return {spec};
  Diagnostics unheard;
  const std::optional<FileBytes> file = open_file(spec, unheard);
  if (!file || format_of(file->view()).content != Content::workbook) return {spec};
  const ShelvedWorkbook shelved = shelf.open(spec, *file);
  if (shelved.workbook == nullptr || shelved.workbook->sheets().size() < 2) return {spec};
  std::vector<SourceSpec> sheets;
  for (const std::string& name : shelved.workbook->sheets()) {
    SourceSpec one = spec;
    one.sheet = name;
    one.one_of_sheets = true;
    sheets.push_back(std::move(one));
  }
  return sheets;
}

std::optional<FileBytes> open_file(const SourceSpec& spec, Diagnostics& out) {
  if (!file_exists(spec.path)) {
    report(spec, Severity::error, "missing-file", {}, out);
    return std::nullopt;
  }
  Expected<MappedFile> file = MappedFile::open(spec.path);
  if (!file) {
    report(spec, Severity::error, "unreadable-file", file.error().message.args, out);
    return std::nullopt;
  }
  if (spec.entry.empty()) return FileBytes(std::move(*file));
  // The edge to liborcus: an entry that does not unpack ends here.
  try {
    return FileBytes(ZipArchive(file->bytes()).read(spec.entry));
  } catch (const std::exception&) {
    report(spec, Severity::error, "archive-broken", {}, out);
    return std::nullopt;
  }
}

}  // namespace kaskad::intake
