#include "reports/content/labels.hpp"

#include <array>
#include <set>

#include "engine/base/text.hpp"

namespace kaskad::reports {
namespace {

/// Which parts of a slice tell the series of one indicator apart.
struct Varies {
  std::set<ProcedureId> procedures;
  std::set<ProcedureId> procedures_of_all;  ///< Of every indicator.
  std::set<int> subjects;                   ///< −1 = all together.
  std::set<std::pair<ProcedureId, int>> grades;
};

Varies varies(const Figures& figures, std::size_t indicator) {
  Varies v;
  for (const SeriesFigures& f : figures.series) {
    v.procedures_of_all.insert(f.series.procedure);
    if (f.series.indicator != indicator) continue;
    v.procedures.insert(f.series.procedure);
    v.subjects.insert(f.series.subject ? static_cast<int>(*f.series.subject) : -1);
    v.grades.insert({f.series.procedure, f.series.grade});
  }
  return v;
}

std::string subject_name(const Briefing& b, const Series& s) {
  return s.subject ? in_language(b.data.vocabulary.subjects[*s.subject].name, b.language())
                   : b.texts.get("label.all_subjects");
}

std::string grade_name(const Briefing& b, int grade) {
  return grade == 0 ? std::string() : b.texts.get("label.grade", {{"grade", std::to_string(grade)}});
}

/// A subject called as its procedure is named once.
void append(std::string& text, const std::string& part) {
  if (!part.empty() && part != text) text += (text.empty() ? "" : ", ") + part;
}

std::string distinguishing_parts(const Briefing& b, const Series& s) {
  const Varies v = varies(b.figures(), s.indicator);
  std::string out;
  if (v.procedures_of_all.size() > 1)
    append(out, in_language(b.data.vocabulary.procedures[s.procedure].short_name, b.language()));
  if (v.subjects.size() > 1) append(out, subject_name(b, s));
  if (v.grades.size() > v.procedures.size()) append(out, grade_name(b, s.grade));
  return out;
}

std::string named(const Briefing& b, std::size_t series, const Names& name) {
  const Series& s = b.figures().series[series].series;
  const std::string parts = distinguishing_parts(b, s);
  const std::string head = in_language(name, b.language());
  return parts.empty() ? head : head + " (" + parts + ")";
}

/// Of the UTF-8 letter at `at`; 0 at the end.
std::size_t letter_bytes(const std::string& text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (end == at || (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)) ++end;
  return end - at;
}

}  // namespace

std::string school_name(const Briefing& b, SchoolId school) {
  const School& s = b.data.registry.schools[school];
  return s.name.empty() ? b.texts.get("label.school", {{"id", s.id}}) : s.name;
}

std::string group_name(const Briefing& b, Role role) {
  return b.texts.get("group." + std::string(kRoleNames[static_cast<std::size_t>(role)]));
}

std::string group_of_school(const Briefing& b, SchoolId school) {
  const auto role = b.frame().group_of[school];
  return role ? b.texts.get("group_of_school." + std::string(kRoleNames[static_cast<std::size_t>(*role)]))
              : std::string();
}

std::string with_unit(const std::string& name, const std::string& unit) {
  constexpr std::string_view kNbsp = "\u00A0";
  std::string spaced = unit;  // Names have plain spaces where units have such as do not break.
  for (std::size_t at = spaced.find(kNbsp); at != std::string::npos; at = spaced.find(kNbsp, at))
    spaced.replace(at, kNbsp.size(), " ");
  return unit.empty() || name.find(spaced) != std::string::npos ? name : name + ", " + unit;
}

std::string school_type_name(const Briefing& b, const std::string& type) {
  const SchoolType* known = b.data.vocabulary.find_school_type(type);
  return known != nullptr ? in_language(known->name, b.language()) : type;
}

Unit unit_of(const Briefing& b, const Scale& scale) { return {Unit::score, b.data.vocabulary.find_unit(scale.unit)}; }

std::string in_sentence(const std::string& name) {
  const std::size_t letter = letter_bytes(name, 0), next = letter_bytes(name, letter);
  const std::string second = name.substr(letter, next);
  return fold(second) == second ? fold(name.substr(0, letter)) + name.substr(letter) : name;
}

std::string entity_name(const Briefing& b, const Entity& entity) {
  switch (entity.kind) {
    case EntityKind::region:
      return b.texts.get("label.region");
    case EntityKind::group:
      return group_name(b, static_cast<Role>(entity.index));
    case EntityKind::municipality:
      return entity.id;
    case EntityKind::school:
      return school_name(b, static_cast<SchoolId>(entity.index));
  }
  return {};
}

std::string period_name(const Briefing& b, const Period& period) {
  return period.is_wave ? wave_name(b, period) : period.id;
}

std::string wave_name(const Briefing& b, const Period& wave) {
  const std::string role = "wave." + std::string(kWaveRoleNames[static_cast<std::size_t>(wave.role)]);
  return in_language(wave.name, b.language(), b.texts.get(role));
}

std::string short_wave_name(const Briefing& b, const Period& wave) {
  return b.texts.get("wave_short." + std::string(kWaveRoleNames[static_cast<std::size_t>(wave.role)]));
}

std::string wave_name(const Briefing& b, const std::string& id) {
  if (const Period* wave = find_wave(b.judgements.waves.sets, id)) return wave_name(b, *wave);
  const auto p = b.frame().find_period(id);
  return p ? period_name(b, b.frame().periods[*p]) : id;
}

std::string years_text(const std::vector<int>& years) {
  if (years.empty()) return {};
  const bool one_run = years.back() - years.front() + 1 == static_cast<int>(years.size());
  if (years.size() == 1) return std::to_string(years.front());
  if (one_run) return std::to_string(years.front()) + "–" + std::to_string(years.back());
  std::string out;
  for (const int year : years) append(out, std::to_string(year));
  return out;
}

std::string series_name(const Briefing& b, std::size_t series) {
  return named(b, series, b.figures().indicator_of(series).name);
}

std::string series_short_name(const Briefing& b, std::size_t series) {
  return named(b, series, b.figures().indicator_of(series).short_name);
}

std::string slice_name(const Briefing& b, const Series& s) {
  std::string out;
  append(out, in_language(b.data.vocabulary.procedures[s.procedure].short_name, b.language()));
  append(out, subject_name(b, s));
  append(out, grade_name(b, s.grade));
  return out;
}

Unit unit_of(const Indicator& indicator) {
  static constexpr std::array<Unit::Kind, 6> kinds = {Unit::percent, Unit::score,       Unit::points,
                                                      Unit::count,   Unit::per_hundred, Unit::ratio};
  return {kinds[static_cast<std::size_t>(indicator.unit)], indicator.own_unit};
}

Owner owner_of_school(const Briefing& b, SchoolId school) { return owner_of(b.frame().first_school() + school); }

Owner owner_of_group(const Briefing& b, Role role) {
  const auto e = b.frame().find_entity(EntityKind::group, kRoleNames[static_cast<std::size_t>(role)]);
  return e ? owner_of(*e) : kNobody;
}

std::string series_with_unit(const Briefing& b, std::size_t series) {
  return with_unit(series_name(b, series), b.format.unit(unit_of(b.figures().indicator_of(series))));
}

std::string series_with_change_unit(const Briefing& b, std::size_t series) {
  const Quantity change = difference(b.figures().indicator_of(series), {}, kNobody);
  return with_unit(series_name(b, series), b.format.unit(change.unit));
}

std::string short_with_unit(const Briefing& b, const Indicator& indicator) {
  return with_unit(in_language(indicator.short_name, b.language()), b.format.unit(unit_of(indicator)));
}

Quantity level(const Indicator& indicator, const Estimate& estimate, Owner owner) {
  return {estimate, unit_of(indicator), indicator.decimals, false, owner};
}

Quantity figure(const Briefing& b, std::size_t series, std::size_t entity, std::size_t period) {
  return level(b.figures().indicator_of(series), b.figures().at(series, entity, period), owner_of(entity));
}

Quantity difference(const Indicator& indicator, const Estimate& estimate, Owner owner) {
  const Unit unit = unit_of(indicator);
  return {estimate, unit == Unit::percent ? Unit::percent_points : unit, indicator.decimals, true, owner};
}

Quantity effect_size(const Estimate& estimate, Owner owner) { return {estimate, Unit::effect, 2, true, owner}; }

std::string favoured(const Briefing& b, const Indicator& indicator, bool above) {
  const bool focus = above == (indicator.direction != Direction::down);
  return b.texts.get(focus ? "label.favours_focus" : "label.favours_control");
}

}  // namespace kaskad::reports
