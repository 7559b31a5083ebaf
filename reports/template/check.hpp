// Checks a template without any data: against a sample of the report's tree, in which every name stands and every list
// has an item (reports/schema/sample.hpp).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/diagnostic.hpp"
#include "reports/template/template.hpp"

namespace kaskad::reports {

/// Everything that is wrong with a template and the files that it puts in, at once: names and paths that the sample
/// lacks (with the nearest one), sections and blocks that are not closed, unknown blocks and settings, recursion, data
/// of the wrong shape for a chart or a table, links that lead nowhere. Sections are entered both ways, whatever the
/// sample says. A name ending in ".toml" is a workbook's template. Empty: the template fits.
Diagnostics check_template(const std::string& name, const TemplateFiles& files, const Value& sample,
                           const NumberFormat& format, const Words& words,
                           const std::vector<std::pair<Undefined, std::string>>& reasons);

/// The kind of report ("passport") that a template says it is for, with the setting `report` of its front matter; empty
/// when it says nothing. A part such as parts/method.md has none.
std::string report_of_template(std::string_view text);

/// The kinds that there is a start for, and that start: a short template whose every line is explained. The files are
/// start/<kind>.md of the language's folder; nothing when there is no such kind or file.
inline constexpr std::array<std::string_view, 3> kStartKinds = {"passport", "annual", "municipal"};
std::optional<std::string> new_template(std::string_view kind, const TemplateFiles& files);

}  // namespace kaskad::reports
