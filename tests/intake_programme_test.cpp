// What offices write down of their programmes: each kind from a good file, as text and as a workbook, and a broken one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "engine/intake/numbers.hpp"
#include "tests/intake_fixtures.hpp"
#include "tests/intake_tables.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const std::string kGoodProgrammes = kGood + "programme/";
const std::string kBrokenProgrammes = kBroken + "programme/";

IntakeNames indicator_names() {
  IntakeNames names = small_names();
  names.indicators = {"quality", "pass_rate", "enrolment"};
  return names;
}

Dataset read_kinds(const std::vector<SourceSpec>& kinds) {
  std::vector<SourceSpec> sources = {good_registry()};
  sources.insert(sources.end(), kinds.begin(), kinds.end());
  return read_sources(sources, small_vocabulary(), small_context(), indicator_names(), {});
}

SourceSpec programmes() { return source_of(SourceKind::programmes, kGoodProgrammes + "programmes.csv"); }

Dataset read_kind(SourceKind kind, const std::string& path) {
  return kind == SourceKind::programmes ? read_kinds({source_of(kind, path)})
                                        : read_kinds({programmes(), source_of(kind, path)});
}

std::string text_of(const RowOwner& o) {
  const std::string school = o.school ? " #" + std::to_string(*o.school) : "";
  return std::string(kOwnerLevelNames[static_cast<std::size_t>(o.level)]) + (o.name.empty() ? "" : " " + o.name) +
         school;
}

std::string text_of(const TargetValue& t) {
  std::ostringstream out;
  out << t.programme.value_or(-1) << "|" << text_of(t.owner) << "|" << t.group << "|" << t.indicator << "|"
      << t.procedure << "|" << t.subject << "|" << t.grade << "|" << t.period << "|" << t.value;
  return out.str();
}

std::vector<std::string> lines_of(const ProgrammeData& d) {
  std::ostringstream out;
  for (const auto& m : d.measures)
    out << "measure " << m.programme.value_or(-1) << "|" << text_of(m.owner) << "|" << m.id << "|" << m.stage << "|"
        << m.name << "|" << m.performer << "|" << m.start << "|" << m.finish << "|" << m.done << "|" << m.result << "|"
        << m.document << "|" << m.place.row << "\n";
  for (const auto& p : d.participation)
    out << "participation " << p.programme << "|" << p.school << "|" << p.year << "|"
        << kParticipationStateNames[static_cast<std::size_t>(p.state)] << "|" << p.document << "|" << p.reason << "|"
        << p.place.row << "\n";
  for (const auto& t : d.targets) out << "target " << text_of(t) << "|" << t.place.row << "\n";
  for (const auto& e : d.expected)
    out << "expected " << e.programme << "|" << e.number << "|" << e.text << "|" << e.due << "|"
        << kExpectedStateNames[static_cast<std::size_t>(e.state)] << "|" << e.document << "|" << e.date << "|"
        << e.rater << "|" << (e.measure ? text_of(*e.measure) : "") << "|" << e.place.row << "\n";
  for (const auto& c : d.components)
    out << "component " << text_of(c.owner) << "|" << c.group << "|" << c.component << "|" << c.score << "|" << c.date
        << "|" << c.document << "|" << c.reliable << "|" << c.place.row << "\n";
  for (const auto& s : d.decisions)
    out << "decision " << text_of(s.owner) << "|" << s.from << "|" << s.to << "|" << s.date << "|" << s.reason << "|"
        << s.document << "|" << s.place.row << "\n";
  for (const auto& s : d.supporters)
    out << "supporter " << kSupporterRoleNames[static_cast<std::size_t>(s.role)] << "|" << s.name << "|"
        << text_of(s.owner) << "|" << s.place.row << "\n";
  for (const auto& v : d.visits)
    out << "visit " << v.school << "|" << v.supporter << "|" << v.planned << "|" << v.done << "|" << v.purpose << "|"
        << v.result << "|" << v.place.row << "\n";
  for (const auto& p : d.processes)
    out << "process " << p.school << "|" << p.monitoring << "|" << p.wave << "|" << p.criterion << "|" << p.score << "|"
        << p.place.row << "\n";
  for (const auto& c : d.courses) {
    out << "course " << c.school << "|" << c.course << "|" << c.maximum;
    for (const auto& [scores, people] : c.pairs) out << "|" << scores.first << "→" << scores.second << "×" << people;
    out << "|" << c.place.row << "\n";
  }
  std::vector<std::string> lines;
  std::istringstream in(out.str());
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The cells of a small text table without quotes inside cells.
TableRows rows_of(const std::string& path) {
  TableRows rows;
  std::istringstream in(read_file(path).value());
  for (std::string line; std::getline(in, line);) {
    rows.emplace_back(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ';' && !quoted) rows.back().emplace_back();
      if (c != '"' && (c != ';' || quoted)) rows.back().back() += c;
    }
  }
  return rows;
}

