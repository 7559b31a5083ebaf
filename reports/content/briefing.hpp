// Everything a report is told: the judgements, who issues it, when, in which language. Values only; nothing is looked
// up elsewhere.
#pragma once

#include <string>
#include <vector>

#include "engine/base/texts.hpp"
#include "engine/intake/dataset.hpp"
#include "indicators/judgements.hpp"
#include "indicators/similar.hpp"
#include "reports/document/document.hpp"
#include "reports/values/quantity.hpp"
#include "reports/values/value.hpp"

namespace kaskad::reports {

struct ReportIdentity {
  std::string title, organisation, region, source_note;
  std::string date;     ///< ISO date of issue.
  std::string version;  ///< Hash over program version, settings and input files.
};

/// What the project makes beside a report, so that a sentence points to no file that nobody gets.
struct ReportSet {
  bool workbook = false, municipal_workbook = false, passports = false;
};

struct Briefing {
  const Dataset& data;
  const Judgements& judgements;
  const SimilarSchools& similar;
  ReportIdentity identity;
  std::vector<std::size_t> headlines;  ///< Into Figures::series; the first leads.
  const Texts& texts;
  NumberFormat format;
  ReportSet beside = {};

  const std::string& language() const { return texts.language(); }
  const Figures& figures() const { return judgements.figures; }
  const Frame& frame() const { return judgements.figures.frame; }
};

/// The fixed words and the reasons for «нет данных» of a document.
Words words_of(const Texts& texts);
std::vector<std::pair<Undefined, std::string>> reasons_of(const Texts& texts);

}  // namespace kaskad::reports
