// A small project for the intake's tests: two procedures with scales, an olympiad, two subjects, two years.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "engine/base/files.hpp"
#include "engine/base/texts.hpp"
#include "engine/intake/source.hpp"

namespace kaskad {

inline const std::string kGood = "fixtures/intake/good/";
inline const std::string kBroken = "fixtures/intake/broken/";

inline Vocabulary small_vocabulary() {
  Vocabulary v;
  v.procedures = {{"VPR", {{"ru", "Всероссийские проверочные работы"}}, {}, {"ВПР"}, 2, 5, {}},
                  {"EGE", {{"ru", "Единый государственный экзамен"}}, {}, {"ЕГЭ"}, 2, 5, {}},
                  {"OLYMPIAD", {}, {}, {"ВсОШ"}, 1, 3, {{"победитель", 3}, {"призёр", 2}, {"участник", 1}}}};
  v.subjects = {{"russian", {{"ru", "Русский язык"}}, {"РУ"}}, {"math", {{"ru", "Математика"}}, {"МА"}}};
  Scale vpr_russian{"VPR", "russian", 4, 0, 0, 38, {}, {}, {}, std::array<int, 3>{13, 23, 32}, "", "ВПР 2021"};
  Scale vpr_math{"VPR", "math", 0, 0, 0, 20, {}, {}, {}, {}, "", ""};
  Scale ege{"EGE", "", 0, 0, 0, {}, 100, 24, 81, {}, "", ""};
  v.scales = {vpr_russian, vpr_math, ege};
  v.years = {2023, 2024};
  return v;
}

inline std::vector<ContextField> small_context() {
  return {{"enrolment", {}, "count", true}, {"father_ed", {}, "years", false}, {"mother_ed", {}, "years", false}};
}

inline IntakeNames small_names() { return {{"entry", "intermediate", "final"}, {"aims", "monitoring"}}; }

inline SourceSpec source_of(SourceKind kind, const std::string& path) {
  SourceSpec spec;
  spec.kind = kind;
  spec.path = path;
  spec.name = std::filesystem::path(path).filename().string();
  return spec;
}

inline SourceSpec good_registry() { return source_of(SourceKind::registry, kGood + "registry.csv"); }

/// Reads the good registry and the given sources.
inline Dataset read_with_registry(std::vector<SourceSpec> sources, unsigned threads = 1) {
  sources.insert(sources.begin(), good_registry());
  IntakeOptions options;
  options.threads = threads;
  return read_sources(sources, small_vocabulary(), small_context(), small_names(), options);
}

inline Dataset read_one(SourceKind kind, const std::string& path) {
  return read_with_registry({source_of(kind, path)});
}

/// The public invariant: rows read = counted + rejected + left out, in every source.
inline void expect_balanced(const Dataset& dataset) {
  const auto total = [](const std::map<std::string, std::int64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0},
                           [](auto sum, const auto& c) { return sum + c.second; });
  };
  for (const SourceLedger& l : dataset.ledger) {
    EXPECT_EQ(l.read, l.counted + total(l.rejected) + total(l.left_out)) << l.file;
    for (const auto& [code, n] : l.rejected) EXPECT_GT(n, 0) << l.file << " " << code;
  }
}

inline Texts texts_in(const std::string& language) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("templates/texts/" + language)) {
    files[entry.path().filename().string()] = read_file(entry.path().string()).value();
  }
  auto texts = Texts::load(language, files);
  return std::move(texts).value();
}

/// All diagnostics as a reader sees them, and the ledger.
inline std::string described(const Dataset& dataset, const Texts& texts) {
  std::string out;
  for (const Diagnostic& d : dataset.diagnostics) out += texts.describe(d) + "\n";
  for (const SourceLedger& l : dataset.ledger) {
    out += "= " + l.file + ": " + std::to_string(l.read) + " read, " + std::to_string(l.counted) + " counted";
    for (const auto& [code, n] : l.rejected) out += ", rejected " + code + " " + std::to_string(n);
    for (const auto& [code, n] : l.left_out) out += ", left out " + code + " " + std::to_string(n);
    out += "\n";
  }
  return out;
}

/// "row:column code" of every diagnostic.
inline std::vector<std::string> places_of(const Dataset& dataset) {
  std::vector<std::string> out;
  for (const Diagnostic& d : dataset.diagnostics) {
    out.push_back(std::to_string(d.place.row) + ":" + std::to_string(d.place.column) + " " + d.message.code);
  }
  return out;
}

/// A file of this test run, removed with the object.
class ScratchFile {
 public:
  ScratchFile(const std::string& name, const std::string& bytes)
      : path_((std::filesystem::temp_directory_path() / ("kaskad_intake_" + name)).string()) {
    EXPECT_TRUE(write_file(path_, bytes).has_value());
  }
  ~ScratchFile() { std::filesystem::remove(path_); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace kaskad