struct GoodFile {
  SourceKind kind;
  std::vector<std::string> lines;
};

class GoodProgrammeFile : public testing::TestWithParam<GoodFile> {};

std::string name_of(SourceKind kind) { return std::string(kSourceKindNames[static_cast<std::size_t>(kind)]); }

TEST_P(GoodProgrammeFile, IsReadAlikeFromTextAndWorkbookAndByItsHeads) {
  const std::string csv = kGoodProgrammes + name_of(GetParam().kind) + ".csv";
  const ScratchFile workbook(name_of(GetParam().kind) + ".xlsx", xlsx_of("Лист1", rows_of(csv)));
  SourceSpec found = source_of(SourceKind::results, csv);
  found.kind_is_found = true;
  const Dataset from_text = read_kind(GetParam().kind, csv);
  const Dataset from_workbook = read_kind(GetParam().kind, workbook.path());
  const Dataset by_heads = read_kinds({programmes(), found});
  EXPECT_FALSE(has_errors(from_text.diagnostics));
  EXPECT_EQ(lines_of(from_text.programme_data), GetParam().lines);
  EXPECT_EQ(lines_of(from_workbook.programme_data), GetParam().lines);
  EXPECT_EQ(lines_of(by_heads.programme_data), GetParam().lines);
  EXPECT_EQ(by_heads.ledger.back().kind, name_of(GetParam().kind));
  expect_balanced(from_text);
}

// Schools: 9 is #0, 101 #1, 102 #2, 103 #3, 104 #4. Programmes: P1 0, P2 1, P3 2.
INSTANTIATE_TEST_SUITE_P(
    Each, GoodProgrammeFile,
    testing::Values(
        GoodFile{SourceKind::measures,
                 {"measure 0|school 101 #1|1.1|analysis|Самодиагностика|директор|2023-09-01|2023-09-30|2023-09-28|"
                  "Справка|приказ № 1|2",
                  "measure 1|municipal Берёзовский район|2|design|План партнёрства|отдел образования|2023-09-01|"
                  "2023-11-30||||3",
                  "measure -1|regional|3||Итоговый семинар|институт||2024-12-31||Сборник||4"}},
        GoodFile{SourceKind::participation,
                 {"participation 2|1|2023|takes_part|приказ № 7||2",
                  "participation 2|1|2024|completed||результаты выросли|3", "participation 2|2|2024|goes_on|||4",
                  "participation 2|3|2024|left||слияние|5"}},
        GoodFile{SourceKind::targets,
                 {"target 0|school 101 #1||quality|VPR|russian|4|2024|55.5|2",
                  "target -1|municipal Город Ясный||quality|VPR|*|0|final|60|3",
                  "target 2|regional|focus|enrolment|||0|2024|900|4",
                  "target -1|school 102 #2||pass_rate|EGE|math|11|2024|98|5"}},
        GoodFile{SourceKind::expected,
                 {"expected 1|1|Разработан пакет актов|2024-05-31|reached|постановление № 3|2024-04-15|Эксперт 1||2",
                  "expected 1|2|Качество не ниже 50 %|2024-05-31|not_stated||||1|municipal Берёзовский район||quality|"
                  "VPR|russian|4|2024|50|3",
                  "expected 1|3|Создана сеть площадок||partly|||||4"}},
        GoodFile{SourceKind::components,
                 {"component regional||context|1|2024-01-10|справка|1|2",
                  "component municipal Город Ясный||context|0.5|2024-01-12||0|3",
                  "component school 101 #1|teachers|teachers-needs|0.8|2024-01-15||1|4",
                  "component school 101 #1|managers|teachers-needs|1|2024-01-15||1|5"}},
        GoodFile{SourceKind::decisions,
                 {"decision regional|analysis|design|2024-02-01||протокол № 2|2",
                  "decision school 101 #1|design|analysis|2024-03-01|не все педагоги прошли диагностику||3"}},
        GoodFile{SourceKind::supporters,
                 {"supporter curator|Методист 1|municipal Берёзовский район|2",
                  "supporter coordinator|Специалист 2|municipal Город Ясный|3",
                  "supporter curator|Методист 1|school 103 #3|4"}},
        GoodFile{SourceKind::visits,
                 {"visit 1|Методист 1|2024-03-12|2024-03-14|Посещение уроков|План исправлен|2",
                  "visit 2||2024-04-15||||3", "visit 3|Методист 1||2024-05-20|||4"}},
        GoodFile{SourceKind::processes,
                 {"process 1|processes|I|planning|2|2", "process 1|processes|II|planning|3.5|3",
                  "process 2|processes|I|lessons|0|4"}},
        GoodFile{SourceKind::courses,
                 {"course 1|Математика|25|-1→20×1|12→18×2|2", "course 2|Математика|25|9→-1×1|5",
                  "course 2|Чтение|0|3→5×1|6"}}),
    [](const testing::TestParamInfo<GoodFile>& file) { return name_of(file.param.kind); });

