// Whatever is cut off or torn, the intake answers; and threads change nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/random.hpp"
#include "tests/intake_fixtures.hpp"

namespace kaskad {
namespace {

TEST(Robust, EveryPrefixOfAGoodTextIsAnswered) {
  const std::string whole = read_file(kGood + "results_quoted.csv").value();
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const ScratchFile file("prefix.csv", whole.substr(0, length));
    const Dataset d = read_one(SourceKind::results, file.path());
    expect_balanced(d);
    if (length == 0) {
      EXPECT_EQ(d.diagnostics.at(0).message.code, "empty-file");
    }
  }
}

TEST(Robust, EveryPrefixOfAGoodWorkbookIsToldToBeBroken) {
  const std::string whole = read_file(kGood + "results.xlsx").value();
  for (std::size_t length = 4; length < whole.size(); length += 7) {
    const ScratchFile file("prefix.xlsx", whole.substr(0, length));
    const Dataset d = read_one(SourceKind::results, file.path());
    ASSERT_EQ(d.diagnostics.size(), 1U) << length;
    EXPECT_EQ(d.diagnostics[0].message.code, "workbook-broken") << length;
  }
}

TEST(Robust, WorkbooksWithFlippedBytesAreAnswered) {
  const std::string whole = read_file(kGood + "results.xlsx").value();
  RandomStream random(11, 1);
  for (int i = 0; i < 300; ++i) {
    std::string torn = whole;
    for (int k = 0; k < 3; ++k) torn[4 + random.below(torn.size() - 4)] = static_cast<char>(random.below(256));
    const ScratchFile file("torn.xlsx", torn);
    expect_balanced(read_one(SourceKind::results, file.path()));
  }
}

TEST(Robust, TextsWithFlippedBytesAreAnswered) {
  const std::string whole = read_file(kGood + "results.csv").value();
  RandomStream random(12, 1);
  for (int i = 0; i < 500; ++i) {
    std::string torn = whole;
    for (int k = 0; k < 4; ++k) torn[random.below(torn.size())] = static_cast<char>(random.below(256));
    const ScratchFile file("torn.csv", torn);
    expect_balanced(read_one(SourceKind::results, file.path()));
  }
}

/// Several megabytes of rows with defects, duplicates, quotes and line breaks in quotes strewn in.
std::string large_text(std::uint64_t seed) {
  RandomStream random(seed, 4);
  const std::vector<std::string> schools = {"101", "102", "103", "9", "\"104\"", "105"};
  std::string text = "school;year;procedure;subject;grade;pupil;note;primary\n";
  for (int i = 0; i < 30000; ++i) {
    const std::uint64_t dice = random.below(1000);
    text += schools[random.below(dice < 5 ? 6 : 5)] + ";" + (random.below(2) == 0 ? "2023" : "2024") + ";VPR;" +
            (random.below(2) == 0 ? "russian" : "Математика") + ";4;p" + std::to_string(random.below(10'000'000)) + ";";
    text += dice < 20 ? "\"строка\nи ещё \"\"одна\"\";\"" : dice < 22 ? "\"не закрыта" : "обычная заметка";
    text += ";" + std::to_string(random.below(dice < 30 ? 60 : 20)) + (dice == 31 ? "x" : "") + "\n";
  }
  return text;
}

TEST(Robust, ResultsDoNotDependOnTheNumberOfThreads) {
  const ScratchFile file("large.csv", large_text(1));
  const std::vector<SourceSpec> sources = {source_of(SourceKind::results, file.path()),
                                           source_of(SourceKind::results, file.path())};
  const Dataset one = read_with_registry(sources, 1);
  expect_balanced(one);
  EXPECT_GT(one.ledger[1].counted, 25000);
  EXPECT_EQ(one.ledger[2].counted, 0) << "the same file again holds nothing but duplicates";
  for (const unsigned threads : {2U, 5U}) {
    const Dataset many = read_with_registry(sources, threads);
    EXPECT_TRUE(many.cube == one.cube) << threads;
    EXPECT_TRUE(many.diagnostics == one.diagnostics) << threads;
    for (std::size_t i = 0; i < one.ledger.size(); ++i) {
      EXPECT_EQ(many.ledger[i].counted, one.ledger[i].counted) << threads;
      EXPECT_EQ(many.ledger[i].rejected, one.ledger[i].rejected) << threads;
      EXPECT_EQ(many.ledger[i].hash, one.ledger[i].hash) << threads;
    }
  }
}

TEST(Robust, AFileWhoseEveryRowIsWrongIsToldTheSameByAnyNumberOfThreads) {
  std::string text = "school;year;procedure;subject;primary\n";
  for (int i = 0; i < 150000; ++i) text += "s" + std::to_string(i) + ";2024;VPR;math;7\n";
  const ScratchFile file("unknown.csv", text);
  const Dataset one = read_with_registry({source_of(SourceKind::results, file.path())}, 1);
  expect_balanced(one);
  EXPECT_EQ(one.ledger[1].rejected.at("unknown-school"), 150000);
  EXPECT_EQ(one.diagnostics.size(), 100001U);
  const Dataset three = read_with_registry({source_of(SourceKind::results, file.path())}, 3);
  EXPECT_TRUE(three.diagnostics == one.diagnostics);
}

/// The same rows read one by one with no chunks: what chunks must not change.
TEST(Robust, ChunksLoseNoRowAndDoubleNone) {
  const std::string text = large_text(2);
  const ScratchFile whole("whole.csv", text);
  const Dataset d = read_one(SourceKind::results, whole.path());
  // Independent count: records are lines, less those inside the two-line notes.
  const auto lines = static_cast<std::int64_t>(std::count(text.begin(), text.end(), '\n'));
  std::int64_t inner = 0;
  for (std::size_t at = text.find("\"строка\n"); at != std::string::npos; at = text.find("\"строка\n", at + 1)) ++inner;
  EXPECT_EQ(d.ledger[1].read, lines - 1 - inner);
}

TEST(Robust, ProgressReachesTheWhole) {
  const ScratchFile file("progress.csv", large_text(3));
  std::size_t done = 0, all = 0;
  IntakeOptions options;
  options.progress = [&](std::size_t d, std::size_t a) {
    done = std::max(done, d);
    all = a;
  };
  read_sources({good_registry(), source_of(SourceKind::results, file.path())}, small_vocabulary(), {}, {}, options);
  EXPECT_EQ(done, all);
}

}  // namespace
}  // namespace kaskad
