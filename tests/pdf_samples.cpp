#include "tests/pdf_samples.hpp"

#include <array>
#include <cmath>

namespace kaskad::reports::samples {
namespace {

/// Numbers that look like results and are the same everywhere: a congruential sequence.
class Sequence {
 public:
  explicit Sequence(unsigned start) : state_(start * 2654435761U + 12345U) {}
  double next(double lo, double hi) {
    state_ = state_ * 1664525U + 1013904223U;
    return lo + (hi - lo) * double(state_ >> 8U) / double(1U << 24U);
  }

 private:
  unsigned state_;
};

constexpr std::array kSubjects = {"Русский язык",
                                  "Математика (базовая)",
                                  "Математика (профильная)",
                                  "Физика",
                                  "Химия",
                                  "Информатика",
                                  "Биология",
                                  "История",
                                  "Обществознание",
                                  "Литература",
                                  "География",
                                  "Английский язык"};

const std::string kLong =
    "Доля получивших аттестат в школах фокус-группы выросла за три года с 20,0 до 31,6 %. Прирост в контрольной группе "
    "за те "
    "же годы меньше, однако интервал разности включает ноль, и поэтому вывод о влиянии программы делать рано. Расчёт "
    "учитывает, что ученики одной школы похожи друг на друга больше, чем ученики разных школ: стандартные ошибки "
    "сгруппированы по школам. В 2020 г. итоговая аттестация проводилась не во всех школах, поэтому этот год в ряд не "
    "включён.";
const std::string kSecond =
    "Социально-экономические условия школ различаются: в школах № 5, 11 и 27 каждый третий ученик учится в сельской "
    "местности, а в лицеях областного центра таких учеников нет. Сопоставление с похожими школами, выполненное по "
    "методике "
    "И. О. Фамильцева, учитывает долю родителей с высшим образованием, число учеников и тип населённого пункта. "
    "Достаточность выборки проверена отдельно для каждого предмета: при числе участников меньше 10 показатель не "
    "публикуется.";

Run run(const std::string& text) {
  Run r;
  r.text = text;
  return r;
}

Table marks_table() {
  Table table;
  table.caption = "Итоги ГИА-9 по предметам, 2026 год";
  table.id = "t-marks";
  table.columns = {{"Предмет", "", ColumnKind::text, 0},
                   {"Участников", "", ColumnKind::number, 0},
                   {"Средний балл", "Школы фокус-группы", ColumnKind::number, 0},
                   {"Доля «4» и «5», %", "Школы фокус-группы", ColumnKind::number, 0},
                   {"Разность с контрольной группой, п. п.", "", ColumnKind::number, 0},
                   {"2022–2026", "", ColumnKind::picture, 0}};
  Sequence numbers(7);
  for (std::size_t i = 0; i < kSubjects.size(); ++i) {
    if (i == 0 || i == 6)
      table.rows.push_back({Row::Kind::group, {text_cell(i == 0 ? "Обязательные и технические" : "Остальные")}});
    const double share = numbers.next(4, 70);
    const auto n = std::int64_t(numbers.next(40, 21000));
    Row row;
    row.cells = {text_cell(kSubjects[i]), number_cell(percent(share, 1, n), Cell::Show::n),
                 number_cell(percent(numbers.next(3, 5) * 10)),
                 number_cell(percent(share, 2.1, n), Cell::Show::value_and_interval),
                 number_cell(difference(numbers.next(-6, 6), 3.4), Cell::Show::value_and_interval)};
    Cell::Spark spark;
    for (int y = 0; y < 5; ++y) spark.points.push_back(percent(numbers.next(20, 60)));
    row.cells.push_back({spark});
    if (i == 4) row.cells[3] = number_cell(missing(Undefined::too_few));
    if (i == 4) row.cells[4] = number_cell(missing(Undefined::too_few_clusters));
    if (i == 9) row.cells[2] = number_cell(missing(Undefined::no_distribution));
    if (i == 9) row.cells[3] = number_cell(missing(Undefined::too_few));
    table.rows.push_back(row);
  }
  table.rows.push_back({Row::Kind::total,
                        {text_cell("Всего"), number_cell(percent(1, 1, 116526), Cell::Show::n),
                         number_cell(percent(41.2)), number_cell(percent(37.1, 0.6), Cell::Show::value_and_interval),
                         number_cell(difference(1.3, 2.0), Cell::Show::value_and_interval), text_cell("")}});
  table.note = {run("Интервалы — 95 %. Источник: региональная база ГИА.")};
  return table;
}

Table schools_table(int rows, const std::string& caption) {
  Table table;
  table.caption = caption;
  table.id = "t-schools";
  table.columns = {{"Школа", "", ColumnKind::text, 0},
                   {"Муниципалитет", "", ColumnKind::text, 0},
                   {"Участников", "", ColumnKind::number, 0},
                   {"Успеваемость, %", "", ColumnKind::number, 0},
                   {"Качество, %", "", ColumnKind::number, 0}};
  Sequence numbers(11);
  for (int i = 1; i <= rows; ++i) {
    const double quality = numbers.next(3, 70);
    const std::string kind = i % 9 == 0
                                 ? "Средняя общеобразовательная школа с углублённым изучением отдельных предметов № "
                                 : "Средняя школа № ";
    table.rows.push_back(
        {Row::Kind::body,
         {text_cell(kind + std::to_string(i)), text_cell(i % 3 == 0 ? "Заречный район" : "г. Северск-на-Лене"),
          number_cell(percent(1, 1, std::int64_t(numbers.next(8, 240))), Cell::Show::n),
          number_cell(percent(numbers.next(80, 100))),
          i % 13 == 0 ? number_cell(missing(Undefined::too_few))
                      : number_cell(percent(quality, 4), Cell::Show::value_and_interval)}});
  }
  return table;
}

Table wide_table() {
  Table table;
  table.caption = "Распределение отметок по школам и предметам в сравнении с предыдущими годами";
  table.columns.push_back({"Школа", "", ColumnKind::text, 0});
  Sequence numbers(23);
  for (const char* year : {"2023", "2024", "2025", "2026"}) {
    for (const char* mark : {"«2»", "«3»", "«4»", "«5»"}) {
      table.columns.push_back({mark, std::string(year) + " год, %", ColumnKind::number, 0});
    }
  }
  for (int i = 1; i <= 9; ++i) {
    Row row;
    row.cells.push_back(text_cell("Гимназия № " + std::to_string(i)));
    for (int c = 0; c < 16; ++c) row.cells.push_back(number_cell(percent(numbers.next(0, 60))));
    table.rows.push_back(row);
  }
  return table;
}

Chart dynamics_chart(unsigned seed) {
  Dynamics dynamics;
  Sequence numbers(seed);
  const std::array<std::pair<const char*, SeriesRole>, 2> series = {
      {{"Фокус-группа", SeriesRole::focus}, {"Контрольная группа", SeriesRole::control}}};
  for (const auto& [label, role] : series) {
    Dynamics::Series one;
    one.label = label;
    one.role = role;
    for (int year = 2021; year <= 2026; ++year) {
      one.points.push_back({std::to_string(year), percent(numbers.next(18, 34), 2.4), false});
    }
    dynamics.series.push_back(one);
  }
  Chart chart;
  chart.title = "Доля получивших аттестат выросла в обеих группах";
  chart.subtitle = "Доля получивших аттестат, %, с 95-процентным интервалом, 2021–2026 гг.";
  chart.note = "Участников: 2131–2192 в фокус-группе, 2014–2207 в контрольной.";
  chart.plot = dynamics;
  return chart;
}

Chart marks_chart() {
  StackedBars bars;
  for (const char* mark : {"2", "3", "4", "5"}) bars.parts.push_back({mark});
  Sequence numbers(5);
  for (std::size_t i = 0; i < 6; ++i) {
    StackedBars::Bar bar;
    bar.label = kSubjects[i];
    bar.n = std::int64_t(numbers.next(100, 4000));
    const double two = numbers.next(2, 10);
    const double three = numbers.next(20, 40);
    const double four = numbers.next(20, 35);
    for (const double part : {two, three, four, 100 - two - three - four}) bar.parts.push_back(percent(part));
    bars.bars.push_back(bar);
  }
  Chart chart;
  chart.title = "Больше всего двоек — по физике";
  chart.subtitle = "Доли отметок, %, 2026 г.";
  chart.plot = bars;
  return chart;
}

Cards key_figures(unsigned seed) {
  Sequence numbers(seed);
  return {{{"Доля получивших аттестат", percent(numbers.next(20, 40), 3.2), "Год назад 22,5 %"},
           {"Качество обучения по всем предметам", percent(numbers.next(30, 60), 2.7), "В регионе 41,2 %"},
           {"Средний балл ЕГЭ", missing(Undefined::no_distribution), ""}}};
}

Masthead masthead(int school) {
  return {"Паспорт школы · 2026",
          "Средняя общеобразовательная школа № " + std::to_string(school),
          {"Городская школа, 612 учеников, г. Северск-на-Лене",
           "Индекс социального благополучия 0,42 (третья пятая часть)"}};
}

void add_text(Document& document) {
  document.blocks.push_back(heading(2, "Как получены результаты", "h-method"));
  Paragraph with_note;
  with_note.runs = {run(kSecond + " Подробности — в "), run("таблице по школам"), run("; сокращения раскрыты в сноске"),
                    run(". ")};
  with_note.runs[1].link = "#t-schools";
  with_note.runs[2].footnote =
      "ГИА-9 — государственная итоговая аттестация по программам основного общего образования.";
  document.blocks.push_back({with_note});
  ListBlock list;
  list.items = {
      {paragraph("входной мониторинг: 2021 и 2022 гг.;")},
      {paragraph(
          "промежуточный мониторинг: 2024 г., с пересчётом на новую шкалу, которая введена приказом и действует с "
          "1 сентября;")},
      {paragraph("итоговый мониторинг: 2026 г.")}};
  document.blocks.push_back({list});
  Note note;
  note.blocks = {paragraph(
      "Уверенность в выводе даёт интервал: если он целиком выше нуля, рост доказан; если включает ноль, рост не "
      "доказан, хотя и возможен.")};
  document.blocks.push_back({note});
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

Table empty_table() {
  Table table = schools_table(0, "Школы, которые не сдали отчёт");
  table.id = "t-empty";
  return table;
}

Table tall_table() {
  Table table = schools_table(3, "Строка выше страницы");
  table.id = "t-tall";
  table.rows[1].cells[0] =
      text_cell(repeated("Очень подробное описание школы и её истории. ", 120) + "Конец описания.");
  return table;
}

Table crowded_table() {
  Table table;
  table.caption = "Тридцать столбцов";
  table.columns.push_back({"Школа", "", ColumnKind::text, 0});
  for (int c = 1; c <= 30; ++c) table.columns.push_back({"П" + std::to_string(c), "", ColumnKind::number, 0});
  Row row;
  row.cells.push_back(text_cell("Средняя общеобразовательная школа"));
  for (int c = 1; c <= 30; ++c) row.cells.push_back(number_cell(percent(10.0 + c)));
  table.rows = {row, row};
  return table;
}

}  // namespace

Document hard_cases() {
  Document document = blank();
  const std::string name =
      repeated("Муниципальное бюджетное общеобразовательное учреждение «Школа дружбы народов» ", 7);
  document.footer = name;
  document.blocks.push_back({Masthead{"Паспорт", name, {name}}});
  document.blocks.push_back(heading(1, name, "h-long"));
  document.blocks.push_back(paragraph(repeated("превысокомногорассмотрительствующий", 9)));
  document.blocks.push_back(paragraph(
      "Смайлик 🙂, арабский مدرسة, китайский 学校, пустые кавычки «» "
      "и "
      "тонкий "
      "5\u2009%."));
  document.blocks.push_back({empty_table()});
  document.blocks.push_back(paragraph(repeated(kLong + " ", 14)));
  document.blocks.push_back({tall_table()});
  document.blocks.push_back({crowded_table()});
  document.blocks.push_back(
      {Columns{{{paragraph(repeated(kLong + " ", 8))}, {paragraph(repeated("слово", 60))}}, {1, 3}}});
  document.blocks.push_back({ListBlock{true, {{paragraph("Первый пункт.")}, {}, {paragraph("Третий пункт.")}}}});
  document.blocks.push_back({Table{}});
  document.blocks.push_back({Cards{}});
  document.blocks.push_back({Columns{}});
  document.blocks.push_back(paragraph(""));
  return document;
}

Quantity percent(double value, double half_width, std::int64_t n) {
  Quantity q;
  q.estimate = exactly(value, n);
  q.unit = Unit::percent;
  if (half_width == half_width) {
    q.estimate.lo = value - half_width;
    q.estimate.hi = value + half_width;
  }
  return q;
}

Quantity difference(double value, double half_width) {
  Quantity q = percent(value, half_width);
  q.unit = Unit::percent_points;
  q.is_difference = true;
  return q;
}

Quantity missing(Undefined reason) {
  Quantity q;
  q.estimate = undefined(reason);
  q.unit = Unit::percent;
  return q;
}

Cell text_cell(const std::string& text) { return {Runs{run(text)}}; }
Cell number_cell(const Quantity& quantity, Cell::Show show) { return {Cell::Number{quantity, show}}; }
Block paragraph(const std::string& text) { return {Paragraph{{run(text)}, false}}; }
Block heading(int level, const std::string& text, const std::string& id) {
  return {Heading{level, {run(text)}, id, true}};
}

Document blank() {
  Document document;
  document.title = "Каскад: отчёт о качестве образования";
  document.author = "Центр оценки качества образования";
  document.date = "2026-11-21";
  document.footer = "Каскад · Региональный отчёт · 2026";
  document.reasons = {{Undefined::too_few, "Меньше 10 участников: показатель не публикуется."},
                      {Undefined::no_distribution, "Источник дал только среднее, без распределения баллов."},
                      {Undefined::too_few_clusters, "Меньше пяти школ в группе: интервал не рассчитывается."}};
  return document;
}

Document report() {
  Document document = blank();
  document.blocks.push_back({TitlePage{"Центр оценки качества образования Заречной области",
                                       "Региональный мониторинг школ с низкими результатами",
                                       "Ежегодный отчёт",
                                       {{"Регион", "Заречная область"}, {"Период", "2021–2026 гг."}, {"Школ", "875"}},
                                       "21 ноября 2026 г.",
                                       "Версия данных 7f3a91c2"}});
  document.blocks.push_back({Toc{"Содержание", 2}});
  document.blocks.push_back({PageBreak{}});
  document.blocks.push_back(heading(1, "Главное", "h-main"));
  document.blocks.push_back(
      {Paragraph{{run("Доля получивших аттестат выросла на 2,1 п. п. (от −1,0 до 5,2): рост не доказан. "
                      "Качество обучения по математике в школах фокус-группы выше, чем год назад.")},
                 true}});
  document.blocks.push_back({key_figures(3)});
  document.blocks.push_back(paragraph(kLong));
  document.blocks.push_back({Figure{dynamics_chart(17), "Доля получивших аттестат по группам школ", "f-dynamics"}});
  add_text(document);
  document.blocks.push_back(heading(1, "Результаты по предметам", "h-subjects"));
  document.blocks.push_back(paragraph(kLong));
  document.blocks.push_back({marks_table()});
  document.blocks.push_back(paragraph(kSecond));
  document.blocks.push_back(
      {Columns{{{paragraph(kLong)}, {Block{Figure{marks_chart(), "Отметки по предметам", ""}}}}, {}}});
  document.blocks.push_back(heading(1, "Результаты по школам", "h-schools"));
  document.blocks.push_back(paragraph(kSecond));
  document.blocks.push_back({schools_table(70, "Успеваемость и качество по школам")});
  document.blocks.push_back({PageBreak{true}});
  document.blocks.push_back(heading(2, "Отметки за четыре года", "h-wide"));
  document.blocks.push_back({wide_table()});
  document.blocks.push_back({PageBreak{}});
  document.blocks.push_back(heading(1, "Сверка строк", "h-rows"));
  document.blocks.push_back(paragraph("Прочитано 16 526 строк, учтено 16 498, отклонено 28."));
  document.blocks.push_back({PageBreak{}});
  return document;
}

Document passport(int school) {
  Document document = blank();
  document.title = "Паспорт школы № " + std::to_string(school);
  document.footer = "Школа № " + std::to_string(school) + " · Паспорт · 2026";
  document.blocks.push_back({masthead(school)});
  document.blocks.push_back({key_figures(unsigned(school))});
  document.blocks.push_back(paragraph(kLong));
  document.blocks.push_back({Columns{
      {{Block{Figure{dynamics_chart(unsigned(school)), "", ""}}}, {Block{Figure{marks_chart(), "", ""}}}}, {}}});
  for (const char* caption : {"Результаты по классам", "Результаты по предметам"}) {
    Table table = schools_table(20, caption);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      table.rows[i].cells[0] = text_cell(kSubjects[(i + std::size_t(school)) % kSubjects.size()]);
    }
    document.blocks.push_back({table});
  }
  return document;
}

Document long_table(int rows) {
  Document document = blank();
  Table table = schools_table(rows, "Все школы");
  for (const char* head : {"Доля ниже минимума, %", "Доля высоких баллов, %", "СОУ, %"}) {
    table.columns.push_back({head, "", ColumnKind::number, 0});
  }
  Sequence numbers(31);
  for (Row& row : table.rows) {
    for (int i = 0; i < 3; ++i) row.cells.push_back(number_cell(percent(numbers.next(0, 100))));
  }
  document.blocks.push_back({std::move(table)});
  return document;
}

}  // namespace kaskad::reports::samples
