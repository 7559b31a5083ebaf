#include "suppression_fixtures.hpp"

#include <Eigen/Dense>
#include <algorithm>

namespace kaskad {
namespace {

/// A printed or hidden cell as a sum of base cells: school × subject × year.
struct Audit {
  const PublishedTable& table;
  const SchoolSets& sets;
  const SuppressedTable& decisions;

  std::size_t places() const { return sets.members.size() + table.schools; }

  std::vector<SchoolId> schools_of(std::size_t place) const {
    if (place < sets.members.size()) return sets.members[place];
    return {static_cast<SchoolId>(place - sets.members.size())};
  }
  std::vector<std::size_t> subjects_of(std::size_t line) const {
    if (line < table.subjects) return {line};
    return table.subject_sums[line - table.subjects];
  }
  std::vector<std::size_t> years_of(std::size_t period) const {
    if (period < table.years) return {period};
    return table.year_sums[period - table.years];
  }

  Eigen::VectorXd cell(std::size_t line, std::size_t period, std::size_t place) const {
    Eigen::VectorXd out = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(table.counts.size()));
    for (const SchoolId s : schools_of(place)) {
      for (const std::size_t subject : subjects_of(line)) {
        for (const std::size_t year : years_of(period)) {
          const std::size_t base = (s * table.subjects + subject) * table.years + year;
          if (table.counts[base] > 0) out(static_cast<Eigen::Index>(base)) = 1;
        }
      }
    }
    return out;
  }

  /// Different pupils that are certain: those of the largest subject in each school and year.
  std::int64_t pupils(std::size_t line, std::size_t period, std::size_t place) const {
    std::int64_t out = 0;
    for (const SchoolId s : schools_of(place)) {
      for (const std::size_t year : years_of(period)) {
        std::int64_t largest = 0;
        for (const std::size_t subject : subjects_of(line))
          largest = std::max(largest, table.counts[(s * table.subjects + subject) * table.years + year]);
        out += largest;
      }
    }
    return out;
  }

  template <typename Visit>
  void each_cell(Visit&& visit) const {
    for (std::size_t line = 0; line < table.lines(); ++line) {
      for (std::size_t period = 0; period < table.periods(); ++period) {
        for (std::size_t place = 0; place < places(); ++place) visit(line, period, place);
      }
    }
  }

  /// Orthonormal columns that span all that the printed cells say.
  Eigen::MatrixXd known() const {
    std::vector<Eigen::VectorXd> rows;
    each_cell([&](std::size_t line, std::size_t period, std::size_t place) {
      if (decisions.at(line, period, place) == Publication::published) rows.push_back(cell(line, period, place));
    });
    Eigen::MatrixXd basis(static_cast<Eigen::Index>(table.counts.size()), 0);
    for (Eigen::VectorXd row : rows) {  // Gram–Schmidt, twice for accuracy
      for (int i = 0; i < 2; ++i) row -= basis * (basis.transpose() * row);
      if (row.norm() < 1e-9) continue;
      basis.conservativeResize(Eigen::NoChange, basis.cols() + 1);
      basis.col(basis.cols() - 1) = row.normalized();
    }
    return basis;
  }
};

/// Pupils and those of them with an attribute.
struct Counted {
  std::int64_t n = 0, hits = 0;
  void add(const Counted& other, std::int64_t times = 1) { n += times * other.n, hits += times * other.hits; }
  bool at_an_end() const { return n > 0 && (hits == 0 || hits == n); }
};

struct EndsAudit {
  const Audit& audit;
  const std::vector<std::int64_t>& hits;

  Counted count(std::size_t line, std::size_t period, std::size_t place) const {
    const Eigen::VectorXd cell = audit.cell(line, period, place);
    Counted out;
    for (Eigen::Index i = 0; i < cell.size(); ++i) {
      const auto base = static_cast<std::size_t>(i);
      if (cell(i) > 0) out.add({audit.table.counts[base], hits[base]});
    }
    return out;
  }
  bool printed(std::size_t line, std::size_t period, std::size_t place) const {
    return audit.decisions.at(line, period, place) == Publication::published;
  }

