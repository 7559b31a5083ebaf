// Tables of data as columns, conditions on rows, terms and model matrices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/formula/expression.hpp"
#include "engine/frame/cells.hpp"
#include "engine/frame/column_formula.hpp"
#include "engine/frame/model_matrix.hpp"
#include "engine/frame/read_frame.hpp"
#include "engine/frame/terms.hpp"
#include "engine/frame/variables.hpp"

namespace kaskad::frame {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

std::string temporary(const std::string& bytes) {
  const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto folder = std::filesystem::path(testing::TempDir()) / "kaskad_frame";
  std::filesystem::create_directories(folder);
  const std::string file = (folder / (test + ".csv")).string();
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

Expected<Frame> read(const std::string& bytes, std::vector<std::string> missing = {}) {
  Diagnostics ignored;
  return read_frame({temporary(bytes), {}, 1, 0, std::move(missing)}, ignored);
}

const Column& column(const Frame& frame, const std::string& name) { return **find_column(frame, name); }

std::string code_of(const Error& error) { return error.message.code; }

// ---------------------------------------------------------------- reading

TEST(ReadFrame, ColumnsOfNumbersAndOfTexts) {
  const auto frame = read("x;y;z\n1,5;A;1e3\n-2;б;1 000\n\"3\";A;50%\n");
  ASSERT_TRUE(frame.has_value());
  EXPECT_THAT(column(*frame, "x").numbers, ElementsAre(1.5, -2, 3));
  EXPECT_THAT(column(*frame, "z").numbers, ElementsAre(1000, 1000, 50));
  EXPECT_TRUE(column(*frame, "y").categorical);
  EXPECT_THAT(column(*frame, "y").levels, ElementsAre("A", "б"));
  EXPECT_THAT(column(*frame, "y").codes, ElementsAre(0, 1, 0));
  EXPECT_THAT(frame->row_numbers, ElementsAre(2, 3, 4));
}

TEST(ReadFrame, ColumnsPartedByBlanks) {
  const auto frame = read("Data:  g    y\n       1  196.3052\n   1\t196.1240\n 2     -1e2\n");
  ASSERT_TRUE(frame.has_value());
  EXPECT_THAT(column(*frame, "g").numbers, ElementsAre(1, 1, 2));
  EXPECT_THAT(column(*frame, "y").numbers, ElementsAre(196.3052, 196.1240, -100));
}

TEST(ReadFrame, OneColumnOfWordsStaysOne) {
  const auto words = read("school type\nbig lyceum\nold school\n");
  ASSERT_TRUE(words.has_value());
  EXPECT_THAT(column(*words, "school type").levels, ElementsAre("big lyceum", "old school"));
  const auto ragged = read("a b\n1 2\n1 2 3\n");
  ASSERT_TRUE(ragged.has_value());
  EXPECT_EQ(ragged->columns.size(), 1U);
}

// NIST's file as it is published: sixty lines of words before the data.
TEST(ReadFrame, AFileOfNistIsRead) {
  Diagnostics ignored;
  const auto frame = read_frame({"fixtures/stats/SiRstv.dat", {}, 60, 0, {}}, ignored);
  ASSERT_TRUE(frame.has_value());
  EXPECT_EQ(frame->rows(), 25U);
  EXPECT_EQ(column(*frame, "Resistance").numbers.front(), 196.3052);
}

TEST(ReadFrame, WordsForMissingValues) {
  const auto frame = read("x,g\n1,NA\n,A\nNA,N/A\nNaN,нет данных\n.,-\n—,\nnull,#Н/Д\n999,B\n", {"999"});
  ASSERT_TRUE(frame.has_value());
  const Column& x = column(*frame, "x");
  EXPECT_FALSE(x.categorical);
  EXPECT_EQ(x.numbers[0], 1);
  for (std::size_t row = 1; row < x.numbers.size(); ++row) EXPECT_TRUE(x.missing(row)) << row;
  EXPECT_THAT(column(*frame, "g").levels, ElementsAre("A", "B"));
}

TEST(ReadFrame, InfinityIsANumberButNotUsable) {
  const auto frame = read("x\n1\nInf\n-Infinity\n1e999\n");
  ASSERT_TRUE(frame.has_value());
  EXPECT_THAT(column(*frame, "x").numbers, ElementsAre(1, INFINITY, -INFINITY, INFINITY));
  const auto sample = take(*frame, {{"outcome", "x", Need::number}});
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->rows(), 1U);
  EXPECT_THAT(sample->left_out, ElementsAre(LeftOut{"outcome", "x", true, 3}));
}

TEST(ReadFrame, WindowsEncodingAndNamesInCyrillic) {
  const auto frame = read("\xE1\xE0\xEB\xEB;\xF2\xE8\xEF\n5;\xE3\n");  // балл;тип / 5;г
  ASSERT_TRUE(frame.has_value());
  EXPECT_EQ(column(*frame, "балл").numbers[0], 5);
  EXPECT_THAT(column(*frame, "тип").levels, ElementsAre("г"));
}

TEST(ReadFrame, AWholeColumnMissingIsNumeric) {
  const auto frame = read("x,y\nNA,1\n,2\n");
  ASSERT_TRUE(frame.has_value());
  EXPECT_TRUE(all_missing(column(*frame, "x")));
  EXPECT_FALSE(all_missing(column(*frame, "y")));
}

TEST(ReadFrame, FilesThatHoldNoTable) {
  EXPECT_EQ(code_of(read("").error()), "frame-unreadable");
  EXPECT_EQ(code_of(read("a,b\n").error()), "frame-no-rows");
  Diagnostics ignored;
  EXPECT_EQ(code_of(read_frame({"no/such/file.csv", {}, 1, 0, {}}, ignored).error()), "file-missing");
}

TEST(ReadFrame, DefectiveRowsAreCountedAndTold) {
  Diagnostics told;
  const auto frame = read_frame({temporary("a,b\n1,2\n1\n1,2,3\n4,5\n"), {}, 1, 0, {}}, told);
  ASSERT_TRUE(frame.has_value());
  EXPECT_EQ(frame->rows(), 2U);
  EXPECT_EQ(frame->defective, 2);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].message.code, "wrong-field-count");
  EXPECT_EQ(told[0].place.row, 3);
}

