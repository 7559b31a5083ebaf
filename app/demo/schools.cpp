// Municipalities and schools: as many of each sort as a Siberian region has, in proportion.
#include <algorithm>
#include <numeric>

#include "app/demo/draws.hpp"
#include "app/demo/names.hpp"
#include "app/demo/region.hpp"

namespace kaskad::demo {
namespace {

/// Per cent of all schools, as in a region of 822 municipal schools: 460 rural, 271 small, 259 of these rural.
constexpr int kRural = 56;
constexpr int kSmall = 33;
constexpr int kSmallRural = 96;  ///< Of the small ones.
constexpr int kCities = 43;      ///< Of the municipalities.
constexpr int kLenient = 8;

int part_of(int percent, int whole) { return (percent * whole + 50) / 100; }

template <class T>
void shuffle(std::vector<T>& items, RandomStream& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
}

std::vector<std::size_t> shuffled_indexes(std::size_t count, RandomStream& random) {
  std::vector<std::size_t> out(count);
  std::iota(out.begin(), out.end(), std::size_t{0});
  shuffle(out, random);
  return out;
}

/// The capital keeps its name; the other names are drawn.
std::vector<DemoMunicipality> name_municipalities(int schools, RandomStream& random) {
  const int count = std::clamp((schools + 10) / 20, 8, static_cast<int>(kCityNames + kDistrictNames));
  const auto cities = static_cast<std::size_t>(part_of(kCities, count));
  const std::size_t districts = static_cast<std::size_t>(count) - cities;
  std::vector<DemoMunicipality> out;
  for (std::size_t i = 0; i < cities; ++i) {
    out.push_back({city_municipality(i), city_municipality_genitive(i), true, i});
  }
  const auto drawn = shuffled_indexes(kDistrictNames, random);
  for (std::size_t i = 0; i < districts; ++i) {
    out.push_back({district_municipality(drawn[i]), district_municipality_genitive(drawn[i]), false, drawn[i]});
  }
  return out;
}

/// Shares `count` schools out over municipalities [first, last), of weights 1/(k + 2) for cities and equal for
/// districts.
void share_out(Region& region, int count, bool city) {
  std::vector<std::size_t> places;
  for (std::size_t m = 0; m < region.municipalities.size(); ++m) {
    if (region.municipalities[m].is_city == city) places.push_back(m);
  }
  std::vector<double> upto;
  double all = 0;
  for (std::size_t k = 0; k < places.size(); ++k) upto.push_back(all += city ? 1.0 / static_cast<double>(k + 2) : 1.0);
  std::size_t k = 0;
  for (int i = 0; i < count; ++i) {
    while (k + 1 < places.size() && (i + 0.5) * all > upto[k] * count) ++k;
    DemoSchool school;
    school.municipality = places[k];
    school.rural = !city;
    region.schools.push_back(school);
  }
}

void mark_small(std::vector<DemoSchool>& schools, RandomStream& random) {
  const int small = part_of(kSmall, static_cast<int>(schools.size()));
  int rural_left = part_of(kSmallRural, small);
  int urban_left = small - rural_left;
  for (const std::size_t i : shuffled_indexes(schools.size(), random)) {
    int& left = schools[i].rural ? rural_left : urban_left;
    if (left == 0) continue;
    schools[i].small = true;
    --left;
  }
}

Kind draw_kind(const DemoSchool& school, RandomStream& random) {
  const auto percent = static_cast<int>(random.below(100));
  if (school.small) return percent < 45 ? Kind::secondary : (percent < 92 ? Kind::basic : Kind::primary);
  if (school.rural) return percent < 82 ? Kind::secondary : Kind::basic;
  return percent < 80 ? Kind::secondary : (percent < 90 ? Kind::lyceum : Kind::gymnasium);
}

double draw_size(const DemoSchool& school, RandomStream& random) {
  const double u = random.uniform();
  if (school.small) return 1.5 + 5 * u;
  return school.rural ? 9 + 13 * u : 20 + 36 * u;
}

double usual_context(const DemoSchool& school) {
  if (school.kind == Kind::lyceum || school.kind == Kind::gymnasium) return 1.1;
  if (school.small) return -0.35;
  return school.rural ? -0.15 : 0.2;
}

/// Most schools have few pupils of another language; one in eight has many.
double draw_language(RandomStream& random) {
  const bool many = happens(random, 12);
  return many ? 8 + 25 * random.uniform() : 0.5 + 3 * random.uniform();
}

void draw_school(DemoSchool& school, RandomStream random) {
  school.kind = draw_kind(school, random);
  school.size = draw_size(school, random);
  school.context = usual_context(school) + 0.9 * bell(random);
  const bool selective = school.kind == Kind::lyceum || school.kind == Kind::gymnasium;
  school.effect = (selective ? 0.25 : 0.0) + 0.3 * bell(random);
  school.drift = 0.02 * bell(random);
  school.language = draw_language(random);
  school.lenient = happens(random, kLenient);
}

std::string city_school_name(const DemoSchool& school, const DemoMunicipality& city, int number) {
  const std::string tail = " № " + std::to_string(number) + "» " + of_city(city.place);
  if (school.kind == Kind::lyceum) return "МАОУ «Лицей" + tail;
  if (school.kind == Kind::gymnasium) return "МАОУ «Гимназия" + tail;
  return "МБОУ «СОШ" + tail;
}

std::string village_school_name(const DemoSchool& school, const std::string& adjective) {
  const std::string founder = school.small || school.kind != Kind::secondary ? "МКОУ" : "МБОУ";
  const char* kind = school.kind == Kind::secondary ? "СОШ" : (school.kind == Kind::basic ? "ООШ" : "НОШ");
  return founder + " «" + adjective + " " + kind + "»";
}

/// Logins run over the region in the order of municipalities; city schools are numbered within their city.
void name_schools(Region& region, RandomStream& random) {
  const auto villages = shuffled_indexes(kVillageNames, random);
  std::vector<int> numbers(region.municipalities.size(), 0);
  std::size_t village = 0;
  for (std::size_t i = 0; i < region.schools.size(); ++i) {
    DemoSchool& school = region.schools[i];
    school.id = "edu98" + std::to_string(10001 + i).substr(1);
    if (!school.rural) {
      int& number = numbers[school.municipality];
      number += happens(random, 15) ? 2 : 1;  // numbers of closed schools stay free
      school.name = city_school_name(school, region.municipalities[school.municipality], number);
      continue;
    }
    const std::size_t prefix = village / kVillageNames % kVillagePrefixes;
    school.name = village_school_name(school, village_adjective(prefix, villages[village % kVillageNames]));
    ++village;
  }
}

}  // namespace

void lay_out(Region& region) {
  const DemoOptions& options = region.options;
  RandomStream random = stream_of(options.seed, Purpose::layout);
  region.municipalities = name_municipalities(options.schools, random);
  const int rural = part_of(kRural, options.schools);
  share_out(region, options.schools - rural, true);
  share_out(region, rural, false);
  mark_small(region.schools, random);
  for (std::size_t i = 0; i < region.schools.size(); ++i) {
    draw_school(region.schools[i], stream_of(options.seed, Purpose::school, i));
  }
  name_schools(region, random);
}

}  // namespace kaskad::demo
