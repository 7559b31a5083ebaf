// The stages that check and run share: settings, then the validated dataset.
#pragma once

#include <functional>
#include <optional>

#include "app/console.hpp"
#include "app/project/project.hpp"
#include "app/resources.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad::app {

struct Loaded {
  Project project;
  Dataset data;
};

/// Fails when the project file cannot be opened. Nothing when it has defects: they were told to `to`.
Expected<std::optional<Project>> load_project(const std::string& path, const Resources& resources, Console& console,
                                              std::FILE* to);
struct LoadOptions {
  unsigned threads = 1;
  std::function<void(Diagnostic&&)> overflow{};  ///< As IntakeOptions::overflow.
  std::string follow{};                          ///< As IntakeOptions::follow.
};
/// With the rows that came back to the project's folder of corrections, and with the doubts of plausibility among the
/// diagnostics, which stand in the order of the project's sources.
Dataset load_dataset(const Project& project, const LoadOptions& options, Console& console);
Dataset load_dataset(const Project& project, unsigned threads, Console& console);

void sort_by_sources(const Project& project, Diagnostics& diagnostics);

}  // namespace kaskad::app
