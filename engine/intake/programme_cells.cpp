#include "engine/intake/programme_cells.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/intake/municipalities.hpp"

namespace kaskad::intake {
namespace {

constexpr std::array<WordOf<OwnerLevel>, 13> kLevelWords = {{{"school", OwnerLevel::school},
                                                             {"школа", OwnerLevel::school},
                                                             {"школьный", OwnerLevel::school},
                                                             {"школьная", OwnerLevel::school},
                                                             {"municipal", OwnerLevel::municipality},
                                                             {"муниципалитет", OwnerLevel::municipality},
                                                             {"муниципальный", OwnerLevel::municipality},
                                                             {"муниципальная", OwnerLevel::municipality},
                                                             {"regional", OwnerLevel::region},
                                                             {"регион", OwnerLevel::region},
                                                             {"региональный", OwnerLevel::region},
                                                             {"региональная", OwnerLevel::region},
                                                             {"область", OwnerLevel::region}}};

/// Words of raters; a rubric's own words come through the source's `values`.
constexpr std::array<WordOf<double>, 11> kRatingWords = {{{"нет", 0},
                                                          {"отсутствует", 0},
                                                          {"absent", 0},
                                                          {"no", 0},
                                                          {"частично", 0.5},
                                                          {"partly", 0.5},
                                                          {"полностью", 1},
                                                          {"в полном объеме", 1},
                                                          {"да", 1},
                                                          {"in full", 1},
                                                          {"yes", 1}}};

std::optional<DateSpan> read_span(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return std::nullopt;
  const std::optional<DateSpan> span = parse_term(text);
  if (!span) report.error("bad-date", field, [&] { return Args{{"value", quoted(text)}}; });
  return span;
}

std::string match_name(std::string_view text, const Field& field, const std::vector<std::string>& known,
                       std::string_view code, Report& report) {
  const std::string word = fold(text);
  auto found = std::find(known.begin(), known.end(), text);
  if (found == known.end()) {
    found = std::find_if(known.begin(), known.end(), [&](const std::string& name) { return fold(name) == word; });
  }
  if (found != known.end()) return *found;
  report.error(code, field, [&] { return Args{{"name", quoted(text)}, {"nearest", nearest_of(text, known)}}; });
  return {};
}

RowOwner owner_school(std::string_view text, const Field& field, const IntakeState& state, Report& report) {
  RowOwner owner;
  owner.level = OwnerLevel::school;
  owner.school = state.schools->find(text);
  if (owner.school)
    owner.name = state.dataset.registry.schools[*owner.school].id;
  else
    report_unknown_school(text, field, *state.schools, report);
  return owner;
}

RowOwner owner_municipality(std::string_view text, const Field& field, const IntakeState& state, Report& report) {
  RowOwner owner;
  owner.level = OwnerLevel::municipality;
  const std::optional<std::string> name = find_municipality(text, state.dataset.registry);
  if (!name) report_unknown_municipality(text, field, state.dataset.registry, report);
  owner.name = name.value_or("");
  return owner;
}

}  // namespace

void report_unknown_word(std::string_view text, const Field& field, std::vector<std::string> known, Report& report) {
  report.error("unknown-word", field, [&] {
    return Args{{"word", quoted(text)},
                {"field", field.name},
                {"nearest", nearest_of(text, known)},
                {"known", fmt::format("{}", fmt::join(known, ", "))}};
  });
}

std::string read_required(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  is_filled(text, field, report);
  return std::string(text);
}

std::string read_name(const Field& field, const Row& row, const std::vector<std::string>& known, std::string_view code,
                      Report& report) {
  const std::string_view text = field.text(row);
  return is_filled(text, field, report) ? match_name(text, field, known, code, report) : std::string();
}

std::string read_id(const Field& field, const Row& row, const std::vector<std::string>& known, std::string_view code,
                    Report& report) {
  const std::string_view text = field.text(row);
  return text.empty() || known.empty() ? std::string(text) : match_name(text, field, known, code, report);
}

std::string read_date(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return {};
  const std::optional<std::string> date = parse_date(text);
  if (!date) report.error("bad-date", field, [&] { return Args{{"value", quoted(text)}}; });
  return date.value_or("");
}

std::string read_first_day(const Field& field, const Row& row, Report& report) {
  const std::optional<DateSpan> span = read_span(field, row, report);
  return span ? span->first : std::string();
}

std::string read_last_day(const Field& field, const Row& row, Report& report) {
  const std::optional<DateSpan> span = read_span(field, row, report);
  return span ? span->last : std::string();
}

void check_order(const std::string& first, const std::string& last, const Field& field, Report& report) {
  if (first.empty() || last.empty() || first <= last) return;
  report.error("dates-reversed", field, [&] { return Args{{"first", first}, {"last", last}}; });
}

bool read_reliable(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return true;
  const std::optional<bool> reliable = parse_boolean(text);
  if (!reliable) report.error("not-a-boolean", field, [&] { return Args{{"value", quoted(text)}}; });
  return reliable.value_or(true);
}

double read_rating(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return 0;
  if (const std::optional<double> rating = find_word(text, kRatingWords)) return *rating;
  const ParsedNumber number = parse_number(text);
  if (!number.good) {
    report.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
  } else if (number.value < 0 || number.value > 1) {
    report.error("score-out-of-range", field, [&] { return Args{{"value", quoted(text)}}; });
  }
  return number.value;
}

double read_value(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return 0;
  const ParsedNumber number = parse_number(text);
  if (!number.good) report.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
  return number.value;
}

int read_programme(const Field& field, const Row& row, const IntakeState& state, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return 0;
  const std::vector<Programme>& all = state.dataset.programmes;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Programme& p) { return p.id == text; });
  if (found != all.end()) return static_cast<int>(found - all.begin());
  report.error("unknown-programme", field, [&] {
    std::vector<std::string> ids;
    std::transform(all.begin(), all.end(), std::back_inserter(ids), [](const Programme& p) { return p.id; });
    return Args{{"programme", quoted(text)}, {"nearest", nearest_of(text, ids)}};
  });
  return 0;
}

