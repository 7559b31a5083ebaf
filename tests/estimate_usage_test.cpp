// What a user reads who asks for help or types a command wrongly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/commands.hpp"
#include "tests/estimate_fixtures.hpp"

namespace kaskad::app {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Typed {
  std::vector<std::string> words;
  std::string answer;  ///< Without the line that names the help.
};

std::string answer_to(const std::vector<std::string>& words, const std::string& language) {
  const CommandOutput output = test::run(words, language);
  EXPECT_EQ(output.exit_code, kUsage);
  EXPECT_EQ(output.out, "");
  return output.err;
}

TEST(Usage, WrongWordsAreAnsweredInRussian) {
  const std::vector<Typed> all = {
      {{},
       "Не сказано, что сделать. Команды: two-groups, regression, did, match, anova, mixed, pool, agreement, power.\n"
       "Справка: kaskad estimate --help\n"},
      {{"anova", "x.csv", "--outcome", "y"}, "Не хватает: --factor.\nСправка: kaskad estimate anova --help\n"},
      {{"anova", "x.csv", "--outcome", "y", "--factr", "f", "--factor", "f"},
       "Лишнее в команде: --factr f. Может быть, --factor?\nСправка: kaskad estimate anova --help\n"},
      {{"mixed", "x.csv", "--outcome", "y", "--group", "g", "--method", "rml"},
       "--method: «rml» не подходит; можно: reml, ml.\nСправка: kaskad estimate mixed --help\n"},
      {{"anova", "x.csv", "--outcome", "y", "--factor", "f", "--level", "95"},
       "--level: «95» не подходит: нужно число от 0.5 до 0.9999.\nСправка: kaskad estimate anova --help\n"},
      {{"power", "--schools", "20", "--icc", "0.1", "--pupils", "0"},
       "--pupils: «0» не подходит: нужно число больше 0.\nСправка: kaskad estimate power --help\n"},
      {{"anova", "x.csv", "--outcome", "y", "--factor", "f", "--json", "--csv"},
       "--json и --csv вместе не задают.\nСправка: kaskad estimate anova --help\n"},
      {{"regression", "x.csv", "--outcome", "y", "--means"},
       "--means задают только вместе с --weights.\nСправка: kaskad estimate regression --help\n"},
      {{"regression", "x.csv", "--outcome", "y", "--seed", "many"},
       "--seed: «many» не подходит, нужно число.\nСправка: kaskad estimate regression --help\n"},
      {{"anova", "x.csv", "--factor", "f", "--outcome"},
       "После --outcome нужно значение.\nСправка: kaskad estimate anova --help\n"},
  };
  for (const Typed& typed : all) EXPECT_EQ(answer_to(typed.words, "ru"), typed.answer);
}

TEST(Usage, WrongWordsAreAnsweredInEnglish) {
  EXPECT_EQ(answer_to({"anova", "x.csv", "--outcome", "y"}, "en"),
            "Missing: --factor.\nHelp: kaskad estimate anova --help\n");
  EXPECT_EQ(answer_to({"anva"}, "en"), "Not expected: anva. Perhaps anova?\nHelp: kaskad estimate --help\n");
}

TEST(Usage, HelpSpeaksOneLanguageAndAlignsItsColumns) {
  const CommandOutput output = test::run({"match", "--help"});
  EXPECT_EQ(output.exit_code, kDone);
  EXPECT_EQ(output.err, "");
  EXPECT_THAT(output.out, HasSubstr("Вызов: kaskad estimate match [КЛЮЧИ] DATA"));
  EXPECT_THAT(output.out, HasSubstr("\nАргументы:\n"));
  EXPECT_THAT(output.out, HasSubstr("\nКлючи:\n"));
  EXPECT_THAT(output.out, HasSubstr("\n  --treated ТЕКСТ                 "));
  EXPECT_THAT(output.out, HasSubstr("\n  --ratio ЧИСЛО                   "));
  EXPECT_THAT(output.out, HasSubstr(" (от 1 до 1000)"));
  for (const char* word : {"Usage", "Options", "Positionals", "REQUIRED", "Excludes", "TEXT", "FLOAT", "INT"})
    EXPECT_THAT(output.out, Not(HasSubstr(word)));
}

}  // namespace
}  // namespace kaskad::app
