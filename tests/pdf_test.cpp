// The PDF file: its bytes, fonts, metadata, links and errors, as other programs see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <thread>

#include "tests/pdf_samples.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Sets the time zone of the process for one test.
class TimeZone {
 public:
  explicit TimeZone(const char* zone) {
    setenv("TZ", zone, 1);
    tzset();
  }
  TimeZone(const TimeZone&) = delete;
  TimeZone& operator=(const TimeZone&) = delete;
  ~TimeZone() {
    unsetenv("TZ");
    tzset();
  }
};

TEST(PdfFile, IsTheSameInAnyTimeZone) {
  const std::string here = rendered(samples::report());
  const TimeZone irkutsk("Asia/Irkutsk");
  EXPECT_EQ(rendered(samples::report()), here);
}

TEST(PdfFile, IsTheSameWhateverWasRenderedBeforeAndInAnyThread) {
  const std::string alone = rendered(samples::passport(11));
  std::vector<std::string> found(2);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&found, i] {
      auto renderer = PdfRenderer::make(debian_resources());
      if (!renderer) return;
      for (int school = 1; school <= 5 + int(i); ++school)
        static_cast<void>(renderer->render(samples::passport(school)));
      found[i] = renderer->render(samples::passport(11)).value_or("");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(found[0], alone);
  EXPECT_EQ(found[1], alone);
}

TEST(PdfFile, CarriesTitleAuthorAndTheDateOfIssue) {
  const std::string info = output_of("TZ=UTC pdfinfo -isodates {}", rendered(samples::report()));
  EXPECT_THAT(info, HasSubstr("Каскад: отчёт о качестве образования"));
  EXPECT_THAT(info, HasSubstr("Центр оценки качества образования"));
  EXPECT_THAT(info, HasSubstr("CreationDate:    2026-11-21T00:00:00Z"));
}

TEST(PdfFile, NamesItsLanguage) {
  Document english = samples::blank();
  english.language = "en";
  english.blocks.push_back(samples::paragraph("Nothing to report."));
  EXPECT_THAT(output_of("qpdf --json --json-key=qpdf {}", rendered(english)), HasSubstr(R"("/Lang": "u:en")"));
  EXPECT_THAT(output_of("qpdf --json --json-key=qpdf {}", rendered(samples::report())),
              HasSubstr(R"("/Lang": "u:ru")"));
}

TEST(PdfFile, EmbedsItsFontsAndUsesNoOthers) {
  std::istringstream lines(output_of("pdffonts {}", rendered(samples::report())));
  std::string line;
  int fonts = 0;
  while (std::getline(lines, line)) {
    if (line.find("TrueType") == std::string::npos) continue;
    ++fonts;
    EXPECT_THAT(line, HasSubstr("+PTS"));
    EXPECT_THAT(line, HasSubstr("yes yes yes"));
  }
  EXPECT_GE(fonts, 3);
}

TEST(PdfFile, OfTwoPagesIsSmall) {
  const std::string pdf = rendered(samples::passport(11));
  EXPECT_EQ(pages_of(pdf).size(), 2U);
  EXPECT_LT(pdf.size(), 80U * 1024);
}

TEST(PdfFile, HasTheHeadingsAsBookmarks) {
  const std::string xml = output_of("pdftohtml -xml -i -stdout {}", rendered(samples::report()));
  EXPECT_THAT(xml, HasSubstr("<item page=\"3\">1\u00A0Главное</item>"));
  EXPECT_THAT(xml, HasSubstr("<item page=\"7\">3.1\u00A0Отметки за четыре года</item>"));
}

TEST(PdfFile, IsReadWithoutComplaint) {
  for (const Document& document : {samples::report(), samples::hard_cases()}) {
    EXPECT_EQ(output_of("pdftohtml -xml -i -stdout {} 2>&1 >/dev/null", rendered(document)), "");
  }
}

TEST(PdfFile, LinksLeadToTheirPlaces) {
  const std::string xml = output_of("pdftohtml -xml -i -stdout {}", rendered(samples::report()));
  EXPECT_THAT(xml, ::testing::ContainsRegex("<a href=\"[^\"]*#5\">табл"));
}

TEST(PdfFile, WithoutTheFontsIsAnErrorThatNamesThem) {
  const auto renderer = PdfRenderer::make({{"/nonexistent"}, {}});
  ASSERT_FALSE(renderer.has_value());
  EXPECT_EQ(renderer.error().message.code, "fonts-missing");
  EXPECT_EQ(std::get<std::string>(renderer.error().message.args[0].second), "PT Serif");
}

TEST(PdfFile, TakesTheFamiliesThatTheDocumentNames) {
  auto renderer = PdfRenderer::make(debian_resources());
  ASSERT_TRUE(renderer.has_value());
  Document document;
  document.date = "2026-11-21";
  document.blocks = {{Paragraph{{{"Показатели школы."}}}}};
  const auto fonts_of = [&] { return output_of("pdffonts {}", renderer->render(document).value()); };
  EXPECT_THAT(fonts_of(), ::testing::HasSubstr("PTSerif"));
  document.fonts.text = "PT Sans";
  EXPECT_THAT(fonts_of(), ::testing::Not(::testing::HasSubstr("PTSerif")));
  document.fonts.text = "No Such Family";
  const auto pdf = renderer->render(document);
  ASSERT_FALSE(pdf.has_value());
  EXPECT_EQ(pdf.error().message.code, "fonts-missing");
  EXPECT_EQ(std::get<std::string>(pdf.error().message.args[0].second), "No Such Family");
}

