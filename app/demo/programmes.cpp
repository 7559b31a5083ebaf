// Programmes of the focus schools, of their municipalities and of the region, and what two raters found in them per
// wave.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/csv.hpp"
#include "app/demo/draws.hpp"
#include "app/demo/files.hpp"

namespace kaskad::demo {
namespace {

struct DemoProgramme {
  std::string id;
  std::string_view level;
  std::string owner;
  std::string name;
};

std::string period(const Region& region) {
  return "на " + std::to_string(region.first_year()) + "–" + std::to_string(region.options.last_year) + " годы";
}

void add_school_programmes(const Region& region, std::vector<DemoProgramme>& out) {
  for (const DemoSchool& s : region.schools) {
    if (s.part != Part::focus) continue;
    out.push_back({"ШП-" + std::to_string(1001 + out.size()).substr(1), "школьная", s.id,
                   "Программа повышения качества образования " + s.name + " " + period(region)});
  }
}

void add_municipal_programmes(const Region& region, std::vector<DemoProgramme>& out) {
  for (std::size_t m = 0; m < region.municipalities.size(); ++m) {
    const bool concerned = std::any_of(region.schools.begin(), region.schools.end(), [&](const DemoSchool& s) {
      return s.municipality == m && s.part == Part::focus;
    });
    if (!concerned) continue;
    out.push_back({"МП-" + std::to_string(101 + m).substr(1), "муниципальная", region.municipalities[m].name,
                   "Программа поддержки школ с низкими результатами обучения " + region.municipalities[m].genitive +
                       " " + period(region)});
  }
}

std::vector<DemoProgramme> programmes_of(const Region& region) {
  std::vector<DemoProgramme> out;
  add_school_programmes(region, out);
  add_municipal_programmes(region, out);
  out.push_back({"РП-01", "региональная", "",
                 "Региональная программа поддержки школ с низкими результатами обучения и школ, функционирующих в "
                 "неблагоприятных социальных условиях, " +
                     period(region)});
  return out;
}

std::string programmes(const Region& region) {
  CsvRows rows({CsvEncoding::cp1251, ';'});
  for (const char* name : {"Код программы", "Уровень", "Чья", "Название"}) rows.text(name);
  rows.end_row();
  for (const DemoProgramme& p : programmes_of(region))
    rows.text(p.id).text(p.level).text(p.owner).text(p.name).end_row();
  return rows.bytes();
}

/// The nine positions of the management cycle. `ease`: what is found first; aims are written down long before
/// anybody asks whether the measures worked.
struct CycleCriterion {
  std::string_view id;
  double ease;
  std::string_view document;
};
constexpr std::array<CycleCriterion, 9> kCycle = {{{"aims", 1.2, "Программа, раздел «Цели и задачи»"},
                                                   {"indicators", 0.6, "Программа, раздел «Показатели», приложение 1"},
                                                   {"methods", 0.2, "Положение о мониторинге, пункты 2, 3"},
                                                   {"monitoring", 0.2, "Аналитическая справка о мониторинге"},
                                                   {"analysis", -0.1, "Протокол методического совета, вопрос 1"},
                                                   {"recommendations", -0.2, "Адресные рекомендации учителям, завучу"},
                                                   {"measures", 0.6, "План мероприятий, отметки об исполнении"},
                                                   {"decisions", -0.4, "Приказ по итогам мониторинга"},
                                                   {"effectiveness", -0.6, "Справка об эффективности принятых мер"}}};
constexpr std::array<std::string_view, 2> kRaters = {"эксперт 1", "эксперт 2"};

struct DemoWave {
  std::string_view id;
  int year = 0;
  double progress = 0;  ///< Of programmes between the waves.
};

std::vector<DemoWave> waves_of(const Region& region) {
  const int first = region.first_year();
  std::vector<DemoWave> out = {{"entry", first + region.waves.entry - 1, -0.9}};
  if (region.waves.has_intermediate()) out.push_back({"intermediate", first + region.waves.last - 1, 0.2});
  out.push_back({"final", first + region.waves.last, 1.0});
  return out;
}

/// 0 absent, ½ partly, 1 in full.
std::string_view score_text(double found) { return found < -0.45 ? "0" : (found < 0.35 ? "0.5" : "1"); }

void criterion_rows(CsvRows& rows, const DemoProgramme& programme, const DemoWave& wave,
                    const CycleCriterion& criterion, double quality, RandomStream& random) {
  const double found = wave.progress + criterion.ease + quality + 0.35 * bell(random);
  for (const std::string_view rater : kRaters) {
    const double seen = found + 0.15 * bell(random);
    const bool absent = score_text(seen) == "0";
    rows.text(programme.id).text(wave.id).text(criterion.id).text(rater).text(score_text(seen));
    rows.text(absent ? std::string_view{} : criterion.document);
    rows.text(absent ? std::string() : std::to_string(wave.year) + "-05-" + std::to_string(12 + random.below(17)));
    rows.text(happens(random, 3) ? "нет" : "да").end_row();
  }
}

void write_evidence(const Region& region, const Sink& sink) {
  CsvRows rows({CsvEncoding::utf8, ','});
  for (const char* name :
       {"Программа", "Этап мониторинга", "Критерий", "Эксперт", "Оценка", "Документ", "Дата", "Достоверно"}) {
    rows.text(name);
  }
  rows.end_row();
  const auto programmes = programmes_of(region);
  for (std::size_t i = 0; i < programmes.size(); ++i) {
    RandomStream random = stream_of(region.options.seed, Purpose::programmes, i);
    const double quality = 0.7 * bell(random);
    for (const DemoWave& wave : waves_of(region)) {
      for (const CycleCriterion& c : kCycle) criterion_rows(rows, programmes[i], wave, c, quality, random);
    }
  }
  sink(rows.bytes());
}

}  // namespace

DemoFile programmes_file(const SharedRegion& region) {
  return {"programmes.csv", [region](const Sink& sink) { sink(programmes(*region)); }};
}

DemoFile evidence_file(const SharedRegion& region) {
  return {"evidence.csv", [region](const Sink& sink) { write_evidence(*region, sink); }};
}

}  // namespace kaskad::demo
