// A table in a layout, seen as a tidy one: each row with what the lines above it say, and nothing that names a pupil.
#pragma once

#include <memory>

#include "engine/intake/layout_match.hpp"
#include "engine/intake/pupil_keys.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// Facts, and what stands for a pupil's names.
inline constexpr std::size_t kColumnsBefore = Facts::kCount + 1;

/// `raw` has no head; all its rows are cells. The rows up to the head are passed over. The match's places and repeated
/// columns are of `raw`; those of the table stand kColumnsBefore further right.
/// Where pupils have names and no code, a keyed hash of the names stands for the code: it tells pupils apart as long as
/// the process lives, and says nothing of them. `names` may be null: then nothing stands for it.
std::unique_ptr<Table> open_layout(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary,
                                   const PupilHash* names);

/// What the layout gives to the fields of the source; what the project says goes before it.
void map_layout(const LayoutMatch& match, const Table& table, SourceSpec& spec);

/// Column of the table, from 1, that a place of the file has become.
inline int column_of_place(int place) { return place + 1 + static_cast<int>(kColumnsBefore); }

}  // namespace kaskad::intake
