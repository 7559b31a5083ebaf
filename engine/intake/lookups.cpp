#include "engine/intake/lookups.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad::intake {

SchoolIndex::SchoolIndex(const Registry& registry) {
  TextMap<int> times;
  TextMap<int> times_named;
  for (SchoolId i = 0; i < registry.schools.size(); ++i) {
    const School& school = registry.schools[i];
    ids_.push_back(school.id);
    by_id_.emplace(school.id, i);
    const std::string folded = fold(school.id);
    if (++times[folded] == 1) by_folded_id_.emplace(folded, i);
    if (times[folded] > 1) by_folded_id_.erase(folded);
    const std::string name = fold(school.name);
    if (!name.empty() && ++times_named[name] == 1) id_by_name_.emplace(name, school.id);
    if (times_named[name] > 1) id_by_name_.erase(name);
  }
}

std::optional<SchoolId> SchoolIndex::find(std::string_view id) const {
  const auto exact = by_id_.find(id);
  if (exact != by_id_.end()) return exact->second;
  const auto folded = by_folded_id_.find(fold(id));
  return folded == by_folded_id_.end() ? std::nullopt : std::optional(folded->second);
}

std::optional<std::string> SchoolIndex::suggest(std::string_view text) const {
  const auto named = id_by_name_.find(fold(text));
  return named != id_by_name_.end() ? std::optional(named->second) : nearest(text, ids_);
}

std::string quoted(std::string_view text) {
  constexpr int most = 40;
  int characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts && ++characters > most) return std::string(text.substr(0, i)) + "…";
  }
  return std::string(text);
}

std::string suggestion(const std::optional<std::string>& nearest) { return nearest.value_or("none"); }

std::string nearest_of(std::string_view word, const std::vector<std::string>& known) {
  return suggestion(nearest(word, known));
}

}  // namespace kaskad::intake
