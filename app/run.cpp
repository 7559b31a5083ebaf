#include <fmt/format.h>

#include <algorithm>

#include "app/batch/batch.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/load.hpp"
#include "app/study.hpp"
#include "app/template_checker.hpp"
#include "app/tree_json.hpp"

namespace kaskad::app {
namespace {

void tell_files(const std::vector<std::string>& files, const RunOptions& options, const Texts& texts) {
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < files.size() && i < kShown; ++i) fmt::print("{}/{}\n", options.out, files[i]);
  if (files.size() > kShown)
    fmt::print("{}\n", texts.get("run.more_files", {{"n", static_cast<std::int64_t>(files.size() - kShown)}}));
}

void tell_result(const BatchResult& result, const RunOptions& options, const Texts& texts) {
  tell_files(result.made, options, texts);
  if (options.changed) {
    fmt::print("{}\n", texts.get("run.changed", {{"made", static_cast<std::int64_t>(result.made.size())},
                                                 {"left", static_cast<std::int64_t>(result.left_alone)}}));
  }
  if (result.stale.empty()) return;
  fmt::print("{}\n", texts.get("run.stale", {{"n", static_cast<std::int64_t>(result.stale.size())}}));
  tell_files(result.stale, options, texts);
}

Expected<void> print_reports(const ReportJob& job, const std::vector<Piece>& pieces, const Selection& selection,
                             const Texts& texts) {
  const auto result = make_reports(job, pieces, selection);
  if (!result) return tl::unexpected<Error>(result.error());
  job.console.finish();
  tell_result(*result, job.options, texts);
  return {};
}

Expected<void> print_trees(const reports::Briefing& briefing, const Selection& selection, unsigned threads,
                           Console& console) {
  console.stage("stage.trees");
  auto written = write_trees(briefing, selection, threads, stdout);
  console.finish();
  return written;
}

/// Passports and municipal reports do not compare the groups.
Depth depth_of(const std::vector<Piece>& pieces, const RunOptions& options) {
  const auto on_region = [](const Piece& piece) { return piece.spec->row().tree == DataTree::region; };
  const bool all_trees = options.json && options.only.empty();
  const bool whole = all_trees || std::any_of(pieces.begin(), pieces.end(), on_region);
  return whole ? Depth::whole : Depth::without_comparisons;
}

Expected<int> run_stages(const RunOptions& options, const Resources& resources, const Texts& texts, Console& console) {
  console.stage("stage.project");
  auto project = load_project(options.project, resources, console, stderr);
  if (!project) return tl::unexpected<Error>(project.error());
  if (!*project) return kUsage;
  (*project)->date = options.date;
  const auto own_texts = resources.texts(texts.language(), (*project)->templates);
  if (!own_texts) return tl::unexpected<Error>(own_texts.error());
  const auto defects = check_own_templates(**project, resources, *own_texts);
  if (!defects) return tl::unexpected<Error>(defects.error());
  console.tell_all(*defects, stderr);
  if (has_errors(*defects)) return kUsage;
  const auto selection = parse_selection(options.only, (*project)->reports);
  if (!selection) return tl::unexpected<Error>(of_option(selection.error(), "--only"));

  Study study = begin_study(std::move(**project), options.threads, console);
  const auto pieces = plan_of(study.project, study.data.registry, *selection);
  if (!pieces) return tl::unexpected<Error>(of_option(pieces.error(), "--only"));
  judge_study(study, depth_of(*pieces, options), options.threads, console);
  const reports::Briefing briefing = briefing_of(study, options.date, *own_texts);
  const Expected<void> done =
      options.json ? print_trees(briefing, *selection, options.threads, console)
                   : print_reports({study.project, resources, options, briefing, console}, *pieces, *selection, texts);
  if (!done) return tl::unexpected<Error>(done.error());
  return has_errors(study.data.diagnostics) ? kDefects : kDone;
}

}  // namespace

int run(const RunOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, options.quiet);
  const auto status = run_stages(options, resources, texts, console);
  if (status) return *status;
  console.error(texts.describe(status.error()));
  return exit_code_of(status.error());
}

}  // namespace kaskad::app
