#include "app/template_checker.hpp"

#include <algorithm>

#include "app/batch/template_library.hpp"
#include "engine/base/files.hpp"
#include "reports/content/briefing.hpp"
#include "reports/schema/sample.hpp"
#include "reports/schema/schema.hpp"
#include "reports/template/check.hpp"

namespace kaskad::app {

TemplateChecker::TemplateChecker(const Texts& texts)
    : texts_(&texts), words_(reports::words_of(texts)), reasons_(reports::reasons_of(texts)) {}

Expected<TemplateChecker> TemplateChecker::make(const Resources& resources, const Texts& texts) {
  const std::string file = resources.templates + "/report-data.toml";
  const auto toml = read_file(file);
  if (!toml) return tl::unexpected<Error>(toml.error());
  const reports::ParsedSchema parsed = reports::parse_schema(*toml, file);
  if (!parsed.diagnostics.empty()) {
    const Diagnostic& first = parsed.diagnostics.front();
    return tl::unexpected<Error>(Error{first.message, file + ":" + std::to_string(first.place.row)});
  }
  TemplateChecker checker(texts);
  for (const DataTree tree : {DataTree::region, DataTree::municipality, DataTree::school})
    checker.samples_[static_cast<std::size_t>(tree)] = reports::sample_tree(parsed.schema, tree);
  return checker;
}

Diagnostics TemplateChecker::check(const ReportKindRow& kind, const std::string& name,
                                   const reports::TemplateFiles& files) const {
  const reports::Value& sample = samples_[static_cast<std::size_t>(kind.tree.value_or(DataTree::region))];
  return reports::check_template(name, files, sample, reports::NumberFormat(texts_->language()), words_, reasons_);
}

Expected<Diagnostics> check_own_templates(const Project& project, const Resources& resources, const Texts& texts) {
  Diagnostics all;
  const auto is_own = [&](const ReportSpec& spec) { return !spec.template_name.empty() || !project.templates.empty(); };
  if (std::none_of(project.reports.begin(), project.reports.end(), is_own)) return all;
  const auto checker = TemplateChecker::make(resources, texts);
  if (!checker) return tl::unexpected<Error>(checker.error());
  const TemplateLibrary library(project, resources, texts.language());
  std::set<std::string> used;
  for (const ReportSpec& spec : project.reports) {
    if (!is_own(spec) || spec.row().form == ReportForm::listing) continue;
    const Diagnostics found = checker->check(spec.row(), TemplateLibrary::first_file(spec), library.files(spec, used));
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

}  // namespace kaskad::app
