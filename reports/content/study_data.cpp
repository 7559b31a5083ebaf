// What the design of the comparison can carry, for each headline: flow, years, parallel trends, traffic light.
#include <algorithm>
#include <array>
#include <cmath>

#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/sentences.hpp"

namespace kaskad::reports {
namespace {

constexpr std::array<const char*, 3> kLights = {"green", "yellow", "red"};
constexpr std::array<const char*, stats::kDesignSigns> kSigns = {"baseline", "attrition", "clusters",
                                                                 "overlap",  "pre_trend", "breakdown"};

std::string light_key(stats::Light light) { return kLights[static_cast<std::size_t>(light)]; }

Object flow_row(const Briefing& b, Role role, const FlowOfGroup& flow) {
  return {{"group", group_name(b, role)},     {"schools", flow.schools}, {"at_entry", flow.at_entry},
          {"at_final", flow.at_final},        {"at_both", flow.at_both}, {"pupils_entry", flow.pupils_entry},
          {"pupils_final", flow.pupils_final}};
}

Estimate with_interval(double value, double lo, double hi, const Estimate& of) {
  Estimate e = of;
  e.value = value;
  e.lo = lo;
  e.hi = hi;
  e.reason = Undefined::none;
  return e;
}

Object year_row(const Briefing& b, const Indicator& indicator, const YearEffect& y) {
  const Owner focus = owner_of_group(b, Role::focus);
  const Estimate band = y.effect.defined() ? with_interval(y.effect.value, y.band_lo, y.band_hi, y.effect) : y.effect;
  return {{"year", std::to_string(y.year)},
          {"when", b.texts.get(y.reference ? "study.reference"
                               : y.before  ? "study.before"
                                           : "study.after")},
          {"effect", difference(indicator, y.effect, focus)},
          {"band", difference(indicator, band, focus)}};
}

Object violation_row(const Briefing& b, const Indicator& indicator, const EffectStudy& study,
                     const EffectUnderViolation& violation) {
  const Estimate e = with_interval(study.at_final, violation.lo, violation.hi, {});
  return {{"size", b.format.number(violation.size, violation.size == std::floor(violation.size) ? 0 : 1)},
          {"interval", difference(indicator, e, owner_of_group(b, Role::focus))}};
}

/// "= 0,034" or "< 0,001", to stand after the letter p.
std::string probability_text(const Briefing& b, double p) {
  const std::string text = b.format.plain({exactly(p, 0), Unit::probability, 3, false, kNobody});
  return text.starts_with('<') ? "<\u00A0" + text.substr(1) : "=\u00A0" + text;
}

/// The figure that a sign rests on, as its sentence says it.
std::string figure_of(const Briefing& b, const stats::DesignEvidence& e, stats::DesignSign sign) {
  const auto share = [&](const std::optional<double>& x) { return x ? b.format.number(100 * *x, 0) : std::string(); };
  const auto plain = [&](const std::optional<double>& x, int decimals) {
    return x && std::isfinite(*x) ? b.format.number(*x, decimals) : std::string();
  };
  switch (sign) {
    case stats::DesignSign::baseline:
      return plain(e.baseline, 2);
    case stats::DesignSign::attrition:
      return share(e.attrition);
    case stats::DesignSign::clusters:
      return std::to_string(std::min(e.treated_clusters.value_or(0), e.control_clusters.value_or(0)));
    case stats::DesignSign::overlap:
      return share(e.overlap);
    case stats::DesignSign::pre_trend:
      return e.pre_trend_p ? probability_text(b, *e.pre_trend_p) : std::string();
    case stats::DesignSign::breakdown:
      return plain(e.breakdown, 1);
  }
  return {};
}

/// The one difference before the support, in words with its interval; empty for none or several.
std::string only_difference_before(const Briefing& b, const EffectStudy& study) {
  const YearEffect* only = nullptr;
  for (const YearEffect& y : study.years) {
    if (!y.before || y.reference || !y.effect.defined()) continue;
    if (only != nullptr) return {};
    only = &y;
  }
  if (only == nullptr) return {};
  const Quantity value =
      difference(b.figures().indicator_of(study.series), only->effect, owner_of_group(b, Role::focus));
  return b.format.with_unit(value) + " (" + b.format.interval(value) + ")";
}

/// The end of the key that says why nothing is known of the robustness.
std::string no_breakdown(const EffectStudy& study) {
  if (study.reason == Undefined::not_comparable) return "scale";
  if (study.breakdown.reason == Undefined::none) return "unproven";
  return study.pre_trend.reason != Undefined::none ? "years" : "schools";
}

std::string sign_reason(const Briefing& b, const EffectStudy& study, const stats::DesignVerdict& v) {
  const FlowOfGroup &focus = study.focus, &control = study.control;
  const std::string before = only_difference_before(b, study);
  return b.texts.get("study.reason." + std::string(v.code), {{"value", figure_of(b, study.evidence, v.sign)},
                                                             {"why", no_breakdown(study)},
                                                             {"before", before},
                                                             {"several", before.empty() ? "yes" : "no"},
                                                             {"focus_lost", focus.at_entry - focus.at_both},
                                                             {"focus", focus.at_entry},
                                                             {"control_lost", control.at_entry - control.at_both},
                                                             {"control", control.at_entry}});
}

List sign_rows(const Briefing& b, const EffectStudy& study) {
  List rows;
  for (const stats::DesignVerdict& v : study.quality.verdicts) {
    rows.push_back(Object{{"name", b.texts.get("study.sign." + std::string(kSigns[static_cast<std::size_t>(v.sign)]))},
                          {"light", b.texts.get("study.light." + light_key(v.light))},
                          {"reason", sign_reason(b, study, v)}});
  }
  return rows;
}

std::string pre_trend_text(const Briefing& b, const EffectStudy& study) {
  const stats::PreTrend& t = study.pre_trend;
  if (t.reason != Undefined::none) return b.texts.get("study.pre_trend.none");
  const double p = std::isfinite(t.f_p) ? t.f_p : t.p;
  return b.texts.get(p < stats::DesignBorders{}.pre_trend_green ? "study.pre_trend.suspected" : "study.pre_trend.text",
                     {{"n", t.effects}, {"p", probability_text(b, p)}});
}

std::string breakdown_text(const Briefing& b, const EffectStudy& study) {
  if (study.breakdown.reason != Undefined::none || std::isnan(study.breakdown.size))
    return b.texts.get("study.breakdown.none");
  if (study.breakdown.size <= 0) return b.texts.get("study.breakdown.zero");
  if (!std::isfinite(study.breakdown.size)) return b.texts.get("study.breakdown.always");
  return b.texts.get("study.breakdown.text", {{"size", b.format.number(study.breakdown.size, 1)}});
}

/// Where the intervals for parting trends were cut: «100 п. п.»; empty where they were not.
std::string limit_text(const Briefing& b, const Indicator& indicator, const EffectStudy& study) {
  if (!study.cut_at_limits) return {};
  Quantity limit = difference(indicator, exactly(study.limit, 0), kNobody);
  limit.decimals = 0;
  limit.is_difference = false;
  return b.texts.get("study.limit", {{"limit", b.format.with_unit(limit)}});
}

/// For the better, for the worse, or neither where the indicator has no better side.
std::string side_of(const Indicator& indicator, const Estimate& difference) {
  if (indicator.direction == Direction::none) return "apart";
  return difference.shown_positive() == (indicator.direction == Direction::up) ? "ahead" : "behind";
}

/// The years of support in which the groups have provably parted, each with its difference.
std::string proven_years_text(const Briefing& b, const Indicator& indicator, const EffectStudy& study) {
  std::string out;
  for (const YearEffect& y : study.years) {
    if (y.before || !(y.effect.shown_positive() || y.effect.shown_negative())) continue;
    const Quantity value = difference(indicator, y.effect, owner_of_group(b, Role::focus));
    const bool in_band = y.band_lo <= 0 && y.band_hi >= 0;
    out += out.empty() ? "" : " ";
    out += b.texts.get("study.proven_year", {{"year", std::to_string(y.year)},
                                             {"side", side_of(indicator, y.effect)},
                                             {"value", b.format.with_unit(value)},
                                             {"interval", b.format.interval(value)},
                                             {"in_band", in_band ? "yes" : "no"}});
  }
  return out;
}

/// The years of support whose difference has another sign than that of the whole course.
std::vector<int> years_of_other_sign(const EffectStudy& study, double whole) {
  std::vector<int> out;
  for (const YearEffect& y : study.years) {
    if (!y.before && y.effect.defined() && y.effect.value * whole < 0) out.push_back(y.year);
  }
  return out;
}

/// Where years of support and the whole course differ in sign: which years, and what each is compared with.
std::string opposite_text(const Briefing& b, const EffectStudy& study) {
  const SeriesComparison* comparison = comparison_of(b, study.series);
  const ChangeComparison* main = comparison == nullptr ? nullptr : main_change(b, *comparison);
  const auto base =
      std::find_if(study.years.begin(), study.years.end(), [](const YearEffect& y) { return y.reference; });
  if (main == nullptr || !main->effect.defined() || base == study.years.end()) return {};
  const std::vector<int> other = years_of_other_sign(study, main->effect.value);
  if (other.empty()) return {};
  const Quantity value =
      difference(b.figures().indicator_of(study.series), main->effect, owner_of_group(b, Role::focus));
  // A wave may have years in which this series was not held.
  const auto years_of = [&](const std::string& id) {
    std::vector<int> years = b.frame().periods[*b.frame().find_period(id)].years;
    std::erase_if(years, [&](int year) {
      return std::none_of(study.years.begin(), study.years.end(), [&](const YearEffect& y) { return y.year == year; });
    });
    return years_text(years);
  };
  return b.texts.get("study.opposite", {{"years", years_text(other)},
                                        {"n", static_cast<std::int64_t>(other.size())},
                                        {"value", b.format.with_unit(value)},
                                        {"from", years_of(main->from)},
                                        {"to", years_of(main->to)},
                                        {"base", std::to_string(base->year)}});
}

Object study_part(const Briefing& b, const EffectStudy& study) {
  const Indicator& indicator = b.figures().indicator_of(study.series);
  List years, violations;
  for (const YearEffect& y : study.years) years.push_back(year_row(b, indicator, y));
  for (const EffectUnderViolation& v : study.violations) violations.push_back(violation_row(b, indicator, study, v));
  Object part = {{"name", series_name(b, study.series)},
                 {"unit", b.format.unit(difference(indicator, {}, kNobody).unit)},
                 {"light", b.texts.get("study.light." + light_key(study.quality.light))},
                 {"verdict", b.texts.get("study.verdict." + light_key(study.quality.light))},
                 {"signs", sign_rows(b, study)},
                 {"flow", List{flow_row(b, Role::focus, study.focus), flow_row(b, Role::control, study.control)}},
                 {"first_year", std::to_string(study.first_year)},
                 {"pre_trend", pre_trend_text(b, study)},
                 {"proven_years", proven_years_text(b, indicator, study)},
                 {"opposite", opposite_text(b, study)},
                 {"limit", limit_text(b, indicator, study)},
                 {"breakdown", breakdown_text(b, study)}};
  add_list(part, "years", std::move(years));
  add_list(part, "violations", std::move(violations));
  return part;
}

}  // namespace

const EffectStudy* study_of(const Briefing& b, std::size_t series) {
  const auto& all = b.judgements.studies;
  const auto found = std::find_if(all.begin(), all.end(), [&](const EffectStudy& s) { return s.series == series; });
  return found == all.end() ? nullptr : &*found;
}

List studies_data(const Briefing& b) {
  List out;
  for (const std::size_t series : b.headlines) {
    if (const EffectStudy* study = study_of(b, series)) out.push_back(study_part(b, *study));
  }
  return out;
}

std::string causal_text(const Briefing& b, std::size_t series) {
  const EffectStudy* study = study_of(b, series);
  return study == nullptr ? std::string() : b.texts.get("study.causal." + light_key(study->quality.light));
}

}  // namespace kaskad::reports
