#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <stdexcept>

#include "engine/base/config.hpp"
#include "engine/base/files.hpp"
#include "engine/base/letter_case.hpp"
#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"
#include "engine/base/text.hpp"
#include "engine/base/texts.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

Texts texts_of(const std::string& language) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("templates/texts/" + language)) {
    files[entry.path().filename().string()] = read_file(entry.path().string()).value();
  }
  return Texts::load(language, files).value();
}

TEST(Random, PhiloxGivesThePublishedAnswers) {  // known answers of Random123 (Salmon et al. 2011), kat_vectors
  EXPECT_THAT(philox({0, 0, 0, 0}, {0, 0}), ElementsAre(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
  const std::uint32_t f = 0xffffffff;
  EXPECT_THAT(philox({f, f, f, f}, {f, f}), ElementsAre(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
  EXPECT_THAT(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              ElementsAre(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
}

TEST(Random, DrawsHaveTheirMoments) {
  RandomStream stream(1, 2);
  const int n = 200000;
  double sum = 0, squares = 0, uniform = 0;
  for (int i = 0; i < n; ++i) {
    const double z = stream.normal();
    sum += z;
    squares += z * z;
    uniform += stream.uniform();
  }
  EXPECT_NEAR(sum / n, 0, 4 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 4 * std::sqrt(2.0 / n));
  EXPECT_NEAR(uniform / n, 0.5, 4 / std::sqrt(12.0 * n));
}

TEST(Parallel, EachIndexRunsOnceAndTheFirstFailureIsThrown) {
  std::vector<std::atomic<int>> runs(1000);
  parallel_for(runs.size(), 4, [&](std::size_t i) { ++runs[i]; });
  EXPECT_THAT(runs, testing::Each(testing::Eq(1)));
  try {
    parallel_for(100, 4, [](std::size_t i) {
      if (i % 30 == 7) throw std::runtime_error(std::to_string(i));
    });
    FAIL() << "no exception came through";
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(e.what(), "7");
  }
}

TEST(Text, NearestSuggestsMisspeltNamesOnly) {
  const std::vector<std::string> known = {"school", "procedure", "предмет", "Берёзовская СОШ"};
  EXPECT_EQ(nearest("shcool", known), "school");
  EXPECT_EQ(nearest("ПРЕДМЕТЫ", known), "предмет");
  EXPECT_EQ(nearest("Березовская СОШ", known), "Берёзовская СОШ");
  EXPECT_EQ(nearest("grade", known), std::nullopt);
  EXPECT_EQ(nearest("", known), std::nullopt);
  EXPECT_EQ(nearest("900", {"9"}), std::nullopt);
}

TEST(Text, Cp1251AndUtf8) {
  EXPECT_EQ(utf8_from_cp1251("\xD8\xEA\xEE\xEB\xE0 \xB9 5"), "Школа № 5");
  EXPECT_EQ(first_invalid_utf8("abc\xD8\xEA"), 3U);
  EXPECT_EQ(first_invalid_utf8("Школа № 5 😀"), std::nullopt);
  EXPECT_EQ(first_invalid_utf8("cut \xE2\x80"), 4U);
}

TEST(Text, TrimAndFold) {
  EXPECT_EQ(trim("\xC2\xA0 да \t\r\n"), "да");
  EXPECT_EQ(trim("  "), "");
  EXPECT_EQ(fold("  МБОУ   «Берёзовская\xC2\xA0СОШ» "), "мбоу «березовская сош»");
}

TEST(Text, ATitleBeginsWithACapitalLetter) {
  EXPECT_EQ(capitalized("городской округ Ясноборск"), "Городской округ Ясноборск");
  EXPECT_EQ(capitalized("ёлкинский"), "Ёлкинский");
  EXPECT_EQ(capitalized("§ 5"), "§ 5");
  EXPECT_EQ(capitalized(""), "");
}

TEST(Text, RussianOrderTakesNumbersAsNumbers) {
  EXPECT_TRUE(collates_before("Школа № 2", "Школа № 10", "ru"));
  EXPECT_TRUE(collates_before("Ёлкино", "Жданово", "ru"));
  EXPECT_FALSE(collates_before("б", "А", "ru"));
}

TEST(Config, AllDefectsOfAFileComeAtOnceWithTheirPlaces) {
  const std::string toml = "titel = \"x\"\nyears = [2020, \"2021\"]\nkind = \"registri\"\n[inner]\nflag = 1\n";
  const ParsedConfig parsed = parse_config(toml, "p.toml");
  ASSERT_TRUE(parsed.diagnostics.empty());
  Diagnostics found;
  ConfigReader root(parsed.root, "p.toml", "", found);
  root.required_text("title");
  root.integers("years");
  root.choice("kind", {"registry", "results"}, 0);
  ConfigReader inner(*root.table("inner"), "p.toml", "inner", found);
  inner.boolean("flag", false);
  inner.finish();
  root.finish();
  const Texts ru = texts_of("ru");
  std::vector<std::string> lines;
  for (const Diagnostic& d : found) lines.push_back(ru.describe(d));
  EXPECT_THAT(
      lines,
      ElementsAre(
          "ошибка[setting-missing] p.toml:1:1 (title): Не задан обязательный ключ «title».",
          "ошибка[setting-type] p.toml:2:9 (years): Значение ключа «years» должно быть таким: список целых чисел.",
          "ошибка[setting-choice] p.toml:3:8 (kind): Значение «registri» ключа «kind» неизвестно.\n"
          "    Может быть, «registry»? Допустимо: registry, results.",
          "ошибка[setting-type] p.toml:5:8 (inner.flag): Значение ключа «inner.flag» должно быть таким: true или "
          "false.",
          "ошибка[setting-unknown] p.toml:1:9 (titel): Ключ «titel» неизвестен.\n    Может быть, «title»?"));
}

TEST(Config, SyntaxErrorsHaveLineAndColumn) {
  const ParsedConfig parsed = parse_config("a = 1\nb = [1,\n", "p.toml");
  ASSERT_EQ(parsed.diagnostics.size(), 1U);
  EXPECT_EQ(parsed.diagnostics[0].message.code, "toml-syntax");
  EXPECT_GE(parsed.diagnostics[0].place.row, 2);
}

TEST(Texts, BothLanguagesSayEverything) { EXPECT_EQ(texts_of("ru").keys(), texts_of("en").keys()); }

TEST(Texts, MalformedPatternsAndDoubleKeysAreErrors) {
  EXPECT_EQ(Texts::load("ru", {{"a.toml", "k = \"{n, plural\""}}).error().message.code, "text-pattern");
  EXPECT_EQ(Texts::load("ru", {{"a.toml", "k = \"x\""}, {"b.toml", "k = \"y\""}}).error().message.code, "text-twice");
  EXPECT_EQ(Texts::load("ru", {{"a.toml", "k = 1"}}).error().message.code, "text-not-text");
}

TEST(Texts, RussianPlurals) {
  const Texts t =
      Texts::load("ru", {{"a.toml", "n = \"{n, plural, one {# школа} few {# школы} many {# школ} other {# школы}}\""}})
          .value();
  EXPECT_EQ(t.get("n", {{"n", std::int64_t{1}}}), "1 школа");
  EXPECT_EQ(t.get("n", {{"n", std::int64_t{23}}}), "23 школы");
  EXPECT_EQ(t.get("n", {{"n", std::int64_t{11}}}), "11 школ");
}

TEST(Texts, NumbersAreGroupedFromFiveDigitsOnWhereverTheyStand) {
  const Texts t = Texts::load("ru", {{"a.toml",
                                      "n = \"{who, select, all {{n, plural, one {# школа} other {# школ}}} other "
                                      "{{n, number}}}; {n, number, ::group-off}\""}})
                      .value();
  const auto told = [&](std::int64_t n, const char* who) { return t.get("n", {{"n", n}, {"who", std::string(who)}}); };
  EXPECT_EQ(told(3836, "all"), "3836 школ; 3836");
  EXPECT_EQ(told(43352, "all"), "43\u00A0352 школ; 43352");
  EXPECT_EQ(told(3836, "none"), "3836; 3836");
  EXPECT_EQ(told(43352, "none"), "43\u00A0352; 43352");
}

TEST(Texts, RemarksWriteDaysAsReadersDo) {
  const std::string toml =
      "diagnostic.late.text = \"{date}: {word}\"\nplain = \"{date}\"\ndate.day = \"{day}.{month}.{year}\"";
  const Texts t = Texts::load("ru", {{"a.toml", toml}}).value();
  const std::string day = "2024-09-05";
  EXPECT_EQ(t.get("diagnostic.late.text", {{"date", day}, {"word", std::string("2024-02-30")}}),
            "05.09.2024: 2024-02-30")
      << "no day of the calendar: quoted as the file has it";
  EXPECT_EQ(t.get("plain", {{"date", day}}), day) << "reports have their own dates";
}

TEST(Files, WritesMakeFoldersAndMissingFilesAreTold) {
  const std::string folder = testing::TempDir() + "kaskad_files/deep/";
  ASSERT_TRUE(write_file(folder + "a.txt", "кириллица"));
  EXPECT_EQ(read_file(folder + "a.txt").value(), "кириллица");
  EXPECT_EQ(MappedFile::open(folder + "a.txt")->bytes(), "кириллица");
  EXPECT_EQ(read_file(folder + "b.txt").error().message.code, "file-missing");
  EXPECT_EQ(read_file(folder).error().message.code, "file-unreadable");
  EXPECT_EQ(resolve_beside("project/kaskad.toml", "../data/x.csv"), "data/x.csv");
}

}  // namespace
}  // namespace kaskad