TEST(ProgrammePassport, IsReadWithItsTasksAndTerm) {
  const Dataset d = read_kinds({programmes()});
  EXPECT_THAT(places_of(d), IsEmpty());
  ASSERT_EQ(d.programmes.size(), 3U);
  EXPECT_EQ(d.programmes[0].goal, "Поднять качество");
  EXPECT_THAT(d.programmes[0].tasks, ElementsAre("Обучить учителей", "посещать уроки"));
  EXPECT_EQ(d.programmes[0].from, "2023-09-01");
  EXPECT_EQ(d.programmes[0].to, "2024-05-30");
  EXPECT_EQ(d.programmes[0].coordinator, "Отдел качества");
  EXPECT_EQ(d.programmes[1].owner, "Берёзовский район") << "as the registry spells «Березовский р-н»";
  EXPECT_EQ(d.programmes[1].from, "2023-01-01");
  EXPECT_EQ(d.programmes[1].to, "2024-12-31");
  EXPECT_EQ(d.programmes[2].from, "2022-09-01");
}

struct BrokenProgramme {
  SourceKind kind;
  std::vector<std::string> places;
  std::int64_t counted = 0;
};

class BrokenProgrammeFile : public testing::TestWithParam<BrokenProgramme> {};

void expect_words(const Dataset& data, const std::string& name) {
  for (const char* language : {"ru", "en"}) {
    const std::string path = kBrokenProgrammes + name + "." + language + ".txt";
    const std::string words = described(data, texts_in(language));
    if (std::getenv("KASKAD_APPROVE") != nullptr) {
      ASSERT_TRUE(write_file(path, words).has_value());
    }
    const auto golden = read_file(path);
    ASSERT_TRUE(golden.has_value()) << path;
    EXPECT_EQ(words, *golden) << path;
  }
}

TEST_P(BrokenProgrammeFile, IsToldRowByRowInWords) {
  const std::string name = name_of(GetParam().kind);
  const Dataset d = read_kind(GetParam().kind, kBrokenProgrammes + name + ".csv");
  EXPECT_EQ(places_of(d), GetParam().places);
  EXPECT_EQ(d.ledger.back().counted, GetParam().counted);
  expect_balanced(d);
  expect_words(d, name);
}

