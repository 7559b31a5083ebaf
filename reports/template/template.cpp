#include "reports/template/template.hpp"

#include "reports/template/builder.hpp"
#include "reports/template/front_matter.hpp"
#include "reports/template/names.hpp"

namespace kaskad::reports {
namespace {

Document blank_document(const Wording& wording) {
  Document document;
  document.language = wording.format.language();
  document.words = wording.words;
  document.reasons = wording.reasons;
  return document;
}

struct ParsedParts {
  ParsedTemplate front, body;
};

/// Parses both parts and checks every name in them; `set` is broken afterwards when there is nothing to render.
ParsedParts parse_and_check(const std::string& name, const std::string& text, TemplateSet& set, const Value& data,
                            const NumberFormat& format, Diagnostics& out) {
  const TemplateParts cut = cut_front_matter(text);
  ParsedParts parts;
  parts.front = set.parse(name, cut.front, cut.front_line, out);
  parts.body = set.parse(name, cut.body, cut.body_line, out);
  if (!cut.closed) {
    report(out, set, {0, 1}, "template-front-matter-open");
    set.set_broken();
  }
  NameChecker checker(set, data, format, out);
  checker.check(parts.front.tags);
  checker.check(parts.body.tags);
  checker.finish();
  return parts;
}

void render(const std::string& name, const ParsedParts& parts, TemplateSet& set, const Value& data,
            const Wording& wording, TemplateResult& result) {
  Expansion expansion;
  const Scope root(data);
  Workshop shop{set, expansion, root, wording, result.diagnostics};
  const std::vector<Line> front = expand(parts.front, set, data, wording, expansion);
  shop.numbered_headings = read_front_matter(front, name, shop, result.document);
  const std::vector<Line> body = expand(parts.body, set, data, wording, expansion);
  result.document.blocks = build(body, shop, false);
}

}  // namespace

TemplateResult make_document(const std::string& name, const TemplateFiles& files, const Value& data,
                             const NumberFormat& format, const Words& words,
                             const std::vector<std::pair<Undefined, std::string>>& reasons) {
  const Wording wording{format, words, reasons};
  TemplateResult result{blank_document(wording), {}};
  TemplateSet set(files);
  const std::string* text = set.read(name, result.diagnostics);
  if (text == nullptr && !set.broken()) {
    Diagnostic missing;
    missing.place.file = name;
    missing.message = {"template-missing", {{"name", name}}};
    result.diagnostics.push_back(std::move(missing));
  }
  if (text == nullptr) return result;
  const ParsedParts parts = parse_and_check(name, *text, set, data, format, result.diagnostics);
  if (!set.broken()) render(name, parts, set, data, wording, result);
  sort_by_place(result.diagnostics);
  return result;
}

}  // namespace kaskad::reports
