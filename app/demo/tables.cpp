// Registry, social passports, groups, partners and school summaries.
#include <array>
#include <cmath>
#include <string_view>

#include "app/demo/csv.hpp"
#include "app/demo/draws.hpp"
#include "app/demo/files.hpp"
#include "app/demo/papers.hpp"
#include "app/demo/pupils.hpp"

namespace kaskad::demo {
namespace {

constexpr std::array<std::string_view, 5> kKindNames = {"средняя", "основная", "начальная", "лицей", "гимназия"};
constexpr std::array<std::string_view, 5> kPartNames = {"", "фокус-группа", "контрольная группа", "базовая площадка",
                                                        "школа-партнёр"};

void head(CsvRows& rows, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) rows.text(name);
  rows.end_row();
}

std::string_view yes_no(bool yes) { return yes ? "да" : "нет"; }

std::string registry(const Region& region) {
  CsvRows rows({CsvEncoding::cp1251, ';'});
  head(rows, {"Логин", "Наименование ОО", "Муниципалитет", "Вид ОО", "Сельская", "Малокомплектная"});
  for (const DemoSchool& s : region.schools) {
    rows.text(s.id).text(s.name).text(region.municipalities[s.municipality].name);
    rows.text(kKindNames[static_cast<std::size_t>(s.kind)]).text(yes_no(s.rural)).text(yes_no(s.small)).end_row();
  }
  return rows.bytes();
}

std::string context(const Region& region) {
  CsvRows rows({CsvEncoding::utf8_bom, ';'});
  head(rows, {"Логин", "Год", "Обучающихся", "Оба родителя с высшим образованием", "Неполные семьи", "На учёте",
              "Русский язык не родной"});
  for (std::size_t i = 0; i < region.schools.size(); ++i) {
    for (int y = 0; y < region.options.years; ++y) {
      const Passport p = passport(region, i, y);
      rows.text(region.schools[i].id).number(region.first_year() + y).number(region.enrolment(i, y));
      rows.thousandths(p.both_parents_higher).thousandths(p.single_parent).thousandths(p.on_register);
      rows.thousandths(p.russian_not_native).end_row();
    }
  }
  return rows.bytes();
}

std::string groups(const Region& region) {
  CsvRows rows({CsvEncoding::cp1251, ';'});
  head(rows, {"Логин", "Группа", "С года", "По год"});
  for (const DemoSchool& s : region.schools) {
    if (s.part == Part::none) continue;
    rows.text(s.id).text(kPartNames[static_cast<std::size_t>(s.part)]).number(region.first_year());
    rows.number(region.options.last_year).end_row();
  }
  return rows.bytes();
}

std::string partners(const Region& region) {
  CsvRows rows({CsvEncoding::utf8, '\t'});
  head(rows, {"Школа", "Школа-партнёр"});
  for (const DemoPair& pair : region.pairs) {
    rows.text(region.schools[pair.school].id).text(region.schools[pair.partner].id).end_row();
  }
  return rows.bytes();
}

constexpr std::int64_t kSummarisedEvery = 7;  ///< Every seventh school with a tenth grade sends a summary.

/// Mean and SD of a diagnostic work of 20 points in grade 10, in thousandths of a primary score.
void summary_row(CsvRows& rows, const Region& region, std::size_t school, SubjectIndex what) {
  const int year = region.waves.last;
  RandomStream random = stream_of(region.options.seed, Purpose::summaries, school, static_cast<std::uint64_t>(what));
  const int pupils = region.enrolment(school, year) / 20 + 1;
  const double mean = 11.5 + 3.4 * (expected_level(region, school, year) + 0.2 * bell(random));
  const double sd = 3.2 + 0.3 * bell(random);
  rows.number(region.options.last_year).text(region.schools[school].id).number(10).text(subject(what).name);
  rows.number(pupils);
  rows.thousandths(static_cast<std::int64_t>(std::floor(1000 * mean + 0.5)));
  rows.thousandths(static_cast<std::int64_t>(std::floor(1000 * sd + 0.5))).end_row();
}

std::string summaries(const Region& region) {
  CsvRows rows({CsvEncoding::utf8, ';'});
  head(rows, {"Год", "Логин", "Класс", "Предмет", "Участников", "Средний балл", "Стандартное отклонение"});
  std::int64_t candidates = 0;
  for (std::size_t i = 0; i < region.schools.size(); ++i) {
    if (!teaches(region.schools[i].kind, 10) || region.schools[i].small) continue;
    if (candidates++ % kSummarisedEvery != 0) continue;
    summary_row(rows, region, i, SubjectIndex::russian);
    summary_row(rows, region, i, SubjectIndex::mathematics);
  }
  return rows.bytes();
}

DemoFile whole(std::string name, const SharedRegion& region, std::string (*make)(const Region&)) {
  return {std::move(name), [region, make](const Sink& sink) { sink(make(*region)); }};
}

}  // namespace

DemoFile registry_file(const SharedRegion& region) { return whole("registry.csv", region, registry); }
DemoFile context_file(const SharedRegion& region) { return whole("context.csv", region, context); }
DemoFile groups_file(const SharedRegion& region) { return whole("groups.csv", region, groups); }
DemoFile partners_file(const SharedRegion& region) { return whole("partners.csv", region, partners); }
DemoFile summaries_file(const SharedRegion& region) { return whole("diagnostic-10.csv", region, summaries); }

}  // namespace kaskad::demo
