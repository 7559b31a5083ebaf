#include "reports/template/lookup.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"
#include "reports/template/marks.hpp"

namespace kaskad::reports {
namespace {

constexpr std::array<std::string_view, 7> kParts = {"", "plain", "interval", "n", "lo", "hi", "unit"};

std::pair<std::string_view, std::string_view> split_last(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return {"", path};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

/// `path` below `from`: a value, or a part of a quantity.
Found below(const Value& from, std::string_view path) {
  if (const Value* value = from.find(path)) return {true, value};
  const auto [parent, last] = split_last(path);
  const auto part = std::find(kParts.begin() + 1, kParts.end(), last);
  const Value* value = from.find(parent);
  if (part == kParts.end() || value == nullptr || value->quantity() == nullptr) return {};
  return {true, value, static_cast<QuantityPart>(part - kParts.begin())};
}

std::vector<std::string> names_of(const Value& value) {
  std::vector<std::string> names;
  if (const Object* object = value.object()) {
    for (const auto& entry : *object) names.push_back(entry.first);
  }
  if (value.quantity() != nullptr) names.assign(kParts.begin() + 1, kParts.end());
  return names;
}

/// Follows `path` as far as it exists and mends the first wrong step.
std::optional<std::string> mended(const Value& from, std::string_view path) {
  std::string good;
  const Value* at = &from;
  while (true) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    const Value* next = at->find(step);
    if (next == nullptr) {
      const auto name = nearest(step, names_of(*at));
      if (!name) return std::nullopt;
      return good + *name + (dot == path.npos ? "" : std::string(path.substr(dot)));
    }
    if (dot == path.npos) return std::nullopt;
    good += std::string(step) + ".";
    path.remove_prefix(dot + 1);
    at = next;
  }
}

std::string reason_text(const Wording& wording, Undefined reason) {
  const auto found = std::find_if(wording.reasons.begin(), wording.reasons.end(),
                                  [&](const auto& entry) { return entry.first == reason; });
  return found == wording.reasons.end() ? std::string() : found->second;
}

std::string defined_text(const Quantity& q, QuantityPart part, const NumberFormat& format) {
  switch (part) {
    case QuantityPart::plain:
      return format.plain(q);
    case QuantityPart::interval:
      return format.interval(q);
    case QuantityPart::lo:
      return q.estimate.has_interval() ? format.limit(q, q.estimate.lo) : "";
    case QuantityPart::hi:
      return q.estimate.has_interval() ? format.limit(q, q.estimate.hi) : "";
    default:
      return format.with_unit(q);
  }
}

}  // namespace

Found Scope::find(std::string_view path) const {
  if (path == ".") return {true, stack_.back()};
  bool unknown = false;
  const Value* holder = holder_of(path.substr(0, path.find('.')), unknown);
  if (unknown) return {true, nullptr};
  return holder == nullptr ? Found{} : below(*holder, path);
}

/// The innermost data that have a name. `unknown` when data of unknown shape come first. A quantity in sight (of a
/// section) offers its parts.
const Value* Scope::holder_of(std::string_view name, bool& unknown) const {
  for (auto it = stack_.rbegin(); it != stack_.rend(); ++it) {
    if (*it == nullptr) {
      unknown = true;
      return nullptr;
    }
    const bool has = (*it)->object() != nullptr && (*it)->find(name) != nullptr;
    if (has || ((*it)->quantity() != nullptr && below(**it, name).known)) return *it;
  }
  return nullptr;
}

std::string Scope::nearest_to(std::string_view path) const {
  bool unknown = false;
  if (const Value* holder = holder_of(path.substr(0, path.find('.')), unknown))
    return mended(*holder, path).value_or("none");
  for (auto it = stack_.rbegin(); it != stack_.rend(); ++it) {
    if (*it == nullptr) continue;
    if (const auto name = mended(**it, path)) return *name;
  }
  return "none";
}

bool Found::truthy(const NumberFormat& format) const {
  if (value == nullptr) return false;
  const bool interval = part == QuantityPart::interval || part == QuantityPart::lo || part == QuantityPart::hi;
  if (interval) return value->quantity()->estimate.has_interval();
  if (part == QuantityPart::n) return true;
  if (part == QuantityPart::unit) return !format.unit(value->quantity()->unit).empty();
  return value->truthy();
}

Owner owner_of(const Value& value) { return value.quantity() != nullptr ? value.quantity()->owner : value.owner; }

Inserted text_of(const Quantity& q, QuantityPart part, const Wording& wording) {
  if (part == QuantityPart::n) return {wording.format.count(q.estimate.n)};
  if (part == QuantityPart::unit) return {wording.format.unit(q.unit)};
  if (q.estimate.defined()) return {defined_text(q, part, wording.format)};
  if (part == QuantityPart::interval) return {};
  return {wording.words.missing, reason_text(wording, q.estimate.reason)};
}

std::optional<Inserted> text_of(const Found& found, const Wording& wording) {
  if (found.value == nullptr || std::holds_alternative<std::monostate>(found.value->is)) return Inserted{};
  if (const Quantity* q = found.value->quantity()) return text_of(*q, found.part, wording);
  if (const std::string* text = found.value->text()) return Inserted{one_line(*text)};
  if (const auto* n = std::get_if<std::int64_t>(&found.value->is)) return Inserted{wording.format.count(*n)};
  return std::nullopt;
}

}  // namespace kaskad::reports
