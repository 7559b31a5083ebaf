#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/intake/csv_scanner.hpp"
#include "engine/intake/csv_table.hpp"
#include "engine/intake/file_hash.hpp"
#include "engine/intake/natural_order.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/pupil_keys.hpp"
#include "engine/intake/shares.hpp"
#include "engine/intake/zip_directory.hpp"

namespace kaskad::intake {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

using Records = std::vector<std::vector<std::string>>;

/// Records of a text; one whose quote is not closed is {"!", column}.
Records scan(std::string_view text, char delimiter = ';') {
  Records records;
  CsvScanner scanner(text, delimiter);
  while (scanner.next()) {
    if (scanner.unclosed_column() > 0) {
      records.push_back({"!", std::to_string(scanner.unclosed_column())});
    } else if (scanner.blank()) {
      records.push_back({});
    } else {
      records.emplace_back(scanner.buffer().begin(),
                           scanner.buffer().begin() + static_cast<std::ptrdiff_t>(scanner.size()));
    }
  }
  return records;
}

TEST(CsvScanner, FollowsRfc4180) {
  EXPECT_EQ(scan("a;b\n\"x;y\";\"a \"\"b\"\"\"\n;\"\"\n1;2"),
            (Records{{"a", "b"}, {"x;y", "a \"b\""}, {"", ""}, {"1", "2"}}));
  EXPECT_EQ(scan("\"two\nlines\";b\nc;d\n"), (Records{{"two\nlines", "b"}, {"c", "d"}}));
  EXPECT_EQ(scan("\"a\";b\r\n\"c\";\"d\"\r\n"), (Records{{"a", "b\r"}, {"c", "d"}}));
}

TEST(CsvScanner, TakesRussianQuotesWithinQuotesAsMeant) {
  EXPECT_EQ(scan("\"Школа \"Заря\" № 9\";b\n"), (Records{{"Школа \"Заря\" № 9", "b"}}));
}

TEST(CsvScanner, LosesOnlyTheRecordWhoseQuoteIsNotClosed) {
  EXPECT_EQ(scan("a;b\n1;\"x;y\n2;z\n"), (Records{{"a", "b"}, {"!", "2"}, {"2", "z"}}));
  EXPECT_EQ(scan("1;\"x\n2;\"y\";3\n4;5\n"), (Records{{"!", "2"}, {"2", "y", "3"}, {"4", "5"}}));
}

TEST(CsvScanner, GivesUpAQuoteAfterTheStatedBounds) {
  std::string lines = "1;\"open\n";
  for (int i = 0; i < 12; ++i) lines += "x;y\n";
  lines += "z\";end\n";
  EXPECT_EQ(scan(lines).front(), (std::vector<std::string>{"!", "2"}));
  EXPECT_EQ(scan(lines)[1], (std::vector<std::string>{"x", "y"}));
  const std::string wide = "1;\"" + std::string(kMostQuotedBytes + 10, 'x') + "\"\n2;3\n";
  EXPECT_EQ(scan(wide), (Records{{"!", "2"}, {"2", "3"}}));
}

TEST(CsvScanner, AgreesWithTheObviousSplitOnRandomText) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    RandomStream random(seed, 7);
    Records expected;
    std::string text;
    const std::uint64_t rows = 1 + random.below(12);
    for (std::uint64_t r = 0; r < rows; ++r) {
      std::vector<std::string> record;
      const std::uint64_t columns = 2 + random.below(25);
      for (std::uint64_t c = 0; c < columns; ++c) record.push_back(std::string(random.below(40), 'a') + "z");
      for (std::size_t c = 0; c < record.size(); ++c) text += (c > 0 ? ";" : "") + record[c];
      text += "\n";
      expected.push_back(record);
    }
    ASSERT_EQ(scan(text), expected) << seed;
  }
}

TEST(FindDelimiter, CountsOutsideQuotes) {
  EXPECT_EQ(find_delimiter("a;b;c\n"), ';');
  EXPECT_EQ(find_delimiter("\"a;b;c\",d,e\n1;2;3;4"), ',');
  EXPECT_EQ(find_delimiter("a\tb,c\td\n"), '\t');
  EXPECT_EQ(find_delimiter("school\n"), ';');
}

