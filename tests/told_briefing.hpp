// The briefing of a project that a test has read and judged, with a version that does not change.
#pragma once

#include <string>

#include "app/study.hpp"

namespace kaskad::app {

/// `of` has the fields of a Study, and texts; the briefing refers into it. `date`: day of issue, ISO.
reports::Briefing told_briefing(const auto& of, const std::string& date) {
  const std::string& language = of.texts.language();
  const auto text = [&](const auto& localized) { return in_language(localized, language); };
  reports::ReportIdentity identity{text(of.project.title),
                                   text(of.project.organisation),
                                   text(of.project.region),
                                   text(of.project.source_note),
                                   date,
                                   "version"};
  return {of.data,
          of.judgements,
          of.similar,
          identity,
          of.headlines,
          of.texts,
          reports::NumberFormat(language),
          report_set(of.project)};
}

}  // namespace kaskad::app
