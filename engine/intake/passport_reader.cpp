// Social passports: a line an indicator, each with its value. Lines are known by the names of the context fields, or by
// what the project names as their columns.
#include <algorithm>
#include <map>

#include "engine/base/text.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/context_values.hpp"
#include "engine/intake/special_fields.hpp"
#include "engine/intake/special_readers.hpp"

namespace kaskad::intake {
namespace {

/// As lines are compared: without regard to case, and to a colon or a number of the line.
std::string line_word(std::string_view text) {
  std::string word = fold(text);
  while (!word.empty() && (word.back() == ':' || word.back() == '.' || word.back() == ' ')) word.pop_back();
  const std::size_t letter = word.find_first_not_of("0123456789.) ");
  return letter == std::string::npos ? word : word.substr(letter);
}

using LineNames = std::map<std::string, int, std::less<>>;

/// Takes what the project says of context fields out of the spec: these are lines, not columns.
LineNames take_line_names(SourceSpec& spec, const std::vector<ContextField>& fields) {
  LineNames names;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto field = static_cast<int>(i);
    names.emplace(line_word(fields[i].id), field);
    for (const auto& [language, name] : fields[i].name) names.emplace(line_word(name), field);
    const auto mapped = spec.fields.find(fields[i].id);
    if (mapped == spec.fields.end() || mapped->second.is_constant) continue;
    names[line_word(mapped->second.column)] = field;
    spec.fields.erase(mapped);
  }
  return names;
}

class PassportReader {
 public:
  PassportReader(OpenSource& source, IntakeState& state, std::vector<Field> fields, LineNames names)
      : source_(source),
        context_(state.dataset.context),
        fields_(std::move(fields)),
        key_(field_of_layout(source, column::kKey)),
        value_(field_of_layout(source, column::kValue)),
        names_(std::move(names)),
        school_(*state.schools),
        year_(state.dataset.vocabulary.years) {}

  void read(const Row& row) {
    Report& report = source_.report;
    const auto name = names_.find(line_word(key_.text(row)));
    if (name == names_.end()) {
      report.leave_out_row("other-indicator");
      return;
    }
    const std::optional<SchoolId> school = school_.read(fields_[0], fields_[1], row, report);
    const bool dated = !fields_[1].text(row).empty();
    const std::optional<int> year = dated ? year_.read(fields_[1], row, report) : std::optional(0);
    const auto field = static_cast<std::size_t>(name->second);
    const auto value = read_context_value(value_.text(row), context_.fields[field], value_, report);
    if (report.row_is_sound() && !value) {
      report.leave_out_row("absent");
      return;
    }
    if (report.row_is_sound()) check_new({name->second, *school, *year});
    if (report.close_row()) accumulate(context_.values[{name->second, *school, *year}], *value);
  }

 private:
  using Place = std::tuple<int, SchoolId, int>;

  void check_new(const Place& place) {
    const auto [first, is_new] = lines_.emplace(place, source_.report.row());
    const std::int64_t row = first->second;
    if (!is_new) source_.report.error("repeated-indicator", key_, [&] { return Args{{"first_row", row}}; });
  }

  OpenSource& source_;
  Context& context_;
  std::vector<Field> fields_;
  Field key_;
  Field value_;
  LineNames names_;
  SchoolReader school_;
  YearReader year_;
  std::map<Place, std::int64_t> lines_;  ///< Row of each.
};

}  // namespace

void read_passport(OpenSource& source, IntakeState& state) {
  LineNames names = take_line_names(*source.spec, state.dataset.context.fields);
  std::vector<Field> fields = bind_fields(source, kContextFields);
  if (fields.empty()) return;
  PassportReader reader(source, state, std::move(fields), std::move(names));
  for_each_row(source, [&](const Row& row) { reader.read(row); });
}

}  // namespace kaskad::intake