TEST(Numbers, AreReadAsPeopleWriteThem) {
  EXPECT_EQ(parse_integer("12").value, 12);
  EXPECT_EQ(parse_integer("1\xC2\xA0"
                          "234")
                .value,
            1234);
  EXPECT_EQ(parse_integer("16\xE2\x80\x89"
                          "526")
                .value,
            16526);
  EXPECT_EQ(parse_integer("12,0").value, 12);
  EXPECT_EQ(parse_integer("\xE2\x88\x92"
                          "5")
                .value,
            -5);
  EXPECT_EQ(parse_integer("12,5").state, NumberState::not_an_integer);
  EXPECT_EQ(parse_integer("1О").state, NumberState::not_a_number);  // a Cyrillic letter
  EXPECT_EQ(parse_integer("").state, NumberState::not_a_number);
  EXPECT_EQ(parse_integer("nan").state, NumberState::not_a_number);
  EXPECT_EQ(parse_integer("99999999999999999999").state, NumberState::not_an_integer);
  EXPECT_DOUBLE_EQ(parse_number("23,5 %").value, 23.5);
  EXPECT_EQ(parse_number("23,50").decimals, 2);
  EXPECT_FALSE(parse_number("12abc").good);
  EXPECT_FALSE(parse_number("0x1F").good);
  EXPECT_FALSE(parse_number("1.234.567").good);
}

TEST(Years, AreNamedByTheirEnd) {
  EXPECT_EQ(parse_year("2024"), 2024);
  EXPECT_EQ(parse_year("2023/2024"), 2024);
  EXPECT_EQ(parse_year("2023-24"), 2024);
  EXPECT_EQ(parse_year("2023 – 2024 уч. год"), 2024);
  EXPECT_EQ(parse_year("1999/2000"), 2000);
  EXPECT_EQ(parse_year("2023/2025"), std::nullopt);
  EXPECT_EQ(parse_year("24"), std::nullopt);
  EXPECT_EQ(parse_year("весна"), std::nullopt);
}

TEST(Grades, MayCarryALetter) {
  EXPECT_EQ(parse_grade("9"), 9);
  EXPECT_EQ(parse_grade("11-б"), 11);
  EXPECT_EQ(parse_grade("4А"), 4);
  EXPECT_EQ(parse_grade("А"), std::nullopt);
  EXPECT_EQ(parse_grade("9.1"), std::nullopt);
}

TEST(Dates, AreReadInThreeForms) {
  EXPECT_EQ(parse_date("2024-05-30"), "2024-05-30");
  EXPECT_EQ(parse_date("30.05.2024"), "2024-05-30");
  EXPECT_EQ(parse_date("45442"), "2024-05-30");  // Excel: =DATE(2024,5,30)
  EXPECT_EQ(parse_date("36526"), "2000-01-01");  // Excel: =DATE(2000,1,1)
  EXPECT_EQ(parse_date("29.02.2024"), "2024-02-29");
  EXPECT_EQ(parse_date("29.02.2023"), std::nullopt);
  EXPECT_EQ(parse_date("31.04.2024"), std::nullopt);
  EXPECT_EQ(parse_date("вчера"), std::nullopt);
}

TEST(Booleans, KnowTheUsualWords) {
  EXPECT_EQ(parse_boolean("Да"), true);
  EXPECT_EQ(parse_boolean("НЕТ"), false);
  EXPECT_EQ(parse_boolean("сельская"), true);
  EXPECT_EQ(parse_boolean("городская"), false);
  EXPECT_EQ(parse_boolean("возможно"), std::nullopt);
}

TEST(NaturalOrder, PutsNumbersByValue) {
  std::vector<std::string> ids = {"sch10", "sch9", "2", "10", "1", "sch9a", "02", "школа 3"};
  std::sort(ids.begin(), ids.end(), naturally_before);
  EXPECT_THAT(ids, ElementsAre("1", "02", "2", "10", "sch9", "sch9a", "sch10", "школа 3"));
}

// Sanity values of the xxHash specification and of the reference implementation's `xxhsum -H64`.
TEST(FileHash, IsXxh64) {
  EXPECT_EQ(xxh64("", 0), 0xEF46DB3751D8E999ULL);
  EXPECT_EQ(xxh64("a", 0), 0xD24EC4F1A98C6E5BULL);
  EXPECT_EQ(xxh64("abc", 0), 0x44BC2CF5AD770999ULL);
  EXPECT_EQ(xxh64("Nobody inspects the spammish repetition", 0), 0xFBCEA83C8A378BF1ULL);
}

