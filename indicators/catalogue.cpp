#include "indicators/catalogue.hpp"

#include <algorithm>
#include <set>

namespace kaskad {
namespace {

template <std::size_t N>
std::vector<std::string_view> choices(const std::array<std::string_view, N>& names) {
  return {names.begin(), names.end()};
}

/// The formula stands under `when` for counts of pupils and under `value` for the rest.
void read_formula(ConfigReader& reader, Indicator& indicator) {
  const bool counts = indicator.kind == IndicatorKind::share || indicator.kind == IndicatorKind::rate;
  const std::string_view key = counts ? "when" : "value";
  const std::string text = reader.required_text(key);
  if (text.empty()) return;
  auto formula = Formula::compile(text);
  if (formula)
    indicator.formula = std::move(*formula);
  else
    reader.report(key, formula.error().message.code, formula.error().message.args);
}

Indicator read_indicator(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "indicator", out);
  Indicator i;
  i.id = reader.required_text("id");
  i.name = reader.localized("name");
  i.short_name = reader.localized("short");
  i.kind = static_cast<IndicatorKind>(reader.choice("kind", choices(kIndicatorKindNames), 0));
  const std::vector<std::string_view> outcomes(std::begin(kOutcomeNames), std::end(kOutcomeNames));
  i.outcome = static_cast<Outcome>(reader.choice("outcome", outcomes, 2));
  read_formula(reader, i);
  i.per = i.kind == IndicatorKind::rate ? reader.required_text("per") : reader.text("per");
  i.unit = static_cast<IndicatorUnit>(reader.choice("unit", choices(kIndicatorUnitNames), 0));
  i.decimals = static_cast<int>(reader.integer("decimals", 1));
  i.direction = static_cast<Direction>(reader.choice("direction", choices(kDirectionNames), 1));
  i.minimum_n = reader.integer("minimum_n", 0);
  i.procedures = reader.texts("procedures");
  i.subjects = reader.texts("subjects");
  i.all_subjects = reader.boolean("all_subjects", false);
  i.source = reader.localized("source");
  if (i.name.empty()) reader.report("name", "setting-missing");
  if (i.short_name.empty()) i.short_name = i.name;
  reader.finish();
  return i;
}

Procedure read_procedure(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "procedure", out);
  Procedure p;
  p.id = reader.required_text("id");
  p.name = reader.localized("name");
  p.short_name = reader.localized("short");
  p.synonyms = reader.texts("synonyms");
  const auto marks = reader.integers("marks");
  if (marks.size() == 2 && marks[0] < marks[1]) {
    p.lowest_mark = static_cast<int>(marks[0]);
    p.highest_mark = static_cast<int>(marks[1]);
  } else if (reader.has("marks")) {
    reader.report("marks", "setting-pair");
  }
  for (const auto& [word, mark] : reader.dictionary("statuses")) p.statuses[word] = std::atoi(mark.c_str());
  if (p.name.empty()) p.name = {{"ru", p.id}, {"en", p.id}};
  if (p.short_name.empty()) p.short_name = p.name;
  reader.finish();
  return p;
}

Subject read_subject(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "subject", out);
  Subject s;
  s.id = reader.required_text("id");
  s.name = reader.localized("name");
  s.synonyms = reader.texts("synonyms");
  if (s.name.empty()) s.name = {{"ru", s.id}, {"en", s.id}};
  reader.finish();
  return s;
}

SchoolType read_school_type(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "school_type", out);
  SchoolType type{reader.required_text("id"), reader.localized("name")};
  if (type.name.empty()) reader.report("name", "setting-missing");
  reader.finish();
  return type;
}

UnitNames read_unit(const ConfigNode& node, const std::string& file, Diagnostics& out) {
  ConfigReader reader(node, file, "unit", out);
  UnitNames unit{reader.required_text("id"), reader.localized("head"), reader.localized("one"),
                 reader.localized("few"),    reader.localized("many"), reader.localized("other")};
  if (unit.head.empty()) reader.report("head", "setting-missing");
  if (unit.other.empty()) reader.report("other", "setting-missing");
  reader.finish();
  return unit;
}

