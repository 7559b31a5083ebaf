#include "app/tree_json.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/batch/trees.hpp"
#include "engine/base/parallel.hpp"
#include "reports/schema/value_json.hpp"

namespace kaskad::app {
namespace {

constexpr std::size_t kAtATime = 16;

/// Entities of one tree; nothing when all are wanted. An empty set: none.
using Entities = std::optional<std::set<std::size_t>>;

Expected<Entities> entities_of(const Registry& registry, DataTree tree, const Selection& selection) {
  if (selection.empty()) return Entities();
  std::set<std::size_t> out;
  for (const Wanted& wanted : selection) {
    if (row_of(wanted.kind).tree != tree) continue;
    if (wanted.entity.empty()) return Entities();
    const auto entity = find_entity(registry, tree, wanted.entity);
    if (!entity) return tl::unexpected<Error>(entity.error());
    out.insert(*entity);
  }
  return Entities(out);
}

class Writer {
 public:
  Writer(const reports::Briefing& briefing, unsigned threads, std::FILE* to)
      : trees_(briefing), threads_(threads), to_(to) {}

  void region(const std::string& name) { put("\"" + name + "\": " + json(DataTree::region, 0)); }

  /// Some trees are made side by side, then written in order.
  void list(const std::string& name, DataTree tree, const std::vector<std::size_t>& entities) {
    put("\"" + name + "\": [");
    for (std::size_t begin = 0; begin < entities.size(); begin += kAtATime) {
      std::vector<std::string> made(std::min(kAtATime, entities.size() - begin));
      parallel_for(made.size(), threads_, [&](std::size_t i) { made[i] = json(tree, entities[begin + i]); });
      for (std::size_t i = 0; i < made.size(); ++i) put((begin + i == 0 ? "\n" : ",\n") + made[i]);
    }
    put("]");
  }

  void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), to_); }

  Expected<void> finish() {
    if (std::fflush(to_) == 0 && std::ferror(to_) == 0) return {};
    return failure("file-unwritable", {{"file", std::string("stdout")}}, "stdout");
  }

 private:
  std::string json(DataTree tree, std::size_t entity) const { return reports::value_json(*trees_.of(tree, entity)); }

  Trees trees_;
  unsigned threads_;
  std::FILE* to_;
};

std::vector<std::size_t> chosen(const Entities& entities, std::size_t all) {
  if (entities) return {entities->begin(), entities->end()};
  std::vector<std::size_t> out(all);
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

}  // namespace

Expected<void> write_trees(const reports::Briefing& briefing, const Selection& selection, unsigned threads,
                           std::FILE* to) {
  const Registry& registry = briefing.data.registry;
  const auto region = entities_of(registry, DataTree::region, selection);
  const auto municipalities = entities_of(registry, DataTree::municipality, selection);
  const auto schools = entities_of(registry, DataTree::school, selection);
  for (const auto* entities : {&region, &municipalities, &schools}) {
    if (!*entities) return tl::unexpected<Error>(entities->error());
  }
  Writer writer(briefing, threads, to);
  writer.put("{");
  if (!*region) {
    writer.region("region");
    writer.put(",\n");
  }
  writer.list("municipalities", DataTree::municipality, chosen(*municipalities, registry.municipalities.size()));
  writer.put(",\n");
  writer.list("schools", DataTree::school, chosen(*schools, registry.schools.size()));
  writer.put("}\n");
  return writer.finish();
}

}  // namespace kaskad::app
