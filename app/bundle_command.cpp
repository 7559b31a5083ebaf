#include <fmt/format.h>

#include <filesystem>

#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/study.hpp"
#include "engine/base/files.hpp"
#include "reports/content/bundle.hpp"

namespace kaskad::app {
namespace {

Expected<void> write_all(const std::vector<reports::BundleFile>& files, const std::string& folder) {
  for (const reports::BundleFile& file : files) {
    const std::string path = (std::filesystem::path(folder) / file.name).string();
    if (auto written = write_file(path, file.bytes); !written) return written;
    fmt::print("{}\n", path);
  }
  return {};
}

Expected<int> bundle_stages(const RunOptions& options, const Resources& resources, const Texts& texts,
                            Console& console) {
  console.stage("stage.project");
  auto project = load_project(options.project, resources, console, stderr);
  if (!project) return tl::unexpected<Error>(project.error());
  if (!*project) return kUsage;
  (*project)->date = options.date;
  Study study = begin_study(std::move(**project), options.threads, console);
  judge_study(study, Depth::whole, options.threads, console);
  const auto files = reports::effect_bundle(briefing_of(study, options.date, texts));
  if (files.empty()) return failure("bundle-empty", {}, options.project);
  console.finish();
  if (auto written = write_all(files, options.out); !written) return tl::unexpected<Error>(written.error());
  return has_errors(study.data.diagnostics) ? kDefects : kDone;
}

}  // namespace

int bundle(const RunOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, options.quiet);
  const auto status = bundle_stages(options, resources, texts, console);
  if (status) return *status;
  console.error(texts.describe(status.error()));
  return exit_code_of(status.error());
}

}  // namespace kaskad::app
