#include "reports/content/bundle.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/content/exact_csv.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/schema/value_json.hpp"

namespace kaskad::reports {
namespace {

struct Field {
  const char* name;
  const char* type;  ///< Of Frictionless' Table Schema.
  const char* about;
};
constexpr std::array<Field, 5> kWaveFields = {{{"school", "string", "School"},
                                               {"focus", "integer", "1: focus group, 0: control group"},
                                               {"final", "integer", "1: final wave, 0: entry"},
                                               {"n", "integer", "Pupils behind the mean"},
                                               {"mean", "number", "Mean over pupils, in the unit of the figure"}}};
constexpr std::array<Field, 6> kYearFields = {{{"school", "string", "School"},
                                               {"cluster", "integer", "Number of the school: the draws go by it"},
                                               {"year", "integer", "School year, by the year in which it ends"},
                                               {"first_treated", "integer", "First year of support; empty: never"},
                                               {"n", "integer", "Pupils behind the mean"},
                                               {"mean", "number", "Mean over pupils, in the unit of the figure"}}};
constexpr std::array<Field, 10> kEffectFields = {{{"series", "string", "Name of its tables"},
                                                  {"unit", "string", "Unit"},
                                                  {"estimate", "number", "Difference in differences"},
                                                  {"se", "number", "CR2 standard error, clusters are schools"},
                                                  {"df", "number", "Satterthwaite degrees of freedom"},
                                                  {"p", "number", "Two-sided p-value"},
                                                  {"lo", "number", "Lower end of the 95% interval"},
                                                  {"hi", "number", "Upper end of the 95% interval"},
                                                  {"pupils", "integer", "Results counted"},
                                                  {"schools", "integer", "Schools"}}};

constexpr std::array<Field, 10> kStudyFields = {{{"series", "string", "Name of its tables"},
                                                 {"year", "integer", "School year, by the year in which it ends"},
                                                 {"event", "integer", "Years since the first year of support"},
                                                 {"reference", "integer", "1: the year compared with"},
                                                 {"estimate", "number", "Difference since the reference year"},
                                                 {"se", "number", "Standard error, clusters are schools"},
                                                 {"lo", "number", "Lower end of the 95% interval of this year"},
                                                 {"hi", "number", "Upper end of the 95% interval of this year"},
                                                 {"band_lo", "number", "Lower end of the 95% band of all years"},
                                                 {"band_hi", "number", "Upper end of the 95% band of all years"}}};

template <std::size_t N>
std::string head_of(const std::array<Field, N>& fields) {
  std::string out;
  for (const Field& field : fields) out += (out.empty() ? "" : ",") + std::string(field.name);
  return out + "\r\n";
}

struct Told {
  std::size_t series = 0;
  const ChangeComparison* change = nullptr;
  std::string name;  ///< Of its tables.
};

/// Letters, digits and hyphens, for names of files.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool keep = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    out += keep ? c : '-';
  }
  return out;
}

std::string name_of(const Briefing& b, std::size_t series) {
  const Series& s = b.figures().series[series].series;
  const Vocabulary& v = b.data.vocabulary;
  const std::string subject = s.subject ? v.subjects[*s.subject].id : "all";
  return plain(b.figures().indicator_of(series).id + "-" + v.procedures[s.procedure].id + "-" + subject + "-" +
               std::to_string(s.grade));
}

std::vector<Told> told_series(const Briefing& b) {
  std::vector<Told> out;
  for (const std::size_t series : b.headlines) {
    const SeriesComparison* c = comparison_of(b, series);
    const ChangeComparison* change = c == nullptr ? nullptr : main_change(b, *c);
    if (change != nullptr && change->effect.defined()) out.push_back({series, change, name_of(b, series)});
  }
  return out;
}

