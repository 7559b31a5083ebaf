#include "engine/intake/cell_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad::intake {
namespace {

constexpr int kHighestGrade = 12;

/// Every spelling that names an item, for suggesting one.
template <class Items>
std::vector<std::string> spellings(const Items& items) {
  std::vector<std::string> all;
  for (const auto& item : items) {
    all.push_back(item.id);
    for (const auto& [language, name] : item.name) all.push_back(name);
    all.insert(all.end(), item.synonyms.begin(), item.synonyms.end());
  }
  return all;
}

}  // namespace

bool is_filled(std::string_view text, const Field& field, Report& report) {
  if (text.empty()) report.error("missing-value", field, [&] { return Args{{"field", field.name}}; });
  return !text.empty();
}

void report_unknown_school(std::string_view text, const Field& field, const SchoolIndex& index, Report& report) {
  report.error("unknown-school", field, [&] {
    return Args{{"school", quoted(text)},
                {"nearest", report.suggestion_for(text, [&] { return suggestion(index.suggest(text)); })}};
  });
}

std::optional<SchoolId> SchoolReader::read(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return std::nullopt;
  const auto& school = memo_.get(text, [&](std::string_view t) { return index_->find(t); });
  if (!school) report_unknown_school(text, field, *index_, report);
  return school;
}

std::optional<int> YearReader::read(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return std::nullopt;
  const std::optional<int>& year = memo_.get(text, parse_year);
  if (!year) {
    report.error("not-a-year", field, [&] { return Args{{"value", quoted(text)}}; });
    return std::nullopt;
  }
  if (std::find(years_->begin(), years_->end(), *year) != years_->end()) return year;
  report.error("year-outside-project", field, [&] {
    return Args{{"year", fmt::format("{}", *year)}, {"years", fmt::format("{}", fmt::join(*years_, ", "))}};
  });
  return std::nullopt;
}

std::optional<ProcedureId> ProcedureReader::read(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return std::nullopt;
  const auto& procedure = memo_.get(text, [&](std::string_view t) { return vocabulary_->find_procedure(t); });
  if (!procedure) {
    report.error("unknown-procedure", field, [&] {
      return Args{{"procedure", quoted(text)}, {"nearest", report.suggestion_for(text, [&] {
                                                  return nearest_of(text, spellings(vocabulary_->procedures));
                                                })}};
    });
  }
  return procedure;
}

std::optional<SubjectId> SubjectReader::read(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return std::nullopt;
  const auto& subject = memo_.get(text, [&](std::string_view t) { return vocabulary_->find_subject(t); });
  if (!subject) {
    report.error("unknown-subject", field, [&] {
      return Args{
          {"subject", quoted(text)},
          {"nearest", report.suggestion_for(text, [&] { return nearest_of(text, spellings(vocabulary_->subjects)); })}};
    });
  }
  return subject;
}

std::optional<int> GradeReader::read(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return 0;
  const std::optional<int>& grade = memo_.get(text, parse_grade);
  if (grade && *grade >= 1 && *grade <= kHighestGrade) return grade;
  report.error("grade-out-of-range", field, [&] {
    return Args{{"value", quoted(text)}, {"most", std::int64_t{kHighestGrade}}};
  });
  return std::nullopt;
}

}  // namespace kaskad::intake
