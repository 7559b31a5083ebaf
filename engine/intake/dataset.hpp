// The validated dataset: everything that was read, by entity, and the ledger of rows. No pupil is in it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/unit_names.hpp"
#include "engine/cube/cube.hpp"
#include "engine/cube/outcome.hpp"
#include "engine/intake/programme_data.hpp"

namespace kaskad {

/// Name by language ("ru", "en"); see in_language.
using Names = std::map<std::string, std::string>;

struct Procedure {
  std::string id;
  Names name;
  Names short_name;
  std::vector<std::string> synonyms;  ///< Other spellings in files, matched without case.
  int lowest_mark = 2;
  int highest_mark = 5;
  std::map<std::string, int> statuses;  ///< Words that stand for a mark, e.g. «победитель» = 3 in olympiads.
};

struct Subject {
  std::string id;
  Names name;
  std::vector<std::string> synonyms;
};

/// What a registry writes for a type of schools, and how each language names it.
struct SchoolType {
  std::string id;
  Names name;
};

/// Borders of one procedure, subject, grade and span of years. Empty fields match all.
struct Scale {
  std::string procedure;
  std::string subject;
  int grade = 0;                    ///< 0 = all.
  int first_year = 0;               ///< 0 = from the beginning.
  int last_year = 0;                ///< 0 = to this day.
  std::optional<int> maximum;       ///< Highest primary score.
  std::optional<int> test_maximum;  ///< Highest test score.
  std::optional<int>
      minimum;              ///< Lowest passing value of the test score, or of the primary one where there is no other.
  std::optional<int> high;  ///< High scorers from here, same score as `minimum`.
  std::optional<std::array<int, 3>> marks;  ///< Upper primary scores of marks 2, 3 and 4.
  std::string unit;                         ///< Id of the unit of its scores; empty: points.
  std::string source;
};

/// What files may speak of: procedures, subjects, years, scales. Fixed before the first row is read.
struct Vocabulary {
  std::vector<Procedure> procedures;
  std::vector<Subject> subjects;
  std::vector<Scale> scales;                            ///< Later ones win (the project's stand after the catalogue's).
  std::vector<int> years;                               ///< The project's years, rising.
  std::vector<SchoolType> school_types;                 ///< Those with names by language; a registry may have others.
  std::vector<std::shared_ptr<const UnitNames>> units;  ///< Units of scores beside points.

  std::optional<ProcedureId> find_procedure(std::string_view text) const;  ///< By id or synonym.
  std::optional<SubjectId> find_subject(std::string_view text) const;      ///< By id, name or synonym.
  const SchoolType* find_school_type(std::string_view text) const;         ///< By id; null when not declared.
  std::shared_ptr<const UnitNames> find_unit(std::string_view id) const;   ///< Null when not declared.
  /// The narrowest known scale: fields of the last matching entry that states them.
  Scale scale(ProcedureId procedure, SubjectId subject, int grade, int year) const;
};

struct School {
  std::string id;
  std::string name;          ///< As in the registry; empty when it gives none (reports then say «Школа <id>»).
  std::string municipality;  ///< Name; empty when unknown.
  std::string type;
  std::optional<bool> rural;
  std::optional<bool> small;  ///< малокомплектная
};

/// Schools in the order of their ids (collated by code point, digits as numbers), so that SchoolId does not depend on
/// file order.
struct Registry {
  std::vector<School> schools;
  std::vector<std::string> municipalities;  ///< Names, in dictionary order; empty when the registry has none.
  std::optional<SchoolId> find(std::string_view id) const;
};

/// One context value of a school and year: the mean of what was given (one row a school, or its pupils' rows).
struct ContextValue {
  std::int64_t n = 0;
  double sum = 0;
  double squares = 0;  ///< Σ(x − mean)².
};
struct ContextField {
  std::string id;
  Names name;
  std::string unit;       ///< "percent", "share", "count", "years", "index", ""
  bool is_total = false;  ///< Values add up over schools (enrolment); else they are averaged by n.
};
struct Context {
  std::vector<ContextField> fields;
  /// (field, school, year); year 0 = for all years.
  std::map<std::tuple<int, SchoolId, int>, ContextValue> values;
  /// The value of the year, or the one for all years.
  const ContextValue* find(int field, SchoolId school, int year) const;
  std::optional<int> field(std::string_view id) const;
};

enum class Role : std::uint8_t { focus, control, base, partner };
inline constexpr std::array<std::string_view, 4> kRoleNames = {"focus", "control", "base", "partner"};

/// A school's role from one year to another (0 = open end).
struct Membership {
  SchoolId school = 0;
  Role role = Role::focus;
  int from = 0;
  int to = 0;
};

/// A supported school beside the one that helps it or is compared with it.
struct Partnership {
  SchoolId school = 0;
  SchoolId partner = 0;
  std::string label;
  Place place = {};
};

struct Programme {
  std::string id;
  std::string level;  ///< "school", "municipal", "regional"
  std::string name;
  std::string owner;  ///< School id or municipality name; empty for regional.
  std::optional<SchoolId> school;
  std::string goal;
  std::vector<std::string> tasks;
  std::string from;  ///< Term, ISO dates; may be empty.
  std::string to;
  std::string coordinator;
};

/// One rater's word on one criterion of a programme in one wave.
struct Evidence {
  int programme = 0;  ///< Index into Dataset::programmes.
  std::string wave;
  std::string criterion;
  std::string rater;
  double score = 0;  ///< In [0, 1]: absent, partly, in full.
  std::string document;
  std::string date;  ///< ISO, may be empty.
  bool reliable = true;
  Place place;
};

/// A task of a work.
struct TaskSpec {
  int maximum = 0;    ///< 0 = not stated.
  std::string level;  ///< «Б» basic, «П» raised, «В» high, as stated; may be empty.
  std::string skill;  ///< In words; may be empty.
};
/// Tasks by name, and what is known of each in each work. A work is a packed CellKey whose school is 0.
struct Tasks {
  std::vector<std::string> names;  ///< By TaskId.
  std::map<std::pair<std::uint64_t, TaskId>, TaskSpec> specs;

