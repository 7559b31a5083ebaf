#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "reports/content/labels.hpp"
#include "reports/content/ledger_files.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

/// Two intermediate waves have one short name, which would not tell them apart in heads of tables.
bool shares_role(const Briefing& b, const Period& wave) {
  const auto& periods = b.frame().periods;
  return std::count_if(periods.begin(), periods.end(),
                       [&](const Period& p) { return p.is_wave && p.role == wave.role; }) > 1;
}

Object wave_object(const Briefing& b, const Period& p, int index) {
  return {{"id", p.id},
          {"name", wave_name(b, p)},
          {"short", short_wave_name(b, p)},
          {"label", shares_role(b, p) ? years_text(p.years) : short_wave_name(b, p)},
          {"years", years_text(p.years)},
          {"index", index}};
}

/// Context fields are shown as percent when they are shares.
Unit context_unit(const ContextField& field) {
  if (field.unit == "share" || field.unit == "percent") return Unit::percent;
  if (field.unit == "years") return Unit::years;
  return field.unit == "count" ? Unit::count : Unit::none;
}

std::int64_t total(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [code, n] : counts) sum += n;
  return sum;
}

std::string reason_name(const Briefing& b, const std::string& code) {
  return b.texts.has("ledger." + code) ? b.texts.get("ledger." + code) : code;
}

Object indicator_row(const Briefing& b, const Indicator& i) {
  return {{"name", in_language(i.name, b.language())},
          {"kind", b.texts.get("indicator_kind." + std::string(kIndicatorKindNames[static_cast<std::size_t>(i.kind)]))},
          {"outcome", b.texts.get("outcome." + std::string(kOutcomeNames[static_cast<std::size_t>(i.outcome)]))},
          {"formula", i.formula.text()},
          {"source", in_language(i.source, b.language())},
          {"minimum_n", std::max(i.minimum_n, b.figures().minimum_n)}};
}

}  // namespace

Words words_of(const Texts& texts) {
  Words words;
  words.table = texts.get("document.table");
  words.table_continued = texts.get("document.table_continued");
  words.figure = texts.get("document.figure");
  words.missing = texts.get("document.missing");
  words.page_of = texts.get("document.page");
  words.no_rows = texts.get("document.no_rows");
  words.range = texts.get("document.range");
  words.range_signed = texts.get("document.range_signed");
  words.to_text = texts.get("document.to_text");
  words.footnotes = texts.get("document.footnotes");
  return words;
}

std::vector<std::pair<Undefined, std::string>> reasons_of(const Texts& texts) {
  std::vector<std::pair<Undefined, std::string>> out;
  for (int r = static_cast<int>(Undefined::no_data); r <= static_cast<int>(kLastUndefined); ++r) {
    const auto reason = static_cast<Undefined>(r);
    out.emplace_back(reason, texts.get("undefined." + std::string(undefined_name(reason))));
  }
  return out;
}

namespace {

/// Some figure of the region is defined in the period.
bool has_results(const Figures& f, std::size_t period) {
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    if (f.at(s, kRegion, period).defined()) return true;
  }
  return false;
}

/// Those with results, or all where none has any; each with its place among all years, by which figures are found.
List years_of(const Figures& f) {
  List all, with_results;
  for (std::size_t p = 0; p < f.frame.periods.size(); ++p) {
    if (f.frame.periods[p].is_wave) continue;
    all.push_back(Object{{"label", f.frame.periods[p].id}, {"index", static_cast<int>(all.size())}});
    if (has_results(f, p)) with_results.push_back(all.back());
  }
  return with_results.empty() ? all : with_results;
}

/// Each wave is one year, and no year with results is outside them: figures by wave and by year are the same.
bool waves_are_years(const Figures& f, std::size_t years_shown) {
  std::size_t waves = 0;
  for (const Period& p : f.frame.periods) {
    if (!p.is_wave) continue;
    if (p.years.size() != 1) return false;
    ++waves;
  }
  return waves > 0 && waves >= years_shown;
}

}  // namespace