std::optional<int> read_optional_programme(const Field& field, const Row& row, const IntakeState& state,
                                           Report& report) {
  if (field.text(row).empty()) return std::nullopt;
  const int programme = read_programme(field, row, state, report);
  return report.row_is_sound() ? std::optional(programme) : std::nullopt;
}

std::optional<OwnerLevel> read_owner_level(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  const std::optional<OwnerLevel> level = find_word(text, kLevelWords);
  if (!level) report.error("unknown-level", field, [&] { return Args{{"level", quoted(text)}}; });
  return level;
}

RowOwner read_owner(const OwnerFields& fields, const Row& row, std::optional<int> programme, const IntakeState& state,
                    Report& report) {
  const std::string_view school = fields.school.text(row);
  if (!school.empty()) return owner_school(school, fields.school, state, report);
  const std::string_view name = fields.owner.text(row);
  const bool has_level = !fields.level.text(row).empty();
  if (!has_level && name.empty()) {
    return programme ? owner_of(state.dataset.programmes[static_cast<std::size_t>(*programme)]) : RowOwner{};
  }
  if (!has_level) {
    return find_municipality(name, state.dataset.registry) || !state.schools->find(name)
               ? owner_municipality(name, fields.owner, state, report)
               : owner_school(name, fields.owner, state, report);
  }
  const std::optional<OwnerLevel> level = read_owner_level(fields.level, row, report);
  if (!level || *level == OwnerLevel::region) return {};
  if (!is_filled(name, fields.owner, report)) return {*level, {}, {}};
  return *level == OwnerLevel::school ? owner_school(name, fields.owner, state, report)
                                      : owner_municipality(name, fields.owner, state, report);
}

std::optional<std::string> find_municipality(std::string_view text, const Registry& registry) {
  const std::vector<std::string>& all = registry.municipalities;
  const std::string word = fold(text);
  const auto exact = std::find_if(all.begin(), all.end(), [&](const std::string& name) { return fold(name) == word; });
  if (exact != all.end()) return *exact;
  const MunicipalityName parsed = parse_municipality(text);
  const auto is_same = [&](const std::string& name) { return same(parse_municipality(name), parsed); };
  const auto found = std::find_if(all.begin(), all.end(), is_same);
  if (found == all.end() || std::find_if(found + 1, all.end(), is_same) != all.end()) return std::nullopt;
  return *found;
}

void report_unknown_municipality(std::string_view text, const Field& field, const Registry& registry, Report& report) {
  report.error("unknown-municipality", field, [&] {
    return Args{{"municipality", quoted(text)}, {"nearest", nearest_of(text, registry.municipalities)}};
  });
}

RowOwner owner_of(const Programme& programme) {
  const auto* level = std::find(kOwnerLevelNames.begin(), kOwnerLevelNames.end(), programme.level);
  RowOwner owner;
  owner.level = static_cast<OwnerLevel>(level - kOwnerLevelNames.begin());
  if (owner.level != OwnerLevel::region) owner.name = programme.owner;
  owner.school = programme.school;
  return owner;
}

std::string owner_key(const RowOwner& owner) {
  return std::string(kOwnerLevelNames[static_cast<std::size_t>(owner.level)]) + '\n' + owner.name;
}

}  // namespace kaskad::intake
