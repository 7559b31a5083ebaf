#include "app/batch/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <filesystem>
#include <fstream>
#include <vector>

#include "app/version.hpp"
#include "engine/base/files.hpp"
#include "engine/intake/file_hash.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;
using reports::Value;

/// Writes values one after the other so that no two different sequences give the same bytes.
class Ink {
 public:
  void number(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) bytes_ += static_cast<char>(value >> (8 * i));
  }
  void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  std::string hash() const { return intake::hash_of(bytes_); }

 private:
  std::string bytes_;
};

void write(Ink& ink, const Value& value);

void write(Ink& ink, const reports::Unit& unit) {
  ink.number(static_cast<std::uint64_t>(unit.kind));
  if (!unit.own) return;
  for (const auto* forms : {&unit.own->head, &unit.own->one, &unit.own->few, &unit.own->many, &unit.own->other}) {
    for (const auto& [language, words] : *forms) ink.text(words);
  }
}

void write(Ink& ink, const reports::Quantity& q) {
  const Estimate& e = q.estimate;
  for (const double part : {e.value, e.se, e.lo, e.hi, e.df, e.p}) ink.real(part == part ? part : kNaN);
  ink.number(static_cast<std::uint64_t>(e.n));
  ink.number(static_cast<std::uint64_t>(e.clusters));
  ink.number(static_cast<std::uint64_t>(e.reason));
  write(ink, q.unit);
  ink.number(static_cast<std::uint64_t>(q.decimals));
  ink.number(q.is_difference ? 1 : 0);
}
void write(Ink& /*ink*/, std::monostate /*nothing*/) {}
void write(Ink& ink, bool value) { ink.number(value ? 1 : 0); }
void write(Ink& ink, std::int64_t value) { ink.number(static_cast<std::uint64_t>(value)); }
void write(Ink& ink, const std::string& value) { ink.text(value); }
void write(Ink& ink, const reports::List& list) {
  ink.number(list.size());
  for (const Value& item : list) write(ink, item);
}
void write(Ink& ink, const reports::Object& object) {
  ink.number(object.size());
  for (const auto& [name, value] : object) {
    ink.text(name);
    write(ink, value);
  }
}

void write(Ink& ink, const Value& value) {
  ink.number(value.is.index());
  std::visit([&](const auto& held) { write(ink, held); }, value.is);
}

/// What stands for the names that change with every run.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kFixed = {
    {{"date", "2000-01-01"}, {"date_text", "-"}, {"version", "-"}}};

std::vector<fs::path> files_under(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code status;
  for (const auto& entry : fs::recursive_directory_iterator(folder, status)) {
    if (entry.is_regular_file(status)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Name, size and first 4 KiB: the directory of a TrueType or OpenType file stands there, with checksums of all its
/// tables (OpenType specification 1.9, "Table Directory").
void write_font(Ink& ink, const fs::path& file) {
  constexpr std::size_t kDirectory = 4096;
  std::ifstream in(file, std::ios::binary);
  std::string head(kDirectory, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  std::error_code status;
  ink.text(file.filename().string());
  ink.number(fs::file_size(file, status));
  ink.text(head);
}

void write_file_of(Ink& ink, const fs::path& file) {
  ink.text(file.filename().string());
  ink.text(read_file(file.string()).value_or(std::string()));
}

}  // namespace

Value without_date(const Value& tree) {
  Value out = tree;
  if (auto* root = std::get_if<reports::Object>(&out.is)) {
    for (auto& [name, value] : *root) {
      for (const auto& [fixed, text] : kFixed) {
        if (name == fixed) value = Value(std::string(text));
      }
    }
  }
  return out;
}

std::string fingerprint_of(const Value& tree) {
  Ink ink;
  write(ink, tree);
  return ink.hash();
}

std::string fingerprint_of_surroundings(const RunOptions& options, const Resources& resources,
                                        const std::string& language, const std::string& own) {
  Ink ink;
  ink.text(program_version());
  ink.text(language);
  for (const std::string& templates : {resources.templates, own}) {
    if (templates.empty()) continue;
    for (const fs::path& file : files_under(templates + "/texts/" + language)) write_file_of(ink, file);
  }
  for (const fs::path& file : files_under(options.fonts)) write_font(ink, file);
  for (const fs::path& file : files_under(options.hyphenation)) {
    if (file.filename().string().starts_with("hyph_")) write_file_of(ink, file);
  }
  return ink.hash();
}

std::string fingerprint_of(const TemplateLibrary& library, const ReportSpec& spec, const std::set<std::string>& names) {
  Ink ink;
  for (const std::string& name : names) {
    const auto contents = library.read(spec, name);
    ink.text(name);
    ink.number(contents ? 1 : 0);
    ink.text(contents.value_or(std::string()));
  }
  return ink.hash();
}

}  // namespace kaskad::app