void add_identity(const Briefing& b, Object& root) {
  root.emplace_back("title", b.identity.title);
  root.emplace_back("organisation", b.identity.organisation);
  root.emplace_back("region", b.identity.region);
  root.emplace_back("source_note", b.identity.source_note);
  root.emplace_back("date", b.identity.date);
  root.emplace_back("date_text", b.format.date(b.identity.date));
  root.emplace_back("version", b.identity.version);
  root.emplace_back("period", years_text(b.data.vocabulary.years));
  root.emplace_back("minimum_n", b.figures().minimum_n);
  List waves;
  for (const Period& p : b.frame().periods) {
    if (p.is_wave) waves.push_back(wave_object(b, p, static_cast<int>(waves.size())));
  }
  root.emplace_back("has_waves", !waves.empty());
  root.emplace_back("waves", std::move(waves));
  List years = years_of(b.figures());
  root.emplace_back("waves_are_years", waves_are_years(b.figures(), years.size()));
  root.emplace_back("years", std::move(years));
}

void add_companions(const Briefing& b, bool workbook, Object& root) {
  const std::string_view where = workbook ? (b.beside.passports ? "both" : "workbook") : "passports";
  root.emplace_back("has_workbook", workbook);
  root.emplace_back("details_in", workbook || b.beside.passports
                                      ? b.texts.get("details.place", {{"where", std::string(where)}})
                                      : std::string());
}

Value null_without_any(Object object) {
  Value out(std::move(object));
  const Value* any = out.find("has_any");
  return any != nullptr && any->truthy() ? out : Value();
}

void add_list(Object& root, const std::string& name, List list) {
  root.emplace_back("has_" + name, !list.empty());
  root.emplace_back(name, std::move(list));
}

std::string without_figures_text(const Briefing& b, std::int64_t n) {
  return n == 0 ? std::string() : b.texts.get("series.without_figures", {{"n", n}});
}

Object series_row(const Briefing& b, std::size_t series, std::size_t entity, std::string slice) {
  const Indicator& indicator = b.figures().indicator_of(series);
  Object row = {{"indicator", in_language(indicator.short_name, b.language())},
                {"label", short_with_unit(b, indicator)},
                {"slice", std::move(slice)},
                {"unit", b.format.unit(unit_of(indicator))}};
  for (auto& part : figures_of(b, series, entity)) row.push_back(std::move(part));
  return row;
}

void sort_by_slice(List& rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Value& x, const Value& y) { return *x.find("slice")->text() < *y.find("slice")->text(); });
}

void add_last_period(const Briefing& b, Object& root) {
  const auto& periods = b.frame().periods;
  root.emplace_back("last_period", periods.empty() ? std::string() : period_name(b, periods.back()));
  root.emplace_back("last_years", periods.empty() ? std::string() : years_text(periods.back().years));
}

List school_rows(const Briefing& b, const std::vector<SchoolId>& schools) {
  List rows;
  for (const SchoolId s : schools) {
    const School& school = b.data.registry.schools[s];
    List figures;
    for (const std::size_t series : b.headlines) figures.push_back(figures_of(b, series, b.frame().first_school() + s));
    rows.push_back(Object{{"id", school.id},
                          {"name", school_name(b, s)},
                          {"municipality", school.municipality},
                          {"type", school_type_name(b, school.type)},
                          {"group", group_of_school(b, s)},
                          {"figures", std::move(figures)}});
  }
  return rows;
}

