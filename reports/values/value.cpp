#include "reports/values/value.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kaskad::reports {
namespace {

const Value* member(const Object& object, std::string_view name) {
  const auto it = std::find_if(object.begin(), object.end(), [&](const auto& entry) { return entry.first == name; });
  return it == object.end() ? nullptr : &it->second;
}

const Value* item(const List& list, std::string_view index) {
  std::size_t i = 0;
  const auto [end, error] = std::from_chars(index.data(), index.data() + index.size(), i);
  const bool whole = error == std::errc{} && end == index.data() + index.size();
  return whole && i < list.size() ? &list[i] : nullptr;
}

const Value* step(const Value& from, std::string_view name) {
  if (const Object* object = from.object()) return member(*object, name);
  if (const List* list = from.list()) return item(*list, name);
  return nullptr;
}

struct Truth {
  bool operator()(std::monostate) const { return false; }
  bool operator()(bool value) const { return value; }
  bool operator()(std::int64_t) const { return true; }
  bool operator()(const Quantity& q) const { return q.estimate.defined(); }
  bool operator()(const std::string& text) const { return !text.empty(); }
  bool operator()(const List& list) const { return !list.empty(); }
  bool operator()(const Object&) const { return true; }
};

}  // namespace

const Value* Value::find(std::string_view path) const {
  const Value* at = this;
  while (at != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    at = step(*at, path.substr(0, dot));
    if (dot == std::string_view::npos) return at;
    path.remove_prefix(dot + 1);
    if (path.empty()) return nullptr;
  }
  return at;
}

bool Value::truthy() const { return std::visit(Truth{}, is); }

}  // namespace kaskad::reports
