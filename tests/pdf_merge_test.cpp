// Many documents in one file for the printer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/base/files.hpp"
#include "reports/pdf/merge.hpp"
#include "tests/pdf_samples.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

using ::testing::HasSubstr;

/// A folder of its own for each test.
class PdfMerge : public ::testing::Test {
 protected:
  PdfMerge() {
    std::string path = ::testing::TempDir() + "kaskad-merge-XXXXXX";
    folder_ = mkdtemp(path.data());
  }
  ~PdfMerge() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  MergePart part(const std::string& title, const Document& document) const {
    EXPECT_TRUE(write_file(path(title + ".pdf"), rendered(document)).has_value());
    return {title, path(title + ".pdf")};
  }
  std::string merged(const std::vector<MergePart>& parts, const MergeOptions& options) const {
    const auto done = merge_pdfs(parts, path("all.pdf"), options);
    EXPECT_TRUE(done.has_value()) << done.error().message.code;
    return read_file(path("all.pdf")).value_or("");
  }
  static MergeOptions usual() {
    MergeOptions options;
    options.title = "Паспорта школ";
    options.author = "Центр оценки качества образования";
    options.date = "2026-11-21";
    return options;
  }
  static Document one_page(const std::string& text) {
    Document document = samples::blank();
    document.blocks = {samples::heading(1, "Раздел " + text), samples::paragraph("Текст " + text + ".")};
    return document;
  }

  std::string folder_;
};

TEST_F(PdfMerge, PutsAllPagesOfAllPartsAfterEachOther) {
  const std::string pdf = merged(
      {part("Школа 1", samples::passport(1)), part("Школа 2", samples::passport(2)), part("Отчёт", samples::report())},
      usual());
  const auto pages = pages_of(pdf);
  const auto report = pages_of(rendered(samples::report()));
  ASSERT_EQ(pages.size(), 4 + report.size());
  EXPECT_THAT(pages[0].text(), HasSubstr("школа № 1"));
  EXPECT_THAT(pages[2].text(), HasSubstr("школа № 2"));
  for (std::size_t i = 0; i < report.size(); ++i) {
    EXPECT_EQ(pages[4 + i].text(), report[i].text());
    EXPECT_EQ(pages[4 + i].width, report[i].width);
  }
}

TEST_F(PdfMerge, HasABookmarkForEachPartAndItsOwnBelow) {
  const std::string pdf = merged({part("Школа 1", one_page("один")), part("Школа 2", one_page("два"))}, usual());
  const std::string xml = output_of("pdftohtml -xml -i -stdout {}", pdf);
  const std::string outline = xml.substr(xml.find("<outline>"));
  EXPECT_EQ(outline.substr(0, outline.rfind("</pdf2xml>")),
            "<outline>\n<item page=\"1\">Школа 1</item>\n<outline>\n<item page=\"1\">1\u00A0Раздел один</item>\n"
            "</outline>\n<item page=\"2\">Школа 2</item>\n<outline>\n<item page=\"2\">1\u00A0Раздел два</item>\n"
            "</outline>\n</outline>\n");
}

TEST_F(PdfMerge, NumbersThePagesOfEachPartFromOne) {
  const std::string pdf = merged({part("А", samples::passport(1)), part("Б", samples::passport(2))}, usual());
  const std::string labels = output_of("qpdf --json --json-key=pagelabels {} | tr -d ' \n'", pdf);
  EXPECT_THAT(labels,
              HasSubstr(R"([{"index":0,"label":{"/S":"/D","/St":1}},{"index":2,"label":{"/S":"/D","/St":1}}])"));
}

TEST_F(PdfMerge, StartsEachPartOnAnOddPageWhenAsked) {
  MergeOptions duplex = usual();
  duplex.start_on_odd_page = true;
  const auto pages = pages_of(merged({part("А", one_page("один")), part("Б", samples::passport(2)),
                                      part("В", one_page("три")), part("Г", one_page("четыре"))},
                                     duplex));
  std::vector<std::string> first_words;
  for (const FoundPage& page : pages) first_words.push_back(page.words.empty() ? "" : page.words[0].text);
  ASSERT_EQ(pages.size(), 7U);
  EXPECT_EQ(first_words[0], "1");
  EXPECT_EQ(first_words[1], "");
  EXPECT_EQ(first_words[2], "Паспорт");
  EXPECT_EQ(first_words[5], "");
  EXPECT_EQ(pages[1].width, pages[0].width);
}

TEST_F(PdfMerge, IsSoundAndTheSameEachTime) {
  const std::vector<MergePart> parts = {part("А", samples::report()), part("Б", samples::passport(2))};
  const std::string pdf = merged(parts, usual());
  EXPECT_EQ(merged(parts, usual()), pdf);
  EXPECT_THAT(output_of("qpdf --check {} 2>&1", pdf), HasSubstr("No syntax or stream encoding errors"));
  const std::string info = output_of("TZ=UTC pdfinfo -isodates {}", pdf);
  EXPECT_THAT(info, HasSubstr("Title:           Паспорта школ"));
  EXPECT_THAT(info, HasSubstr("CreationDate:    2026-11-21T00:00:00Z"));
}

TEST_F(PdfMerge, KeepsLinksWithinTheirPart) {
  const auto pdf = merged({part("А", samples::passport(1)), part("Б", samples::report())}, usual());
  EXPECT_THAT(output_of("pdftohtml -xml -i -stdout {}", pdf), ::testing::ContainsRegex("<a href=\"[^\"]*#7\">таблице"));
}

TEST_F(PdfMerge, OfAPartThatIsNoPdfSaysWhich) {
  ASSERT_TRUE(write_file(path("bad.pdf"), "not a pdf file").has_value());
  const auto done = merge_pdfs({part("А", one_page("один")), {"Б", path("bad.pdf")}}, path("all.pdf"), usual());
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().message.code, "pdf-merge-part");
  EXPECT_EQ(done.error().file, path("bad.pdf"));
  EXPECT_FALSE(file_exists(path("all.pdf")));
  EXPECT_FALSE(file_exists(path("all.pdf.part")));
}

TEST_F(PdfMerge, OfNothingOrWithoutADateOrFolderIsAnError) {
  EXPECT_EQ(merge_pdfs({}, path("all.pdf"), usual()).error().message.code, "pdf-merge-nothing");
  EXPECT_EQ(merge_pdfs({part("А", one_page("один"))}, path("all.pdf"), {}).error().message.code, "pdf-date");
  EXPECT_EQ(merge_pdfs({part("А", one_page("один"))}, path("no/such/all.pdf"), usual()).error().message.code,
            "pdf-merge-write");
}

}  // namespace
}  // namespace kaskad::reports