TEST(FindColumn, MisspeltAndRepeatedNames) {
  const auto frame = read("score,x,x\n1,2,3\n");
  ASSERT_TRUE(frame.has_value());
  const auto misspelt = find_column(*frame, "scores");
  ASSERT_FALSE(misspelt.has_value());
  EXPECT_EQ(misspelt.error().message,
            (Message{"asked-unknown-column", {{"column", std::string("scores")}, {"nearest", std::string("score")}}}));
  EXPECT_EQ(code_of(find_column(*frame, "x").error()), "asked-column-twice");
}

// Subtracting the constant digits in doubles would leave 0.40002441…
TEST(Cells, TheTailHoldsWhatTheDoubleLost) {
  const CellNumber long_number = read_number("1000000000000.4");
  ASSERT_TRUE(long_number.good);
  EXPECT_NEAR((long_number.value - 1000000000000.0) + long_number.tail, 0.4, 1e-16);
  EXPECT_EQ(read_number("0.5").tail, 0);
  EXPECT_NEAR(read_number("0,1").tail / 5.551115123125783e-18, -1, 1e-12);  // 0.1 as a double is above 0.1
  EXPECT_EQ(read_number("-123").tail, 0);
  EXPECT_FALSE(read_number("12a").good);
  EXPECT_FALSE(read_number("1.2.3").good);
}

// ---------------------------------------------------------------- conditions

