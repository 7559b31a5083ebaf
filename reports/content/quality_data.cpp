// The quality of the data: what was found wrong, who sent nothing, what could not be computed.
#include <algorithm>
#include <array>
#include <map>

#include "engine/intake/returned.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/ledger_files.hpp"
#include "reports/content/region_parts.hpp"

namespace kaskad::reports {
namespace {

constexpr std::array<const char*, 3> kSeverities = {"error", "warning", "note"};

std::string place_text(const Briefing& b, const Place& place) {
  if (place.file.empty()) return b.texts.get("quality.whole");
  std::string out = place.file;
  if (!place.sheet.empty()) out += " [" + place.sheet + "]";
  if (place.row > 0) out = b.texts.get("quality.place", {{"file", out}, {"row", place.row}});
  return out;
}

struct Kind {
  const Diagnostic* first = nullptr;
  std::int64_t n = 0;
};

/// Kinds of defects by severity, the most frequent first; each with its first example.
List defects(const Briefing& b) {
  std::map<std::pair<Severity, std::string>, Kind> kinds;
  for (const Diagnostic& d : b.data.diagnostics) {
    Kind& kind = kinds[{d.severity, d.message.code}];
    if (kind.first == nullptr) kind.first = &d;
    ++kind.n;
  }
  std::vector<Kind> sorted;
  for (const auto& [key, kind] : kinds) sorted.push_back(kind);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Kind& x, const Kind& y) {
    return std::pair(x.first->severity, -x.n) < std::pair(y.first->severity, -y.n);
  });
  List rows;
  for (const Kind& kind : sorted) {
    const Diagnostic& d = *kind.first;
    rows.push_back(Object{
        {"severity", b.texts.get("quality.severity." + std::string(kSeverities[static_cast<std::size_t>(d.severity)]))},
        {"n", kind.n},
        {"example", b.texts.get("diagnostic." + d.message.code + ".text", d.message.args)},
        {"place", place_text(b, d.place)}});
  }
  return rows;
}

std::string file_text(const SourceLedger& s) { return s.sheet.empty() ? s.file : s.file + " [" + s.sheet + "]"; }

/// What a table was taken for, and by which heads.
std::string layout_text(const Briefing& b, const SourceLedger& s) {
  if (s.layout.empty())
    return b.texts.get("check.tidy", {{"row", s.head_row}, {"found", std::string(s.kind_is_found ? "kind" : "heads")}});
  const std::string key = "layout." + s.layout;
  return b.texts.get("quality.layout", {{"layout", b.texts.has(key) ? b.texts.get(key) : s.layout},
                                        {"forced", std::string(s.layout_is_forced ? "yes" : "no")},
                                        {"row", s.head_row}});
}

/// How each source was read: its layout, and the cells that were read as they were meant.
List readings(const Briefing& b) {
  List rows;
  for (const SourceLedger& s : b.data.ledger) {
    if (s.head_row == 0) continue;
    std::string absorbed;
    for (const auto& [dirt, n] : s.absorbed)
      absorbed += (absorbed.empty() ? "" : "; ") + b.texts.get("dirt." + dirt) + ": " + b.format.count(n);
    rows.push_back(Object{{"file", file_text(s)},
                          {"kind", b.texts.get("source_kind." + s.kind)},
                          {"layout", layout_text(b, s)},
                          {"absorbed", std::move(absorbed)}});
  }
  return rows;
}

/// Names that were taken for a school or a municipality, with the reason.
List name_matches(const Briefing& b) {
  constexpr std::array<std::string_view, 3> codes = {"school-matched", "municipality-matched", "municipality-near"};
  List rows;
  for (const Diagnostic& d : b.data.diagnostics) {
    if (std::find(codes.begin(), codes.end(), d.message.code) == codes.end()) continue;
    rows.push_back(Object{{"place", place_text(b, d.place)},
                          {"match", b.texts.get("diagnostic." + d.message.code + ".text", d.message.args)}});
  }
  return rows;
}

List returned_books(const Briefing& b) {
  List rows;
  for (const ReturnedWorkbook& book : returned_workbooks(b.data)) {
    rows.push_back(Object{{"workbook", book.workbook},
                          {"corrected", book.corrected},
                          {"withdrawn", book.withdrawn},
                          {"still_wrong", book.still_wrong},
                          {"unchanged", book.unchanged},
                          {"stale", book.stale}});
  }
  return rows;
}

