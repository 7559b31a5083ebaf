// The synthetic region: who is in it, how large, in what circumstances, how good, and who is supported.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/demo.hpp"

namespace kaskad::demo {

enum class Kind : std::uint8_t { secondary, basic, primary, lyceum, gymnasium };
enum class Part : std::uint8_t { none, focus, control, base, partner };

struct DemoMunicipality {
  std::string name;
  std::string genitive;
  bool is_city = false;
  std::size_t place = 0;  ///< Of its name in names.hpp.
};

/// What moves results is in units of the pupils' standard deviation over the region.
struct DemoSchool {
  std::string id;    ///< Login, «edu980012».
  std::string name;  ///< «МКОУ «Берёзовская ООШ»»
  std::size_t municipality = 0;
  Kind kind = Kind::secondary;
  bool rural = false;
  bool small = false;
  bool lenient = false;  ///< Raises scores just under the border of «3».
  double size = 0;       ///< Pupils in a grade, before the whole region is scaled to the wanted number.
  double context = 0;    ///< Mean 0, SD about 1; higher = more favourable.
  double effect = 0;     ///< What the school itself adds.
  double drift = 0;      ///< The same, by year.
  double language = 0;   ///< Percent of pupils whose native language is not Russian.
  Part part = Part::none;
};

/// A focus school and the stronger school that helps it; indexes into Region::schools.
struct DemoPair {
  std::size_t school = 0;
  std::size_t partner = 0;
};

/// Waves by index of year: [0, entry) is the entry, [entry, last) the intermediate one, the last year the final one.
struct DemoWaves {
  int entry = 1;
  int last = 1;
  bool has_intermediate() const { return entry < last; }
};

struct Region {
  DemoOptions options;
  std::vector<DemoMunicipality> municipalities;
  std::vector<DemoSchool> schools;  ///< By id.
  std::vector<int> grades;          ///< That are tested, rising.
  std::vector<int> cohorts;         ///< Pupils by (school, year, grade), see pupils_in.
  std::vector<DemoPair> pairs;
  DemoWaves waves;

  int first_year() const { return options.last_year - options.years + 1; }
  int pupils_in(std::size_t school, int year_index, std::size_t grade_index) const;
  /// Pupils of the school in all its grades, tested or not.
  int enrolment(std::size_t school, int year_index) const;
};

/// Municipalities and schools (schools.cpp).
void lay_out(Region& region);
/// Which grades are tested, and how many pupils each school has in each (region.cpp); exactly options.pupils in all.
void fill_cohorts(Region& region);
/// Focus, control, base sites and partners, from what the entry years' results and passports show (groups.cpp).
void choose_groups(Region& region);

Region build_region(const DemoOptions& options);

/// Whether a school of this kind teaches the grade.
bool teaches(Kind kind, int grade);

/// The social passport of a school in a year, in thousandths.
struct Passport {
  int both_parents_higher = 0;
  int single_parent = 0;
  int on_register = 0;
  int russian_not_native = 0;
};
Passport passport(const Region& region, std::size_t school, int year_index);

}  // namespace kaskad::demo
