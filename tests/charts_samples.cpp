#include "tests/charts_samples.hpp"

#include <cmath>

#include "tests/charts_fixtures.hpp"

namespace kaskad::reports::test {
namespace {

Quantity effect(double value, double half, std::int64_t n) {
  Quantity q{exactly(value, n), Unit::effect, 2, true};
  q.estimate.lo = value - half;
  q.estimate.hi = value + half;
  return q;
}
Quantity share(double value, std::int64_t n) { return {exactly(value, n), Unit::percent, 1, false}; }

Sample marks_against_journal() {
  StackedBars plot;
  plot.parts = {{"понизили"}, {"подтвердили"}, {"повысили"}};
  plot.bars = {{"Русский язык, 5 класс", 12480, {plain(31.4), plain(63.2), plain(5.4)}, std::nullopt},
               {"Математика, 5 класс", 12502, {plain(24.7), plain(66.1), plain(9.2)}, std::nullopt},
               {"Окружающий мир, 4 класс", 13011, {plain(18.3), plain(75.6), plain(6.1)}, std::nullopt},
               {"Физика, 8 класс", 0, {}, Undefined::too_few}};
  return {"journal",
          {"Каждую третью отметку по русскому языку работа не подтвердила",
           "Отметка за работу против отметки в журнале, % участников", "", "", plot}};
}

Sample forest() {
  using Kind = Forest::RowKind;
  Forest plot;
  plot.below_label = "в пользу контрольной группы";
  plot.above_label = "в пользу фокус-группы";
  plot.weight_head = "вес, %";
  plot.prediction_label = "интервал прогноза для новой школы";
  const auto row = [&](const std::string& label, const Quantity& value, double weight) {
    plot.rows.push_back({label, "", Kind::item, value, share(weight, 0), std::nullopt});
  };
  const auto head = [&](const std::string& label) {
    plot.rows.push_back({label, "", Kind::head, {}, std::nullopt, std::nullopt});
  };
  const auto pooled = [&](const std::string& label, const Quantity& value, std::optional<Forest::Interval> next) {
    plot.rows.push_back({label, "", Kind::pooled, value, std::nullopt, next});
  };
  head("Городские школы");
  row("Школа № 4 г. Верхнереченска", effect(0.31, 0.22, 184), 14.2);
  row("Лицей № 2 имени А. С. Попова", effect(0.12, 0.19, 242), 18.9);
  row("Средняя общеобразовательная школа № 11 имени Ивана Петрова", effect(-0.04, 0.24, 151), 12.1);
  pooled("Городские вместе", effect(0.13, 0.12, 577), std::nullopt);
  head("Сельские школы");
  row("Школа с. Заозёрного", effect(0.52, 0.48, 41), 3.3);
  plot.rows.push_back({"Школа с. Малые Ключи",
                       "7 участников",
                       Kind::item,
                       {undefined(Undefined::too_few, 7), Unit::effect, 2, true},
                       std::nullopt,
                       std::nullopt});
  row("Школа пос. Степного", effect(0.44, 0.39, 63), 4.9);
  pooled("Сельские вместе", effect(0.47, 0.30, 104), std::nullopt);
  pooled("Все школы", effect(0.19, 0.11, 681), Forest::Interval{-0.08, 0.46});
  return {"forest",
          {"Фокус-группа впереди, но прогноз для новой школы включает ноль",
           "g Хеджеса по русскому языку, 2024/25, с 95-процентным интервалом", "", "", plot}};
}

Funnel::Limits limits(const std::string& label, double z, double centre) {
  Funnel::Limits curve{label, {}};
  for (double n = 4; n < 700; n *= 1.15) {
    const double half = z * std::sqrt(centre * (100 - centre) / n);
    curve.points.push_back({n, std::max(0.0, centre - half), std::min(100.0, centre + half)});
  }
  return curve;
}

/// Schools spread as chance would have it, with four that it would not.
Sample funnel() {
  Funnel plot;
  plot.x_label = "Число участников";
  plot.y_label = "Доля «двоек», %";
  plot.centre_label = "регион";
  plot.x_scale = Funnel::XScale::root;
  plot.centre = share(14.2, 12480);
  plot.limits = {limits("95 %", 1.96, 14.2), limits("99,8 %", 3.09, 14.2)};
  for (int i = 0; i < 150; ++i) {
    const double n = 6 + i * i / 60.0;
    const double z = 1.7 * std::sin(i * 2.399963);
    const double value = std::max(0.0, 14.2 + z * std::sqrt(14.2 * 85.8 / n));
    plot.dots.push_back({"Школа № " + std::to_string(100 + i), SeriesRole::neutral, share(value, std::lround(n))});
  }
  plot.dots.push_back({"Школа № 17", SeriesRole::neutral, share(38.1, 96)});
  plot.dots.push_back({"Школа с. Заозёрного", SeriesRole::neutral, share(55.0, 20)});
  plot.dots.push_back({"Лицей № 2", SeriesRole::neutral, share(1.1, 310)});
  plot.dots.push_back({"Школа № 11", SeriesRole::school, share(17.4, 69)});
  return {"funnel",
          {"За пределами случайного разброса — три школы", "Доля «двоек» по русскому языку, 5 класс, 2024/25", "", "",
           plot}};
}

Sample love_plot() {
  LovePlot plot;
  plot.before_label = "до подбора";
  plot.after_label = "после подбора";
  const auto difference_of = [](double value) { return Quantity{exactly(value, 0), Unit::effect, 2, false}; };
  const auto row = [&](const std::string& label, double before, double after) {
    plot.rows.push_back({label, difference_of(before), difference_of(after)});
  };
  row("Индекс социального благополучия", -0.62, -0.07);
  row("Число учеников", -0.48, 0.04);
  row("Доля учеников, чьи родители имеют высшее образование", -0.55, -0.12);
  row("Сельская местность", 0.41, 0.02);
  row("Средний балл ОГЭ за два года до программы", -0.33, -0.05);
  plot.rows.push_back({"Учителей на 100 учеников",
                       {undefined(Undefined::no_variation), Unit::effect, 2, false},
                       {undefined(Undefined::no_variation), Unit::effect, 2, false}});
  return {"love_plot",
          {"После подбора группы сопоставимы по всем признакам, кроме образования родителей",
           "Стандартизованная разность средних между фокус-группой и контрольной", "", "", plot}};
}

HeatMap heat_map_of(const std::vector<std::vector<double>>& values, bool differences) {
  static const std::vector<std::string> kSubjects = {"Русский язык", "Математика (профильная)", "Обществознание",
                                                     "Физика", "Информатика и ИКТ"};
  HeatMap plot;
  plot.columns = {"2020", "2021", "2022", "2023", "2024"};
  for (std::size_t i = 0; i < values.size(); ++i) {
    plot.rows.push_back({kSubjects[i], {}});
    for (std::size_t j = 0; j < values[i].size(); ++j) {
      Quantity q{exactly(values[i][j], 20 + static_cast<std::int64_t>(17 * i + 3 * j)), Unit::score, 1, differences};
      if (values[i][j] == 0) q.estimate = undefined(Undefined::too_few, 4);
      plot.rows.back().cells.push_back(q);
    }
  }
  return plot;
}

Sample heat_map() {
  HeatMap plot = heat_map_of({{68.2, 69.9, 67.1, 66.8, 64.2},
                              {51.4, 53.0, 55.8, 54.1, 60.3},
                              {55.0, 54.2, 57.3, 56.0, 0},
                              {48.8, 50.1, 0, 44.7, 52.2},
                              {61.5, 0, 62.9, 58.3, 59.9}},
                             false);
  plot.scale_label = "средний тестовый балл";
  plot.with_counts = true;
  return {"heat_map",
          {"Русский язык снижается, профильная математика растёт", "Средний тестовый балл ЕГЭ и число участников", "",
           "", plot}};
}

Sample diverging_heat_map() {
  HeatMap plot =
      heat_map_of({{3.4, 2.8, -0.4, -1.9, -4.6}, {-6.2, -4.0, -0.9, -1.2, 2.4}, {1.1, 0.3, 2.0, 1.4, 3.3}}, true);
  plot.middle = 0;
  plot.scale_label = "разность со средним по региону, баллы";
  return {
      "heat_map_differences",
      {"По русскому языку школа потеряла преимущество", "Средний балл школы минус средний балл региона", "", "", plot}};
}

Sample gantt() {
  Gantt plot;
  plot.today = "2026-03-10";
  plot.today_label = "на";
  plot.plan_label = "по плану";
  plot.fact_label = "выполнено";
  plot.overdue_label = "с опозданием";
  plot.milestone_label = "совещание";
  const auto head = [&](const std::string& label) {
    plot.rows.push_back({label, "", true, std::nullopt, std::nullopt, {}});
  };
  using Span = Gantt::Span;
  head("Этап 1. Анализ");
  plot.rows.push_back({"Диагностика затруднений учеников",
                       "",
                       false,
                       Span{"2025-09-01", "2025-10-15"},
                       Span{"2025-09-05", "2025-10-12"},
                       {"2025-10-20"}});
  plot.rows.push_back({"Анкетирование учителей и родителей",
                       "12 школ из 14",
                       false,
                       Span{"2025-09-15", "2025-10-31"},
                       Span{"2025-09-22", "2025-11-26"},
                       {}});
  head("Этап 2. Проектирование");
  plot.rows.push_back({"Программа перевода в эффективный режим",
                       "",
                       false,
                       Span{"2025-11-01", "2025-12-31"},
                       Span{"2025-11-10", "2025-12-25"},
                       {"2026-01-15"}});
  plot.rows.push_back(
      {"Договоры со школами-партнёрами", "", false, Span{"2025-12-01", "2026-01-31"}, Span{"2025-12-08", ""}, {}});
  plot.rows.push_back(
      {"Закупка оборудования для кабинетов физики", "", false, Span{"2026-01-10", "2026-02-20"}, std::nullopt, {}});
  head("Этап 3. Реализация");
  plot.rows.push_back({"Сетевые уроки", "", false, Span{"2026-02-01", "2026-05-25"}, Span{"2026-02-09", ""}, {}});
  plot.rows.push_back({"Итоговый мониторинг", "", false, Span{"2026-05-01", "2026-06-15"}, std::nullopt, {}});
  return {"gantt",
          {"Два мероприятия просрочены: договоры с партнёрами и закупка оборудования",
           "Дорожная карта программы на 2025/26 учебный год", "", "", plot}};
}

Sample flow() {
  Flow plot;
  plot.categories = {"формальный", "функциональный", "рефлексивный"};
  plot.stages = {{"Входной мониторинг, 2023", {38, 17, 5}},
                 {"Промежуточный, 2024", {24, 26, 10}},
                 {"Итоговый мониторинг, 2025", {13, 29, 18}}};
  plot.links = {{0, 0, 0, 21}, {0, 0, 1, 15}, {0, 0, 2, 2},  {0, 1, 0, 3},  {0, 1, 1, 10}, {0, 1, 2, 4},
                {0, 2, 1, 1},  {0, 2, 2, 4},  {1, 0, 0, 12}, {1, 0, 1, 11}, {1, 0, 2, 1},  {1, 1, 0, 1},
                {1, 1, 1, 16}, {1, 1, 2, 9},  {1, 2, 1, 2},  {1, 2, 2, 8}};
  return {"flow",
          {"Рефлексивного уровня достигли 18 программ из 60, вначале их было 5",
           "Число программ по уровням зрелости на трёх волнах", "", "", plot}};
}

Sample scatter() {
  Scatter plot;
  plot.x_label = "Индекс социального благополучия";
  plot.y_label = "Средний балл ЕГЭ по русскому языку";
  plot.legend = {{SeriesRole::focus, "фокус-группа"}, {SeriesRole::neutral, "остальные школы"}};
  for (int i = 0; i < 70; ++i) {
    const double x = 12 + i * 1.1 + 4 * std::sin(i * 1.7);
    const double y = 48 + x * 0.22 + 6 * std::sin(i * 2.4);
    const bool focus = i % 9 == 1 && i < 40;
    plot.dots.push_back({focus ? "Школа № " + std::to_string(i) : "",
                         focus ? SeriesRole::focus : SeriesRole::neutral,
                         {exactly(x, 1), Unit::none, 1, false},
                         {exactly(y, 10 + (i * 37) % 90), Unit::score, 1, false}});
  }
  const std::vector<double> edges = {8, 26, 41, 56, 72, 92};
  for (std::size_t i = 0; i + 1 < edges.size(); ++i)
    plot.bands.push_back({std::to_string(i + 1) + "-я пятая часть", edges[i], edges[i + 1],
                          quantity(51.5 + 3.4 * static_cast<double>(i), 1.6, 400, Unit::score)});
  return {"scatter",
          {"Результат растёт с индексом, но внутри каждой пятой части школы различаются на 12 баллов",
           "Каждая точка — школа, площадь — число участников; чёрная черта — среднее с 95-процентным интервалом", "",
           "", plot}};
}

Sample bars() {
  Bars plot;
  plot.bars = {{"Городские лицеи и гимназии", SeriesRole::neutral, quantity(71.3, 1.4, 2210)},
               {"Городские школы", SeriesRole::neutral, quantity(62.0, 0.9, 8450)},
               {"Школа № 11", SeriesRole::school, quantity(58.4, 6.1, 69)},
               {"Сельские школы", SeriesRole::neutral, quantity(51.8, 1.7, 1904)},
               {"Вечерние школы", SeriesRole::neutral, none()}};
  return {"bars",
          {"Школа № 11 не отличается от городских школ", "Доля «четвёрок» и «пятёрок», %, с 95-процентным интервалом",
           "", "", plot}};
}

Sample multiples() {
  SmallMultiples plot;
  const std::vector<std::string> subjects = {"Русский язык", "Математика", "Обществознание", "Физика"};
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    Dynamics lines;
    lines.series = {{"Школа № 11", SeriesRole::school, {}}, {"похожие школы", SeriesRole::similar, {}}};
    for (int year = 0; year < 5; ++year) {
      const double base = 62 - 5.0 * static_cast<double>(i) + 2 * std::sin(year * 1.9 + static_cast<double>(i));
      lines.series[0].points.push_back({std::to_string(2020 + year), quantity(base + year, 3.4, 60, Unit::score)});
      lines.series[1].points.push_back({std::to_string(2020 + year), quantity(base + 1, 1.1, 700, Unit::score)});
    }
    if (i == 3) lines.series[0].points[2].value = none();
    if (i == 1)
      for (auto& series : lines.series) series.points[3].break_before = true;
    plot.panels.push_back({subjects[i], lines});
  }
  return {"multiples",
          {"По трём предметам из четырёх школа выросла", "Средний балл ЕГЭ с 95-процентным интервалом", "", "", plot}};
}

Sample slope() {
  Slope plot{"Входной мониторинг, 2023", "Итоговый мониторинг, 2025", {}};
  plot.lines = {{"Школа № 4", SeriesRole::focus, quantity(41.2, 5.0, 60), quantity(55.7, 5.2, 58)},
                {"Школа с. Заозёрного", SeriesRole::focus, quantity(38.4, 8.0, 20), quantity(40.1, 8.4, 19)},
                {"Лицей № 2", SeriesRole::focus, quantity(63.0, 3.2, 140), quantity(61.8, 3.1, 151)},
                {"Регион", SeriesRole::region, quantity(52.3, 0.4, 12480), quantity(53.1, 0.4, 12610)}};
  return {"slope", {"Школа № 4 догнала регион", "Доля выполнивших работу на «4» и «5», %", "", "", plot}};
}

Sample own_scales() {
  DotPlot plot;
  plot.own_scale = true;
  plot.legend = {
      {SeriesRole::school, "Школа № 11"}, {SeriesRole::similar, "похожие школы"}, {SeriesRole::region, "регион"}};
  const auto row = [&](const std::string& label, const std::string& note, Quantity own, Quantity similar,
                       Quantity region) {
    plot.rows.push_back({label,
                         note,
                         {{SeriesRole::school, std::move(own)},
                          {SeriesRole::similar, std::move(similar)},
                          {SeriesRole::region, std::move(region)}}});
  };
  row("Средний балл ЕГЭ по русскому языку", "2024/25", quantity(58.4, 3.1, 69, Unit::score),
      quantity(60.2, 1.0, 840, Unit::score), quantity(63.7, 0.3, 12480, Unit::score));
  row("Доля получивших аттестат", "2024/25", quantity(96.1, 2.9, 69), quantity(98.4, 0.8, 840),
      quantity(98.9, 0.2, 12480));
  row("Победители и призёры олимпиад на 100 учеников", "2024/25", quantity(1.4, 1.2, 512, Unit::per_hundred), none(),
      quantity(2.2, 0.1, 98010, Unit::per_hundred));
  return {"own_scales",
          {"По русскому языку школа ниже региона, но не ниже похожих школ", "Показатели с 95-процентным интервалом", "",
           "", plot}};
}

}  // namespace

std::vector<Sample> samples() {
  return {marks_against_journal(),
          forest(),
          funnel(),
          love_plot(),
          heat_map(),
          diverging_heat_map(),
          gantt(),
          flow(),
          scatter(),
          bars(),
          multiples(),
          slope(),
          own_scales()};
}

}  // namespace kaskad::reports::test
