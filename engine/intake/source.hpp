// One source of the project file, as intake needs it. The project reader (app) makes it; docs/project.md documents it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad {

enum class SourceKind : std::uint8_t {
  registry,
  results,
  summaries,
  context,
  groups,
  partners,
  programmes,
  evidence,
  crosswalk,
  tasks,
  appeals,
  measures,
  participation,
  targets,
  expected,
  components,
  decisions,
  supporters,
  visits,
  processes,
  courses
};
inline constexpr std::array<std::string_view, 21> kSourceKindNames = {
    "registry", "results",    "summaries", "context",    "groups",   "partners",      "programmes",
    "evidence", "crosswalk",  "tasks",     "appeals",    "measures", "participation", "targets",
    "expected", "components", "decisions", "supporters", "visits",   "processes",     "courses"};

/// Where a field of source_fields.hpp comes from.
struct FieldSource {
  std::string column;    ///< Head of the column; empty when `constant` is used.
  std::string constant;  ///< The same text for every row.
  bool is_constant = false;
  int number = 0;  ///< Of the column, where a layout has found it; 0 = by its head.
};

/// In a wide file one row holds several results; each takes its own fields, the rest come from the source.
struct WideResult {
  std::map<std::string, FieldSource> fields;
};

enum class Encoding : std::uint8_t { automatic, utf8, cp1251 };

struct SourceSpec {
  SourceKind kind = SourceKind::results;
  bool kind_is_found = false;  ///< The kind is told by the file's heads; `kind` says nothing yet.
  std::string layout;          ///< Id of a layout, "tidy", or empty: by the file's heads.
  std::string name;            ///< As the user wrote it, for messages.
  std::string path;    ///< Resolved. A folder, a pattern with * and ?, or an archive stands for all tables in it.
  std::string entry;   ///< Of an archive; empty for a file of its own.
  std::string format;  ///< "csv", "xlsx", "ods", or empty: by the file's first bytes.
  std::string sheet;   ///< Empty = all that hold a table of this kind.
  bool one_of_sheets = false;  ///< Of a workbook whose sheets the project does not name: others may hold no table.
  int header_row = 0;          ///< 0 = found among the first rows.
  Encoding encoding = Encoding::automatic;  ///< automatic: BOM, else UTF-8 if valid, else CP1251 (with a note).
  char delimiter = 0;                       ///< 0 = found in the header: the most frequent of ; , tab.
  bool repeated = false;   ///< Rows repeat what they say of a school (registry, groups, partners): equal ones are one.
  std::vector<int> years;  ///< Of results: only rows of these years; others are left out as "filtered". Empty = all.
  std::map<std::string, FieldSource> fields;
  std::vector<WideResult> results;  ///< Empty for tidy files.
  /// field → (text in the file → text that Kaskad knows), e.g. role: "1" → "focus".
  std::map<std::string, std::map<std::string, std::string>> values;
  /// Words that stand for an absence, in an outcome's column or in that of the field "absent"; blank outcomes are
  /// absences, too.
  std::vector<std::string> absent;
};

/// Ids that rows may name; intake checks them. Stages, components and positions of monitorings are checked where they
/// are judged, against their rubrics.
struct IntakeNames {
  std::vector<std::string> waves;
  std::vector<std::string> criteria;
  std::vector<std::string> indicators = {};  ///< And ids of context fields; empty = any.
};

namespace intake {
class Corrections;
}

struct IntakeOptions {
  unsigned threads = 1;
  /// Rows that have come back corrected take the place of the sources' own; may be null.
  const intake::Corrections* corrections = nullptr;
  /// Called with each diagnostic beyond the first 100 000 of its code in a source, in the order of reading, by one
  /// thread at a time; they are not in the dataset then. Without it they are only counted, in "more-of-the-same".
  std::function<void(Diagnostic&&)> overflow;
  /// Called with (bytes done, bytes in all) from time to time, from any thread; may be empty.
  std::function<void(std::size_t, std::size_t)> progress;
  /// Id of a school whose counted rows are to be named in the ledger; empty = none.
  std::string follow;
};

/// Ids of the layouts that SourceSpec::layout may name.
std::vector<std::string> source_layouts();

/// Reads all sources: registry first, then results, context, groups, partners, programmes, evidence.
/// Never fails as a whole: what cannot be read is a diagnostic, and the ledger counts every row.
Dataset read_sources(const std::vector<SourceSpec>& sources, Vocabulary vocabulary,
                     std::vector<ContextField> context_fields, const IntakeNames& names, const IntakeOptions& options);

}  // namespace kaskad
