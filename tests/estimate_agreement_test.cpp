// `kaskad estimate agreement`, against published examples.
#include "tests/estimate_fixtures.hpp"

namespace kaskad::app {
namespace {

using test::coefficient;
using test::estimated;
using test::Json;
using test::note;
using test::run;

/// Three coders with missing ratings: nominal alpha 0.691, interval alpha 0.811.
Json coders(std::vector<std::string> more) {
  test::Arguments arguments = {"agreement", "fixtures/estimate/coders.csv", "--subject", "unit", "--rater", "coder"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return estimated(arguments);
}

TEST(AgreementCommand, GivesAlphaOfEachScale) {
  const Json nominal = coders({"--score", "value"});
  EXPECT_NEAR(coefficient(nominal, "krippendorff_alpha")["estimate"].get<double>(), 0.691, 0.0005);
  EXPECT_EQ(nominal["n"], 26);
  EXPECT_EQ(nominal["figures"]["subjects_compared"], 12);
  EXPECT_EQ(nominal["tables"]["rater_pairs"].size(), 3U);
  const Json interval = coders({"--score", "value", "--scale", "interval"});
  EXPECT_NEAR(coefficient(interval, "krippendorff_alpha")["estimate"].get<double>(), 0.811, 0.0005);
}

TEST(AgreementCommand, TakesWordsOnANominalScaleOnly) {
  EXPECT_EQ(coefficient(coders({"--score", "word"}), "krippendorff_alpha")["estimate"],
            coefficient(coders({"--score", "value"}), "krippendorff_alpha")["estimate"]);
  const CommandOutput output = run({"agreement", "fixtures/estimate/coders.csv", "--subject", "unit", "--rater",
                                    "coder", "--score", "word", "--scale", "ordinal"});
  EXPECT_EQ(output.exit_code, 2);
}

TEST(AgreementCommand, GivesCohensKappaOfTwoRaters) {
  const Json report = estimated({"agreement", "fixtures/estimate/diagnoses.csv", "--subject", "patient", "--rater",
                                 "doctor", "--score", "diagnosis", "--weights", "quadratic", "--seed", "5"});
  const Json kappa = coefficient(report, "cohen_kappa");
  EXPECT_NEAR(kappa["estimate"].get<double>(), 0.68, 0.005);
  EXPECT_NEAR(kappa["se"].get<double>(), 0.087, 0.001);
  EXPECT_NEAR(coefficient(report, "cohen_kappa_weighted")["estimate"].get<double>(), 0.755, 0.001);
  EXPECT_NEAR(coefficient(report, "percent_agreement")["estimate"].get<double>(), 0.89, 1e-12);
  EXPECT_EQ(report["settings"]["seed"], "5");
}

TEST(AgreementCommand, SaysWhyThereIsNothing) {
  const auto path = std::filesystem::temp_directory_path() / "kaskad_agreement_test.csv";
  const auto report = [&](const std::string& rows) {
    std::ofstream(path) << "s,r,x\n" << rows;
    return estimated({"agreement", path.string(), "--subject", "s", "--rater", "r", "--score", "x"});
  };
  const Json one = report("a,A,1\nb,A,2\n");
  EXPECT_EQ(one["undefined"], "no_data");
  EXPECT_FALSE(note(one, "agreement-no-overlap").is_null());
  const Json alike = report("a,A,1\na,B,1\nb,A,1\nb,B,1\n");
  EXPECT_EQ(coefficient(alike, "percent_agreement")["estimate"], 1.0);
  EXPECT_EQ(coefficient(alike, "krippendorff_alpha")["undefined"], "no_variation");
  EXPECT_FALSE(note(alike, "agreement-all-alike").is_null());
  EXPECT_FALSE(note(report("a,A,1\na,A,2\na,B,1\nb,A,2\nb,B,2\n"), "agreement-repeated").is_null());
}

}  // namespace
}  // namespace kaskad::app
