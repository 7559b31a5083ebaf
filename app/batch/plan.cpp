#include "app/batch/plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/batch/file_names.hpp"
#include "app/batch/manifest.hpp"
#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

std::string last_year(const Project& project) {
  return project.vocabulary.years.empty() ? std::string() : std::to_string(project.vocabulary.years.back());
}

Piece piece_of_school(const ReportSpec& spec, const School& school, SchoolId index, const std::string& year) {
  const std::string& name = school.name.empty() ? school.id : school.name;
  return {&spec, index, school.id, file_name_from(spec.file, {school.id, name, school.municipality, year})};
}

Piece piece_of_municipality(const ReportSpec& spec, const std::string& name, std::size_t index,
                            const std::string& year) {
  return {&spec, index, name, file_name_from(spec.file, {"", "", name, year})};
}

void tell_files_apart(std::vector<Piece>& pieces) {
  std::vector<std::string> files, ids;
  for (const Piece& piece : pieces) {
    files.push_back(piece.file);
    ids.push_back(piece.entity_name);
  }
  tell_apart(files, ids);
  for (std::size_t i = 0; i < pieces.size(); ++i) pieces[i].file = files[i];
}

/// Entities of a kind that are asked for; nothing when all are.
Expected<std::optional<std::set<std::size_t>>> wanted_entities(const ReportKindRow& kind, const Registry& registry,
                                                               const Selection& selection) {
  std::set<std::size_t> out;
  for (const Wanted& wanted : selection) {
    if (wanted.kind != kind.kind) continue;
    if (wanted.entity.empty()) return std::optional<std::set<std::size_t>>();
    const auto found = find_entity(registry, *kind.tree, wanted.entity);
    if (!found) return tl::unexpected<Error>(found.error());
    out.insert(*found);
  }
  return std::optional(out);
}

Expected<void> check_names(const std::vector<Piece>& pieces, const Project& project) {
  std::set<std::string> names = {fold(kManifestFile)};
  for (const ReportSpec& spec : project.reports) {
    if (!spec.merged.empty()) names.insert(fold(spec.merged));
  }
  for (const Piece& piece : pieces) {
    if (!names.insert(fold(piece.file)).second) return failure("file-name-clash", {{"file", piece.file}}, piece.file);
  }
  return {};
}

}  // namespace

std::vector<Piece> pieces_of(const ReportSpec& spec, const Project& project, const Registry& registry) {
  const std::string year = last_year(project);
  std::vector<Piece> out;
  if (spec.row().tree == DataTree::school) {
    for (SchoolId i = 0; i < registry.schools.size(); ++i)
      out.push_back(piece_of_school(spec, registry.schools[i], i, year));
  } else if (spec.row().tree == DataTree::municipality) {
    for (std::size_t i = 0; i < registry.municipalities.size(); ++i)
      out.push_back(piece_of_municipality(spec, registry.municipalities[i], i, year));
  } else {
    out.push_back({&spec, 0, "", file_name_from(spec.file, {"", "", "", year})});
  }
  tell_files_apart(out);
  return out;
}

Expected<std::vector<Piece>> plan_of(const Project& project, const Registry& registry, const Selection& selection) {
  std::vector<Piece> all, out;
  for (const ReportSpec& spec : project.reports) {
    std::vector<Piece> pieces = pieces_of(spec, project, registry);
    all.insert(all.end(), pieces.begin(), pieces.end());
    const auto asked = [&](const Wanted& w) { return w.kind == spec.kind; };
    if (!selection.empty() && std::none_of(selection.begin(), selection.end(), asked)) continue;
    const auto wanted = wanted_entities(spec.row(), registry, selection);
    if (!wanted) return tl::unexpected<Error>(wanted.error());
    std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(out), [&](const Piece& piece) {
      return selection.empty() || !*wanted || (*wanted)->contains(piece.entity);
    });
  }
  if (auto distinct = check_names(all, project); !distinct) return tl::unexpected<Error>(distinct.error());
  return out;
}

}  // namespace kaskad::app
