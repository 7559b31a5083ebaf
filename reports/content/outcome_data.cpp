// What became of the schools that were supported: out of the risk zone, better quality, still in the focus group.
#include <cmath>

#include "reports/content/labels.hpp"
#include "reports/content/monitoring_data.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const SupportOutcome& outcome_of(const Briefing& b) { return b.judgements.registers.outcome; }

Object row(const Briefing& b, const std::string& what, const std::vector<SchoolId>& schools,
           const std::vector<SchoolId>& unknown) {
  const std::size_t all = outcome_of(b).supported.size();
  const double share = 100.0 * static_cast<double>(schools.size()) / static_cast<double>(all);
  return {
      {"what", what},
      {"n", static_cast<std::int64_t>(schools.size())},
      {"of", static_cast<std::int64_t>(all)},
      {"share", Quantity{exactly(share, static_cast<std::int64_t>(all)), Unit::percent, 0, false, owner_of(kRegion)}},
      {"unknown", static_cast<std::int64_t>(unknown.size())},
      {"schools", joined_schools(b, schools)},
      {"who", told_schools(b, schools)}};
}

std::string period_text(const Briefing& b, const std::string& id) {
  const auto p = b.frame().find_period(id);
  return p ? years_text(b.frame().periods[*p].years) : id;
}

List rows_of(const Briefing& b) {
  const SupportOutcome& o = outcome_of(b);
  List rows;
  if (o.index_from && o.index_to) {
    const auto& times = b.judgements.identification.social.times;
    const Args years = {{"from", std::to_string(times[*o.index_from].time.year)},
                        {"to", std::to_string(times[*o.index_to].time.year)}};
    rows.push_back(row(b, b.texts.get("outcome_block.at_risk", years), o.at_risk_before, o.index_unknown));
    rows.push_back(row(b, b.texts.get("outcome_block.left_risk", years), o.left_risk, o.index_unknown));
  }
  if (o.series && !o.quality_from.empty()) {
    const Args args = {{"indicator", series_name(b, *o.series)},
                       {"from", period_text(b, o.quality_from)},
                       {"to", period_text(b, o.quality_to)}};
    rows.push_back(row(b, b.texts.get("outcome_block.raised", args), o.raised, o.quality_unknown));
    rows.push_back(row(b, b.texts.get("outcome_block.shown", args), o.shown, o.quality_unknown));
  }
  const Args year = {{"year", std::to_string(o.group_year)}};
  rows.push_back(row(b, b.texts.get("outcome_block.stayed", year), o.stayed, {}));
  return rows;
}

/// How many were supported, and what of the outcome cannot be told at all.
std::string outcome_text(const Briefing& b) {
  const SupportOutcome& o = outcome_of(b);
  const OutcomeSettings& s = b.judgements.registers.settings.outcome;
  std::string out = b.texts.get("outcome_block.text", {{"n", static_cast<std::int64_t>(o.supported.size())},
                                                       {"from", std::to_string(s.first_year)},
                                                       {"to", std::to_string(s.last_year)}});
  if (!o.index_from || !o.index_to) out += " " + b.texts.get("outcome_block.no_index");
  if (!o.series || o.quality_from.empty()) out += " " + b.texts.get("outcome_block.no_quality");
  return out;
}

}  // namespace

Object outcome_data(const Briefing& b) {
  const SupportOutcome& o = outcome_of(b);
  if (o.reason != Undefined::none) return {{"has_any", false}};
  Object out = {{"has_any", true}};
  out.emplace_back("text", outcome_text(b));
  out.emplace_back("rows", rows_of(b));
  return out;
}

}  // namespace kaskad::reports
