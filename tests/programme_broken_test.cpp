// Records that contradict each other: each is told with the rows concerned.
#include "tests/programme_fixtures.hpp"

namespace kaskad::app {
namespace {

using testing::IsSupersetOf;

std::string lines_of(const Diagnostics& diagnostics, const Texts& texts) {
  std::string out;
  for (const std::string& line : told(diagnostics, texts)) out += line + "\n";
  return out;
}

/// "file:row code" of every diagnostic.
std::vector<std::string> places_of(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics)
    out.push_back(d.place.file + ":" + std::to_string(d.place.row) + " " + d.message.code);
  return out;
}

TEST(ContradictoryRecords, AreToldWithTheRowsConcerned) {
  const JudgedOffice o("programme-broken", "2024-06-30");
  EXPECT_THAT(places_of(o.data.diagnostics),
              IsSupersetOf({"participation.csv:3 participation-before-entry",      // completed before it entered
                            "participation.csv:6 participation-after-completion",  // and back again
                            "participation.csv:7 participation-never-entered",     //
                            "components.csv:6 stage-before-its-turn",              // design before analysis
                            "evidence.csv:3 evidence-after-wave",                  // of the entry wave, two years late
                            "groups.csv:4 repeated-membership",                    // twice in the focus group
                            "partners.csv:3 partner-of-itself",                    //
                            "decisions.csv:2 decision-skips-stage",                //
                            "measures.csv:2 measure-done-before-start",            //
                            "measures.csv:3 dates-reversed",                       //
                            "visits.csv:3 visit-unplanned"}));
  for (const auto* language : {"ru", "en"})
    expect_golden(o.folder + "diagnostics." + language + ".txt",
                  lines_of(o.data.diagnostics, texts_of(o.resources, language)));
}

}  // namespace
}  // namespace kaskad::app
