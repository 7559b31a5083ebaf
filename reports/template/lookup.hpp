// What a name in a template means: dotted paths through the data in sight, and the parts of a quantity. Private to this
// room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/document/document.hpp"
#include "reports/values/value.hpp"

namespace kaskad::reports {

/// Parts that every quantity offers: {{x.plain}} and so on.
enum class QuantityPart : std::uint8_t { whole, plain, interval, n, lo, hi, unit };

struct Found {
  bool known = false;            ///< The name exists (or cannot be judged: see Scope).
  const Value* value = nullptr;  ///< Null when it cannot be judged.
  QuantityPart part = QuantityPart::whole;

  bool truthy(const NumberFormat& format) const;
};

/// The data in sight, outermost first. A null entry is an item of a list that happens to be empty: its shape is
/// unknown, so names below it cannot be judged.
class Scope {
 public:
  explicit Scope(const Value& root) : stack_{&root} {}

  void push(const Value* value) { stack_.push_back(value); }
  /// Goes in without new data: what is in sight stays in sight.
  void push_same() { stack_.push_back(stack_.back()); }
  void pop() { stack_.pop_back(); }
  std::size_t depth() const { return stack_.size() - 1; }
  /// The first step is looked for from the innermost data outwards; it decides, as in Mustache. "." is the innermost.
  Found find(std::string_view path) const;
  /// The nearest name that does exist, in full; "none" when none is near.
  std::string nearest_to(std::string_view path) const;

 private:
  const Value* holder_of(std::string_view name, bool& unknown) const;

  std::vector<const Value*> stack_;
};

/// Whose a figure, or a text made of figures, is.
Owner owner_of(const Value& value);

/// What a value looks like in a text. The footnote is the reason of an undefined quantity.
struct Inserted {
  std::string text;
  std::string footnote{};
};

/// The fixed words that values are printed with.
struct Wording {
  const NumberFormat& format;
  const Words& words;
  const std::vector<std::pair<Undefined, std::string>>& reasons;
};

/// Nothing for lists, objects and truth values, which have no text.
std::optional<Inserted> text_of(const Found& found, const Wording& wording);
Inserted text_of(const Quantity& q, QuantityPart part, const Wording& wording);

}  // namespace kaskad::reports
