#include <algorithm>
#include <map>
#include <tuple>

#include "engine/base/text.hpp"
#include "indicators/processes.hpp"

namespace kaskad {
namespace {

Diagnostic about(const Place& place, const char* field, std::string code, Args args) {
  Diagnostic d;
  d.place = place;
  if (d.place.field.empty()) d.place.field = field;
  d.message = {std::move(code), std::move(args)};
  return d;
}

std::string nearest_of(const std::string& word, const std::vector<std::string>& known) {
  return nearest(word, known).value_or("none");
}

std::vector<std::string> criteria_of(const ProcessMonitoring& m) {
  std::vector<std::string> ids;
  for (const ProcessCriterion& c : m.criteria) ids.push_back(c.id);
  return ids;
}

using Position = std::tuple<std::string, SchoolId, std::size_t, std::size_t>;

struct Check {
  const Dataset& data;
  const std::vector<ProcessMonitoring>& monitorings;
  Diagnostics& out;
  std::map<Position, Place> seen = {};

  const ProcessMonitoring* find(const std::string& id) const {
    const auto found =
        std::find_if(monitorings.begin(), monitorings.end(), [&](const ProcessMonitoring& m) { return m.id == id; });
    return found == monitorings.end() ? nullptr : &*found;
  }

  void unknown_monitoring(const ProcessScore& row) {
    std::vector<std::string> known;
    for (const ProcessMonitoring& m : monitorings) known.push_back(m.id);
    out.push_back(about(row.place, "monitoring", "process-unknown",
                        {{"monitoring", row.monitoring}, {"nearest", nearest_of(row.monitoring, known)}}));
  }

  void score(const ProcessScore& row, const ProcessMonitoring& m) {
    if (row.score >= m.minimum && row.score <= m.maximum) return;
    out.push_back(about(row.place, "score", "process-score",
                        {{"score", row.score}, {"lo", m.minimum}, {"hi", m.maximum}, {"monitoring", m.id}}));
  }

  void repeat(const ProcessScore& row, std::size_t wave, std::size_t criterion) {
    const auto [first, is_new] = seen.try_emplace({row.monitoring, row.school, wave, criterion}, row.place);
    if (is_new) return;
    out.push_back(about(row.place, "criterion", "process-repeated",
                        {{"school", data.registry.schools[row.school].id},
                         {"criterion", row.criterion},
                         {"wave", row.wave},
                         {"file", first->second.file},
                         {"row", first->second.row}}));
  }

  void row(const ProcessScore& row) {
    const ProcessMonitoring* m = find(row.monitoring);
    if (m == nullptr) return unknown_monitoring(row);
    const auto wave = m->find_wave(row.wave), criterion = m->find_criterion(row.criterion);
    if (!wave)
      out.push_back(about(row.place, "wave", "process-wave",
                          {{"wave", row.wave}, {"monitoring", m->id}, {"nearest", nearest_of(row.wave, m->waves)}}));
    if (!criterion)
      out.push_back(about(row.place, "criterion", "process-criterion",
                          {{"criterion", row.criterion},
                           {"monitoring", m->id},
                           {"nearest", nearest_of(row.criterion, criteria_of(*m))}}));
    score(row, *m);
    if (wave && criterion) repeat(row, *wave, *criterion);
  }
};

}  // namespace

Diagnostics check_processes(const Dataset& data, const std::vector<ProcessMonitoring>& monitorings) {
  Diagnostics out;
  Check check{data, monitorings, out};
  for (const ProcessScore& row : data.programme_data.processes) check.row(row);
  return out;
}

}  // namespace kaskad
