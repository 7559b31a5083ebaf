#include "engine/intake/cell_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/intake/cell_key_reader.hpp"

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

std::optional<FoundSchool> SchoolReader::find(std::string_view text, std::string_view year) {
  if (index_->depends_on_year()) return index_->find(text, parse_year(year).value_or(0));
  return memo_.get(text, [&](std::string_view t) { return index_->find(t, 0); });
}

std::optional<SchoolId> SchoolReader::read(const Field& field, const Field& year, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return std::nullopt;
  const std::optional<FoundSchool> found = find(text, year.text(row));
  if (!found) {
    report_unknown_school(text, field, *index_, report);
    return std::nullopt;
  }
  if (found->match != SchoolMatch::id) {
    report.note_once("school-matched", text, field, [&] {
      return Args{{"text", quoted(text)},
                  {"school", index_->id_of(found->school)},
                  {"reason", std::string(kSchoolMatchNames[static_cast<std::size_t>(found->match)])}};
    });
  }
  return found->school;
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

std::optional<CellKey> CellKeyReader::read(std::span<const Field> fields, const Row& row, Report& report) {
  const auto school = school_.read(fields[0], fields[1], row, report);
  const auto year = year_.read(fields[1], row, report);
  const auto procedure = procedure_.read(fields[2], row, report);
  const auto subject = subject_.read(fields[3], row, report);
  const auto grade = grade_.read(fields[4], row, report);
  if (!school || !year || !procedure || !subject || !grade) return std::nullopt;
  return CellKey{*school, static_cast<std::int16_t>(*year), *procedure, *subject, static_cast<std::uint8_t>(*grade)};
}

}  // namespace kaskad::intake
