#include "reports/schema/schema_markdown.hpp"

#include "engine/base/config.hpp"

namespace kaskad::reports {
namespace {

std::string anchor(std::string_view heading) {
  std::string out;
  for (const char c : heading) out += c == ' ' ? '-' : c;
  return out;
}

/// The kind in code; that of a shape leads to it.
std::string linked_type(const DataType& type) {
  const std::string text = "`" + type_text(type) + "`";
  return type.kind == DataKind::object ? "[" + text + "](#" + anchor(type.shape) + ")" : text;
}

class MarkdownWriter {
 public:
  MarkdownWriter(const DataSchema& schema, const std::string& language)
      : schema_(schema), language_(language), words_(schema.page_words.at(language)) {}

  std::string write() {
    out_ = words_.intro;
    for (const DataShape& tree : schema_.trees) section(tree, "## " + about(tree) + " (`" + tree.name + "`)");
    out_ += "\n## " + words_.shapes + "\n";
    for (const DataShape& shape : schema_.shapes) {
      if (!shape.is_chart()) section(shape, "### " + shape.name + "\n\n" + about(shape) + ".");
    }
    out_ += "\n## " + words_.charts + "\n\n" + words_.charts_intro;
    for (const DataShape& shape : schema_.shapes) {
      if (shape.is_chart()) section(shape, "### " + shape.name + "\n\n" + about(shape) + ".");
    }
    out_ += "\n" + words_.json;
    return std::move(out_);
  }

 private:
  std::string about(const DataShape& shape) const { return in_language(shape.about, language_); }

  void section(const DataShape& shape, const std::string& heading) {
    out_ += "\n" + heading + "\n\n";
    if (!shape.names.empty()) out_ += words_.table_head;
    for (const DataName& name : shape.names) {
      out_ += "| `" + name.name + "` | " + linked_type(name.type) + " | " + in_language(name.about, language_) + " |\n";
    }
    if (shape.with.empty()) return;
    std::string others;
    for (const std::string& other : shape.with)
      others += std::string(others.empty() ? "" : ", ") + "[`" + other + "`](#" + anchor(other) + ")";
    out_ += std::string(shape.names.empty() ? "" : "\n") + words_.also + " " + others + ".\n";
  }

  const DataSchema& schema_;
  const std::string& language_;
  const DataSchema::PageWords& words_;
  std::string out_;
};

}  // namespace

std::string report_data_markdown(const DataSchema& schema, const std::string& language) {
  return MarkdownWriter(schema, language).write();
}

}  // namespace kaskad::reports
