#include "reports/schema/differences.hpp"

#include <algorithm>
#include <array>

namespace kaskad::reports {
namespace {

/// Names of the alternatives of Value::is, in their order.
constexpr std::array<std::string_view, 7> kFound = {"null", "truth", "count", "figure", "text", "list", "object"};

std::string_view found_in(const Value& value) { return kFound[value.is.index()]; }

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value.is); }
bool is_count(const Value& value) { return std::holds_alternative<std::int64_t>(value.is); }

bool is_reason(const std::string& word) {
  for (int i = 1; i <= static_cast<int>(kLastUndefined); ++i) {
    if (undefined_name(static_cast<Undefined>(i)) == word) return true;
  }
  return false;
}

/// A value that is neither list nor object has the kind.
bool suits(const Value& value, const DataType& type) {
  const std::string* text = value.text();
  switch (type.kind) {
    case DataKind::count:
    case DataKind::place:
      return is_count(value);
    case DataKind::number:
      return is_count(value) || value.quantity() != nullptr;
    case DataKind::truth:
      return std::holds_alternative<bool>(value.is);
    case DataKind::figure:
      return value.quantity() != nullptr;
    case DataKind::reason:
      return text != nullptr && (text->empty() || is_reason(*text));
    case DataKind::word:
      return text != nullptr && std::find(type.words.begin(), type.words.end(), *text) != type.words.end();
    case DataKind::object:
      return value.object() != nullptr;
    default:
      return text != nullptr;
  }
}

class Comparison {
 public:
  explicit Comparison(const DataSchema& schema) : schema_(schema) {}

  void object(const Value& value, const DataShape& shape, const std::string& path) {
    if (shape.is_chart() && value.find("missing") != nullptr) return missing_chart(value, path);
    const std::vector<const DataName*> names = schema_.names_of(shape);
    for (const DataName* name : names) member(value, *name, path);
    for (const auto& entry : *value.object()) {
      const auto known =
          std::find_if(names.begin(), names.end(), [&](const DataName* n) { return n->name == entry.first; });
      if (known == names.end()) tell(path + entry.first + ": not in the schema");
    }
  }

  std::vector<std::string> take() { return std::move(lines_); }

 private:
  void missing_chart(const Value& value, const std::string& path) {
    const bool alone = value.object()->size() == 1 && value.find("missing")->text() != nullptr;
    if (!alone) tell(path + "missing: must be a text and stand alone");
  }

  void member(const Value& object, const DataName& name, const std::string& path) {
    const Value* value = object.find(name.name);
    if (value == nullptr) {
      if (!name.type.optional) tell(path + name.name + ": not in the tree");
    } else if (!(is_null(*value) && name.type.optional)) {
      this->value(*value, name.type, name.type.lists, path + name.name);
    }
  }

  void value(const Value& value, const DataType& type, int lists, const std::string& path) {
    if (lists > 0 && value.list() != nullptr) {
      for (const Value& item : *value.list()) this->value(item, type, lists - 1, path + ".*");
    } else if (lists > 0 || !suits(value, type)) {
      tell(path + ": " + std::string(found_in(value)) + ", but the schema says " + type_text(type));
    } else if (type.kind == DataKind::object) {
      object(value, *schema_.shape(type.shape), path + ".");
    }
  }

  void tell(std::string line) {
    if (std::find(lines_.begin(), lines_.end(), line) == lines_.end()) lines_.push_back(std::move(line));
  }

  const DataSchema& schema_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> differences(const Value& tree, const DataSchema& schema, DataTree kind) {
  Comparison comparison(schema);
  if (tree.object() == nullptr) return {"the tree is no object"};
  comparison.object(tree, schema.tree(kind), "");
  return comparison.take();
}

}  // namespace kaskad::reports
