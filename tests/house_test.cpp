// The house rules of docs/architecture.md that a program can check: which room may include which, which room may name
// which library, how long a source file may be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string, std::less<>>;

/// A room and the rooms that it may include, besides itself.
const std::map<std::string, Names, std::less<>> kMayInclude = {
    {"engine/base", {}},
    {"engine/formula", {"engine/base"}},
    {"engine/cube", {"engine/base"}},
    {"engine/intake", {"engine/base", "engine/cube"}},
    {"engine/stats", {"engine/base"}},
    {"engine/frame", {"engine/base", "engine/formula", "engine/cube", "engine/intake", "engine/stats"}},
    {"indicators/identify", {"engine/base", "engine/cube", "engine/intake", "engine/stats"}},
    {"indicators",
     {"engine/base", "engine/formula", "engine/cube", "engine/intake", "engine/stats", "indicators/identify"}},
    {"reports/values", {"engine/base"}},
    {"reports/schema", {"engine/base", "reports/values"}},
    {"reports/charts", {"engine/base", "reports/values"}},
    {"reports/document", {"engine/base", "reports/values", "reports/charts"}},
    {"reports/template", {"engine/base", "reports/values", "reports/charts", "reports/document"}},
    {"reports/pdf", {"engine/base", "reports/values", "reports/charts", "reports/document"}},
    {"reports/xlsx", {"engine/base", "reports/values", "reports/charts", "reports/document"}},
    {"reports/html", {"engine/base", "reports/values", "reports/charts", "reports/document"}},
    {"reports/content",
     {"engine/base", "engine/formula", "engine/cube", "engine/intake", "engine/stats", "indicators",
      "indicators/identify", "reports/values", "reports/charts", "reports/document", "reports/schema",
      "reports/template", "reports/xlsx"}},
    {"app/demo", {"engine/base"}},
    {"app",
     {"engine/base", "engine/formula", "engine/cube", "engine/intake", "engine/stats", "engine/frame", "indicators",
      "indicators/identify", "reports/values", "reports/charts", "reports/document", "reports/schema",
      "reports/template", "reports/pdf", "reports/xlsx", "reports/html", "reports/content", "app/demo"}},
};

/// What a header of a library begins with, and the rooms that may name it. Libraries not listed may stand anywhere.
struct Confined {
  std::string_view header;
  std::vector<std::string_view> rooms;
};
const std::vector<Confined> kConfined = {
    {"cairo", {"reports/pdf"}},
    {"pango", {"reports/pdf"}},
    {"fontconfig/", {"reports/pdf"}},
    {"hb", {"reports/pdf"}},
    {"hyphen.h", {"reports/pdf"}},
    {"qpdf/", {"reports/pdf"}},
    {"xlsxwriter", {"reports/xlsx"}},
    {"md4c", {"reports/template"}},
    {"mustache", {"reports/template"}},
    {"kainjow/", {"reports/template"}},
    {"orcus/", {"engine/intake"}},
    {"Eigen/", {"engine/stats"}},
    {"boost/", {"engine/stats"}},
    {"toml++/", {"engine/base"}},
    {"muParser", {"engine/formula"}},
    {"CLI/", {"app"}},
    {"spdlog/", {"app"}},
};

constexpr std::size_t kMostLines = 600;

struct Include {
  std::string file;
  std::size_t line = 0;
  std::string target;
  bool own = false;  ///< In quotes.
};

bool is_source(const fs::path& path) { return path.extension() == ".cpp" || path.extension() == ".hpp"; }

