// A project's data as the check sees them, for its tests.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "app/check/findings.hpp"
#include "app/load.hpp"
#include "app/resources.hpp"
#include "engine/base/files.hpp"
#include "tests/app_texts.hpp"

namespace kaskad::app {

inline const std::string kProject = "fixtures/check/project/kaskad.toml";

inline Resources source_tree() { return {"templates", "indicators/catalogue"}; }

inline Texts texts_in(const std::string& language) { return texts_of(source_tree(), language); }

inline std::string fresh_folder(const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / ("kaskad_check_" + name);
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder.string();
}

/// A copy of the project that a test may change.
inline std::string copy_of_project(const std::string& name) {
  const std::string folder = fresh_folder(name);
  std::filesystem::copy(std::filesystem::path(kProject).parent_path(), folder,
                        std::filesystem::copy_options::recursive);
  return folder + "/kaskad.toml";
}

/// What a check of a project has found; members in the order in which they need each other.
struct Checked {
  Texts texts = texts_in("ru");
  Console console{texts, true};
  Project project;
  Dataset data;
  std::optional<intake::Corrections> corrections;
  std::unique_ptr<intake::FileRows> rows;
  Overflow overflow{{}, {}};
  std::unique_ptr<Findings> findings;
};

inline std::unique_ptr<Checked> check_project(const std::string& file, const std::string& corrected = {},
                                              const FindingsFilter& filter = {}, unsigned threads = 1) {
  auto checked = std::make_unique<Checked>();
  checked->project = load_project(file, source_tree(), checked->console, stderr).value().value();
  if (!corrected.empty()) checked->project.corrections = corrected;
  checked->data = load_dataset(checked->project, threads, checked->console);
  Diagnostics told;
  if (!corrected.empty()) checked->corrections = intake::Corrections::read(corrected, told);
  checked->rows = std::make_unique<intake::FileRows>(checked->project.sources, checked->data,
                                                     checked->corrections ? &*checked->corrections : nullptr, threads);
  checked->findings = std::make_unique<Findings>(checked->data, checked->overflow, *checked->rows, filter);
  return checked;
}

}  // namespace kaskad::app
