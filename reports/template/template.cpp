#include "reports/template/template.hpp"

#include "reports/template/builder.hpp"
#include "reports/template/front_matter.hpp"
#include "reports/template/names.hpp"
#include "reports/template/stages.hpp"

namespace kaskad::reports {
namespace {

Document blank_document(const Wording& wording) {
  Document document;
  document.language = wording.format.language();
  document.words = wording.words;
  document.reasons = wording.reasons;
  return document;
}

}  // namespace

const std::string* read_template(const std::string& name, TemplateSet& set, Diagnostics& out) {
  const std::string* text = set.read(name, out);
  if (text == nullptr && !set.broken()) {
    Diagnostic missing;
    missing.place.file = name;
    missing.message = {"template-missing", {{"name", name}}};
    out.push_back(std::move(missing));
  }
  return text;
}

ParsedParts parse_document(const std::string& name, const std::string& text, TemplateSet& set, const Filling& filling,
                           Diagnostics& out) {
  const TemplateParts cut = cut_front_matter(text);
  ParsedParts parts;
  parts.front = set.parse(name, cut.front, cut.front_line, out);
  parts.body = set.parse(name, cut.body, cut.body_line, out);
  if (!cut.closed) {
    report(out, set, {0, 1}, "template-front-matter-open");
    set.set_broken();
  }
  NameChecker checker(set, filling.data, filling.wording.format, out);
  checker.check(parts.front.tags);
  checker.check(parts.body.tags);
  checker.finish();
  return parts;
}

void render_document(const std::string& name, const ParsedParts& parts, TemplateSet& set, const Filling& filling,
                     Expansion& expansion, TemplateResult& result) {
  const Scope root(filling.data);
  Workshop shop{set, expansion, root, filling.wording, result.diagnostics};
  const std::vector<Line> front = expand(parts.front, set, filling.data, filling.wording, expansion);
  shop.numbered_headings = read_front_matter(front, name, shop, result.document);
  const std::vector<Line> body = expand(parts.body, set, filling.data, filling.wording, expansion);
  result.document.blocks = build(body, shop, false);
  result.document.text_owners = std::move(expansion.owners);
}

TemplateResult make_document(const std::string& name, const TemplateFiles& files, const Value& data,
                             const NumberFormat& format, const Words& words,
                             const std::vector<std::pair<Undefined, std::string>>& reasons) {
  const Wording wording{format, words, reasons};
  const Filling filling{data, wording};
  TemplateResult result{blank_document(wording), {}};
  TemplateSet set(files);
  const std::string* text = read_template(name, set, result.diagnostics);
  if (text == nullptr) return result;
  const ParsedParts parts = parse_document(name, *text, set, filling, result.diagnostics);
  Expansion expansion;
  if (!set.broken()) render_document(name, parts, set, filling, expansion, result);
  sort_by_place(result.diagnostics);
  return result;
}

}  // namespace kaskad::reports