TEST(Expression, MissingValuesFollowKleene) {
  const double nan = NAN, one = 1, zero = 0;
  const auto value = [&](const std::string& text, double a, double b) {
    const auto expression = formula::Expression::compile(text);
    EXPECT_TRUE(expression.has_value()) << text;
    std::vector<const double*> columns;
    for (const std::string& name : expression->names()) columns.push_back(name == "a" ? &a : &b);
    return expression->evaluate(columns, 1)[0];
  };
  EXPECT_EQ(value("a & b", zero, nan), 0);
  EXPECT_EQ(value("a | b", one, nan), 1);
  EXPECT_TRUE(std::isnan(value("a & b", one, nan)));
  EXPECT_TRUE(std::isnan(value("a | b", zero, nan)));
  EXPECT_TRUE(std::isnan(value("a != b", one, nan)));
  EXPECT_TRUE(std::isnan(value("!a", nan, one)));
  EXPECT_EQ(value("is_na(a)", nan, one), 1);
  EXPECT_EQ(value("-a^2", 3, 0), -9);
  EXPECT_EQ(value("2^a^b", 3, 2), 512);
  EXPECT_EQ(value("!a == 2", 2, 0), 0);
  EXPECT_EQ(value("a > 1 & b < 2 | a == 0", 2, 1), 1);
}

std::vector<bool> chosen(const Frame& frame, const std::string& condition) {
  std::vector<Message> notes;
  const auto rows = rows_where(frame, condition, notes);
  EXPECT_TRUE(rows.has_value()) << condition << ": " << rows.error().message.code;
  return rows.value_or(std::vector<bool>{});
}

TEST(Where, ConditionsOnNumbersAndCategories) {
  const auto frame = read("year,cause,тип школы,some.col\n1969,x,лицей,1\n1970,x,лицей,2\n1971,y,СОШ,NA\nNA,,СОШ,4\n");
  ASSERT_TRUE(frame.has_value());
  const auto expect = [&](const std::string& condition, std::vector<bool> wanted) {
    EXPECT_EQ(chosen(*frame, condition), wanted) << condition;
  };
  expect("year>=1970 & cause=='x'", {false, true, false, false});
  expect("year >= 1970 && \"x\" == cause", {false, true, false, false});
  expect("cause != 'x'", {false, false, true, false});
  expect("!(cause == 'x')", {false, false, true, false});
  expect("is.na(year) | is.na(cause)", {false, false, false, true});
  expect("!is.na(some.col)", {true, true, false, true});
  expect("`тип школы` == 'лицей' & some.col^2 > 1", {false, true, false, false});
  expect("cause > 'w' & cause < 'y'", {true, true, false, false});
  expect("cause <= 'xx'", {true, true, false, false});
  expect("'x' < cause", {false, false, true, false});
  expect("year - 1900 == 69 | (year > 1970)", {true, false, true, false});
  expect("year == '1970'", {false, true, false, false});
  expect("TRUE", {true, true, true, true});
  expect("year != -1", {true, true, true, false});
}

TEST(Where, ATextThatNoRowHasIsNoted) {
  const auto frame = read("g,h\nfocus,1\ncontrol,2\n");
  ASSERT_TRUE(frame.has_value());
  std::vector<Message> notes;
  EXPECT_EQ(rows_where(*frame, "g == 'focuss'", notes).value(), (std::vector<bool>{false, false}));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].code, "no-such-level");
  EXPECT_EQ(std::get<std::string>(notes[0].args[2].second), "focus");
}

TEST(Where, WhatMakesNoSenseIsSaid) {
  const auto frame = read("g,h\nfocus,1\ncontrol,2\n");
  ASSERT_TRUE(frame.has_value());
  const auto code = [&](const std::string& condition) {
    std::vector<Message> notes;
    const auto rows = rows_where(*frame, condition, notes);
    return rows ? std::string("fine") : code_of(rows.error());
  };
  EXPECT_EQ(code("k == 1"), "asked-unknown-column");
  EXPECT_EQ(code("h = 1"), "asked-formula");
  EXPECT_EQ(code("g == 'focus"), "asked-formula");
  EXPECT_EQ(code("h =="), "asked-formula-sense");
  EXPECT_EQ(code("(h == 1"), "asked-formula-sense");
  EXPECT_EQ(code("h == 1, h == 2"), "asked-formula");
  EXPECT_EQ(code("g + 1 > 0"), "asked-category-as-number");
  EXPECT_EQ(code("h == 'one'"), "asked-text-of-numbers");
  EXPECT_EQ(code("'one'"), "asked-lone-text");
  EXPECT_EQ(code("sqrtt(h) > 0"), "asked-function");
  EXPECT_EQ(code(""), "asked-formula-sense");
}

