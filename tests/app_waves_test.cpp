// [waves] and [[wave]] of the project file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/project/monitoring_reader.hpp"

namespace kaskad::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Read {
  Project project;
  std::vector<std::string> codes;  ///< With the line.

  explicit Read(const std::string& toml) {
    project.vocabulary.years = {2021, 2022, 2023, 2024};
    for (const char* id : {"EGE", "VPR"}) {
      Procedure procedure;
      procedure.id = id;
      project.vocabulary.procedures.push_back(procedure);
    }
    const ParsedConfig parsed = parse_config(toml, "kaskad.toml");
    Diagnostics out = parsed.diagnostics;
    ConfigReader root(parsed.root, "kaskad.toml", "", out);
    read_waves(root, project);
    root.finish();
    for (const Diagnostic& d : out) codes.push_back(d.message.code + " " + std::to_string(d.place.row));
  }

  std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const Wave& wave : project.waves) out.push_back(wave.id);
    return out;
  }
};

TEST(WavesOfTheProject, TheShortTableHasOneOfEachRole) {
  const Read read("[waves]\nentry = [2021]\nintermediate = [2022, 2023]\nfinal = 2024\n");
  EXPECT_THAT(read.ids(), ElementsAre("entry", "intermediate"));
  EXPECT_FALSE(read.codes.empty()) << "years are a list";
  const Read good("[waves]\nentry = [2021]\nintermediate = [2023, 2022]\nfinal = [2024]\n");
  EXPECT_THAT(good.codes, IsEmpty());
  EXPECT_THAT(good.ids(), ElementsAre("entry", "intermediate", "final"));
  EXPECT_THAT(good.project.waves[1].years, ElementsAre(2022, 2023));
  EXPECT_EQ(good.project.waves[2].role, WaveRole::final);
}

TEST(WavesOfTheProject, TheShortTableTellsWhatIsMissingAndWhatIsTwice) {
  EXPECT_THAT(Read("[waves]\nentry = [2021]\n").codes, ElementsAre("setting-missing 1"));
  EXPECT_THAT(Read("[waves]\nentry = [2021]\nfinal = [2021]\n").codes, ElementsAre("wave-year-twice 3"));
  EXPECT_THAT(Read("[waves]\nentry = [2021]\nfinal = [2030]\n").codes, ElementsAre("wave-year 3"));
}

std::string wave(const std::string& id, const std::string& role, const std::string& years,
                 const std::string& rest = "") {
  return "[[wave]]\nid = \"" + id + "\"\nrole = \"" + role + "\"\nyears = [" + years + "]\n" + rest;
}

TEST(WavesOfTheProject, AnyNumberOfIntermediateOnesAndSetsOfTheirOwn) {
  const Read read(wave("a", "entry", "2021") + wave("b", "intermediate", "2022") + wave("c", "intermediate", "2023") +
                  wave("d", "final", "2024") + wave("m", "entry", "2022", "level = \"municipal\"\n") +
                  wave("p", "entry", "2023", "programmes = [\"y\", \"x\"]\nname = { ru = \"Вход\", en = \"In\" }\n"));
  EXPECT_THAT(read.codes, IsEmpty());
  EXPECT_THAT(read.ids(), ElementsAre("a", "b", "c", "d", "m", "p"));
  EXPECT_TRUE(read.project.waves[3].is_common());
  EXPECT_EQ(read.project.waves[4].level, "municipal");
  EXPECT_THAT(read.project.waves[5].programmes, ElementsAre("x", "y"));
  EXPECT_EQ(read.project.waves[5].name.at("ru"), "Вход");
}

TEST(WavesOfTheProject, OneYearInTwoWavesOfDifferentProcedures) {
  EXPECT_THAT(Read(wave("a", "entry", "2021", "procedures = [\"VPR\"]\n") +
                   wave("b", "final", "2021", "procedures = [\"EGE\"]\n"))
                  .codes,
              IsEmpty());
  EXPECT_THAT(Read(wave("a", "entry", "2021", "procedures = [\"VPR\"]\n") + wave("b", "final", "2021")).codes,
              ElementsAre("wave-year-twice 9"));
}

TEST(WavesOfTheProject, TellWhatDoesNotGoTogether) {
  EXPECT_THAT(Read(wave("a", "final", "2021")).codes, ElementsAre("wave-no-entry 3"));
  EXPECT_THAT(Read(wave("a", "entry", "2021") + wave("b", "entry", "2022")).codes, ElementsAre("wave-second-entry 7"));
  EXPECT_THAT(Read(wave("a", "entry", "2021") + wave("b", "final", "2022") + wave("c", "intermediate", "2023")).codes,
              ElementsAre("wave-after-final 11"));
  EXPECT_THAT(Read(wave("a", "entry", "2023") + wave("b", "final", "2022")).codes, ElementsAre("wave-order 8"));
  EXPECT_THAT(Read(wave("a", "entry", "2021") + wave("a", "final", "2022")).codes, ElementsAre("wave-twice 6"));
  EXPECT_THAT(Read(wave("2021", "entry", "2021")).codes, ElementsAre("wave-named-as-year 2"));
  EXPECT_THAT(Read(wave("a", "entry", "2021", "procedures = [\"EGO\"]\n")).codes, ElementsAre("project-unknown-id 5"));
  EXPECT_THAT(Read(wave("a", "entry", "2021", "level = \"school\"\nprogrammes = [\"x\"]\n")).codes,
              ElementsAre("wave-two-scopes 6"));
  EXPECT_THAT(Read("[waves]\nentry = [2021]\nfinal = [2022]\n" + wave("a", "entry", "2023")).codes,
              ElementsAre("waves-two-ways 4"));
}

}  // namespace
}  // namespace kaskad::app
