#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "indicators/processes.hpp"

namespace kaskad {
namespace {

bool is_named(const ProcessCriterion& criterion, const std::string& folded) {
  return fold(criterion.id) == folded || std::any_of(criterion.name.begin(), criterion.name.end(),
                                                     [&](const auto& name) { return fold(name.second) == folded; });
}

Names name_or_id(ConfigReader& reader, const std::string& id) {
  Names names = reader.localized("name");
  if (names.empty()) names = {{"ru", id}, {"en", id}};
  return names;
}

ProcessCriterion read_criterion(ConfigReader& r) {
  ProcessCriterion out;
  out.id = r.required_text("id");
  out.name = name_or_id(r, out.id);
  out.weight = r.number("weight").value_or(1);
  if (!(out.weight > 0)) r.report("weight", "setting-at-least", {{"least", std::int64_t{0}}});
  r.finish();
  return out;
}

void read_criteria(ConfigReader& r, ProcessMonitoring& out) {
  std::set<std::string> ids;
  for (const ConfigNode* node : r.tables("criterion")) {
    ConfigReader criterion(*node, r.file(), "process.criterion", r.diagnostics());
    out.criteria.push_back(read_criterion(criterion));
    if (!ids.insert(fold(out.criteria.back().id)).second)
      r.report("criterion", "process-twice", {{"id", out.criteria.back().id}});
  }
  if (out.criteria.empty()) r.report("criterion", "setting-missing");
}

void read_waves(ConfigReader& r, ProcessMonitoring& out) {
  out.waves = r.texts("waves");
  std::set<std::string> ids;
  for (const std::string& wave : out.waves) {
    if (!ids.insert(fold(wave)).second) r.report("waves", "process-twice", {{"id", wave}});
  }
  if (out.waves.empty()) r.report("waves", "setting-missing");
}

ProcessMonitoring read_process(ConfigReader& r) {
  ProcessMonitoring out;
  out.id = r.required_text("id");
  out.name = name_or_id(r, out.id);
  const auto lo = r.number("minimum"), hi = r.number("maximum");
  if (!lo) r.report("minimum", "setting-missing");
  if (!hi) r.report("maximum", "setting-missing");
  out.minimum = lo.value_or(0);
  out.maximum = hi.value_or(1);
  if (lo && hi && !(*lo < *hi)) r.report("maximum", "process-ends");
  read_waves(r, out);
  read_criteria(r, out);
  r.finish();
  return out;
}

}  // namespace

std::optional<std::size_t> ProcessMonitoring::find_wave(std::string_view text) const {
  const std::string folded = fold(text);
  const auto found = std::find_if(waves.begin(), waves.end(), [&](const std::string& w) { return fold(w) == folded; });
  if (found == waves.end()) return std::nullopt;
  return static_cast<std::size_t>(found - waves.begin());
}

std::optional<std::size_t> ProcessMonitoring::find_criterion(std::string_view text) const {
  const std::string folded = fold(text);
  const auto found =
      std::find_if(criteria.begin(), criteria.end(), [&](const ProcessCriterion& c) { return is_named(c, folded); });
  if (found == criteria.end()) return std::nullopt;
  return static_cast<std::size_t>(found - criteria.begin());
}

std::vector<ProcessMonitoring> read_processes(ConfigReader& root) {
  std::vector<ProcessMonitoring> out;
  std::set<std::string> ids;
  for (const ConfigNode* node : root.tables("process")) {
    ConfigReader r(*node, root.file(), "process", root.diagnostics());
    out.push_back(read_process(r));
    if (!ids.insert(out.back().id).second) root.report("process", "process-twice", {{"id", out.back().id}});
  }
  return out;
}

}  // namespace kaskad
