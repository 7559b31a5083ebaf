#include "reports/template/check.hpp"

#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "reports/template/builder.hpp"
#include "reports/template/front_matter.hpp"
#include "reports/template/stages.hpp"

namespace kaskad::reports {
namespace {

using Ids = std::set<std::string>;

void collect_ids(const Blocks& blocks, Ids& out);

struct IdCollector {
  Ids& out;

  void operator()(const Heading& heading) const { out.insert(heading.id); }
  void operator()(const Table& table) const { out.insert(table.id); }
  void operator()(const Figure& figure) const { out.insert(figure.id); }
  void operator()(const Note& note) const { collect_ids(note.blocks, out); }
  void operator()(const ListBlock& list) const {
    for (const Blocks& item : list.items) collect_ids(item, out);
  }
  void operator()(const Columns& columns) const {
    for (const Blocks& column : columns.columns) collect_ids(column, out);
  }
  template <class Other>
  void operator()(const Other&) const {}
};

void collect_ids(const Blocks& blocks, Ids& out) {
  for (const Block& block : blocks) std::visit(IdCollector{out}, block.is);
}

/// Goes every way through the alternatives of a template; what the ways have found is gathered.
class Checker {
 public:
  Checker(const std::string& name, TemplateSet& set, const Filling& filling)
      : name_(name), set_(set), filling_(filling) {}

  void check() {
    const std::string* text = read_template(name_, set_, out_);
    if (text == nullptr) return;
    if (name_.ends_with(".toml"))
      check_workbook(*text);
    else
      check_document(*text);
  }

  Diagnostics take() {
    sort_by_place(out_);
    return std::move(out_);
  }

 private:
  void check_document(const std::string& text) {
    const ParsedParts parts = parse_document(name_, text, set_, filling_, out_);
    if (set_.broken()) return;
    Ids ids;
    std::vector<LinkUse> links;
    each_way([&](Expansion& expansion) {
      TemplateResult result;
      render_document(name_, parts, set_, filling_, expansion, result);
      collect_ids(result.document.blocks, ids);
      links.insert(links.end(), expansion.links.begin(), expansion.links.end());
      keep(result.diagnostics);
    });
    check_links(links, ids);
  }

  void check_workbook(const std::string& text) {
    const ParsedTemplate parsed = parse_workbook(name_, text, set_, filling_, out_);
    if (set_.broken()) return;
    each_way([&](Expansion& expansion) {
      WorkbookResult result;
      render_workbook(name_, parsed, set_, filling_, expansion, result);
      keep(result.diagnostics);
    });
  }

  /// All masks over the depths at which there are inverted sections; more depths may come to light on the way.
  template <class Render>
  void each_way(const Render& render) {
    unsigned met = 0;
    for (unsigned mask = 0; mask <= met; ++mask) {
      if ((mask & ~met) != 0) continue;
      Expansion expansion;
      expansion.showing = {false, mask, 0};
      render(expansion);
      met |= expansion.showing.met;
    }
  }

  void check_links(const std::vector<LinkUse>& links, const Ids& ids) {
    Diagnostics found;
    const std::vector<std::string> known(ids.begin(), ids.end());
    for (const LinkUse& link : links) {
      if (ids.contains(link.id)) continue;
      report(found, set_, link.at, "template-link",
             {{"id", link.id}, {"nearest", nearest(link.id, known).value_or("none")}});
    }
    keep(found);
  }

  /// A setting is told once: the items of a list make one mistake together.
  static bool same(const Diagnostic& a, const Diagnostic& b) {
    const bool setting = a.place.column > 0;
    return a.place == b.place && a.message.code == b.message.code && (setting || a.message == b.message);
  }

  void keep(const Diagnostics& found) {
    for (const Diagnostic& d : found) {
      const auto is_same = [&](const Diagnostic& other) { return same(other, d); };
      if (std::find_if(out_.begin(), out_.end(), is_same) == out_.end()) out_.push_back(d);
    }
  }

  const std::string& name_;
  TemplateSet& set_;
  const Filling& filling_;
  Diagnostics out_;
};

}  // namespace

Diagnostics check_template(const std::string& name, const TemplateFiles& files, const Value& sample,
                           const NumberFormat& format, const Words& words,
                           const std::vector<std::pair<Undefined, std::string>>& reasons) {
  const Wording wording{format, words, reasons};
  const Filling filling{sample, wording};
  TemplateSet set(files);
  Checker checker(name, set, filling);
  checker.check();
  return checker.take();
}

std::string report_of_template(std::string_view text) {
  const TemplateParts parts = cut_front_matter(text);
  const ParsedConfig settings = parse_config(parts.front, "");
  const ConfigNode* report = settings.root.find("report");
  return report == nullptr || report->text() == nullptr ? std::string() : *report->text();
}

std::optional<std::string> new_template(std::string_view kind, const TemplateFiles& files) {
  if (std::find(kStartKinds.begin(), kStartKinds.end(), kind) == kStartKinds.end()) return std::nullopt;
  return files("start/" + std::string(kind) + ".md");
}

}  // namespace kaskad::reports
