#include "app/demo/region.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "app/demo/draws.hpp"

namespace kaskad::demo {
namespace {

/// Grades in the order in which they join as the region has more pupils.
constexpr std::array<int, 7> kGradesByWeight = {9, 11, 6, 4, 8, 5, 7};
constexpr std::size_t kFewestGrades = 3;
/// A grade joins as long as schools keep this part of their natural size.
constexpr double kEnoughPupils = 0.75;
/// Part of a ninth grade that goes on to the eleventh.
constexpr double kStaysOn = 0.5;
constexpr std::int64_t kWeightUnit = 1000;

double grade_size(const DemoSchool& school, int grade) {
  if (!teaches(school.kind, grade)) return 0;
  return grade == 11 ? kStaysOn * school.size : school.size;
}

std::vector<int> choose_grades(const Region& region) {
  const double yearly = static_cast<double>(region.options.pupils) / region.options.years;
  double natural = 0;
  std::vector<int> grades;
  for (const int grade : kGradesByWeight) {
    for (const DemoSchool& school : region.schools) natural += grade_size(school, grade);
    if (grades.size() >= kFewestGrades && yearly < kEnoughPupils * natural) break;
    grades.push_back(grade);
  }
  std::sort(grades.begin(), grades.end());
  return grades;
}

/// Weights of (school, year, grade): natural size with a fluctuation of one eighth.
std::vector<std::int64_t> cohort_weights(const Region& region) {
  std::vector<std::int64_t> weights;
  for (std::size_t s = 0; s < region.schools.size(); ++s) {
    for (int y = 0; y < region.options.years; ++y) {
      RandomStream random = stream_of(region.options.seed, Purpose::cohort, s, static_cast<std::uint64_t>(y));
      for (const int grade : region.grades) {
        const double size = grade_size(region.schools[s], grade) * (1 + 0.125 * bell(random));
        weights.push_back(static_cast<std::int64_t>(std::floor(size * static_cast<double>(kWeightUnit) + 0.5)));
      }
    }
  }
  return weights;
}

/// Whole numbers in proportion to the weights that add up to `total` exactly; each rounding is carried to the next.
std::vector<int> apportion(const std::vector<std::int64_t>& weights, std::int64_t total) {
  const std::int64_t all = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::int64_t carried = all / 2;
  std::vector<int> parts;
  for (const std::int64_t weight : weights) {
    carried += weight * total;
    parts.push_back(static_cast<int>(carried / all));
    carried %= all;
  }
  return parts;
}

int clamped_thousandths(double percent, double lowest, double highest) {
  return static_cast<int>(std::floor(10 * std::clamp(percent, lowest, highest) + 0.5));
}

}  // namespace

bool teaches(Kind kind, int grade) {
  if (kind == Kind::primary) return grade <= 4;
  if (kind == Kind::basic) return grade <= 9;
  return true;
}

int Region::pupils_in(std::size_t school, int year_index, std::size_t grade_index) const {
  const std::size_t row = school * static_cast<std::size_t>(options.years) + static_cast<std::size_t>(year_index);
  return cohorts[row * grades.size() + grade_index];
}

int Region::enrolment(std::size_t school, int year_index) const {
  int tested = 0;
  double part = 0;
  for (std::size_t g = 0; g < grades.size(); ++g) {
    tested += pupils_in(school, year_index, g);
    if (teaches(schools[school].kind, grades[g])) part += grades[g] == 11 ? kStaysOn : 1;
  }
  const Kind kind = schools[school].kind;
  const double whole = kind == Kind::primary ? 4 : (kind == Kind::basic ? 9 : 9 + 2 * kStaysOn);
  const double size = part > 0 ? tested / part : schools[school].size;
  return std::max(static_cast<int>(std::floor(whole * size + 0.5)), 1);
}

void fill_cohorts(Region& region) {
  region.grades = choose_grades(region);
  region.cohorts = apportion(cohort_weights(region), region.options.pupils);
}

Passport passport(const Region& region, std::size_t school, int year_index) {
  const DemoSchool& s = region.schools[school];
  RandomStream random =
      stream_of(region.options.seed, Purpose::year, school, static_cast<std::uint64_t>(year_index), 1);
  Passport out;
  out.both_parents_higher = clamped_thousandths(31 + 13 * s.context + 0.3 * year_index + 1.5 * bell(random), 2, 85);
  out.single_parent = clamped_thousandths(24 - 4.5 * s.context + 1.2 * bell(random), 4, 60);
  out.on_register = clamped_thousandths(3.2 - 1.4 * s.context + 0.4 * bell(random), 0, 18);
  out.russian_not_native = clamped_thousandths(s.language + 0.2 * year_index + 0.3 * bell(random), 0, 60);
  return out;
}

Region build_region(const DemoOptions& options) {
  Region region;
  region.options = options;
  region.waves.last = options.years - 1;
  region.waves.entry = options.years >= 4 ? 2 : 1;
  lay_out(region);
  fill_cohorts(region);
  choose_groups(region);
  return region;
}

}  // namespace kaskad::demo