/// Calls tell(school, is_focus, basis) for each school of the two groups that has results in the years.
template <typename Tell>
void each_school(const Briefing& b, std::size_t series, const std::vector<int>& years, Tell&& tell) {
  for (const Role role : {Role::focus, Role::control}) {
    const auto entity = b.frame().find_entity(EntityKind::group, kRoleNames[static_cast<std::size_t>(role)]);
    if (!entity) continue;
    for (const SchoolId school : b.frame().members[*entity]) {
      const Basis basis = pool(b.figures().series[series], b.data.vocabulary.years, {school}, years);
      if (basis.reason == Undefined::none && basis.n > 0) tell(school, role == Role::focus, basis);
    }
  }
}

std::string n_and_mean(const Briefing& b, std::size_t series, const Basis& basis) {
  return std::to_string(basis.n) + "," + exact_csv(basis.mean() * scale_of(b.figures().indicator_of(series))) + "\r\n";
}

std::string waves_table(const Briefing& b, const Told& told) {
  std::string out = head_of(kWaveFields);
  for (const bool is_final : {false, true}) {
    const Period& period = b.frame().periods[*b.frame().find_period(is_final ? told.change->to : told.change->from)];
    each_school(b, told.series, period.years, [&](SchoolId school, bool focus, const Basis& basis) {
      out += quoted_csv(b.data.registry.schools[school].id) + (focus ? ",1," : ",0,") + (is_final ? "1," : "0,") +
             n_and_mean(b, told.series, basis);
    });
  }
  return out;
}

std::string years_table(const Briefing& b, const Told& told, int first_year) {
  std::string out = head_of(kYearFields);
  for (const int year : b.data.vocabulary.years) {
    each_school(b, told.series, {year}, [&](SchoolId school, bool focus, const Basis& basis) {
      out += quoted_csv(b.data.registry.schools[school].id) + "," + std::to_string(school + 1) + "," +
             std::to_string(year) + "," + (focus ? std::to_string(first_year) : "") + "," +
             n_and_mean(b, told.series, basis);
    });
  }
  return out;
}

std::string study_row(const std::string& name, int first_year, const YearEffect& y) {
  const Estimate& e = y.effect;
  std::string out =
      name + "," + std::to_string(y.year) + "," + std::to_string(y.year - first_year) + (y.reference ? ",1" : ",0");
  for (const double value : {e.value, e.se, e.lo, e.hi, y.band_lo, y.band_hi}) {
    out += ",";
    if (e.defined() && std::isfinite(value)) out += exact_csv(value);
  }
  return out + "\r\n";
}

/// What the report says by year; empty cells where it says nothing.
std::string studies_table(const Briefing& b, const std::vector<Told>& all) {
  std::string out = head_of(kStudyFields);
  for (const Told& told : all) {
    const EffectStudy* study = study_of(b, told.series);
    if (study == nullptr) continue;
    for (const YearEffect& y : study->years) out += study_row(told.name, study->first_year, y);
  }
  return out;
}

std::string effects_table(const Briefing& b, const std::vector<Told>& all) {
  std::string out = head_of(kEffectFields);
  for (const Told& told : all) {
    const Estimate& e = told.change->effect;
    const Indicator& indicator = b.figures().indicator_of(told.series);
    out += told.name + "," + quoted_csv(b.format.unit(difference(indicator, e, kNobody).unit)) + "," +
           exact_csv(e.value) + "," + exact_csv(e.se) + "," + exact_csv(e.df) + "," + exact_csv(e.p) + "," +
           exact_csv(e.lo) + "," + exact_csv(e.hi) + "," + std::to_string(e.n) + "," + std::to_string(e.clusters) +
           "\r\n";
  }
  return out;
}

template <std::size_t N>
Object resource(const std::string& name, const std::string& title, const std::array<Field, N>& fields) {
  List list;
  for (const Field& field : fields) {
    list.push_back(Object{{"name", std::string(field.name)},
                          {"type", std::string(field.type)},
                          {"description", std::string(field.about)}});
  }
  return {
      {"name", name},          {"title", title},
      {"path", name + ".csv"}, {"profile", "tabular-data-resource"},
      {"format", "csv"},       {"mediatype", "text/csv"},
      {"encoding", "utf-8"},   {"schema", Object{{"fields", std::move(list)}, {"missingValues", List{std::string()}}}}};
}

