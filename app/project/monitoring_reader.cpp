#include "app/project/monitoring_reader.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/project/known_ids.hpp"

namespace kaskad::app {
namespace {

std::vector<int> read_years(ConfigReader& reader, std::string_view key, const std::vector<int>& project_years) {
  std::vector<int> out;
  for (const std::int64_t year : reader.integers(key)) out.push_back(static_cast<int>(year));
  std::sort(out.begin(), out.end());
  for (const int year : out) {
    if (!std::binary_search(project_years.begin(), project_years.end(), year))
      reader.report(key, "wave-year", {{"year", std::to_string(year)}});
  }
  return out;
}

/// Two waves of one set: may they both have this year? Only where they speak of other procedures.
bool share_procedures(const Wave& a, const Wave& b) {
  if (a.procedures.empty() || b.procedures.empty()) return true;
  return std::any_of(a.procedures.begin(), a.procedures.end(), [&](const auto& p) { return holds(b.procedures, p); });
}

void check_years_twice(ConfigReader& reader, std::string_view key, const std::vector<Wave>& before, const Wave& wave) {
  for (const Wave& other : before) {
    if (!share_procedures(other, wave)) continue;
    for (const int year : wave.years) {
      if (std::count(other.years.begin(), other.years.end(), year) != 0)
        reader.report(key, "wave-year-twice", {{"year", std::to_string(year)}});
    }
  }
}

/// The short table: one wave of each role at most.
void read_short(ConfigReader& root, Project& project) {
  const ConfigNode* node = root.table("waves");
  if (node == nullptr) return;
  ConfigReader r(*node, root.file(), "waves", root.diagnostics());
  for (std::size_t role = 0; role < kWaveRoleNames.size(); ++role) {
    const std::string id(kWaveRoleNames[role]);
    Wave wave{id, read_years(r, id, project.vocabulary.years), static_cast<WaveRole>(role)};
    if (!r.has(id) && wave.role != WaveRole::intermediate) r.report(id, "setting-missing");
    check_years_twice(r, id, project.waves, wave);
    if (!wave.years.empty()) project.waves.push_back(std::move(wave));
  }
  r.finish();
}

/// Waves of one scope, for the checks of what a set may hold.
using ScopeKey = std::pair<std::string, Ids>;
using Scopes = std::map<ScopeKey, std::vector<Wave>>;

void check_in_scope(ConfigReader& r, const std::vector<Wave>& before, const Wave& wave) {
  check_years_twice(r, "years", before, wave);
  const auto has = [&](WaveRole role) {
    return std::any_of(before.begin(), before.end(), [&](const Wave& w) { return w.role == role; });
  };
  const bool is_first = before.empty();
  if (is_first != (wave.role == WaveRole::entry)) r.report("role", is_first ? "wave-no-entry" : "wave-second-entry");
  if (has(WaveRole::final)) r.report("role", "wave-after-final");
  if (!is_first && !wave.years.empty() && !before.back().years.empty() &&
      wave.years.back() < before.back().years.back())
    r.report("years", "wave-order", {{"wave", wave.id}, {"other", before.back().id}});
}

void read_scope(ConfigReader& r, Wave& wave) {
  static const std::vector<std::string_view> levels = {"regional", "municipal", "school"};
  if (r.has("level")) wave.level = std::string(levels[r.choice("level", levels, 0)]);
  wave.programmes = r.texts("programmes");
  std::sort(wave.programmes.begin(), wave.programmes.end());
  if (r.has("level") && r.has("programmes")) r.report("programmes", "wave-two-scopes");
}

Wave read_wave(ConfigReader& r, const Project& project) {
  Wave wave{r.required_text("id")};
  wave.role = static_cast<WaveRole>(r.choice("role", {kWaveRoleNames.begin(), kWaveRoleNames.end()}, 0));
  if (!r.has("role")) r.report("role", "setting-missing");
  wave.name = r.localized("name");
  wave.years = read_years(r, "years", project.vocabulary.years);
  if (wave.years.empty()) r.report("years", "setting-missing");
  wave.procedures = r.texts("procedures");
  for (const std::string& id : wave.procedures) check_id(r, "procedures", id, ids_of(project.vocabulary.procedures));
  read_scope(r, wave);
  return wave;
}

bool looks_like_year(const std::string& id) {
  return id.size() == 4 && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void read_tables(ConfigReader& root, Project& project) {
  if (root.has("waves") && root.has("wave")) root.report("wave", "waves-two-ways");
  Scopes scopes;
  std::set<std::string> ids;
  for (const ConfigNode* node : root.tables("wave")) {
    ConfigReader r(*node, root.file(), "wave", root.diagnostics());
    Wave wave = read_wave(r, project);
    if (looks_like_year(wave.id)) r.report("id", "wave-named-as-year", {{"id", wave.id}});
    if (!ids.insert(wave.id).second) r.report("id", "wave-twice", {{"id", wave.id}});
    std::vector<Wave>& scope = scopes[{wave.level, wave.programmes}];
    check_in_scope(r, scope, wave);
    r.finish();
    scope.push_back(wave);
    project.waves.push_back(std::move(wave));
  }
}

void read_trends_of(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  project.trends = catalogue.trends;
  const ConfigNode* node = root.table("trends");
  if (node == nullptr) return;
  ConfigReader r(*node, root.file(), "trends", root.diagnostics());
  read_trends(r, project.trends);
  for (const auto& [id, smallest] : project.trends.indicators) check_id(r, "indicator", id, ids_of(project.indicators));
  r.finish();
}

void check_quality(ConfigReader& r, const Project& project) {
  const OutcomeSettings& outcome = project.registry.outcome;
  const IndexOutcome& quality = outcome.quality;
  if (quality.indicator.empty()) return;
  check_id(r, "outcome", quality.indicator, ids_of(project.indicators));
  check_id(r, "outcome", quality.procedure, ids_of(project.vocabulary.procedures));
  if (quality.subject != "*") check_id(r, "outcome", quality.subject, ids_of(project.vocabulary.subjects));
  Ids periods;
  for (const int year : project.vocabulary.years) periods.push_back(std::to_string(year));
  for (const Wave& wave : project.waves) {
    if (wave.is_common()) periods.push_back(wave.id);
  }
  for (const std::string* id : {&outcome.quality_from, &outcome.quality_to}) {
    if (!id->empty()) check_id(r, "outcome", *id, periods);
  }
}

void read_registry_of(ConfigReader& root, Project& project) {
  const ConfigNode* node = root.table("registry");
  if (node == nullptr) return;
  ConfigReader r(*node, root.file(), "registry", root.diagnostics());
  read_registry(r, project.registry);
  check_quality(r, project);
  r.finish();
}

}  // namespace

void read_waves(ConfigReader& root, Project& project) {
  read_short(root, project);
  read_tables(root, project);
}

void read_monitoring(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  read_trends_of(root, catalogue, project);
  read_registry_of(root, project);
}

}  // namespace kaskad::app