  /// A printed sum less what is printed of its schools, and of a printed set inside of it.
  bool by_schools(std::size_t line, std::size_t period, std::size_t set, const std::vector<SchoolId>& without) const {
    Counted rest;
    for (const SchoolId s : audit.sets.members[set]) {
      const std::size_t place = audit.sets.members.size() + s;
      const bool inside = std::binary_search(without.begin(), without.end(), s);
      if (!inside && !printed(line, period, place)) rest.add(count(line, period, place));
    }
    return rest.at_an_end();
  }
  bool by_sets(std::size_t line, std::size_t period, std::size_t set) const {
    if (by_schools(line, period, set, {})) return true;
    const auto& outer = audit.sets.members[set];
    for (std::size_t i = 0; i < audit.sets.members.size(); ++i) {
      const auto& inner = audit.sets.members[i];
      const bool inside =
          inner.size() < outer.size() && std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
      if (inside && printed(line, period, i) && by_schools(line, period, set, inner)) return true;
    }
    return false;
  }
  bool by_subjects(std::size_t line, std::size_t period, std::size_t place) const {
    Counted rest;
    for (const std::size_t subject : audit.subjects_of(line)) {
      if (!printed(subject, period, place)) rest.add(count(subject, period, place));
    }
    return rest.at_an_end();
  }
  bool by_years(std::size_t line, std::size_t period, std::size_t place) const {
    Counted rest;
    for (const std::size_t year : audit.years_of(period)) {
      if (!printed(line, year, place)) rest.add(count(line, year, place));
    }
    return rest.at_an_end();
  }
};

}  // namespace

PublishedTable table_of_counts(const std::vector<std::int64_t>& counts) {
  PublishedTable out;
  out.schools = counts.size();
  out.subjects = out.years = 1;
  out.counts = counts;
  return out;
}

std::vector<std::string> hidden_places(const SuppressedTable& table, const SchoolSets& sets, std::size_t line,
                                       std::size_t period) {
  std::vector<std::string> out;
  for (std::size_t place = 0; place < table.places; ++place) {
    const Publication p = table.at(line, period, place);
    if (p == Publication::published) continue;
    const bool is_set = place < sets.members.size();
    out.push_back((is_set ? "a" + std::to_string(place) : "s" + std::to_string(place - sets.members.size())) +
                  (p == Publication::complementary ? "+" : ""));
  }
  return out;
}

std::vector<std::string> disclosed(const PublishedTable& table, const SchoolSets& sets,
                                   const SuppressedTable& decisions, std::int64_t minimum_n) {
  const Audit audit{table, sets, decisions};
  const Eigen::MatrixXd known = audit.known();
  std::vector<std::string> out;
  audit.each_cell([&](std::size_t line, std::size_t period, std::size_t place) {
    Eigen::VectorXd cell = audit.cell(line, period, place);
    const std::int64_t n = audit.pupils(line, period, place);
    if (n == 0 || n >= minimum_n) return;
    cell -= known * (known.transpose() * cell);
    if (cell.norm() < 1e-7)
      out.push_back(std::to_string(line) + "/" + std::to_string(period) + "/" + std::to_string(place));
  });
  return out;
}

std::vector<std::string> told_by_ends(const PublishedTable& table, const SchoolSets& sets,
                                      const SuppressedTable& decisions, const std::vector<std::int64_t>& hits) {
  const Audit audit{table, sets, decisions};
  const EndsAudit ends{audit, hits};
  std::vector<std::string> out;
  audit.each_cell([&](std::size_t line, std::size_t period, std::size_t place) {
    if (!ends.printed(line, period, place)) return;
    const bool is_set = place < sets.members.size();
    if ((is_set && ends.by_sets(line, period, place)) || ends.by_subjects(line, period, place) ||
        ends.by_years(line, period, place))
      out.push_back(std::to_string(line) + "/" + std::to_string(period) + "/" + std::to_string(place));
  });
  return out;
}

}  // namespace kaskad
