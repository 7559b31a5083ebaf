// The pages of all reports of both projects, as other programs read them: nothing on them that a typesetter would not
// let pass.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "reports/pdf/style.hpp"
#include "tests/pdf_structure.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

namespace fs = std::filesystem;
using pdf::kPointsPerMm;

constexpr double kMostWhite = 0.4;      // Of a page that others of its part follow.
constexpr double kHeadOfPart = 20;      // Points: the words of a first-level heading are at least so high.
constexpr double kBesideLetters = 0.3;  // Of a word's height above and below what its letters fill.
constexpr double kTouch = 0.5;          // Points that words may share.

struct Report {
  std::string name;
  FoundStructure structure;
  std::vector<FoundPage> pages;
};

struct Issue {
  std::vector<Report> reports;
  std::string said;  ///< By the run, beside its files.
};

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// All PDF files of a project; the file of all passports, which is made of them, is left out.
Issue issue_of(const std::string& project, const std::string& language) {
  const fs::path folder = fs::path(testing::TempDir()) / ("kaskad_pages_" + project + "_" + language);
  fs::remove_all(folder);
  const std::string log = folder.string() + ".log";
  const std::string command = std::string(KASKAD_PROGRAM) + " run fixtures/" + project +
                              "/kaskad.toml -q --date 2026-11-21 --lang " + language + " -o " + folder.string() + " >" +
                              log + " 2>&1";
  const int status = std::system(command.c_str());  // Nonzero when the data have defects, as they do.
  EXPECT_NE(status, -1);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const bool whole = entry.path().extension() == ".pdf" && entry.path().stem() != "passports";
    if (whole) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Issue issue{{}, bytes_of(log)};
  for (const fs::path& file : files) {
    const std::string pdf = bytes_of(file);
    issue.reports.push_back({file.filename().string(), structure_of(pdf), pages_of(pdf)});
  }
  return issue;
}

/// Page of the first content of an element; -1 for none.
int page_of(const FoundElement& element) {
  if (!element.contents.empty()) return element.contents.front().first;
  for (const FoundElement& kid : element.kids) {
    if (const int page = page_of(kid); page >= 0) return page;
  }
  return -1;
}

bool is_heading(const FoundElement& element) { return element.role.size() == 2 && element.role[0] == 'H'; }

/// Elements in reading order that are no containers of others; a heading, a table row and a figure are one each.
void add_pieces(const FoundElement& element, std::vector<const FoundElement*>& pieces) {
  const bool whole = is_heading(element) || element.role == "TR" || element.role == "Figure" || element.kids.empty();
  if (whole || !element.contents.empty()) {
    pieces.push_back(&element);
    return;
  }
  for (const FoundElement& kid : element.kids) add_pieces(kid, pieces);
}

/// Points from the top of the paper to the end of the text.
double text_bottom(const FoundPage& page) { return page.height - PageSetup{}.bottom_mm * kPointsPerMm; }

/// Share of the page's height below its last words.
double white_below(const FoundPage& page) {
  const double top = PageSetup{}.top_mm * kPointsPerMm;
  double end = top;
  for (const FoundWord& word : page.words) {
    if (word.y_min < text_bottom(page)) end = std::max(end, word.y_max);
  }
  return (text_bottom(page) - end) / (text_bottom(page) - top);
}

bool begins_part(const FoundPage& page) {
  const auto first = std::min_element(page.words.begin(), page.words.end(),
                                      [](const auto& a, const auto& b) { return a.y_min < b.y_min; });
  return first != page.words.end() && first->y_max - first->y_min >= kHeadOfPart;
}

bool cover(const FoundWord& a, const FoundWord& b) {
  const auto top = [](const FoundWord& w) { return w.y_min + kBesideLetters * (w.y_max - w.y_min); };
  const auto bottom = [](const FoundWord& w) { return w.y_max - kBesideLetters * (w.y_max - w.y_min); };
  return std::min(a.x_max, b.x_max) - std::max(a.x_min, b.x_min) > kTouch &&
         std::min(bottom(a), bottom(b)) - std::max(top(a), top(b)) > kTouch;
}

class ReportPages : public testing::TestWithParam<std::pair<const char*, const char*>> {
 protected:
  static const Issue& issue() {
    static std::map<std::pair<std::string, std::string>, Issue> known;
    auto& found = known[{GetParam().first, GetParam().second}];
    if (found.reports.empty()) found = issue_of(GetParam().first, GetParam().second);
    return found;
  }
  static const std::vector<Report>& reports() { return issue().reports; }
};

TEST_P(ReportPages, AreThere) { EXPECT_GT(reports().size(), 5U); }

TEST_P(ReportPages, HaveAllTheirLettersAndTargetsOfLinks) {
  EXPECT_NE(issue().said.find("figures-withheld"), std::string::npos) << "the run tells its remarks";
  EXPECT_EQ(issue().said.find("[pdf-"), std::string::npos) << issue().said;
}

TEST_P(ReportPages, EndWithNoHeading) {
  for (const Report& report : reports()) {
    std::vector<const FoundElement*> pieces;
    add_pieces(report.structure.document, pieces);
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
      if (!is_heading(*pieces[i])) continue;
      EXPECT_EQ(page_of(*pieces[i]), page_of(*pieces[i + 1])) << report.name;
    }
    ASSERT_FALSE(pieces.empty()) << report.name;
    EXPECT_FALSE(is_heading(*pieces.back())) << report.name;
  }
}

TEST_P(ReportPages, HaveNoSingleRowOfATableThatGoesOver) {
  for (const Report& report : reports()) {
    for (const FoundElement* table : elements_of(report.structure.document, "Table")) {
      std::map<int, int> rows;  // On each page.
      for (const FoundElement* row : elements_of(*table, "TR")) {
        if (!elements_of(*row, "TD").empty()) ++rows[page_of(*row)];
      }
      for (const auto& [page, count] : rows) {
        EXPECT_TRUE(rows.size() == 1 || count > 1) << report.name << ", page " << page + 1;
      }
    }
  }
}

TEST_P(ReportPages, HaveNoWordOverAnother) {
  for (const Report& report : reports()) {
    for (std::size_t p = 0; p < report.pages.size(); ++p) {
      const std::vector<FoundWord>& words = report.pages[p].words;
      for (std::size_t i = 0; i < words.size(); ++i) {
        for (std::size_t j = i + 1; j < words.size(); ++j) {
          EXPECT_FALSE(cover(words[i], words[j]))
              << report.name << ", page " << p + 1 << ": " << words[i].text << ", " << words[j].text;
        }
      }
    }
  }
}

TEST_P(ReportPages, AreFilledButForTheLastOfAPart) {
  for (const Report& report : reports()) {
    for (std::size_t p = 0; p + 1 < report.pages.size(); ++p) {
      if (begins_part(report.pages[p + 1])) continue;
      EXPECT_LE(white_below(report.pages[p]), kMostWhite) << report.name << ", page " << p + 1;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ReportPages,
                         testing::Values(std::pair("region", "ru"), std::pair("region", "en"),
                                         std::pair("bagrut", "ru"), std::pair("bagrut", "en")),
                         [](const auto& of) { return std::string(of.param.first) + "_" + of.param.second; });

}  // namespace
}  // namespace kaskad::reports
