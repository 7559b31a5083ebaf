#include "engine/intake/context_values.hpp"

#include "engine/intake/cell_readings.hpp"
#include "engine/intake/lookups.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

std::optional<double> share_of_answer(std::string_view text, std::string_view unit) {
  const double whole = unit == "share" ? 1 : unit == "percent" ? 100 : 0;
  const std::optional<bool> answer = whole > 0 ? parse_boolean(text) : std::nullopt;
  return answer ? std::optional(*answer ? whole : 0.0) : std::nullopt;
}

}  // namespace

std::optional<double> read_context_value(std::string_view text, const ContextField& what, const Field& field,
                                         Report& report) {
  if (text.empty()) return std::nullopt;
  DirtCounts dirt{};
  bool any_dirt = false;
  const ParsedNumber number = parse_number(text);
  if (!number.good) {
    if (const auto share = share_of_answer(text, what.unit)) return share;
  }
  const std::string_view clean = outcome_of(text, dirt, any_dirt);
  if (any_dirt) report.absorb(dirt);
  if (clean.empty()) return std::nullopt;
  if (number.good) return number.value;
  report.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
  return std::nullopt;
}

void accumulate(ContextValue& value, double x) {
  if (value.n > 0) {
    const auto n = static_cast<double>(value.n);
    const double apart = x - value.sum / n;
    value.squares += apart * apart * n / (n + 1);
  }
  value.sum += x;
  ++value.n;
}

}  // namespace kaskad::intake
