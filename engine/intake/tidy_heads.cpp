// Where the heads of a tidy table stand, and of which kind it is.
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/intake/fields.hpp"
#include "engine/intake/open_table.hpp"
#include "engine/intake/source_fields.hpp"

namespace kaskad::intake {
namespace {

using Words = std::vector<std::string>;

/// All of the first and, when it is not empty, one of the second.
struct KindSigns {
  SourceKind kind;
  std::array<std::string_view, 5> all;
  std::array<std::string_view, 4> one;
};
/// Narrower kinds first: results have what a registry has.
constexpr std::array<KindSigns, 17> kSigns = {
    {{SourceKind::evidence, {"programme", "wave", "criterion", "score"}, {}},
     {SourceKind::processes, {"school", "monitoring", "wave", "criterion", "score"}, {}},
     {SourceKind::courses, {"school", "course", "person", "entry", "final"}, {}},
     {SourceKind::participation, {"programme", "school", "year", "state"}, {}},
     {SourceKind::measures, {"measure"}, {"performer", "start", "finish", "done"}},
     {SourceKind::expected, {"programme", "number", "result"}, {}},
     {SourceKind::targets, {"indicator", "period", "value"}, {}},
     {SourceKind::components, {"component", "score"}, {}},
     {SourceKind::programmes, {"programme", "level"}, {}},
     {SourceKind::visits, {"school"}, {"planned", "done"}},
     {SourceKind::groups, {"school", "role"}, {}},
     {SourceKind::supporters, {"role", "name"}, {"level", "owner"}},
     {SourceKind::decisions, {"from", "to", "date"}, {}},
     {SourceKind::partners, {"school"}, {"partner", "pair"}},
     {SourceKind::summaries, {"school", "year", "procedure", "subject", "n"}, {}},
     {SourceKind::results, {"school", "year", "procedure", "subject"}, {"primary", "test", "mark", "journal"}},
     {SourceKind::registry, {"school"}, {"name", "municipality"}}}};

Words words_of(const TopRow& row) {
  Words words;
  std::transform(row.cells.begin(), row.cells.end(), std::back_inserter(words),
                 [](const std::string& c) { return fold(c); });
  return words;
}

bool holds(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A field is had by a constant, by the column mapped to it or under one of its own heads.
bool has_field(const Words& words, const SourceField& field, const SourceSpec& spec) {
  const auto mapped = spec.fields.find(std::string(field.name));
  if (mapped == spec.fields.end()) return any_head_of(field, [&](std::string_view head) { return holds(words, head); });
  return mapped->second.is_constant || holds(words, fold(mapped->second.column));
}

bool shows(const Words& words, const KindSigns& signs, const SourceSpec& spec) {
  const auto had = [&](std::string_view name) { return has_field(words, field_of(signs.kind, name), spec); };
  const bool all = std::all_of(signs.all.begin(), signs.all.end(), [&](auto f) { return f.empty() || had(f); });
  const bool none_wanted = signs.one.front().empty();
  return all &&
         (none_wanted || std::any_of(signs.one.begin(), signs.one.end(), [&](auto f) { return !f.empty() && had(f); }));
}

bool is_context(const Words& words, const SourceSpec& spec, const std::vector<ContextField>& context) {
  const auto had = [&](std::string_view name) { return has_field(words, SourceField{name}, spec); };
  return had("school") && std::any_of(context.begin(), context.end(), [&](const ContextField& f) { return had(f.id); });
}

/// What a results file with several results in a row states for each of them need not be a column.
bool is_stated_by_results(std::string_view field, const SourceSpec& spec) {
  return !spec.results.empty() && (field == "procedure" || field == "subject");
}

bool has_all_heads(const Words& words, const SourceSpec& spec) {
  for (const auto& [name, from] : spec.fields) {
    if (!from.is_constant && !holds(words, fold(from.column))) return false;
  }
  const auto& fields = fields_of(spec.kind);
  return std::all_of(fields.begin(), fields.end(), [&](const SourceField& field) {
    return !field.required || is_stated_by_results(field.name, spec) || has_field(words, field, spec);
  });
}

}  // namespace

std::optional<TidyHead> find_kind(const std::vector<TopRow>& rows, const SourceSpec& spec,
                                  const std::vector<ContextField>& context) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Words words = words_of(rows[i]);
    const auto* found =
        std::find_if(kSigns.begin(), kSigns.end(), [&](const KindSigns& s) { return shows(words, s, spec); });
    if (found != kSigns.end()) return TidyHead{found->kind, i};
    if (is_context(words, spec, context)) return TidyHead{SourceKind::context, i};
  }
  return std::nullopt;
}

std::optional<std::size_t> find_head_row(const std::vector<TopRow>& rows, const SourceSpec& spec) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (has_all_heads(words_of(rows[i]), spec)) return i;
  }
  return std::nullopt;
}

}  // namespace kaskad::intake
