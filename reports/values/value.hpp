// The report's data: one tree for PDF, workbook, HTML and JSON. Built from the judgements, read by the templates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "reports/values/quantity.hpp"

namespace kaskad::reports {

struct Value;
using List = std::vector<Value>;
using Object = std::vector<std::pair<std::string, Value>>;  ///< In the order of making.

struct Value {
  std::variant<std::monostate, bool, std::int64_t, Quantity, std::string, List, Object> is;
  Owner owner = kNobody;  ///< Of a text made of figures: whose they are.

  Value() = default;
  Value(bool v) : is(v) {}                      // NOLINT(google-explicit-constructor): a tree is written as literals
  Value(int v) : is(std::int64_t{v}) {}         // NOLINT(google-explicit-constructor)
  Value(std::int64_t v) : is(v) {}              // NOLINT(google-explicit-constructor)
  Value(Quantity v) : is(std::move(v)) {}       // NOLINT(google-explicit-constructor)
  Value(const char* v) : is(std::string(v)) {}  // NOLINT(google-explicit-constructor)
  Value(std::string v) : is(std::move(v)) {}    // NOLINT(google-explicit-constructor)
  Value(List v) : is(std::move(v)) {}           // NOLINT(google-explicit-constructor)
  Value(Object v) : is(std::move(v)) {}         // NOLINT(google-explicit-constructor)

  /// A sentence about the figures of an entity.
  static Value told_of(Owner owner, std::string text) {
    Value out(std::move(text));
    out.owner = owner;
    return out;
  }

  /// Steps by dotted path: names in objects, numbers from 0 in lists ("schools.0.name"). The empty path is the value
  /// itself. Null when there is no such thing.
  const Value* find(std::string_view path) const;
  const List* list() const { return std::get_if<List>(&is); }
  const Object* object() const { return std::get_if<Object>(&is); }
  const std::string* text() const { return std::get_if<std::string>(&is); }
  const Quantity* quantity() const { return std::get_if<Quantity>(&is); }
  /// Mustache's truth: not null, not false, not an empty text or list, not an undefined quantity. The number 0 is true:
  /// a count of 0 is an answer.
  bool truthy() const;
};

}  // namespace kaskad::reports
