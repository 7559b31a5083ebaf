// Parts of judging a cascade. Private to this room.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "indicators/cascade.hpp"

namespace kaskad::cascade {

/// A participant by level and place: in the registry's schools or municipalities, 0 of the region.
using Unit = std::pair<OwnerLevel, std::size_t>;
std::optional<Unit> unit_of(const Dataset& data, const RowOwner& owner);

std::vector<CascadeNeed> needs_of(const CascadeRubric& rubric, OwnerLevel level);

/// A report and what it speaks of: no needs where the level is not asked for the component, or the school is asked as a
/// whole or for other groups.
struct PlacedReport {
  std::optional<Unit> unit;
  std::optional<std::size_t> component;
  std::vector<CascadeNeed> needs;
  bool counts() const { return unit && !needs.empty(); }
};
std::vector<PlacedReport> place_reports(const Dataset& data, const CascadeRubric& rubric);

/// A day to look back from: reports dated after it do not count, and undated ones only where it is said.
struct LookBack {
  std::string date;  ///< Empty = the end of time.
  bool with_undated = true;
};

/// Reports by what they speak of, in the order of their dates.
class ReportIndex {
 public:
  ReportIndex(const Dataset& data, const CascadeRubric& rubric);

  /// The last reliable report decides, of several of one day the lowest; undated ones where no dated one does.
  NeedStanding standing(const Unit& unit, const CascadeNeed& need, const LookBack& at) const;
  bool speaks_of(const Unit& unit) const { return units_.count(unit) > 0; }
  const std::vector<PlacedReport>& placed() const { return placed_; }  ///< As ProgrammeData::components.
  /// Days of reports that speak of something, rising.
  const std::vector<std::string>& dates() const { return dates_; }

 private:
  using Key = std::tuple<OwnerLevel, std::size_t, std::size_t, int>;
  static Key key(const Unit& unit, const CascadeNeed& need);

  const Dataset& data_;
  double complete_;
  std::vector<PlacedReport> placed_;
  std::map<Key, std::vector<std::size_t>> reports_;
  std::map<Unit, std::size_t> units_;
  std::vector<std::string> dates_;
};

/// Which schools take part, by school year.
class ParticipantRoll {
 public:
  ParticipantRoll(const Dataset& data, const CascadeRubric& rubric, const ReportIndex& reports);

  ParticipantRule rule() const { return rule_; }
  /// Region, municipalities with such schools, and the schools; without needs and stages. An empty day stands for the
  /// project's last year.
  std::vector<CascadeParticipant> at(const std::string& date) const;

 private:
  bool takes_part(SchoolId school, int year) const;

  const Dataset& data_;
  const ReportIndex& reports_;
  ParticipantRule rule_;
  std::map<int, std::set<SchoolId>> participation_;  ///< By year: those that take part. Every year that has rows.
};

/// What everything is judged by.
struct CascadeBasis {
  const Dataset& data;
  const CascadeRubric& rubric;
  const ReportIndex& reports;
  const ParticipantRoll& roll;
};

/// Everybody's own needs as seen from a day: stages without what others do, so neither gates nor positions.
std::vector<CascadeParticipant> own_work_at(const CascadeBasis& basis, const LookBack& at);
/// Everybody's needs and stages, as seen from a day.
std::vector<CascadeParticipant> stand_at(const CascadeBasis& basis, const LookBack& at);
std::optional<std::size_t> find_owner(const std::vector<CascadeParticipant>& list, const RowOwner& owner);

/// Decisions up to `as_of` beside the rule.
std::vector<JudgedDecision> judge_decisions(const CascadeBasis& basis, const std::string& as_of);

/// Everybody's own work as of a day, with StageStanding::first_own. For the checks, which ask for nothing else.
std::vector<CascadeParticipant> own_work(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of);

/// Fills history, steps and the days in stages and progress; participants stand as of the end.
void tell_history(const CascadeBasis& basis, Cascade& cascade);

}  // namespace kaskad::cascade
