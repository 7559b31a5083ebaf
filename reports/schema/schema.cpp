#include "reports/schema/schema.hpp"

#include <algorithm>
#include <set>

#include "engine/base/config.hpp"
#include "engine/base/text.hpp"

namespace kaskad::reports {
namespace {

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!(text = trim(text)).empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

DataType type_of(std::string_view text) {
  DataType type;
  text = trim(text);
  if (text.ends_with('?')) {
    type.optional = true;
    text.remove_suffix(1);
  }
  for (; text.starts_with('[') && text.ends_with(']'); ++type.lists) text = trim(text.substr(1, text.size() - 2));
  std::vector<std::string> words = words_in(text);
  const std::string first = words.empty() ? std::string() : words.front();
  const auto kind = std::find(kDataKinds.begin(), kDataKinds.end(), first);
  type.kind = static_cast<DataKind>(kind - kDataKinds.begin());
  if (type.kind == DataKind::object) type.shape = std::string(text);
  if (type.kind == DataKind::word) type.words.assign(words.begin() + 1, words.end());
  return type;
}

/// Reads the tables of the file; what they refer to is checked afterwards.
class SchemaReader {
 public:
  SchemaReader(ParsedSchema& out, const std::string& file) : out_(out), file_(file) {}

  void read(const ConfigNode& root) {
    ConfigReader reader(root, file_, "", out_.diagnostics);
    read_trees(reader);
    read_shapes(reader);
    read_page(reader);
    reader.finish();
  }

 private:
  void read_trees(ConfigReader& root) {
    const ConfigNode* trees = root.table("tree");
    if (trees == nullptr) return root.report("tree", "setting-missing");
    ConfigReader reader(*trees, file_, "tree", out_.diagnostics);
    for (const std::string_view name : kDataTreeNames) {
      const ConfigNode* tree = reader.table(name);
      if (tree == nullptr)
        reader.report(name, "setting-missing");
      else
        out_.schema.trees.push_back(shape_of(std::string(name), *tree, "tree"));
    }
    reader.finish();
  }

  void read_shapes(ConfigReader& root) {
    const ConfigNode* shapes = root.table("shape");
    if (shapes == nullptr) return;
    for (const auto& [name, node] : *shapes->table()) out_.schema.shapes.push_back(shape_of(name, node, "shape"));
  }

  void read_page(ConfigReader& root) {
    const ConfigNode* page = root.table("page");
    for (const char* language : {"ru", "en"}) {
      DataSchema::PageWords& words = out_.schema.page_words[language];
      const ConfigNode* node = page == nullptr ? nullptr : page->find(language);
      if (node == nullptr) continue;
      ConfigReader reader(*node, file_, std::string("page.") + language, out_.diagnostics);
      words = {reader.required_text("intro"),  reader.required_text("table_head"), reader.required_text("also"),
               reader.required_text("shapes"), reader.required_text("charts"),     reader.required_text("charts_intro"),
               reader.required_text("json")};
      reader.finish();
    }
  }

  DataShape shape_of(const std::string& name, const ConfigNode& node, const std::string& path) {
    DataShape shape;
    shape.name = name;
    if (node.table() == nullptr) return shape;
    ConfigReader reader(node, file_, path + "." + name, out_.diagnostics);
    shape.about = reader.localized("about");
    shape.with = reader.texts("with");
    for (const auto& [key, entry] : *node.table()) {
      if (key == "about" || key == "with") continue;
      if (const ConfigNode* table = reader.table(key)) shape.names.push_back(name_of(key, *table, reader.path_of(key)));
    }
    return shape;
  }

  DataName name_of(const std::string& name, const ConfigNode& node, const std::string& path) {
    ConfigReader reader(node, file_, path, out_.diagnostics);
    DataName out{name, type_of(reader.required_text("is")), {}};
    for (const char* language : {"ru", "en"}) out.about[language] = reader.required_text(language);
    reader.finish();
    return out;
  }