/// Schools that have no result at all in a year in which others have.
List silent_schools(const Briefing& b) {
  std::map<int, std::vector<bool>> with;
  for (std::size_t c = 0; c < b.data.cube.size(); ++c) {
    const CellKey key = b.data.cube.cell(c).key;
    auto& schools = with[key.year];
    schools.resize(b.data.registry.schools.size());
    schools[key.school] = true;
  }
  List rows;
  for (SchoolId s = 0; s < b.data.registry.schools.size(); ++s) {
    std::vector<int> years;
    for (const auto& [year, schools] : with) {
      if (!schools[s]) years.push_back(year);
    }
    if (years.empty()) continue;
    rows.push_back(Object{{"id", b.data.registry.schools[s].id},
                          {"name", school_name(b, s)},
                          {"municipality", b.data.registry.schools[s].municipality},
                          {"years", years_text(years)}});
  }
  return rows;
}

List context_coverage(const Briefing& b) {
  List rows;
  for (int field = 0; field < static_cast<int>(b.data.context.fields.size()); ++field) {
    List by_year;
    std::int64_t total = 0;
    for (const int year : b.data.vocabulary.years) {
      std::int64_t n = 0;
      for (SchoolId s = 0; s < b.data.registry.schools.size(); ++s) {
        const ContextValue* v = b.data.context.find(field, s, year);
        n += v != nullptr && v->n > 0;
      }
      total += n;
      by_year.emplace_back(n);
    }
    if (total == 0) continue;
    rows.push_back(
        Object{{"name", in_language(b.data.context.fields[static_cast<std::size_t>(field)].name, b.language())},
               {"schools", std::move(by_year)}});
  }
  return rows;
}

/// How many of the schools' headline figures of the last period are undefined, by reason.
List undefined_figures(const Briefing& b) {
  std::map<Undefined, std::int64_t> counts;
  std::int64_t all = 0;
  for (const std::size_t series : b.headlines) {
    for (SchoolId s = 0; s < b.data.registry.schools.size() && !b.frame().periods.empty(); ++s) {
      ++counts[b.figures().at(series, b.frame().first_school() + s, b.frame().periods.size() - 1).reason];
      ++all;
    }
  }
  List rows;
  for (const auto& [reason, n] : counts) {
    const Estimate share = exactly(100.0 * static_cast<double>(n) / static_cast<double>(all), all);
    rows.push_back(
        Object{{"reason", b.texts.get(reason == Undefined::none ? "quality.computed"
                                                                : "undefined." + std::string(undefined_name(reason)))},
               {"figures", n},
               {"share", Quantity{share, Unit::percent, 1, false, owner_of(kRegion)}}});
  }
  return rows;
}

std::string told(const Briefing& b) {
  std::int64_t rejected = 0;
  for (const SourceLedger& source : b.data.ledger) {
    for (const auto& [code, n] : source.rejected) rejected += n;
  }
  std::array<std::int64_t, kSeverities.size()> told{};
  for (const Diagnostic& d : b.data.diagnostics) ++told[static_cast<std::size_t>(d.severity)];
  const FileRows files = rows_of_files(b.data.ledger);
  return b.texts.get("quality.text", {{"files", files.files},
                                      {"rows", files.rows},
                                      {"read", files.read},
                                      {"again", std::string(files.read > files.rows ? "yes" : "no")},
                                      {"rejected", rejected},
                                      {"errors", told[static_cast<std::size_t>(Severity::error)]},
                                      {"warnings", told[static_cast<std::size_t>(Severity::warning)]}});
}

}  // namespace

Object quality_data(const Briefing& b) {
  List found = defects(b), silent = silent_schools(b), context = context_coverage(b);
  List read = readings(b), matches = name_matches(b), returned = returned_books(b);
  return {{"text", told(b)},
          {"has_defects", !found.empty()},
          {"defects", std::move(found)},
          {"has_readings", !read.empty()},
          {"readings", std::move(read)},
          {"has_matches", !matches.empty()},
          {"matches", std::move(matches)},
          {"has_returned", !returned.empty()},
          {"returned", std::move(returned)},
          {"has_silent", !silent.empty()},
          {"silent", std::move(silent)},
          {"has_context", !context.empty()},
          {"context", std::move(context)},
          {"undefined", undefined_figures(b)}};
}

}  // namespace kaskad::reports
