// Many documents in one file for the printer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "engine/base/files.hpp"
#include "reports/pdf/merge.hpp"
#include "tests/pdf_samples.hpp"
#include "tests/pdf_structure.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

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

void move_pages(FoundElement& element, int by) {
  for (auto& content : element.contents) content.first += by;
  for (FoundElement& kid : element.kids) move_pages(kid, by);
}

/// The parts' structures, with their pages as they lie in the merged file.
std::vector<FoundElement> moved_structures(const std::vector<std::string>& pdfs) {
  std::vector<FoundElement> out;
  int pages = 0;
  for (const std::string& pdf : pdfs) {
    FoundElement document = structure_of(pdf).document;
    move_pages(document, pages);
    pages += static_cast<int>(pages_of(pdf).size());
    out.push_back(std::move(document));
  }
  return out;
}

void expect_same(const FoundElement& a, const FoundElement& b) {
  EXPECT_EQ(a.role, b.role);
  EXPECT_EQ(a.alternative, b.alternative);
  EXPECT_EQ(a.scope, b.scope);
  EXPECT_EQ(std::make_pair(a.columns, a.rows), std::make_pair(b.columns, b.rows));
  EXPECT_EQ(a.contents, b.contents);
  EXPECT_EQ(a.annotations, b.annotations);
  ASSERT_EQ(a.kids.size(), b.kids.size());
  for (std::size_t i = 0; i < a.kids.size(); ++i) expect_same(a.kids[i], b.kids[i]);
}

TEST_F(PdfMerge, HasTheStructureOfAllPartsUnderOneDocument) {
  const std::vector<Document> documents = {samples::passport(1), samples::report(), samples::hard_cases(),
                                           samples::report()};
  std::vector<MergePart> parts;
  std::vector<std::string> pdfs;
  for (const Document& document : documents) {
    parts.push_back(part("Часть " + std::to_string(parts.size()), document));
    pdfs.push_back(rendered(document));
  }
  const FoundStructure found = structure_of(merged(parts, usual()));
  EXPECT_EQ(found.document.role, "Document");
  const std::vector<FoundElement> expected = moved_structures(pdfs);
  ASSERT_EQ(found.document.kids.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) expect_same(found.document.kids[i], expected[i]);
  EXPECT_THAT(found.unmarked, IsEmpty());
  EXPECT_THAT(found.odd_parents, IsEmpty());
  EXPECT_THAT(found.stray_links, IsEmpty());
}

TEST_F(PdfMerge, NamesEachFootnoteOfAllPartsOnce) {
  const std::string pdf = merged({part("А", samples::report()), part("Б", samples::report())}, usual());
  std::set<std::string> ids;
  const FoundStructure found = structure_of(pdf);
  const auto notes = elements_of(found.document, "Note");
  ASSERT_FALSE(notes.empty());
  for (const FoundElement* note : notes) EXPECT_TRUE(!note->id.empty() && ids.insert(note->id).second);
  EXPECT_EQ(notes.size(), 2 * elements_of(structure_of(rendered(samples::report())).document, "Note").size());
  EXPECT_EQ(ids_of_tree(pdf), std::vector<std::string>(ids.begin(), ids.end()));
}

TEST_F(PdfMerge, ClaimsWhatItIs) {
  const std::string pdf = merged({part("А", one_page("один"))}, usual());
  EXPECT_THAT(metadata_of(pdf), HasSubstr("<pdfuaid:part>1</pdfuaid:part>"));
  EXPECT_THAT(metadata_of(pdf), HasSubstr("Паспорта школ"));
  EXPECT_EQ(catalogue_entry(pdf, "/MarkInfo"), "<< /Marked true >>");
  EXPECT_EQ(catalogue_entry(pdf, "/ViewerPreferences"), "<< /DisplayDocTitle true >>");
}

TEST_F(PdfMerge, OfAPartWithoutStructureSaysWhich) {
  ASSERT_TRUE(write_file(path("plain.pdf"), without_structure(rendered(one_page("один")))).has_value());
  const auto done = merge_pdfs({part("А", one_page("один")), {"Б", path("plain.pdf")}}, path("all.pdf"), usual());
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().message.code, "pdf-merge-part");
  EXPECT_EQ(done.error().file, path("plain.pdf"));
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
