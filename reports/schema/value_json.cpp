#include "reports/schema/value_json.hpp"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace kaskad::reports {
namespace {

using Json = nlohmann::ordered_json;

/// In the order of Unit.
constexpr std::array<std::string_view, 11> kUnitNames = {"none",  "percent", "percent_points", "points",
                                                         "score", "count",   "per_hundred",    "years",
                                                         "ratio", "effect",  "probability"};

struct Part {
  const char* name;
  double Estimate::*number;
  bool judges;  ///< Left out where the interval rests on too few schools.
};
constexpr std::array<Part, 5> kParts = {{{"lo", &Estimate::lo, true},
                                         {"hi", &Estimate::hi, true},
                                         {"se", &Estimate::se, false},
                                         {"df", &Estimate::df, false},
                                         {"p", &Estimate::p, true}}};

Json json_of(const Quantity& q) {
  const Estimate& e = q.estimate;
  Json out;
  if (!e.defined()) {
    out["missing"] = undefined_name(e.reason);
    if (!hides_n(e.reason)) out["n"] = e.n;
    return out;
  }
  out["value"] = e.value;
  out["n"] = e.n;
  for (const Part& part : kParts) {
    const bool told = !part.judges || !e.rests_on_few();
    if (told && std::isfinite(e.*part.number)) out[part.name] = e.*part.number;
  }
  if (e.clusters > 0) out["clusters"] = e.clusters;
  out["unit"] = unit_name(q.unit);
  out["decimals"] = q.decimals;
  return out;
}

Json json_of(const Value& value);

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(bool truth) const { return truth; }
  Json operator()(std::int64_t count) const { return count; }
  Json operator()(const Quantity& q) const { return json_of(q); }
  Json operator()(const std::string& text) const { return text; }
  Json operator()(const List& list) const {
    Json out = Json::array();
    for (const Value& item : list) out.push_back(json_of(item));
    return out;
  }
  Json operator()(const Object& object) const {
    Json out = Json::object();
    for (const auto& [name, item] : object) out[name] = json_of(item);
    return out;
  }
};

Json json_of(const Value& value) { return std::visit(ToJson{}, value.is); }

}  // namespace

std::string value_json(const Value& value) {
  return json_of(value).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string unit_name(const Unit& unit) { return std::string(kUnitNames[static_cast<std::size_t>(unit.kind)]); }

}  // namespace kaskad::reports
