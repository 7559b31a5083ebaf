// The stages from a template's file to a document or a workbook, for those who make one and those who only check.
// Private to this room.
#pragma once

#include <string>

#include "reports/template/expansion.hpp"
#include "reports/template/template.hpp"
#include "reports/template/workbook_template.hpp"

namespace kaskad::reports {

/// What a template is filled with.
struct Filling {
  const Value& data;
  const Wording& wording;
};

struct ParsedParts {
  ParsedTemplate front, body;
};

/// The template's text; reports when there is no such file.
const std::string* read_template(const std::string& name, TemplateSet& set, Diagnostics& out);

/// Parses settings and body and checks every name in them; `set` is broken afterwards when there is nothing to render.
ParsedParts parse_document(const std::string& name, const std::string& text, TemplateSet& set, const Filling& filling,
                           Diagnostics& out);
void render_document(const std::string& name, const ParsedParts& parts, TemplateSet& set, const Filling& filling,
                     Expansion& expansion, TemplateResult& result);

/// The same of a workbook's template, which is TOML as a whole.
ParsedTemplate parse_workbook(const std::string& name, const std::string& text, TemplateSet& set,
                              const Filling& filling, Diagnostics& out);
void render_workbook(const std::string& name, const ParsedTemplate& parsed, TemplateSet& set, const Filling& filling,
                     Expansion& expansion, WorkbookResult& result);

}  // namespace kaskad::reports