TEST(FileHash, ChangesWithOneByteAnywhere) {
  std::string bytes(3 * kHashBlock / 2, 'x');
  const std::string whole = hash_of(bytes);
  EXPECT_EQ(whole.size(), 16U);
  for (const std::size_t at : {std::size_t{0}, kHashBlock - 1, kHashBlock, bytes.size() - 1}) {
    bytes[at] = 'y';
    EXPECT_NE(hash_of(bytes), whole) << at;
    bytes[at] = 'x';
  }
  EXPECT_NE(hash_of(bytes + "x"), whole);
}

/// A word as PupilHash::of_result makes them.
std::uint64_t word(std::uint64_t pupil, SchoolId school) { return pupil << PupilHash::kSchoolBits | school; }

std::vector<std::uint64_t> random_pupils(int n) {
  RandomStream random(5, 5);
  std::vector<std::uint64_t> out;
  for (int i = 0; i < n; ++i) out.push_back(std::max<std::uint64_t>(1, random.bits() >> PupilHash::kSchoolBits));
  return out;
}

RepeatedPupils found_in(const std::vector<std::uint64_t>& words, std::size_t most) {
  std::vector<PupilKeys> keys(3);
  for (std::size_t i = 0; i < words.size(); ++i) keys[i % 3].add(words[i]);
  return find_repeated({&keys[0], &keys[1], &keys[2]}, most, 2);
}

TEST(PupilKeys, FindExactlyThePupilsThatRepeatInASchoolOrInSeveral) {
  const std::vector<std::uint64_t> pupils = random_pupils(20000);
  std::vector<std::uint64_t> words, twice, moved;
  for (std::size_t i = 0; i < pupils.size(); ++i) {
    const auto school = static_cast<SchoolId>(i % 97);
    words.push_back(word(pupils[i], school));
    if (i % 500 == 0) twice.push_back(words.back());
    if (i % 700 == 1) moved.push_back(pupils[i]);
    if (i % 700 == 1) words.push_back(word(pupils[i], school + 100));
    if (i % 1400 == 1) twice.push_back(words.back());  // twice in the second school, too
  }
  words.insert(words.end(), twice.begin(), twice.end());
  const RepeatedPupils found = found_in(words, 100);
  std::sort(twice.begin(), twice.end());
  std::sort(moved.begin(), moved.end());
  EXPECT_THAT(found.results, ElementsAreArray(twice));
  EXPECT_THAT(found.pupils, ElementsAreArray(moved));
  EXPECT_FALSE(found.too_many);
}

TEST(PupilKeys, AreNotKeptWhereMoreResultsThanAskedForStandBesideTheFirstSchool) {
  const std::vector<std::uint64_t> pupils = random_pupils(3000);
  std::vector<std::uint64_t> words;
  for (SchoolId school = 0; school < 20; ++school) {
    for (const std::uint64_t pupil : pupils) words.push_back(word(pupil, school));
  }
  words.push_back(words.front());
  const RepeatedPupils found = found_in(words, 200);
  EXPECT_THAT(found.results, testing::ElementsAre(words.front()));
  EXPECT_TRUE(found.pupils.empty());
  EXPECT_TRUE(found.too_many);
  EXPECT_TRUE(found_in(words, 19 * 3000 - 1).too_many);
  EXPECT_EQ(found_in(words, 19 * 3000).pupils.size(), 3000U);
}

TEST(PupilHash, LeadsWithThePupilAndEndsWithTheSchool) {
  const PupilHash hash = PupilHash::with_random_key();
  const CellKey here{7, 2024, 1, 2, 4}, there{8, 2024, 1, 2, 4}, a_year_later{7, 2025, 1, 2, 4};
  const std::uint64_t own = hash.of_result(here, "17", false);
  EXPECT_EQ(own & 0xFFFFF, 7U);
  EXPECT_EQ(own, hash.of_result(here, "17", false));
  EXPECT_EQ(PupilHash::pupil_of(own), PupilHash::pupil_of(hash.of_result(there, "17", false)));
  EXPECT_NE(PupilHash::pupil_of(own), PupilHash::pupil_of(hash.of_result(here, "18", false)));
  EXPECT_NE(PupilHash::pupil_of(own), PupilHash::pupil_of(hash.of_result(a_year_later, "17", false)));
  EXPECT_NE(PupilHash::pupil_of(hash.of_result(here, "17", true)),
            PupilHash::pupil_of(hash.of_result(there, "17", true)));
}