  /// The task of this name, made if new; nothing when there is no room.
  std::optional<TaskId> add(std::string_view name);
  /// Null when nothing is known of it.
  const TaskSpec* find(CellKey cell, TaskId task) const;
};

/// A counted row of the school that IntakeOptions::follow names, and what it was counted for. No pupil is in it.
struct FollowedRow {
  std::int64_t row = 0;
  CellKey cell;    ///< Of results and summaries; of context the school and year alone (0 = for all years).
  int field = -1;  ///< Of context.
};

/// The public invariant: rows read = counted + rejected + left out, by reason.
struct SourceLedger {
  std::string file;
  std::string sheet;
  std::string kind;
  std::string layout;             ///< Id of the form in which it came; empty for a tidy table.
  bool layout_is_forced = false;  ///< The project names it; else the heads have told it.
  bool kind_is_found = false;     ///< The heads have told the kind.
  std::int64_t head_row = 0;      ///< Row of the heads; 0 when the file could not be opened.
  std::int64_t read = 0;
  std::int64_t counted = 0;
  std::map<std::string, std::int64_t> rejected;  ///< By code of the first error diagnostic of the row.
  /// No defect, not counted: "absent", "filtered", "repeated", "heading", "sum-over-schools", "withdrawn".
  std::map<std::string, std::int64_t> left_out;
  std::map<std::string, std::int64_t> absorbed;  ///< Cells by kind of dirt (table.hpp) that was read as it was meant.
  std::vector<FollowedRow> followed;             ///< In the order of reading; empty unless a school is followed.
  std::string hash;                              ///< Of the file's bytes, for the version mark of a report.
};

/// A row of a source for which a corrected one has come back.
struct CorrectedRow {
  enum class State : std::uint8_t {
    changed,    ///< It is read as it came back.
    withdrawn,  ///< It came back blank: it is left out.
    unchanged,  ///< It came back as it went.
    stale,      ///< The source has another row there, so that nothing was taken over.
  };
  std::string workbook;  ///< In which it came back.
  Place place;           ///< In the source.
  State state = State::changed;
};

/// What a summary says of a cell in which pupils were counted one by one; the cube has the pupils.
struct SetAsideSummary {
  CellKey key;
  Outcome outcome = Outcome::primary;
  std::int64_t n = 0;
  Place place;
};

struct Dataset {
  Vocabulary vocabulary;
  Registry registry;
  Context context;
  std::vector<Membership> memberships;
  std::vector<Partnership> partnerships;
  std::vector<Programme> programmes;
  std::vector<Evidence> evidence;
  ProgrammeData programme_data;
  Cube cube;
  Tasks tasks;
  std::vector<SetAsideSummary> set_aside;
  std::vector<CorrectedRow> corrections;  ///< In the order of the sources, then of rows.
  std::vector<SourceLedger> ledger;
  Diagnostics diagnostics;
};

}  // namespace kaskad
