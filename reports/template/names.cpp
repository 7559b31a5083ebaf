#include "reports/template/names.hpp"

#include <algorithm>

namespace kaskad::reports {
namespace {

bool has_text(const Found& found) {
  if (found.value == nullptr) return true;
  const auto& is = found.value->is;
  return !std::holds_alternative<bool>(is) && !std::holds_alternative<List>(is) && !std::holds_alternative<Object>(is);
}

}  // namespace

void NameChecker::check(const std::vector<TagNode>& tags) {
  for (const TagNode& node : tags) visit(node);
}

void NameChecker::visit(const TagNode& node) {
  const Tag tag = set_.tag(node.tag);
  if (tag.kind == TagKind::scope) return;
  if (tag.kind == TagKind::partial) return visit_partial(tag);
  const Found found = scope_.find(tag.name);
  note(node.tag, found);
  if (tag.kind == TagKind::section) visit_section(node, found);
  if (tag.kind == TagKind::inverted) check(node.inside);
}

void NameChecker::note(std::size_t id, const Found& found) {
  if (seen_.size() <= id) seen_.resize(set_.tag_count());
  Seen& seen = seen_[id];
  seen.visited = true;
  seen.found = seen.found || found.known;
  seen.printable = seen.printable || has_text(found);
  if (!found.known && seen.nearest.empty()) seen.nearest = scope_.nearest_to(set_.tag(id).name);
}

void NameChecker::visit_section(const TagNode& node, const Found& found) {
  if (found.value == nullptr) return inside(node, nullptr);
  const List* list = found.part == QuantityPart::whole ? found.value->list() : nullptr;
  if (list == nullptr) {
    if (found.truthy(format_)) return inside(node, found.value);
    // Null where there might have been an object: the shape is unknown, as that of a list's items when it is empty.
    if (std::holds_alternative<std::monostate>(found.value->is)) return inside(node, nullptr);
    return check(node.inside);
  }
  if (list->empty()) return inside(node, nullptr);
  for (const Value& item : *list) inside(node, &item);
}

void NameChecker::inside(const TagNode& node, const Value* pushed) {
  scope_.push(pushed);
  check(node.inside);
  scope_.pop();
}

void NameChecker::visit_partial(const Tag& tag) {
  const bool again = std::find(partials_.begin(), partials_.end(), tag.name) != partials_.end();
  const ParsedTemplate* partial = again ? nullptr : set_.partial(tag.name, out_);
  if (partial != nullptr) {
    partials_.push_back(tag.name);
    check(partial->tags);
    partials_.pop_back();
    return;
  }
  if (again) set_.set_broken();  // What is missing leaves a gap that the rest can be read around.
  if (!reported_.emplace(tag.at.file, tag.at.line).second) return;
  report(out_, set_, tag.at, again ? "template-recursion" : "template-partial-missing", {{"name", tag.name}});
}

void NameChecker::finish() {
  for (std::size_t id = 0; id < seen_.size(); ++id) {
    const Seen& seen = seen_[id];
    if (!seen.visited) continue;
    const Tag& tag = set_.tag(id);
    const bool printed = tag.kind == TagKind::variable || tag.kind == TagKind::raw;
    if (!seen.found) {
      report(out_, set_, tag.at, "template-unknown-name", {{"name", tag.name}, {"nearest", seen.nearest}});
    } else if (printed && !seen.printable) {
      report(out_, set_, tag.at, "template-not-text", {{"name", tag.name}});
    }
  }
}

}  // namespace kaskad::reports
