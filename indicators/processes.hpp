// Monitorings of processes at school (quality of processes, prevention of failure): schools are scored on the criteria
// of a scale in waves I, II …; what has changed between the waves, on paired schools.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/estimate.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/stats/paired.hpp"

namespace kaskad {

struct ProcessCriterion {
  std::string id;
  Names name;
  double weight = 1;  ///< In the scale; > 0.
};

/// One [[process]] of the project.
struct ProcessMonitoring {
  std::string id;
  Names name;
  double minimum = 0;  ///< Of a score.
  double maximum = 1;
  std::vector<std::string> waves;  ///< As the files write them, in order.
  std::vector<ProcessCriterion> criteria;

  std::optional<std::size_t> find_wave(std::string_view text) const;
  /// By id, or by name in any language, without regard to case.
  std::optional<std::size_t> find_criterion(std::string_view text) const;
};

/// Reads [[process]] tables; defects go to the reader's list.
std::vector<ProcessMonitoring> read_processes(ConfigReader& root);

/// Scores of the schools that have any, on the monitoring's criteria; what check_processes complains of is left out,
/// and of a position that stands twice the first row counts.
struct ProcessTable {
  std::size_t waves = 0;
  std::size_t criteria = 0;
  std::vector<SchoolId> schools;  ///< Rising.
  std::vector<double> scores;     ///< [school × waves + wave][criterion]; NaN = not scored.

  double at(std::size_t school, std::size_t wave, std::size_t criterion) const {
    return scores[(school * waves + wave) * criteria + criterion];
  }
};
ProcessTable process_table(const Dataset& data, const ProcessMonitoring& monitoring);

/// A school's score on the whole scale in a wave: the mean of its criteria by their weights; NaN unless all are scored.
double scale_score(const ProcessMonitoring& monitoring, const ProcessTable& table, std::size_t school,
                   std::size_t wave);

/// More than this share of the schools at an end of the scale leaves no room to see change (Terwee et al. 2007, Journal
/// of Clinical Epidemiology 60:34–42).
inline constexpr double kScaleEndShare = 0.15;

/// One criterion, or the scale, in one wave.
struct ProcessPoint {
  Estimate mean;  ///< Over schools; Student's interval, cut to the scale.
  double sd = kNaN;
  std::int64_t at_floor = 0, at_ceiling = 0;  ///< Schools with the lowest and the highest score.

  bool floor_effect() const { return mean.n > 0 && share(at_floor) > kScaleEndShare; }
  bool ceiling_effect() const { return mean.n > 0 && share(at_ceiling) > kScaleEndShare; }

 private:
  double share(std::int64_t schools) const { return static_cast<double>(schools) / static_cast<double>(mean.n); }
};

/// From one wave to another, on the schools that were scored in both.
struct ProcessChange {
  std::size_t from = 0, to = 0;
  Estimate change;           ///< Paired, Student's interval; n = pairs of schools.
  double adjusted_p = kNaN;  ///< Over the criteria of the monitoring, Benjamini and Hochberg; of the scale its own p.
  stats::SignedRank ranks;   ///< The check by ranks.
  std::int64_t rose = 0, same = 0, fell = 0;
  Estimate rose_share, fell_share;               ///< Percent, Wilson.
  std::int64_t only_before = 0, only_after = 0;  ///< Incomplete pairs.
};

struct ProcessItem {
  std::optional<std::size_t> criterion;  ///< Nothing = the whole scale.
  std::vector<ProcessPoint> points;      ///< By wave.
  std::vector<ProcessChange> changes;    ///< Wave to wave; with more than two waves also the first to the last.
};

struct ProcessFigures {
  std::vector<ProcessItem> items;  ///< Criteria in their order; the scale last, where there are several criteria.
  std::vector<Estimate> alpha;     ///< By wave: Cronbach's α of the weighted criteria, on schools with all of them.
};
ProcessFigures process_figures(const ProcessMonitoring& monitoring, const ProcessTable& table,
                               const std::vector<SchoolId>& schools);

/// A monitoring with the region's figures; those of a municipality come from process_figures with its schools.
struct ProcessJudgement {
  ProcessMonitoring monitoring;
  ProcessTable table;
  ProcessFigures region;
};
/// Monitorings for which there is any score.
std::vector<ProcessJudgement> judge_processes(const Dataset& data, const std::vector<ProcessMonitoring>& monitorings);

/// Rows that no monitoring can use: a monitoring, wave or criterion that the project does not know, a score outside the
/// scale, the same position scored twice.
Diagnostics check_processes(const Dataset& data, const std::vector<ProcessMonitoring>& monitorings);

}  // namespace kaskad
