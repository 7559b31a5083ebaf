#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/batch/report_maker.hpp"
#include "app/batch/trees.hpp"
#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/study.hpp"
#include "engine/base/files.hpp"
#include "reports/template/check.hpp"

namespace kaskad::app {
namespace {

/// A template says what it is for; one that does not is read as the options ask.
Expected<const ReportKindRow*> kind_of_file(const PreviewOptions& options) {
  const auto text = read_file(options.what);
  if (!text) return tl::unexpected<Error>(text.error());
  const std::string told = reports::report_of_template(*text);
  const std::string_view by_options = !options.school.empty()         ? "passport"
                                      : !options.municipality.empty() ? "municipal"
                                                                      : "annual";
  return named_kind(told.empty() ? std::string(by_options) : told);
}

/// A kind as the project makes it, or a file as the template of one.
Expected<ReportSpec> spec_of(const PreviewOptions& options, const Project& project) {
  if (const ReportKindRow* kind = find_kind(options.what)) {
    const auto same = [&](const ReportSpec& spec) { return spec.kind == kind->kind; };
    const auto own = std::find_if(project.reports.begin(), project.reports.end(), same);
    return own == project.reports.end() ? default_report(*kind) : *own;
  }
  const auto kind = file_exists(options.what) ? kind_of_file(options) : named_kind(options.what);
  if (!kind) return tl::unexpected<Error>(kind.error());
  ReportSpec spec = default_report(**kind);
  spec.template_name = std::filesystem::absolute(options.what).lexically_normal().string();
  return spec;
}

/// The file's extension says what is made.
Expected<void> set_file(ReportSpec& spec, const PreviewOptions& options) {
  const std::string extension = std::filesystem::path(spec.row().file).extension().string();
  spec.file = !options.out.empty() ? options.out : "preview" + (options.html ? std::string(".html") : extension);
  const auto format = format_of(spec.row(), spec.file);
  if (!format)
    return failure("asked-format", {{"kind", std::string(spec.row().id)}, {"formats", extensions_of(spec.row())}},
                   "--out");
  spec.format = *format;
  return {};
}

/// Without a school or municipality the first one is shown.
Expected<Piece> piece_of(const ReportSpec& spec, const PreviewOptions& options, const Registry& registry) {
  Piece piece{&spec, 0, "", spec.file};
  const std::optional<DataTree> tree = spec.row().tree;
  if (tree != DataTree::school && tree != DataTree::municipality) return piece;
  const bool of_school = tree == DataTree::school;
  const std::string& asked = of_school ? options.school : options.municipality;
  if (!asked.empty()) {
    const auto found = find_entity(registry, *tree, asked);
    if (!found) return tl::unexpected<Error>(of_option(found.error(), of_school ? "--school" : "--municipality"));
    piece.entity = *found;
  }
  const std::size_t all = of_school ? registry.schools.size() : registry.municipalities.size();
  if (piece.entity >= all) return failure("asked-no-entities", {{"kind", std::string(spec.row().id)}}, "TEMPLATE");
  piece.entity_name = of_school ? registry.schools[piece.entity].id : registry.municipalities[piece.entity];
  return piece;
}

Expected<std::string> make(const Piece& piece, const ReportShop& shop, Console& console) {
  ReportMaker maker(shop);
  std::set<std::string> used;
  const auto tree = Trees(shop.briefing).of(piece);
  auto bytes = maker.make(piece, tree.get(), used);
  console.tell_all(bytes ? maker.remarks : maker.defects, stderr);
  return bytes;
}

Expected<int> preview_stages(const PreviewOptions& options, const Resources& resources, const Texts& texts,
                             Console& console) {
  console.stage("stage.project");
  auto project = load_project(options.run.project, resources, console, stderr);
  if (!project) return tl::unexpected<Error>(project.error());
  if (!*project) return kUsage;
  (*project)->date = options.run.date;
  const auto own_texts = resources.texts(texts.language(), (*project)->templates);
  if (!own_texts) return tl::unexpected<Error>(own_texts.error());
  auto spec = spec_of(options, **project);
  if (!spec) return tl::unexpected<Error>(of_option(spec.error(), "TEMPLATE"));
  if (auto set = set_file(*spec, options); !set) return tl::unexpected<Error>(set.error());
  Study study = begin_study(std::move(**project), options.run.threads, console);
  const auto piece = piece_of(*spec, options, study.data.registry);
  if (!piece) return tl::unexpected<Error>(piece.error());
  const bool of_one = !piece->entity_name.empty();
  judge_study(study, of_one ? Depth::without_comparisons : Depth::whole, options.run.threads, console);
  const reports::Briefing briefing = briefing_of(study, options.run.date, *own_texts);
  console.stage("stage.preview");
  const auto bytes = make(*piece, ReportShop(study.project, resources, options.run, briefing), console);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (auto written = write_file(piece->file, *bytes); !written) return tl::unexpected<Error>(written.error());
  console.finish();
  fmt::print("{}\n", piece->file);
  return has_errors(study.data.diagnostics) ? kDefects : kDone;
}

}  // namespace

int preview(const PreviewOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, options.run.quiet);
  const auto status = preview_stages(options, resources, texts, console);
  if (status) return *status;
  console.error(texts.describe(status.error()));
  return exit_code_of(status.error());
}

}  // namespace kaskad::app
