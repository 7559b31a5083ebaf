#include "app/study.hpp"

#include <algorithm>

#include "app/load.hpp"
#include "app/version.hpp"
#include "indicators/publication_parts.hpp"

namespace kaskad::app {
namespace {

/// Schools in similar conditions that a passport shows beside its own.
constexpr std::size_t kSimilarSchools = 10;

/// What is not printed, and why, in one note; nothing where all is.
Diagnostics withheld_note(const Project& project, const Figures& figures) {
  const PublicationCounts counts = count_figures(figures);
  if (counts.too_few + counts.complementary == 0) return {};
  Diagnostic d;
  d.severity = Severity::note;
  d.place.file = project.file;
  d.place.field = "publication";
  d.message = {"figures-withheld",
               {{"all", counts.printed + counts.too_few + counts.complementary},
                {"few", counts.too_few},
                {"more", counts.complementary},
                {"minimum", project.minimum_n}}};
  return {std::move(d)};
}

}  // namespace

Study begin_study(Project project, unsigned threads, Console& console, const std::string& follow) {
  console.stage("stage.intake");
  Study study;
  study.project = std::move(project);
  LoadOptions options;
  options.threads = threads;
  options.follow = follow;
  study.data = load_dataset(study.project, options, console);
  return study;
}

void judge_study(Study& study, Depth depth, unsigned threads, Console& console) {
  console.stage("stage.judge");
  study.judgements = judge(study.project, study.data, threads, depth);
  study.similar = find_similar_schools(study.data, study.judgements.figures.frame, kSimilarSchools, threads);
  study.headlines = find_headlines(study.project, study.data, study.judgements.figures, study.data.diagnostics);
  console.tell_kinds(study.data.diagnostics, stderr);
  console.tell_all(withheld_note(study.project, study.judgements.figures), stderr);
}

reports::ReportSet report_set(const Project& project) {
  const auto makes = [&](ReportKind kind) {
    return std::any_of(project.reports.begin(), project.reports.end(),
                       [&](const ReportSpec& spec) { return spec.kind == kind; });
  };
  return {makes(ReportKind::workbook), makes(ReportKind::municipal_workbook), makes(ReportKind::passport)};
}

reports::Briefing briefing_of(const Study& study, const std::string& date, const Texts& texts) {
  const std::string& language = texts.language();
  const Project& project = study.project;
  reports::ReportIdentity identity{in_language(project.title, language),
                                   in_language(project.organisation, language),
                                   in_language(project.region, language),
                                   in_language(project.source_note, language),
                                   date,
                                   version_mark(project, study.data)};
  return {study.data,
          study.judgements,
          study.similar,
          std::move(identity),
          study.headlines,
          texts,
          reports::NumberFormat(language),
          report_set(project)};
}

}  // namespace kaskad::app
