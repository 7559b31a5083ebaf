// What a document is made from, as one number: when it is the same as at the last run, the document need not be made
// again.
#pragma once

#include <set>
#include <string>

#include "app/batch/template_library.hpp"
#include "app/commands.hpp"
#include "reports/values/value.hpp"

namespace kaskad::app {

/// A report's data with a fixed date of issue and version mark (`date`, `date_text`, `version` at its root): they
/// change with every run, the figures do not.
reports::Value without_date(const reports::Value& tree);

/// Hash of everything in a report's data, numbers in all their digits.
std::string fingerprint_of(const reports::Value& tree);

/// Hash of what all documents of a run share: program version, language and its texts, fonts, hyphenation.
/// `own` is the project's folder of templates, which may hold texts; empty = none.
std::string fingerprint_of_surroundings(const RunOptions& options, const Resources& resources,
                                        const std::string& language, const std::string& own);

/// Hash of the files of a template as the report sees them, by name; a file that is not there counts, too.
std::string fingerprint_of(const TemplateLibrary& library, const ReportSpec& spec, const std::set<std::string>& names);

}  // namespace kaskad::app
