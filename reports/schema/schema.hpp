// What names the report's data have: templates/report-data.toml read into a table. From it come docs/report-data.md,
// the sample trees that templates are checked against, and the test that real trees hold what is promised.
//
// The file has one table a tree ([tree.region], [tree.municipality], [tree.school]) and one a shape that several places
// share ([shape.wave]); charts are shapes too ([shape."chart dots"]). A table has one line a name:
//
//   by_wave = { is = "[figure]", ru = "…", en = "…" }
//
// besides `about` (what the whole is) and `with` (shapes without `with` whose names it has too). `is` is a kind of
// kDataKinds or the name of a shape; [ ] make a list of it, a "?" at its end says that it may be absent or null.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"

namespace kaskad::reports {

/// The trees, in the order of kDataTreeNames.
enum class DataTree : std::uint8_t { region, municipality, school };
inline constexpr std::array<std::string_view, 3> kDataTreeNames = {"region", "municipality", "school"};

/// In the order of kDataKinds. `place`: a place in a list, from 0. `number`: a count or a figure. `date`: ISO text.
/// `role`: of a series in a chart. `reason`: name of an Undefined. `word`: one of a few words. `object`: of a shape.
enum class DataKind : std::uint8_t { text, date, count, place, number, truth, figure, role, reason, word, object };
inline constexpr std::array<std::string_view, 10> kDataKinds = {"text",  "date",   "count", "place",  "number",
                                                                "truth", "figure", "role",  "reason", "word"};

struct DataType {
  DataKind kind = DataKind::text;
  std::string shape;               ///< Of an object.
  std::vector<std::string> words;  ///< Of a word ("word item head pooled").
  int lists = 0;                   ///< How many lists stand around it.
  bool optional = false;
};

struct DataName {
  std::string name;
  DataType type;
  std::map<std::string, std::string> about;  ///< By language.
};

struct DataShape {
  std::string name;
  std::map<std::string, std::string> about;
  std::vector<std::string> with;
  std::vector<DataName> names;  ///< Its own, in the order of the file.

  bool is_chart() const { return name.starts_with("chart "); }
};

struct DataSchema {
  /// What docs/report-data.md says around its tables.
  struct PageWords {
    std::string intro, table_head, also, shapes, charts, charts_intro, json;
  };
  std::vector<DataShape> trees;                 ///< In the order of DataTree.
  std::vector<DataShape> shapes;                ///< In the order of the file.
  std::map<std::string, PageWords> page_words;  ///< By language, "ru" and "en".

  const DataShape* shape(std::string_view name) const;
  const DataShape& tree(DataTree tree) const { return trees[static_cast<std::size_t>(tree)]; }
  /// Those of its `with`, then its own.
  std::vector<const DataName*> names_of(const DataShape& shape) const;
};

struct ParsedSchema {
  DataSchema schema;
  Diagnostics diagnostics;  ///< Any means that the schema must not be used.
};
ParsedSchema parse_schema(std::string_view toml, const std::string& file);

/// "[wave]?", as the file writes it.
std::string type_text(const DataType& type);

}  // namespace kaskad::reports
