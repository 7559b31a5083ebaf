// Checks templates before any number is computed, against samples of the reports' data.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "app/project/project.hpp"
#include "app/resources.hpp"
#include "reports/document/document.hpp"
#include "reports/template/template.hpp"
#include "reports/values/value.hpp"

namespace kaskad::app {

class TemplateChecker {
 public:
  /// Reads templates/report-data.toml. Defects of that file are our bug and fail.
  static Expected<TemplateChecker> make(const Resources& resources, const Texts& texts);

  /// All that is wrong with a template of this kind and the files that it puts in.
  Diagnostics check(const ReportKindRow& kind, const std::string& name, const reports::TemplateFiles& files) const;

 private:
  explicit TemplateChecker(const Texts& texts);

  const Texts* texts_;
  reports::Words words_;
  std::vector<std::pair<Undefined, std::string>> reasons_;
  std::array<reports::Value, 3> samples_;  ///< By DataTree.
};

/// The templates that the project itself brings, each with the reports that use it; shipped ones need no check.
Expected<Diagnostics> check_own_templates(const Project& project, const Resources& resources, const Texts& texts);

}  // namespace kaskad::app