  ParsedSchema& out_;
  const std::string& file_;
};

/// Every shape that is named exists, no shape holds itself, no name comes twice.
class SchemaChecker {
 public:
  SchemaChecker(ParsedSchema& parsed, const std::string& file) : parsed_(parsed), file_(file) {}

  void check() {
    for (const auto* shapes : {&parsed_.schema.trees, &parsed_.schema.shapes}) {
      for (const DataShape& shape : *shapes) check(shape);
    }
    if (parsed_.diagnostics.empty()) check_circles();
  }

 private:
  void check(const DataShape& shape) {
    for (const std::string& other : shape.with) {
      refer(shape, other);
      const DataShape* part = parsed_.schema.shape(other);
      if (part != nullptr && !part->with.empty()) tell("schema-with-deep", {{"shape", shape.name}, {"name", other}});
    }
    std::set<std::string> names;
    for (const DataName* name : parsed_.schema.names_of(shape)) {
      if (!names.insert(name->name).second) tell("schema-name-twice", {{"shape", shape.name}, {"name", name->name}});
    }
    for (const DataName& name : shape.names) {
      if (name.type.kind == DataKind::object) refer(shape, name.type.shape);
    }
  }

  void refer(const DataShape& from, const std::string& to) {
    if (parsed_.schema.shape(to) != nullptr) return;
    std::vector<std::string> known(kDataKinds.begin(), kDataKinds.end());
    for (const DataShape& shape : parsed_.schema.shapes) known.push_back(shape.name);
    tell("schema-shape-unknown",
         {{"shape", from.name}, {"name", to}, {"nearest", nearest(to, known).value_or("none")}});
  }

  void check_circles() {
    for (const DataShape& shape : parsed_.schema.shapes) {
      std::vector<std::string> above;
      if (holds_itself(shape, above)) tell("schema-circle", {{"shape", shape.name}});
    }
  }

  bool holds_itself(const DataShape& shape, std::vector<std::string>& above) {
    if (std::find(above.begin(), above.end(), shape.name) != above.end()) return shape.name == above.front();
    above.push_back(shape.name);
    bool found = false;
    for (const DataName* name : parsed_.schema.names_of(shape)) {
      const bool object = name->type.kind == DataKind::object;
      found = found || (object && holds_itself(*parsed_.schema.shape(name->type.shape), above));
    }
    above.pop_back();
    return found;
  }

  void tell(std::string code, Args args) {
    Diagnostic d;
    d.place.file = file_;
    d.message = {std::move(code), std::move(args)};
    parsed_.diagnostics.push_back(std::move(d));
  }

  ParsedSchema& parsed_;
  const std::string& file_;
};

}  // namespace

const DataShape* DataSchema::shape(std::string_view name) const {
  const auto found = std::find_if(shapes.begin(), shapes.end(), [&](const DataShape& s) { return s.name == name; });
  return found == shapes.end() ? nullptr : &*found;
}

std::vector<const DataName*> DataSchema::names_of(const DataShape& of) const {
  std::vector<const DataName*> names;
  for (const std::string& other : of.with) {
    const DataShape* part = shape(other);
    for (std::size_t i = 0; part != nullptr && i < part->names.size(); ++i) names.push_back(&part->names[i]);
  }
  for (const DataName& name : of.names) names.push_back(&name);
  return names;
}

ParsedSchema parse_schema(std::string_view toml, const std::string& file) {
  ParsedSchema out;
  ParsedConfig parsed = parse_config(toml, file);
  out.diagnostics = std::move(parsed.diagnostics);
  if (!out.diagnostics.empty()) return out;
  SchemaReader(out, file).read(parsed.root);
  SchemaChecker(out, file).check();
  return out;
}

std::string type_text(const DataType& type) {
  const auto kind = static_cast<std::size_t>(type.kind);
  std::string text = type.kind == DataKind::object ? type.shape : std::string(kDataKinds[kind]);
  for (const std::string& word : type.words) text += " " + word;
  for (int i = 0; i < type.lists; ++i) text = "[" + text + "]";
  return text + (type.optional ? "?" : "");
}

}  // namespace kaskad::reports
