// Whatever the table holds, every method answers with a number or a reason: never NaN, never a text without words,
// never a crash. All methods meet all tables, in both languages and all forms of output.
#include <regex>

#include "tests/estimate_fixtures.hpp"

namespace kaskad::app {
namespace {

using test::Arguments;
using test::Json;
using test::run;
using test::temporary;

/// Columns: y, x, z (numbers), t (0 or 1), g (word), s (school), time, first (year of treatment), w, e, se.
constexpr const char* kHead = "y,x,z,t,g,s,time,first,w,e,se\n";

struct Table {
  const char* name;
  std::string rows;
};

/// Six schools, three times, with everything well: the others spoil one thing each.
std::string rows_of(const std::function<std::string(int row, int column, const std::string&)>& change) {
  std::string out;
  for (int i = 0; i < 18; ++i) {
    const int school = i / 3, time = i % 3;
    const bool treated = school < 3;
    const std::vector<std::string> cells = {std::to_string(10 + (7 * i + i * i) % 11 + (treated && time == 2 ? 3 : 0)),
                                            std::to_string(1 + (5 * i) % 7),
                                            std::to_string(2 + (3 * i * i) % 5),
                                            treated ? "1" : "0",
                                            treated ? "A" : "B",
                                            "s" + std::to_string(school),
                                            std::to_string(time),
                                            treated ? "2" : "0",
                                            "1",
                                            std::to_string(school) + "." + std::to_string(time),
                                            "0.5"};
    for (std::size_t k = 0; k < cells.size(); ++k)
      out += (k == 0 ? "" : ",") + change(i, static_cast<int>(k), cells[k]);
    out += "\n";
  }
  return out;
}

std::string column_is(int wanted, const std::string& value) {
  return rows_of([=](int, int column, const std::string& cell) { return column == wanted ? value : cell; });
}

std::string first_rows(std::size_t n) {
  std::istringstream in(rows_of([](int, int, const std::string& cell) { return cell; }));
  std::string out, line;
  for (std::size_t i = 0; i < n && std::getline(in, line); ++i) out += line + "\n";
  return out;
}

enum Columns { kY, kX, kZ, kT, kG, kS, kTime, kFirst, kW, kE, kSe };

std::vector<Table> tables() {
  const auto changed = [](auto change) { return rows_of(change); };
  return {
      {"as it should be", rows_of([](int, int, const std::string& cell) { return cell; })},
      {"one cluster", column_is(kS, "s1")},
      {"two clusters", changed([](int i, int c, const std::string& v) { return c == kS ? (i < 9 ? "a" : "b") : v; })},
      {"constant outcome", column_is(kY, "0.1")},
      {"constant outcome within groups",
       changed([](int i, int c, const std::string& v) { return c == kY ? (i < 9 ? "0.1" : "0.7") : v; })},
      {"nearly constant outcome", changed([](int i, int c, const std::string& v) {
         return c == kY ? (i == 4 ? "1000000.0000001" : "1000000") : v;
       })},
      {"one group", column_is(kG, "A")},
      {"one group treated", column_is(kT, "1")},
      {"a group of one", changed([](int i, int c, const std::string& v) {
         return c == kG ? (i == 0 ? "A" : "B") : c == kT ? (i == 0 ? "1" : "0") : v;
       })},
      {"outcome of zeros and ones",
       changed([](int i, int c, const std::string& v) { return c == kY ? (i % 2 ? "1" : "0") : v; })},
      {"perfect separation",
       changed([](int i, int c, const std::string& v) { return c == kY || c == kX ? (i < 9 ? "1" : "0") : v; })},
      {"collinear terms", changed([](int i, int c, const std::string& v) {
         return c == kX ? std::to_string(i) : c == kZ ? std::to_string(2 * i + 1) : v;
       })},
      {"constant terms", changed([](int, int c, const std::string& v) { return c == kX || c == kZ ? "3" : v; })},
      {"all weights zero", column_is(kW, "0")},
      {"negative weights", column_is(kW, "-1")},
      {"one weight", changed([](int i, int c, const std::string& v) { return c == kW ? (i == 3 ? "1" : "0") : v; })},
      {"NaN in the outcome", column_is(kY, "NaN")},
      {"NaN in some", changed([](int i, int c, const std::string& v) { return i % 4 == 1 && c < 3 ? "NaN" : v; })},
      {"infinity in some",
       changed([](int i, int c, const std::string& v) { return i % 5 == 2 && c == kY ? "-Inf" : v; })},
      {"infinity everywhere", changed([](int, int c, const std::string& v) { return c < 3 ? "Inf" : v; })},
      {"huge numbers",
       changed([](int i, int c, const std::string& v) { return c < 3 ? std::to_string(i + 1) + "e307" : v; })},
      {"tiny numbers",
       changed([](int i, int c, const std::string& v) { return c < 3 ? std::to_string(i + 1) + "e-310" : v; })},
      {"errors of zero", column_is(kSe, "0")},
      {"equal estimates", column_is(kE, "0.3")},
      {"nobody treated", column_is(kFirst, "0")},
      {"all treated at the start", column_is(kFirst, "0.5")},
      {"one time", column_is(kTime, "1")},
      {"each row its own school",
       changed([](int i, int c, const std::string& v) { return c == kS ? "s" + std::to_string(i) : v; })},
      {"one row", first_rows(1)},
      {"two rows", first_rows(2)},
      {"one school of each",
       changed([](int i, int c, const std::string& v) { return c == kS ? (i < 9 ? "s0" : "s9") : v; })}};
}

std::vector<Arguments> commands() {
  return {
      {"two-groups", "--outcome", "y", "--group", "g", "--treated", "A", "--permutations", "99"},
      {"two-groups", "--outcome", "y", "--group", "g", "--control", "B", "--cluster", "s", "--permutations", "99",
       "--margin", "1", "--months"},
      {"two-groups", "--outcome", "y", "--group", "g", "--control", "B", "--margin-sd", "0.2"},
      {"regression", "--outcome", "y", "--terms", "x,z,t"},
      {"regression", "--outcome", "y", "--terms", "x*g", "--vcov", "HC3", "--test", "x"},
      {"regression", "--outcome", "y", "--terms", "x,t", "--cluster", "s", "--test", "x,t", "--wild", "99"},
      {"regression", "--outcome", "y", "--terms", "x", "--absorb", "s,time", "--cluster", "s", "--weights", "w"},
      {"regression", "--outcome", "y", "--terms", "x,z", "--cluster", "s", "--vcov", "CR3"},
      {"regression", "--outcome", "y", "--terms", "x,z", "--cluster", "s,time"},
      {"regression", "--outcome", "y", "--terms", "g,x", "--no-intercept", "--vcov", "HC1", "--weights", "w"},
      {"did", "--outcome", "y", "--unit", "s", "--time", "time", "--first-treated", "first"},
      {"did", "--outcome", "y", "--unit", "s", "--time", "time", "--first-treated", "first", "--covariates", "x",
       "--control-group", "notyet", "--base", "universal", "--variance", "cohort"},
      {"did", "--outcome", "y", "--unit", "s", "--time", "time", "--first-treated", "first", "--weights", "w"},
      {"mixed", "--outcome", "y", "--terms", "x", "--group", "s"},
      {"mixed", "--outcome", "y", "--terms", "x,z", "--group", "s", "--slope", "x", "--method", "ml"},
      {"anova", "--outcome", "y", "--factor", "g"},
      {"anova", "--outcome", "y", "--factor", "s"},
      {"agreement", "--subject", "s", "--rater", "time", "--score", "y", "--draws", "100"},
      {"agreement", "--subject", "time", "--rater", "s", "--score", "t", "--scale", "ordinal", "--weights", "linear"},
      {"agreement", "--subject", "s", "--rater", "time", "--score", "y", "--scale", "interval", "--weights",
       "quadratic"},
      {"match", "--treated", "t", "--on", "x,z"},
      {"match", "--treated", "t", "--on", "x,z", "--distance", "logit", "--caliper", "0.2", "--outcome", "y"},
      {"match", "--treated", "t", "--on", "x", "--method", "optimal", "--exact", "time", "--outcome", "y"},
      {"match", "--treated", "t", "--on", "x,z", "--replace", "--outcome", "y"},
      {"pool", "--estimate", "e", "--se", "se"},
      {"pool", "--estimate", "e", "--se", "se", "--method", "dl", "--no-knapp-hartung"},
      {"pool", "--estimate", "e", "--se", "se", "--method", "pm"}};
}

Arguments with_file(Arguments command, const std::string& file) {
  command.insert(command.begin() + 1, file);
  return command;
}

std::string said(const Arguments& arguments) {
  std::string out;
  for (const std::string& argument : arguments) out += argument + " ";
  return out;
}

/// A word that stands for no number, or a text that has no words.
bool speaks_ill(const std::string& text) {
  static const std::regex bad("(^|[^A-Za-zА-Яа-я_.])-?(nan|inf|NaN|Inf)($|[^A-Za-z_])|⟦");
  return std::regex_search(text, bad);
}

/// Coefficients without an estimate and without a reason, and the other way about.
void expect_reasons(const Json& report, const std::string& what) {
  for (const Json& row : report["coefficients"]) {
    EXPECT_EQ(row["estimate"].is_null(), !row["undefined"].is_null()) << what << row.dump();
    EXPECT_TRUE(row["p"].is_null() || !row["estimate"].is_null()) << what << row.dump();
  }
  for (const auto& [name, value] : report["figures"].items()) {
    EXPECT_TRUE(!value.is_null() || report["figures"].contains(name + "_undefined")) << what << name;
  }
}

TEST(EstimateDegenerate, EveryMethodAnswersEveryTableWithNumbersOrReasons) {
  int run_number = 0;
  for (const Table& table : tables()) {
    const std::string file = temporary("data.csv", kHead + table.rows);
    for (const Arguments& command : commands()) {
      Arguments arguments = with_file(command, file);
      const std::string what = std::string(table.name) + ": " + said(command);
      const char* language = run_number++ % 2 == 0 ? "ru" : "en";
      const CommandOutput shown = run(arguments, language);
      EXPECT_LE(shown.exit_code, 3) << what;
      EXPECT_EQ(shown.out.empty(), shown.exit_code > 1) << what << shown.err;
      EXPECT_FALSE(speaks_ill(shown.out.substr(shown.out.find('\n') + 1))) << what << "\n" << shown.out;
      EXPECT_FALSE(speaks_ill(shown.err)) << what << "\n" << shown.err;
      arguments.emplace_back("--json");
      const CommandOutput output = run(arguments);
      if (output.exit_code > 1) continue;
      const Json report = Json::parse(output.out, nullptr, false);
      ASSERT_FALSE(report.is_discarded()) << what;
      expect_reasons(report, what);
      EXPECT_EQ(output.out.find("⟦"), std::string::npos) << what;
    }
  }
}

TEST(EstimateDegenerate, TheTableAsItShouldBeIsEstimatedByAll) {
  const std::string file = temporary("data.csv", kHead + tables().front().rows);
  for (const Arguments& command : commands()) {
    Arguments arguments = with_file(command, file);
    arguments.emplace_back("--json");
    const CommandOutput output = run(arguments);
    ASSERT_EQ(output.exit_code, 0) << said(command) << output.err;
    const Json report = Json::parse(output.out);
    EXPECT_TRUE(report["undefined"].is_null()) << said(command);
    EXPECT_GT(report["n"].get<int>(), 0) << said(command);
  }
}

}  // namespace
}  // namespace kaskad::app