// ---------------------------------------------------------------- terms

std::vector<std::vector<std::string>> products(const std::string& text) {
  std::vector<std::vector<std::string>> out;
  const auto terms = parse_terms(text);
  EXPECT_TRUE(terms.has_value()) << text;
  if (!terms) return out;
  for (const Term& term : terms->terms) out.push_back(term.variables);
  return out;
}

using Products = std::vector<std::vector<std::string>>;

TEST(Terms, CrossedTermsAreExpandedAndOrderedByDegree) {
  EXPECT_EQ(products("a*b, c"), (Products{{"a"}, {"b"}, {"c"}, {"a", "b"}}));
  EXPECT_EQ(products("a*b*c - a:b:c"), (Products{{"a"}, {"b"}, {"c"}, {"a", "b"}, {"a", "c"}, {"b", "c"}}));
  EXPECT_EQ(products("a:b, b, b:a"), (Products{{"b"}, {"a", "b"}}));
  EXPECT_EQ(products("I(a*b) + log(x + 1), factor(g, ref=B)"),
            (Products{{"I(a*b)"}, {"log(x + 1)"}, {"factor(g, ref=B)"}}));
}

TEST(Terms, TheInterceptCanBeLeftOut) {
  for (const char* text : {"x - 1", "0, x", "-1 + x", "x,-1"}) {
    const auto terms = parse_terms(text);
    ASSERT_TRUE(terms.has_value()) << text;
    EXPECT_FALSE(terms->intercept) << text;
    EXPECT_THAT(terms->terms, ElementsAre(Term{{"x"}})) << text;
  }
}

TEST(Terms, AColumnWithSignsInItsNameIsOneTermWhenItStandsAlone) {
  const auto terms = parse_terms("pre-test, x", {"pre-test", "x"});
  ASSERT_TRUE(terms.has_value());
  EXPECT_THAT(terms->terms, ElementsAre(Term{{"pre-test"}}, Term{{"x"}}));
}

TEST(Terms, WhatIsNoTermIsSaid) {
  for (const char* text : {"a,", "a*", "a:2", "log(a", "a + + ", "`a"})
    EXPECT_FALSE(parse_terms(text).has_value()) << text;
}

// ---------------------------------------------------------------- model matrices

struct Built {
  std::vector<std::string> names;
  std::vector<double> first_row;
};

Built built(const Frame& frame, const std::string& text) {
  const auto terms = parse_terms(text);
  EXPECT_TRUE(terms.has_value()) << text;
  const auto sample = take(frame, wanted_of(*terms));
  EXPECT_TRUE(sample.has_value()) << text << ": " << (sample ? "" : sample.error().message.code);
  const ModelMatrix m = model_matrix(*terms, *sample);
  Built out{m.names, {}};
  for (std::size_t c = 0; c < m.x.columns; ++c) out.first_row.push_back(m.x(0, c));
  return out;
}

