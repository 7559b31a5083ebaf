// The projects of five offices, read and judged as the command does it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/console.hpp"
#include "app/judge.hpp"
#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/study.hpp"
#include "reports/content/report_data.hpp"
#include "reports/template/template.hpp"
#include "tests/golden.hpp"
#include "tests/told_briefing.hpp"

namespace kaskad::app {

inline Texts texts_of(const Resources& resources, const std::string& language) {
  auto texts = resources.texts(language);
  EXPECT_TRUE(texts.has_value());
  return std::move(*texts);
}

/// A briefing refers into it.
struct JudgedOffice {
  /// `date` is the day of issue, ISO.
  JudgedOffice(const std::string& name, const std::string& date)
      : folder("fixtures/" + name + "/"), resources(find_resources().value()), texts(texts_of(resources, "ru")) {
    Console console(texts, true);
    project = load_project(folder + "kaskad.toml", resources, console, stderr).value().value();
    project.date = date;
    data = load_dataset(project, 2, console);
    judgements = judge(project, data, 2);
    headlines = find_headlines(project, data, judgements.figures, data.diagnostics);
  }

  reports::Briefing briefing() const { return told_briefing(*this, project.date); }

  /// The shipped templates, and those of the office's folder.
  reports::TemplateResult document(const std::string& name) const {
    const auto files = [this](const std::string& wanted) -> std::optional<std::string> {
      if (const auto own = read_file(folder + wanted)) return *own;
      return resources.template_file(texts.language(), wanted);
    };
    return reports::make_document(name, files, reports::region_data(briefing()),
                                  reports::NumberFormat(texts.language()), reports::words_of(texts),
                                  reports::reasons_of(texts));
  }

  SchoolId school(const std::string& id) const { return data.registry.find(id).value(); }

  std::vector<std::string> ids(const std::vector<SchoolId>& schools) const {
    std::vector<std::string> out;
    for (const SchoolId s : schools) out.push_back(data.registry.schools[s].id);
    return out;
  }

  std::string folder;
  Resources resources;
  Texts texts;
  Project project;
  Dataset data;
  Judgements judgements;
  SimilarSchools similar;
  std::vector<std::size_t> headlines;
};

inline std::vector<std::string> told(const Diagnostics& diagnostics, const Texts& texts) {
  std::vector<std::string> lines;
  for (const Diagnostic& d : diagnostics) lines.push_back(texts.describe(d));
  return lines;
}

inline std::vector<std::string> codes_of(const Diagnostics& diagnostics) {
  std::vector<std::string> codes;
  for (const Diagnostic& d : diagnostics) codes.push_back(d.message.code);
  return codes;
}

/// The office's tables read as approved, and nothing in them or in the annual report lacks its data or its words.
inline void expect_tables(const JudgedOffice& office) {
  const auto tables = office.document("tables.md");
  EXPECT_THAT(told(tables.diagnostics, office.texts), testing::IsEmpty());
  const auto annual = office.document("annual.md");
  EXPECT_THAT(told(annual.diagnostics, office.texts), testing::IsEmpty());
  for (const auto* result : {&tables, &annual})
    EXPECT_THAT(reports::dump(result->document), testing::Not(testing::HasSubstr("⟦")));
  expect_golden(office.folder + "tables.ru.txt", reports::dump(tables.document));
}

}  // namespace kaskad::app
