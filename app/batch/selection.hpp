// What of a project's reports a run is asked for: "passport:12,municipal:Ангарск,annual".
#pragma once

#include <string>
#include <vector>

#include "app/project/project.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad::app {

/// All documents of a kind, or the one of an entity.
struct Wanted {
  ReportKind kind = ReportKind::annual;
  std::string entity;  ///< Id of a school or name of a municipality, as asked; empty = all.
};

/// Empty = everything.
using Selection = std::vector<Wanted>;

/// A row of the table of kinds. Error "asked-unknown-kind" {kind, nearest}.
Expected<const ReportKindRow*> named_kind(const std::string& name);

/// Errors: that of named_kind; "asked-no-report" {kind}: the project
/// makes none; "asked-one-document" {kind}: an entity of a report on the whole region.
Expected<Selection> parse_selection(const std::vector<std::string>& words, const std::vector<ReportSpec>& reports);

/// Schools by id, municipalities by name; case is ignored where that leaves one. Errors: "asked-unknown-school" {id,
/// nearest}, "asked-unknown-municipality" {name, nearest}.
Expected<SchoolId> find_school(const Registry& registry, const std::string& id);
Expected<std::size_t> find_municipality(const Registry& registry, const std::string& name);

/// Place of an entity of a school's or municipality's report.
Expected<std::size_t> find_entity(const Registry& registry, DataTree tree, const std::string& name);

}  // namespace kaskad::app
