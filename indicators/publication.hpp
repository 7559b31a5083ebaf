// What may be printed: one decision for each work, period and place, taken once from the counts of pupils and asked by
// all outputs. Method and its limits: docs/methods/suppression.md.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/cube/cube_index.hpp"
#include "indicators/basis.hpp"
#include "indicators/frame.hpp"
#include "indicators/suppression.hpp"

namespace kaskad {

/// What the decisions need of a series, by school and year.
struct SeriesCells {
  std::vector<double> exposures;  ///< Context totals of a rate; empty for others.
  std::vector<Ends> ends;         ///< Of a share or a mean: 1 where all stand at the low end, 2 at the high one.
  Ends news = 0;                  ///< Of the whole series: the ends at which pupils of the region seldom stand.
};

struct PublicationRules {
  std::int64_t minimum_n = 10;  ///< Pupils; a project's is never below 5.
  bool complementary = true;    ///< Hide further figures where one could be computed from the others.
};

/// As the reason of an estimate: none, too_few, complementary.
Undefined reason_of(Publication decision);

/// Where a series stands in the decisions. Series over the same pupils share one place, whatever their indicator.
struct PublicationLine {
  std::size_t table = 0, line = 0;
};

/// The decisions of one procedure and grade.
struct PublicationTable {
  ProcedureId procedure = 0;
  int grade = 0;
  std::vector<Outcome> outcomes;    ///< Those of the same counts.
  std::vector<SubjectId> subjects;  ///< Rising; none for the context total of a rate.
  PublishedTable counts;
  SuppressedTable decisions;

  /// Year or sum of years; nothing when these years are not a period of the table.
  std::optional<std::size_t> period_of(const std::vector<std::size_t>& years) const;
};

/// The places of the tables: sets of schools, then schools.
struct PublicationPlaces {
  SchoolSets sets;
  std::size_t schools = 0;
  std::size_t entity_sets = 0;  ///< The first sets are the frame's entities in its order; further ones follow.

  std::size_t of_entity(std::size_t entity) const {
    return entity < entity_sets ? entity : entity - entity_sets + sets.members.size();
  }
  std::size_t of_school(SchoolId school) const { return sets.members.size() + school; }
  /// The set or school of these schools; nothing when there is none.
  std::optional<std::size_t> find(const std::vector<SchoolId>& of) const;
};

class Publications {
 public:
  Publications() = default;
  /// `cells` are those of the series.
  Publications(const Dataset& data, const CubeIndex& index, const Frame& frame,
               const std::vector<Indicator>& indicators, const std::vector<Series>& series,
               const std::vector<SeriesCells>& cells, const PublicationRules& rules, unsigned threads);

  const PublicationRules& rules() const { return rules_; }
  const std::vector<PublicationTable>& tables() const { return tables_; }
  const PublicationPlaces& places() const { return places_; }
  PublicationLine line_of(std::size_t series) const { return lines_[series]; }
  /// The line of a work; nothing when nobody has the outcome in it.
  std::optional<PublicationLine> find(ProcedureId procedure, SubjectId subject, int grade, Outcome outcome) const;

  /// Why a figure of these schools and years of the project is not printed: too_few, complementary, or none. As decided
  /// where schools and years are a place and a period of the tables; of others, not when some schools or years are
  /// hidden that are not safe together.
  Undefined withheld(const PublicationLine& line, const std::vector<SchoolId>& schools,
                     const std::vector<int>& years) const;

 private:
  bool safe_together(const PublicationTable& table, std::size_t line, const std::vector<SchoolId>& schools,
                     const std::vector<std::size_t>& periods) const;

  PublicationRules rules_;
  PublicationPlaces places_;
  std::vector<int> years_;
  std::vector<PublicationTable> tables_;
  std::vector<PublicationLine> lines_;
};

}  // namespace kaskad
