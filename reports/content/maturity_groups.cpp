// Programmes that follow the same waves: how they moved between levels, and each of them by wave.
#include <algorithm>
#include <array>
#include <map>

#include "reports/content/labels.hpp"
#include "reports/content/maturity_data.hpp"
#include "reports/content/maturity_words.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

/// The rated programmes of one set of waves.
struct WaveGroup {
  std::size_t set = 0;
  std::vector<std::string> waves;       ///< That any of them was rated in.
  std::vector<std::size_t> programmes;  ///< In their order.
  std::vector<const MaturityRating*> ratings;
};

WaveGroup group_of(const Briefing& b, std::size_t set) {
  WaveGroup out{set, {}, {}, {}};
  const auto& sets = b.judgements.waves.sets;
  for (const MaturityRating& r : b.judgements.maturity.ratings) {
    if (set_of_programme(sets, b.data.programmes[r.programme]) != set) continue;
    out.ratings.push_back(&r);
    if (out.programmes.empty() || out.programmes.back() != r.programme) out.programmes.push_back(r.programme);
  }
  for (const Period& wave : sets[set].waves) {
    const auto of_wave = [&](const MaturityRating* r) { return r->wave == wave.id; };
    if (std::any_of(out.ratings.begin(), out.ratings.end(), of_wave)) out.waves.push_back(wave.id);
  }
  return out;
}

/// Of each programme, by wave: 0 = not rated, 1 = the lowest level …; without those that were never rated.
using Paths = std::map<std::size_t, std::vector<std::size_t>>;

Paths paths_of(const WaveGroup& group, std::size_t levels) {
  Paths paths;
  for (const MaturityRating* r : group.ratings) {
    if (!r->level) continue;
    auto& path = paths.emplace(r->programme, std::vector<std::size_t>(group.waves.size(), 0)).first->second;
    const auto wave = std::find(group.waves.begin(), group.waves.end(), r->wave) - group.waves.begin();
    path[static_cast<std::size_t>(wave)] = levels - *r->level;
  }
  return paths;
}

void add_links(const Paths& paths, std::size_t wave, List& links) {
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> moves;
  for (const auto& [programme, path] : paths) ++moves[{path[wave], path[wave + 1]}];
  for (const auto& [move, n] : moves)
    links.push_back(Object{{"stage", static_cast<int>(wave)},
                           {"from", static_cast<int>(move.first)},
                           {"to", static_cast<int>(move.second)},
                           {"count", n}});
}

Value flow_chart(const Briefing& b, const WaveGroup& group) {
  const std::size_t levels = b.judgements.maturity.settings.rubric.levels.size();
  const Paths paths = paths_of(group, levels);
  if (group.waves.size() < 2 || paths.empty()) return Object{{"missing", b.texts.get("undefined.no_data")}};
  List names = {Object{{"label", b.texts.get("maturity.not_rated")}}}, stages, links;
  for (std::size_t l = levels; l-- > 0;) names.push_back(Object{{"label", maturity_level_name(b, l)}});
  for (std::size_t w = 0; w < group.waves.size(); ++w) {
    std::vector<std::int64_t> counts(levels + 1);
    for (const auto& [programme, path] : paths) ++counts[path[w]];
    stages.push_back(Object{{"label", wave_name(b, group.waves[w])}, {"counts", List(counts.begin(), counts.end())}});
    if (w + 1 < group.waves.size()) add_links(paths, w, links);
  }
  return Object{{"categories", std::move(names)}, {"stages", std::move(stages)}, {"links", std::move(links)}};
}

/// From each programme's first rated wave to its last: how many went up, stayed, went down.
std::string moves_text(const Briefing& b, const WaveGroup& group, const std::string& key) {
  std::map<std::size_t, std::pair<const MaturityRating*, const MaturityRating*>> ends;
  for (const MaturityRating* r : group.ratings) {
    if (r->level) ends.emplace(r->programme, std::pair(r, r)).first->second.second = r;
  }
  std::array<std::int64_t, kMaturityStepNames.size()> counts{};
  for (const auto& [programme, end] : ends) {
    if (end.first != end.second) ++counts[static_cast<std::size_t>(step_of(*end.first, *end.second))];
  }
  const auto of = [&](MaturityStep step) { return counts[static_cast<std::size_t>(step)]; };
  const std::int64_t all = of(MaturityStep::up) + of(MaturityStep::same) + of(MaturityStep::down);
  return b.texts.get(
      "maturity." + key,
      {{"all", all}, {"up", of(MaturityStep::up)}, {"same", of(MaturityStep::same)}, {"down", of(MaturityStep::down)}});
}

/// «Школьные программы»; empty where all programmes follow the same waves.
std::string group_name(const Briefing& b, const WaveGroup& group, bool only) {
  const WaveSet& set = b.judgements.waves.sets[group.set];
  if (only) return {};
  if (!set.level.empty()) return b.texts.get("maturity.rubric." + set.level);
  const bool regional = std::all_of(group.programmes.begin(), group.programmes.end(),
                                    [&](std::size_t p) { return b.data.programmes[p].level == "regional"; });
  if (set.programmes.empty()) return b.texts.get(regional ? "maturity.rubric.regional" : "maturity.rubric.other");
  std::string ids;
  for (const std::string& id : set.programmes) ids += (ids.empty() ? "" : ", ") + id;
  return b.texts.get("maturity.rubric.named", {{"programmes", ids}});
}

Object group_object(const Briefing& b, const WaveGroup& group, bool only) {
  const std::string name = group_name(b, group, only);
  List waves;
  for (const std::string& wave : group.waves)
    waves.push_back(Object{{"wave", wave_name(b, wave)}, {"index", static_cast<int>(waves.size())}});
  return {{"name", name},
          {"suffix", name.empty() ? std::string() : ". " + name},
          {"moved", moves_text(b, group, "moved")},
          {"flow_title", moves_text(b, group, "flow_title")},
          {"has_flow", group.waves.size() > 1},
          {"flow", flow_chart(b, group)},
          {"waves", std::move(waves)},
          {"programmes", aligned_maturity_rows(b, group.programmes, group.waves)}};
}

}  // namespace

List maturity_groups(const Briefing& b) {
  std::vector<WaveGroup> groups;
  for (std::size_t s = 0; s < b.judgements.waves.sets.size(); ++s) {
    WaveGroup group = group_of(b, s);
    if (!group.programmes.empty() && !group.waves.empty()) groups.push_back(std::move(group));
  }
  List out;
  for (const WaveGroup& group : groups) out.push_back(group_object(b, group, groups.size() == 1));
  return out;
}

}  // namespace kaskad::reports