/// https://specs.frictionlessdata.io/tabular-data-package/ (version 1).
std::string package(const Briefing& b, const std::vector<Told>& all) {
  List resources;
  for (const Told& told : all) {
    const std::string title = series_name(b, told.series);
    resources.push_back(resource(told.name, title, kWaveFields));
    if (study_of(b, told.series) != nullptr) resources.push_back(resource(told.name + "-years", title, kYearFields));
  }
  resources.push_back(resource("effects", b.texts.get("bundle.effects"), kEffectFields));
  resources.push_back(resource("effects_by_year", b.texts.get("bundle.effects_by_year"), kStudyFields));
  return value_json(Object{{"profile", "tabular-data-package"},
                           {"name", "kaskad-effects"},
                           {"title", b.identity.title},
                           {"created", b.identity.date + "T00:00:00Z"},
                           {"version", b.identity.version},
                           {"resources", std::move(resources)}});
}

/// The options of the study (indicators/effect_study.hpp) in the words of the command. A study of two years has one
/// effect, which the regression gives.
std::string study_command(const Told& told, const EffectStudy& study) {
  constexpr std::size_t kStaggered = 3;
  if (study.years.size() < kStaggered) return "";
  return "kaskad estimate did " + told.name +
         "-years.csv --outcome mean --unit school --cluster cluster --time year --first-treated first_treated "
         "--weights n --base universal --variance cohort --aggregate event --multipliers normal --draws " +
         std::to_string(kStudyDraws) + " --seed " + std::to_string(kStudySeed) + "\n";
}

std::string commands(const Briefing& b, const std::vector<Told>& all) {
  std::string out = "#!/bin/sh -e\n# kaskad " + b.identity.version + "\n";
  for (const Told& told : all) {
    out += "kaskad estimate regression " + told.name +
           ".csv --outcome mean --terms final,focus:final --absorb school --weights n --means --cluster school --vcov "
           "CR2\n";
    if (const EffectStudy* study = study_of(b, told.series)) out += study_command(told, *study);
  }
  return out;
}

/// Rows times √n are what independent pupils give (docs/methods/cr2.md).
std::string r_script(const std::vector<Told>& all) {
  std::string out = "library(clubSandwich)\n";
  for (const Told& told : all) {
    out += "\nd <- read.csv(\"" + told.name +
           ".csv\", colClasses = c(school = \"character\"))\n"
           "x <- model.matrix(~ 0 + factor(school) + final + focus:final, d) * sqrt(d$n)\n"
           "y <- d$mean * sqrt(d$n)\n"
           "m <- lm(y ~ 0 + x)\n"
           "v <- vcovCR(m, cluster = d$school, type = \"CR2\")\n"
           "print(tail(as.data.frame(coef_test(m, vcov = v)), 2), digits = 12)\n";
  }
  return out;
}

}  // namespace

std::vector<BundleFile> effect_bundle(const Briefing& b) {
  const std::vector<Told> all = told_series(b);
  if (all.empty()) return {};
  std::vector<BundleFile> out;
  for (const Told& told : all) {
    out.push_back({told.name + ".csv", waves_table(b, told)});
    if (const EffectStudy* study = study_of(b, told.series))
      out.push_back({told.name + "-years.csv", years_table(b, told, study->first_year)});
  }
  out.push_back({"effects.csv", effects_table(b, all)});
  out.push_back({"effects_by_year.csv", studies_table(b, all)});
  out.push_back({"datapackage.json", package(b, all)});
  out.push_back({"commands.sh", commands(b, all)});
  out.push_back({"repeat.R", r_script(all)});
  return out;
}

}  // namespace kaskad::reports