std::array<std::optional<PrintedPercent>, 4> percents(std::array<double, 4> values, int decimals) {
  std::array<std::optional<PrintedPercent>, 4> printed;
  std::transform(values.begin(), values.end(), printed.begin(), [=](double v) { return PrintedPercent{v, decimals}; });
  return printed;
}

TEST(Shares, AreRecoveredWhenOnlyOneSetOfCountsFits) {
  const RecoveredShares shares = recover_counts(8, percents({12.5, 37.5, 25, 25}, 1));
  EXPECT_EQ(shares.state, SharesState::recovered);
  EXPECT_THAT(shares.counts, ElementsAre(1, 3, 2, 2));
}

TEST(Shares, OfManyPupilsAtWholePercentsAreAmbiguous) {
  EXPECT_EQ(recover_counts(890, percents({10, 30, 40, 20}, 0)).state, SharesState::ambiguous);
}

TEST(Shares, ThatNoCountsGiveAreImpossible) {
  EXPECT_EQ(recover_counts(10, percents({15, 30, 40, 15}, 0)).state, SharesState::impossible);
  EXPECT_EQ(recover_counts(100, percents({10, 30, 40, 30}, 0)).state, SharesState::impossible);
}

TEST(Shares, AreWhatABruteForceSearchFinds) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    RandomStream random(seed, 9);
    const auto n = static_cast<std::int64_t>(1 + random.below(40));
    const int decimals = static_cast<int>(random.below(2));
    const double unit = std::pow(10.0, -decimals);
    std::array<double, 4> printed{};
    for (double& p : printed) p = std::round(static_cast<double>(random.below(51)) / unit) * unit;
    if (seed % 2 == 0) {  // half of them printed from true counts
      std::int64_t left = n;
      for (std::size_t i = 0; i < 4; ++i) {
        const auto c = i == 3 ? left : static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(left) + 1));
        left -= c;
        printed[i] = std::round(100.0 * static_cast<double>(c) / static_cast<double>(n) / unit) * unit;
      }
    }
    int solutions = 0;
    std::array<std::int64_t, 4> only{};
    const auto fits = [&](std::int64_t c, double p) {
      return std::abs(100.0 * static_cast<double>(c) / static_cast<double>(n) - p) <= unit / 2 + 1e-9;
    };
    for (std::int64_t a = 0; a <= n; ++a)
      for (std::int64_t b = 0; a + b <= n; ++b)
        for (std::int64_t c = 0; a + b + c <= n; ++c) {
          const std::int64_t d = n - a - b - c;
          if (!fits(a, printed[0]) || !fits(b, printed[1]) || !fits(c, printed[2]) || !fits(d, printed[3])) continue;
          ++solutions;
          only = {a, b, c, d};
        }
    const RecoveredShares shares = recover_counts(n, percents(printed, decimals));
    const auto expected = solutions == 0   ? SharesState::impossible
                          : solutions == 1 ? SharesState::recovered
                                           : SharesState::ambiguous;
    ASSERT_EQ(shares.state, expected) << seed;
    if (solutions == 1) {
      ASSERT_EQ(shares.counts, only) << seed;
    }
  }
}

TEST(ZipDirectory, ChecksPartsByTheUsualCrc) {
  EXPECT_EQ(crc32("123456789"), 0xCBF43926U);  // the check value of the CRC catalogue
  EXPECT_EQ(crc32(""), 0U);
}

TEST(Styles, TellDatesFromNumbers) {
  EXPECT_TRUE(is_date_format(14, ""));
  EXPECT_FALSE(is_date_format(0, ""));
  EXPECT_FALSE(is_date_format(10, "0.00%"));
  EXPECT_TRUE(is_date_format(164, "dd\\.mm\\.yyyy"));
  EXPECT_FALSE(is_date_format(165, "0\" days\""));
  EXPECT_FALSE(is_date_format(166, "[Red]0.0"));
}

}  // namespace
}  // namespace kaskad::intake
