#include <algorithm>

#include "engine/intake/layout_parts.hpp"
#include "engine/intake/results_parser.hpp"

namespace kaskad::intake {
namespace {

/// What a result of a wide file states of itself goes before what the source states for all.
std::map<std::string, FieldSource> merged(const std::map<std::string, FieldSource>& own,
                                          const std::map<std::string, FieldSource>& common) {
  std::map<std::string, FieldSource> all = own;
  all.insert(common.begin(), common.end());
  return all;
}

/// Binds the fields of one result; adds the names of columns that are missing.
class SingleBinder {
 public:
  SingleBinder(OpenSource& source, const std::map<std::string, FieldSource>& mapping, bool wide)
      : source_(source), mapping_(mapping), wide_(wide) {}

  ResultFields::Single bind() {
    ResultFields::Single single;
    single.procedure = field("procedure", true, true);
    single.subject = field("subject", true, true);
    single.grade = field("grade", true, false);
    for (std::size_t i = 0; i < kOutcomes; ++i) {
      // Columns that no result names belong to none of them.
      single.outcomes[i] = field(kOutcomeNames[i], !wide_, false);
    }
    const bool any =
        std::any_of(single.outcomes.begin(), single.outcomes.end(), [](const Field& f) { return f.given; });
    if (!any && missing_.empty()) missing_.push_back(field("primary", true, false));
    complete_ = complete_ && any;
    return single;
  }
  bool complete() const { return complete_; }
  const std::vector<Field>& missing() const { return missing_; }

 private:
  Field field(std::string_view name, bool by_own_name, bool required) {
    Field f = bind_field(*source_.table, mapping_, name, source_.values, by_own_name);
    if (!f.given && (f.mapped || required)) missing_.push_back(f);
    complete_ = complete_ && (f.given || !required);
    return f;
  }

  OpenSource& source_;
  const std::map<std::string, FieldSource>& mapping_;
  bool wide_;
  bool complete_ = true;
  std::vector<Field> missing_;
};

void report_once(OpenSource& source, const std::vector<Field>& missing) {
  std::vector<std::string> told;
  for (const Field& field : missing) {
    if (std::find(told.begin(), told.end(), field.head) != told.end()) continue;
    told.push_back(field.head);
    report_missing_column(source, field);
  }
}

}  // namespace

std::optional<ResultFields> bind_results(OpenSource& source) {
  const std::map<std::string, FieldSource>& common = source.spec->fields;
  report_unknown_fields(source, kResultFields);
  ResultFields fields;
  std::vector<Field> missing;
  bool complete = true;
  const auto shared = [&](std::string_view name, bool required) {
    Field f = bind_field(*source.table, common, name, source.values);
    if (!f.given && (f.mapped || required)) missing.push_back(f);
    complete = complete && (f.given || !required);
    return f;
  };
  fields.absorbs = source.layout == nullptr;
  fields.school = shared("school", true);
  fields.year = shared("year", true);
  fields.pupil = shared("pupil", false);
  fields.by_names = source.layout != nullptr && fields.pupil.column == static_cast<int>(kNamesColumn) + 1;
  fields.absent = shared("absent", false);
  const bool wide = !source.spec->results.empty();
  const std::vector<WideResult> singles = wide ? source.spec->results : std::vector<WideResult>(1);
  bool any = false;
  for (const WideResult& result : singles) {
    const std::map<std::string, FieldSource> mapping = merged(result.fields, common);
    SingleBinder binder(source, mapping, wide);
    ResultFields::Single single = binder.bind();
    missing.insert(missing.end(), binder.missing().begin(), binder.missing().end());
    any = any || binder.complete();
    if (binder.complete()) fields.results.push_back(std::move(single));
  }
  report_once(source, missing);
  if (complete && any) return fields;
  reject_all_rows(source);
  return std::nullopt;
}

}  // namespace kaskad::intake
