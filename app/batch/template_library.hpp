// Where the files of a template come from, and which of them a document read.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "app/project/project.hpp"
#include "app/resources.hpp"
#include "reports/template/template.hpp"

namespace kaskad::app {

/// Reads each file once; safe from any thread. A report's own template is looked up as the project names it, its parts
/// beside it; then come the project's folder of templates (`<language>/` in it first) and the shipped files.
class TemplateLibrary {
 public:
  TemplateLibrary(const Project& project, const Resources& resources, std::string language)
      : project_(project), resources_(resources), language_(std::move(language)) {}

  /// The template that a report begins with: the project's own, or the shipped one of its kind.
  static std::string first_file(const ReportSpec& spec);
  /// Contents of a file as the report sees it.
  std::optional<std::string> read(const ReportSpec& spec, const std::string& name) const;
  /// For make_document. Names asked for are added to `used`, also those of files that are not there.
  reports::TemplateFiles files(const ReportSpec& spec, std::set<std::string>& used) const;

 private:
  std::optional<std::string> load(const ReportSpec& spec, const std::string& name) const;

  const Project& project_;
  const Resources& resources_;
  std::string language_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, std::string>, std::optional<std::string>> known_;  ///< By template, name.
};

}  // namespace kaskad::app
