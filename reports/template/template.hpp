// Template + data → document. A template is Markdown with Mustache tags, front matter between +++ lines (TOML) and
// fenced blocks (chart, table, cards, columns, toc, page, note, title, masthead) whose bodies are TOML. Only this room
// knows md4c and mustache.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/base/error.hpp"
#include "reports/document/document.hpp"
#include "reports/values/value.hpp"

namespace kaskad::reports {

/// Contents of a file by name ("annual.md", "parts/method.md"), or nothing.
using TemplateFiles = std::function<std::optional<std::string>(const std::string&)>;

struct TemplateResult {
  Document document;
  Diagnostics diagnostics;  ///< Template file and line; any error means that the document must not be used.
};

/// `words` and `reasons` come from the texts of the language; `data` is the report's tree.
TemplateResult make_document(const std::string& name, const TemplateFiles& files, const Value& data,
                             const NumberFormat& format, const Words& words,
                             const std::vector<std::pair<Undefined, std::string>>& reasons);

}  // namespace kaskad::reports