// Expected names: R 4.2.2, colnames(model.matrix(~ …, data)).
TEST(ModelMatrix, NamesAndCodingAreThoseOfR) {
  const auto frame = read("x,g,h,k\n2,B,u,10\n3,A,v,2\n4,C,u,2\n5,A,v,10\n");
  ASSERT_TRUE(frame.has_value());
  const auto names = [&](const std::string& text) { return built(*frame, text).names; };
  EXPECT_THAT(names("x,g"), ElementsAre("(Intercept)", "x", "gB", "gC"));
  EXPECT_THAT(names("g-1"), ElementsAre("gA", "gB", "gC"));
  EXPECT_THAT(names("g,h,-1"), ElementsAre("gA", "gB", "gC", "hv"));
  EXPECT_THAT(names("x,h,g,-1"), ElementsAre("x", "hu", "hv", "gB", "gC"));
  EXPECT_THAT(names("x:g,-1"), ElementsAre("x:gA", "x:gB", "x:gC"));
  EXPECT_THAT(names("h,g:h"), ElementsAre("(Intercept)", "hv", "hu:gB", "hv:gB", "hu:gC", "hv:gC"));
  EXPECT_THAT(names("factor(k)"), ElementsAre("(Intercept)", "factor(k)10"));
  EXPECT_THAT(names("g*x"), ElementsAre("(Intercept)", "gB", "gC", "x", "gB:x", "gC:x"));
  EXPECT_THAT(names("x,g:x"), ElementsAre("(Intercept)", "x", "x:gB", "x:gC"));
  EXPECT_THAT(names("g:x"), ElementsAre("(Intercept)", "gA:x", "gB:x", "gC:x"));
  EXPECT_THAT(names("g*h"), ElementsAre("(Intercept)", "gB", "gC", "hv", "gB:hv", "gC:hv"));
  EXPECT_THAT(names("g:h"), ElementsAre("(Intercept)", "gA:hu", "gB:hu", "gC:hu", "gA:hv", "gB:hv", "gC:hv"));
  EXPECT_THAT(names("I(x^2),log(x+1)"), ElementsAre("(Intercept)", "I(x^2)", "log(x + 1)"));
  EXPECT_THAT(names("I(x>3)"), ElementsAre("(Intercept)", "I(x > 3)TRUE"));
  EXPECT_THAT(names("factor(g, ref=C)"), ElementsAre("(Intercept)", "factor(g)A", "factor(g)B"));
  EXPECT_THAT(names("relevel(g, ref='B')"), ElementsAre("(Intercept)", "gA", "gC"));
  EXPECT_THAT(built(*frame, "g*x").first_row, ElementsAre(1, 1, 0, 2, 2, 0));
  EXPECT_THAT(built(*frame, "I(x^2),I(x>3)").first_row, ElementsAre(1, 4, 0));
}

TEST(ModelMatrix, LevelsThatNoUsedRowHasAreDropped) {
  const auto frame = read("x,g\n1,A\n2,B\nNA,C\n4,B\n");
  ASSERT_TRUE(frame.has_value());
  EXPECT_THAT(built(*frame, "x,g").names, ElementsAre("(Intercept)", "x", "gB"));
}

TEST(ModelMatrix, BackticksDoNotShowInNames) {
  const auto frame = read("балл за тест,g\n1,A\n2,B\n");
  ASSERT_TRUE(frame.has_value());
  EXPECT_THAT(built(*frame, "`балл за тест`,I(`балл за тест`^2)").names,
              ElementsAre("(Intercept)", "балл за тест", "I(балл за тест^2)"));
}

TEST(Take, RowsAreCountedForTheFirstThingTheyLack) {
  const auto frame = read("y,x,g\n1,2,A\nNA,NA,\n3,NA,B\n4,log,B\n5,6,\n");
  ASSERT_TRUE(frame.has_value());
  EXPECT_EQ(code_of(take(*frame, {{"outcome", "x", Need::number}}).error()), "asked-not-numeric");
  const auto sample = take(*frame, {{"outcome", "y", Need::number}, {"group", "g", Need::factor}});
  ASSERT_TRUE(sample.has_value());
  EXPECT_THAT(sample->left_out, ElementsAre(LeftOut{"outcome", "y", false, 1}, LeftOut{"group", "g", false, 1}));
  EXPECT_THAT(sample->row_numbers, ElementsAre(2, 4, 5));
}

}  // namespace
}  // namespace kaskad::frame
