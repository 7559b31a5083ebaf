// An office's files: the procedures, subjects and context fields that fixtures/intake/layouts speak of.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/intake_fixtures.hpp"

namespace kaskad {

inline const std::string kLayouts = "fixtures/intake/layouts/";

enum : ProcedureId { kVpr, kEge, kOge, kMunicipalStage };
enum : SubjectId { kRussian, kMath, kProfile };
constexpr SchoolId kFirst = 0, kSecond = 1;

inline Vocabulary office_vocabulary() {
  Vocabulary v;
  v.procedures = {{"VPR", {{"ru", "Всероссийские проверочные работы"}}, {}, {"ВПР"}, 2, 5, {}},
                  {"EGE", {{"ru", "Единый государственный экзамен"}}, {}, {"ЕГЭ"}, 2, 5, {}},
                  {"OGE", {{"ru", "Основной государственный экзамен"}}, {}, {"ОГЭ"}, 2, 5, {}},
                  {"OLYMPIAD_MUNICIPAL",
                   {},
                   {},
                   {"муниципальный этап"},
                   1,
                   3,
                   {{"победитель", 3}, {"призёр", 2}, {"участник", 1}}}};
  v.subjects = {{"russian", {{"ru", "Русский язык"}}, {"РУ"}},
                {"math", {{"ru", "Математика"}}, {"МА"}},
                {"profile", {{"ru", "Математика профильная"}}, {}}};
  Scale vpr{"VPR", "russian", 4, 0, 0, 38, {}, {}, {}, {}, "", "ВПР 2021"};
  v.scales = {vpr};
  v.years = {2023, 2024, 2025};
  return v;
}

inline std::vector<ContextField> office_context() {
  return {{"enrolment", {{"ru", "Число обучающихся"}}, "count", true},
          {"psychologist", {{"ru", "Есть психолог"}}, "share", false},
          {"qualified", {{"ru", "Доля учителей с категорией"}}, "percent", false}};
}

inline SourceSpec unknown_kind(const std::string& path) {
  SourceSpec spec = source_of(SourceKind::results, path);
  spec.kind_is_found = true;
  return spec;
}

inline SourceSpec with_constants(SourceSpec spec, const std::map<std::string, std::string>& constants) {
  for (const auto& [field, text] : constants) spec.fields[field] = {"", text, true};
  return spec;
}

inline Dataset read_office(std::vector<SourceSpec> sources, unsigned threads = 1) {
  sources.insert(sources.begin(), source_of(SourceKind::registry, kLayouts + "registry.csv"));
  IntakeOptions options;
  options.threads = threads;
  return read_sources(sources, office_vocabulary(), office_context(), small_names(), options);
}

/// Value → n of one outcome of a cell.
inline std::map<int, std::int64_t> values_of(const Dataset& d, const CellKey& key, Outcome outcome) {
  std::map<int, std::int64_t> values;
  const std::size_t at = d.cube.find(key);
  if (at == d.cube.size()) return values;
  const Tally tally = d.cube.cell(at).tally(outcome);
  for (std::size_t i = 0; i < tally.counts().size(); ++i) {
    if (tally.counts()[i] > 0) values[tally.lo() + static_cast<int>(i)] = tally.counts()[i];
  }
  return values;
}

}  // namespace kaskad