INSTANTIATE_TEST_SUITE_P(
    Each, BrokenProgrammeFile,
    testing::Values(
        BrokenProgramme{SourceKind::programmes, {"2:6 dates-reversed", "3:5 bad-date"}, 0},
        BrokenProgramme{SourceKind::measures,
                        {"2:6 missing-value", "3:1 unknown-programme", "3:7 bad-date", "4:6 missing-value",
                         "4:8 dates-reversed", "4:9 bad-date", "6:6 duplicate-entry", "7:3 unknown-municipality"},
                        1},
        BrokenProgramme{SourceKind::participation,
                        {"3:2 duplicate-entry", "4:2 unknown-school", "5:3 not-a-year", "6:4 unknown-word",
                         "7:1 unknown-programme", "7:4 missing-value"},
                        1},
        BrokenProgramme{SourceKind::targets,
                        {"2:6 not-a-number", "3:1 unknown-indicator", "3:5 unknown-wave", "4:2 unknown-procedure",
                         "5:4 grade-out-of-range", "5:7 unknown-role", "7:1 duplicate-entry"},
                        1},
        BrokenProgramme{SourceKind::expected,
                        {"2:5 bad-date", "3:3 missing-value", "3:4 unknown-word", "3:7 missing-value",
                         "3:8 missing-value", "5:2 duplicate-entry"},
                        1},
        BrokenProgramme{
            SourceKind::components,
            {"2:1 missing-value", "3:2 score-out-of-range", "3:3 unknown-level", "4:2 not-a-number",
             "4:5 unknown-school", "4:6 unknown-word", "4:7 bad-date", "4:8 not-a-boolean", "6:1 duplicate-entry"},
            1},
        BrokenProgramme{
            SourceKind::decisions,
            {"2:2 missing-value", "3:1 missing-value", "3:3 missing-value", "5:3 duplicate-entry", "6:5 missing-value"},
            1},
        BrokenProgramme{SourceKind::supporters,
                        {"2:1 unknown-word", "3:2 missing-value", "4:4 unknown-municipality", "6:2 duplicate-entry"},
                        1},
        BrokenProgramme{
            SourceKind::visits, {"2:3 missing-value", "3:1 unknown-school", "4:3 bad-date", "6:1 duplicate-entry"}, 1},
        BrokenProgramme{SourceKind::processes,
                        {"2:3 missing-value", "3:1 unknown-school", "4:5 not-a-number", "6:4 duplicate-entry"},
                        1},
        BrokenProgramme{SourceKind::courses,
                        {"3:3 duplicate-entry", "4:4 course-score-out-of-range", "5:4 not-an-integer",
                         "5:5 not-a-number", "6:6 course-maximum-differs", "7:3 missing-value"},
                        1}),
    [](const testing::TestParamInfo<BrokenProgramme>& file) { return name_of(file.param.kind); });

TEST(Courses, KeepNoPerson) {
  const Dataset d = read_kind(SourceKind::courses, kBrokenProgrammes + "courses.csv");
  for (const char* language : {"ru", "en"}) {
    const std::string words = described(d, texts_in(language));
    EXPECT_THAT(words, Not(testing::HasSubstr("Иванова")));
    EXPECT_THAT(words, Not(testing::HasSubstr("Сидорова")));
  }
}

TEST(ProgrammeRows, ThatRepeatAreOneWhereTheSourceSaysThatTheyMay) {
  SourceSpec spec = source_of(SourceKind::supporters, kBrokenProgrammes + "supporters.csv");
  spec.repeated = true;
  const Dataset d = read_kinds({spec});
  EXPECT_THAT(places_of(d), ElementsAre("2:1 unknown-word", "3:2 missing-value", "4:4 unknown-municipality"));
  EXPECT_EQ(d.ledger.back().left_out.at("repeated"), 1);
  expect_balanced(d);
}

TEST(Dates, MayNameTheirMonth) {
  using intake::parse_date;
  EXPECT_EQ(parse_date("30 мая 2024"), "2024-05-30");
  EXPECT_EQ(parse_date("1 Сентября 2023 г."), "2023-09-01");
  EXPECT_EQ(parse_date("29\u00A0февраля\u00A02024 года"), "2024-02-29");
  EXPECT_EQ(parse_date("9 марта 2024г."), "2024-03-09");
  EXPECT_EQ(parse_date("5 нояб. 2024"), "2024-11-05");
  EXPECT_EQ(parse_date("3 August 2024"), "2024-08-03");
  EXPECT_EQ(parse_date("29 февраля 2023"), std::nullopt);
  EXPECT_EQ(parse_date("30 мая"), std::nullopt);
  EXPECT_EQ(parse_date("мая 30 2024"), std::nullopt);
  EXPECT_EQ(parse_date("30 мая 24"), std::nullopt);
}

TEST(Terms, MayNameAMonthOrAYear) {
  const auto span = [](std::string_view text) {
    const std::optional<intake::DateSpan> found = intake::parse_term(text);
    return found ? found->first + " " + found->last : std::string("none");
  };
  EXPECT_EQ(span("февраль 2024"), "2024-02-01 2024-02-29");
  EXPECT_EQ(span("февраль 2023 г."), "2023-02-01 2023-02-28");
  EXPECT_EQ(span("2024 год"), "2024-01-01 2024-12-31");
  EXPECT_EQ(span("30.05.2024"), "2024-05-30 2024-05-30");
  EXPECT_EQ(span("в течение года"), "none");
  EXPECT_EQ(span("осень 2024"), "none");
}

}  // namespace
}  // namespace kaskad
