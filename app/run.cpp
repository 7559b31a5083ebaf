#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/judge.hpp"
#include "app/load.hpp"
#include "app/report_writer.hpp"
#include "app/version.hpp"

namespace kaskad::app {
namespace {

/// Schools in similar conditions that a passport shows beside its own.
constexpr std::size_t kSimilarSchools = 10;

reports::ReportIdentity identity_of(const Project& project, const Dataset& data, const RunOptions& options,
                                    const Texts& texts) {
  const std::string& language = texts.language();
  return {in_language(project.title, language),
          in_language(project.organisation, language),
          in_language(project.region, language),
          in_language(project.source_note, language),
          options.date,
          version_mark(project, data)};
}

void tell_made(const std::vector<std::string>& made, const RunOptions& options, const Texts& texts) {
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < made.size() && i < kShown; ++i) fmt::print("{}/{}\n", options.out, made[i]);
  if (made.size() > kShown)
    fmt::print("{}\n", texts.get("run.more_files", {{"n", static_cast<std::int64_t>(made.size() - kShown)}}));
}

Expected<int> run_stages(const RunOptions& options, const Resources& resources, const Texts& texts, Console& console) {
  console.stage("stage.project");
  const auto project = load_project(options.project, resources, console, stderr);
  if (!project) return tl::unexpected<Error>(project.error());
  if (!*project) return kUsage;

  console.stage("stage.intake");
  Dataset data = load_dataset(**project, options.threads, console);
  console.stage("stage.judge");
  const Judgements judgements = judge(**project, data, options.threads);
  const SimilarSchools similar = find_similar_schools(data, kSimilarSchools, options.threads);
  const auto headlines = find_headlines(**project, data, judgements.figures, data.diagnostics);
  console.tell(data.diagnostics, stderr);

  const reports::Briefing briefing{data,
                                   judgements,
                                   similar,
                                   identity_of(**project, data, options, texts),
                                   headlines,
                                   texts,
                                   reports::NumberFormat(texts.language())};
  const auto made = write_reports({**project, resources, options, briefing, console});
  if (!made) return tl::unexpected<Error>(made.error());
  console.finish();
  tell_made(*made, options, texts);
  return has_errors(data.diagnostics) ? kDefects : kDone;
}

}  // namespace

int run(const RunOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, options.quiet);
  const auto status = run_stages(options, resources, texts, console);
  if (status) return *status;
  console.error(texts.describe(status.error()));
  return kFailure;
}

}  // namespace kaskad::app