std::vector<std::string> sources_under(const std::vector<std::string>& folders) {
  std::vector<std::string> out;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (is_source(entry.path())) out.push_back(entry.path().generic_string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> house_sources() { return sources_under({"engine", "indicators", "reports", "app"}); }

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in(file);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::vector<Include> includes_of(const std::string& file, const std::vector<std::string>& lines) {
  static const std::regex kPattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch found;
    if (std::regex_search(lines[i], found, kPattern)) out.push_back({file, i + 1, found[2], found[1] == "\""});
  }
  return out;
}

/// The longest room name that the path begins with; empty outside the house.
std::string room_of(std::string_view path) {
  std::string best;
  for (const auto& [room, allowed] : kMayInclude) {
    if (path.starts_with(room + "/") && room.size() > best.size()) best = room;
  }
  return best;
}

/// What is wrong with an include line; empty when nothing is.
std::string fault_of_own(const Include& include) {
  const std::string from = room_of(include.file);
  const std::string to = room_of(include.target);
  if (to.empty()) return "includes \"" + include.target + "\": write the path from the root of the project";
  if (from == to || kMayInclude.at(from).contains(to)) return {};
  return "room " + from + " must not know room " + to;
}

std::string fault_of_library(const Include& include) {
  const std::string from = room_of(include.file);
  for (const Confined& library : kConfined) {
    if (!include.target.starts_with(library.header)) continue;
    if (std::find(library.rooms.begin(), library.rooms.end(), from) != library.rooms.end()) continue;
    return "room " + from + " must not name <" + include.target + ">";
  }
  return {};
}

std::string fault_of(const Include& include) {
  const std::string fault = include.own ? fault_of_own(include) : fault_of_library(include);
  return fault.empty() ? fault : include.file + ":" + std::to_string(include.line) + ": " + fault;
}

TEST(House, EverySourceStandsInARoom) {
  const auto sources = house_sources();
  ASSERT_GT(sources.size(), 50U);
  for (const std::string& file : sources) EXPECT_NE(room_of(file), "") << file;
}

TEST(House, NoIncludeRunsAgainstTheArrows) {
  std::vector<std::string> faults;
  for (const std::string& file : house_sources()) {
    for (const Include& include : includes_of(file, lines_of(file))) {
      const std::string fault = fault_of(include);
      if (!fault.empty()) faults.push_back(fault);
    }
  }
  EXPECT_THAT(faults, testing::IsEmpty());
}

TEST(House, TheTableOfRoomsHasNoCircle) {
  for (const auto& [room, allowed] : kMayInclude) {
    for (const std::string& other : allowed) {
      ASSERT_TRUE(kMayInclude.contains(other)) << other;
      EXPECT_FALSE(kMayInclude.at(other).contains(room)) << room << " and " << other;
      for (const std::string& next : kMayInclude.at(other))
        EXPECT_TRUE(allowed.contains(next)) << room << " → " << next;
    }
  }
}

TEST(House, FindsAnArrowThatRunsBackAndALibraryOutOfItsRoom) {
  const std::vector<std::string> lines = {"#include \"reports/pdf/page.hpp\"", "  # include <pango/pangocairo.h>",
                                          "#include \"engine/base/error.hpp\"", "#include \"page.hpp\""};
  std::vector<std::string> faults;
  for (const Include& include : includes_of("engine/stats/x.cpp", lines)) faults.push_back(fault_of(include));
  EXPECT_THAT(faults,
              testing::ElementsAre("engine/stats/x.cpp:1: room engine/stats must not know room reports/pdf",
                                   "engine/stats/x.cpp:2: room engine/stats must not name <pango/pangocairo.h>", "",
                                   "engine/stats/x.cpp:4: includes \"page.hpp\": write the path from the root "
                                   "of the project"));
}

/// Types defined at namespace scope, outside anonymous namespaces, by qualified name: the compiler does not notice when
/// two files define one name differently, and the linker then keeps either.
void collect_types(const std::vector<std::string>& lines, const std::string& file, std::map<std::string, Names>& out) {
  static const std::regex kOpens(R"(^namespace\s*([\w:]*)\s*\{)");
  static const std::regex kType(R"(^(?:struct|class|enum class)\s+(\w+)(?:\s+final)?(?:\s*:[^:{;][^{;]*)?\s*\{)");
  std::vector<std::string> scope;
  for (const std::string& line : lines) {
    std::smatch found;
    if (std::regex_search(line, found, kOpens)) scope.push_back(found[1]);
    if (line.starts_with("}  // namespace") && !scope.empty()) scope.pop_back();
    const bool anonymous = std::find(scope.begin(), scope.end(), "") != scope.end();
    if (anonymous || !std::regex_search(line, found, kType)) continue;
    std::string name;
    for (const std::string& part : scope) name += part + "::";
    out[name + found[1].str()].insert(file);
  }
}

TEST(House, NoTwoFilesDefineOneName) {
  std::map<std::string, Names> types;
  for (const std::string& file : house_sources()) collect_types(lines_of(file), file, types);
  ASSERT_GT(types.size(), 100U);
  for (const auto& [name, files] : types) EXPECT_EQ(files.size(), 1U) << name << ": " << testing::PrintToString(files);
}

TEST(House, SeesTypesOfNamedNamespacesOnly) {
  std::map<std::string, Names> types;
  collect_types(
      {"namespace a::b {", "struct X {", "};", "class Y : public X {", "struct Z;", "struct X::Inner {", "namespace {",
       "struct Hidden {", "}  // namespace", "enum class E : int { one };", "}  // namespace a::b"},
      "f", types);
  EXPECT_THAT(types, testing::ElementsAre(testing::Key("a::b::E"), testing::Key("a::b::X"), testing::Key("a::b::Y")));
}

TEST(House, NoSourceFileIsTooLongToRead) {
  for (const std::string& file : sources_under({"engine", "indicators", "reports", "app", "tests", "bench"})) {
    EXPECT_LE(lines_of(file).size(), kMostLines) << file;
  }
}

}  // namespace
}  // namespace kaskad