std::optional<int> small_integer(ConfigReader& reader, std::string_view key) {
  const auto value = reader.integer(key);
  return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

Scale read_scale(const ConfigNode& node, const std::string& file, const Vocabulary& vocabulary, Diagnostics& out) {
  ConfigReader reader(node, file, "scale", out);
  Scale s;
  s.procedure = reader.required_text("procedure");
  s.subject = reader.text("subject");
  s.grade = static_cast<int>(reader.integer("grade", 0));
  const auto years = reader.integers("years");
  if (years.size() == 2 && years[0] <= years[1]) {
    s.first_year = static_cast<int>(years[0]);
    s.last_year = static_cast<int>(years[1]);
  } else if (reader.has("years")) {
    reader.report("years", "setting-pair");
  }
  s.maximum = small_integer(reader, "maximum");
  s.test_maximum = small_integer(reader, "test_maximum");
  s.minimum = small_integer(reader, "minimum");
  s.high = small_integer(reader, "high");
  const auto marks = reader.integers("marks");
  if (marks.size() == 3 && std::is_sorted(marks.begin(), marks.end())) {
    s.marks = {static_cast<int>(marks[0]), static_cast<int>(marks[1]), static_cast<int>(marks[2])};
  } else if (reader.has("marks")) {
    reader.report("marks", "scale-marks");
  }
  s.unit = reader.text("unit");
  if (!s.unit.empty() && !vocabulary.find_unit(s.unit)) reader.report("unit", "scale-unit", {{"unit", s.unit}});
  s.source = reader.text("source");
  reader.finish();
  return s;
}

/// Replaces the entry of the same id, or appends.
template <class T>
void put(std::vector<T>& into, T item) {
  const auto found = std::find_if(into.begin(), into.end(), [&](const T& t) { return t.id == item.id; });
  if (found != into.end())
    *found = std::move(item);
  else
    into.push_back(std::move(item));
}

void put_unit(std::vector<std::shared_ptr<const UnitNames>>& into, UnitNames unit) {
  auto item = std::make_shared<const UnitNames>(std::move(unit));
  const auto found = std::find_if(into.begin(), into.end(), [&](const auto& u) { return u->id == item->id; });
  if (found != into.end())
    *found = std::move(item);
  else
    into.push_back(std::move(item));
}

/// Of the last scale that names one for these results, at any grade and year; empty when none does.
std::string unit_of_scores(const Vocabulary& vocabulary, const std::string& procedure, const std::string& subject) {
  std::string unit;
  for (const Scale& s : vocabulary.scales) {
    const bool matches = s.procedure == procedure && (s.subject.empty() || s.subject == subject);
    if (matches && !s.unit.empty()) unit = s.unit;
  }
  return unit;
}

}  // namespace

void name_units(const Vocabulary& vocabulary, std::vector<Indicator>& indicators) {
  for (Indicator& i : indicators) {
    if (i.unit != IndicatorUnit::score || i.outcome != Outcome::primary) continue;
    std::set<std::string> units;
    for (const std::string& procedure : i.procedures) {
      for (const std::string& subject : i.subjects) units.insert(unit_of_scores(vocabulary, procedure, subject));
    }
    if (units.size() == 1) i.own_unit = vocabulary.find_unit(*units.begin());
  }
}

std::vector<Indicator> read_indicators(const std::vector<const ConfigNode*>& tables, const std::string& file,
                                       Diagnostics& out) {
  std::vector<Indicator> indicators;
  for (const ConfigNode* node : tables) put(indicators, read_indicator(*node, file, out));
  return indicators;
}

void read_vocabulary(ConfigReader& root, Vocabulary& vocabulary) {
  for (const ConfigNode* node : root.tables("procedure")) {
    put(vocabulary.procedures, read_procedure(*node, root.file(), root.diagnostics()));
  }
  for (const ConfigNode* node : root.tables("subject")) {
    put(vocabulary.subjects, read_subject(*node, root.file(), root.diagnostics()));
  }
  for (const ConfigNode* node : root.tables("school_type")) {
    put(vocabulary.school_types, read_school_type(*node, root.file(), root.diagnostics()));
  }
  for (const ConfigNode* node : root.tables("unit")) {
    put_unit(vocabulary.units, read_unit(*node, root.file(), root.diagnostics()));
  }
  for (const ConfigNode* node : root.tables("scale")) {
    vocabulary.scales.push_back(read_scale(*node, root.file(), vocabulary, root.diagnostics()));
  }
}

std::vector<ContextField> read_context_fields(const std::vector<const ConfigNode*>& tables, const std::string& file,
                                              Diagnostics& out) {
  std::vector<ContextField> fields;
  for (const ConfigNode* node : tables) {
    ConfigReader reader(*node, file, "context_field", out);
    ContextField f;
    f.id = reader.required_text("id");
    f.name = reader.localized("name");
    f.unit = reader.text("unit");
    f.is_total = reader.boolean("total", false);
    if (f.name.empty()) f.name = {{"ru", f.id}, {"en", f.id}};
    reader.finish();
    put(fields, std::move(f));
  }
  return fields;
}

}  // namespace kaskad