Object figures_of(const Briefing& b, std::size_t series, std::size_t entity) {
  const Figures& f = b.figures();
  const Indicator& indicator = f.indicator_of(series);
  List waves, years;
  for (std::size_t p = 0; p < f.frame.periods.size(); ++p) {
    (f.frame.periods[p].is_wave ? waves : years).push_back(figure(b, series, entity, p));
  }
  const List& last_of = waves.empty() ? years : waves;
  Value last = last_of.empty() ? Value() : last_of.back();
  const auto& changes = f.series[series].change;
  const Estimate change = changes.empty() ? undefined(Undefined::no_data) : changes[entity];
  return {{"by_wave", std::move(waves)},
          {"by_year", std::move(years)},
          {"last", std::move(last)},
          {"change", difference(indicator, change, owner_of(entity))}};
}

Object method_data(const Briefing& b) {
  List indicators, fields;
  std::set<std::size_t> used;
  for (const SeriesFigures& s : b.figures().series) used.insert(s.series.indicator);
  for (const std::size_t i : used) indicators.push_back(indicator_row(b, b.figures().indicators[i]));
  std::string names;
  for (const int field : b.similar.fields) {
    names += (names.empty() ? "" : "; ") +
             in_language(b.data.context.fields[static_cast<std::size_t>(field)].name, b.language());
  }
  return {{"indicators", std::move(indicators)},
          {"similar_fields", names},
          {"similar_wanted", static_cast<std::int64_t>(b.similar.wanted)}};
}

Object ledger_data(const Briefing& b) {
  List sources;
  std::map<std::string, std::int64_t> rejected, left_out;
  std::int64_t read = 0, counted = 0;
  for (const SourceLedger& s : b.data.ledger) {
    sources.push_back(Object{{"file", s.sheet.empty() ? s.file : s.file + " [" + s.sheet + "]"},
                             {"kind", b.texts.get("source_kind." + s.kind)},
                             {"read", s.read},
                             {"counted", s.counted},
                             {"rejected", total(s.rejected)},
                             {"left_out", total(s.left_out)}});
    for (const auto& [code, n] : s.rejected) rejected[code] += n;
    for (const auto& [code, n] : s.left_out) left_out[code] += n;
    read += s.read;
    counted += s.counted;
  }
  List reasons;
  for (const auto& [code, n] : rejected)
    reasons.push_back(
        Object{{"what", b.texts.get("ledger_kind.rejected")}, {"reason", reason_name(b, code)}, {"rows", n}});
  for (const auto& [code, n] : left_out)
    reasons.push_back(
        Object{{"what", b.texts.get("ledger_kind.left_out")}, {"reason", reason_name(b, code)}, {"rows", n}});
  const FileRows files = rows_of_files(b.data.ledger);
  const bool again = files.read > files.rows;
  Object totals = {
      {"file", again ? b.texts.get("ledger_kind.total", {{"rows", files.rows}}) : b.texts.get("label.total")},
      {"kind", ""},
      {"read", read},
      {"counted", counted},
      {"rejected", total(rejected)},
      {"left_out", total(left_out)}};
  return {{"sources", std::move(sources)},
          {"total", std::move(totals)},
          {"has_reasons", !reasons.empty()},
          {"reasons", std::move(reasons)}};
}

Quantity context_level(const Briefing& b, int field, const std::vector<SchoolId>& schools,
                       const std::vector<int>& years, Owner owner) {
  const ContextField& f = b.data.context.fields[static_cast<std::size_t>(field)];
  double sum = 0, n = 0;
  std::set<SchoolId> with_data;
  for (const SchoolId s : schools) {
    for (const int year : years) {
      const ContextValue* v = b.data.context.find(field, s, year);
      if (v == nullptr || v->n == 0) continue;
      sum += v->sum;
      n += f.is_total ? 1 : static_cast<double>(v->n);
      with_data.insert(s);
    }
  }
  Quantity q{undefined(Undefined::no_data), context_unit(f), context_unit(f) == Unit::count && f.is_total ? 0 : 1,
             false, owner};
  if (n == 0) return q;
  q.estimate = exactly(sum / n * (f.unit == "share" ? 100 : 1), static_cast<std::int64_t>(with_data.size()));
  return q;
}

}  // namespace kaskad::reports