TEST(PdfFile, WithoutADateIsAnErrorBecauseTheClockIsNotRead) {
  auto renderer = PdfRenderer::make(debian_resources());
  ASSERT_TRUE(renderer.has_value());
  for (const char* date : {"", "21.11.2026", "2026-11-21T10:00"}) {
    Document document = samples::report();
    document.date = date;
    const auto pdf = renderer->render(document);
    ASSERT_FALSE(pdf.has_value()) << date;
    EXPECT_EQ(pdf.error().message.code, "pdf-date");
  }
}

TEST(PdfFile, WithoutPatternsIsSetWithoutHyphens) {
  auto renderer = PdfRenderer::make({debian_resources().font_folders, {}});
  ASSERT_TRUE(renderer.has_value());
  const auto pdf = renderer->render(samples::report());
  ASSERT_TRUE(pdf.has_value());
  const auto hyphens_at_line_ends = [](const std::string& bytes) {
    const std::string text = output_of("pdftotext -raw {} -", bytes);
    int count = 0;
    for (std::size_t at = text.find("-\n"); at != std::string::npos; at = text.find("-\n", at + 1)) ++count;
    return count;
  };
  EXPECT_GE(hyphens_at_line_ends(rendered(samples::report())), hyphens_at_line_ends(*pdf) + 5);
}

TEST(PdfFile, KeepsNoSoftHyphensInItsText) {
  EXPECT_THAT(output_of("pdftotext {} -", rendered(samples::report())), Not(HasSubstr("\u00AD")));
}

TEST(PdfFile, OfASchoolWithAFigureOfAnotherIsRefused) {
  Document document = samples::blank();
  document.entity = "s1";
  document.owners = {1};
  Quantity foreign = samples::percent(50);
  foreign.owner = 2;
  document.blocks = {{Cards{{{"Доля", foreign, ""}}}}};
  auto renderer = PdfRenderer::make(debian_resources());
  ASSERT_TRUE(renderer.has_value());
  const auto refused = renderer->render(document);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message.code, "foreign-figure");
  std::get<Cards>(document.blocks[0].is).cards[0].value.owner = 1;
  EXPECT_TRUE(renderer->render(document).has_value());
}

TEST(PdfFile, CarriesTheAttachedData) {
  Document document = samples::passport(11);
  document.attachments = {{"показатели.csv", "Показатели школы", "text/csv", "показатель;значение\nкачество;59,7\n"},
                          {"rows.csv", "Строки", "text/csv", "a;b\n"}};
  const std::string pdf = rendered(document);
  const std::string listed = output_of("pdfdetach -list {}", pdf);
  EXPECT_THAT(listed, HasSubstr("2 embedded files"));
  EXPECT_THAT(listed, HasSubstr("показатели.csv"));
  EXPECT_EQ(output_of("qpdf --show-attachment=показатели.csv {}", pdf), document.attachments[0].bytes);
  EXPECT_THAT(output_of("qpdf --json --json-key=qpdf {}", pdf), HasSubstr("\"/AFRelationship\": \"/Data\""));
  EXPECT_THAT(output_of("qpdf --check {} 2>&1", pdf), HasSubstr("No syntax or stream encoding errors"));
  EXPECT_EQ(rendered(document), pdf);
}

std::vector<Message> remarks_on(const Document& document) {
  auto renderer = PdfRenderer::make(debian_resources());
  if (!renderer || !renderer->render(document)) return {{"not rendered", {}}};
  return renderer->remarks();
}

TEST(PdfFile, SaysWhichLinksLeadNowhereAndWhichNamesAreDouble) {
  Document document = samples::blank();
  Paragraph text;
  for (const char* target : {"#h-one", "#nowhere", "https://example.org/"}) {
    reports::Run run;
    run.text = "ссылка";
    run.link = target;
    text.runs.push_back(run);
  }
  document.blocks = {samples::heading(1, "Раз", "h-one"), samples::heading(1, "Два", "h-one"), {text}};
  EXPECT_THAT(remarks_on(document), ::testing::ElementsAre(Message{"pdf-unknown-link", {{"id", "nowhere"}}},
                                                           Message{"pdf-duplicate-id", {{"id", "h-one"}}}));
  EXPECT_THAT(remarks_on(samples::report()), ::testing::IsEmpty());
}

TEST(PdfFile, SaysWhichLettersNoFontHas) {
  const auto remarks = remarks_on(samples::hard_cases());
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_EQ(remarks[0].code, "pdf-missing-letters");
  EXPECT_EQ(std::get<std::string>(remarks[0].args[0].second), "ة د ر س م 学 校 🙂");
  EXPECT_EQ(std::get<std::int64_t>(remarks[0].args[1].second), 8);
}

TEST(PdfFile, KeepsLettersThatNoFontHas) {
  const std::string text = output_of("pdftotext {} -", rendered(samples::hard_cases()));
  EXPECT_THAT(text, HasSubstr("🙂"));
  EXPECT_THAT(text, HasSubstr("学校"));
}

}  // namespace
}  // namespace kaskad::reports
