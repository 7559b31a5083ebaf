#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/batch/selection.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/template_checker.hpp"
#include "engine/base/files.hpp"
#include "engine/base/text.hpp"
#include "reports/template/check.hpp"

namespace kaskad::app {
namespace {

/// A file as it is named, its parts beside it, then the shipped ones.
reports::TemplateFiles files_beside(const std::string& file, const Resources& resources, const std::string& language) {
  return [file, &resources, language](const std::string& name) -> std::optional<std::string> {
    auto found = read_file(name == file ? file : resolve_beside(file, name));
    if (found) return std::move(*found);
    return name == file ? std::nullopt : resources.template_file(language, name);
  };
}

Error no_start_of(const std::string& kind) {
  const std::vector<std::string> known(reports::kStartKinds.begin(), reports::kStartKinds.end());
  return failure("asked-no-start", {{"kind", kind}, {"nearest", nearest(kind, known).value_or("none")}}, "KIND")
      .value();
}

/// The kind asked for, or the one that the template itself names, or that its file is called after.
Expected<const ReportKindRow*> kind_of(const std::string& file, const std::string& asked) {
  if (!asked.empty()) return named_kind(asked).map_error([](Error e) { return of_option(std::move(e), "--kind"); });
  const auto text = read_file(file);
  if (!text) return tl::unexpected<Error>(text.error());
  const std::string told = reports::report_of_template(*text);
  if (!told.empty()) return named_kind(told);
  if (const ReportKindRow* kind = find_kind(std::filesystem::path(file).stem().string())) return kind;
  return failure("asked-no-template-kind", {{"file", file}}, file);
}

Expected<Diagnostics> check_files(const TemplateCheckOptions& options, const Resources& resources, const Texts& texts) {
  const auto checker = TemplateChecker::make(resources, texts);
  if (!checker) return tl::unexpected<Error>(checker.error());
  Diagnostics all;
  for (const std::string& file : options.files) {
    const auto kind = kind_of(file, options.kind);
    if (!kind) return tl::unexpected<Error>(kind.error());
    const Diagnostics found = checker->check(**kind, file, files_beside(file, resources, texts.language()));
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

int fail(const Error& error, const Texts& texts) {
  Console(texts, true).error(texts.describe(error));
  return exit_code_of(error);
}

}  // namespace

int check_templates(const TemplateCheckOptions& options, const Resources& resources, const Texts& texts) {
  const auto found = check_files(options, resources, texts);
  if (!found) return fail(found.error(), texts);
  for (const Diagnostic& d : *found) fmt::print("{}\n", texts.describe(d));
  fmt::print("{}\n", texts.get("template_command.checked", {{"files", static_cast<std::int64_t>(options.files.size())},
                                                            {"n", static_cast<std::int64_t>(found->size())}}));
  return has_errors(*found) ? kDefects : kDone;
}

int new_template(const TemplateNewOptions& options, const Resources& resources, const Texts& texts) {
  const std::string& language = texts.language();
  const auto text = reports::new_template(
      options.kind, [&](const std::string& name) { return resources.template_file(language, name); });
  if (!text) return fail(no_start_of(options.kind), texts);
  if (options.out.empty()) {
    fmt::print("{}", *text);
    return kDone;
  }
  if (file_exists(options.out))
    return fail(failure("asked-file-exists", {{"file", options.out}}, "--out").value(), texts);
  if (const auto written = write_file(options.out, *text); !written) return fail(written.error(), texts);
  fmt::print("{}\n", options.out);
  return kDone;
}

int list_templates(const Resources& resources, const Texts& texts) {
  fmt::print("{}/{}\n", resources.templates, texts.language());
  for (const ReportKindRow& kind : kReportKinds) {
    fmt::print("{:<12} {:<14} {:<36} {}\n", kind.id, kind.template_name.empty() ? "-" : kind.template_name, kind.file,
               texts.get("report_kind." + std::string(kind.id)));
  }
  return kDone;
}

}  // namespace kaskad::app
