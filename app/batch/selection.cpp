#include "app/batch/selection.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

std::vector<std::string> divided(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const std::string& word : words) {
    std::size_t begin = 0;
    for (std::size_t comma = word.find(','); comma != std::string::npos; comma = word.find(',', begin)) {
      out.push_back(word.substr(begin, comma - begin));
      begin = comma + 1;
    }
    out.push_back(word.substr(begin));
  }
  return out;
}

Expected<Wanted> parse_one(const std::string& word, const std::vector<ReportSpec>& reports) {
  const std::size_t colon = word.find(':');
  const std::string name(trim(std::string_view(word).substr(0, colon)));
  const auto found = named_kind(name);
  if (!found) return tl::unexpected<Error>(found.error());
  const ReportKindRow& kind = **found;
  if (std::none_of(reports.begin(), reports.end(), [&](const ReportSpec& r) { return r.kind == kind.kind; }))
    return failure("asked-no-report", {{"kind", name}});
  if (colon == std::string::npos) return Wanted{kind.kind, ""};
  if (mark_of(kind).empty()) return failure("asked-one-document", {{"kind", name}});
  return Wanted{kind.kind, std::string(trim(std::string_view(word).substr(colon + 1)))};
}

/// The nearest name, or the only one that the word is part of.
std::string likely(const std::string& word, const std::vector<std::string>& all) {
  if (const auto near = nearest(word, all)) return *near;
  const std::string folded = fold(word);
  const auto holds = [&](const std::string& name) { return fold(name).find(folded) != std::string::npos; };
  if (folded.empty() || std::count_if(all.begin(), all.end(), holds) != 1) return "none";
  return *std::find_if(all.begin(), all.end(), holds);
}

/// The place of a name in a list: the same, or the only one that is the same but for case.
std::optional<std::size_t> place_of(const std::string& name, const std::vector<std::string>& all) {
  const auto same = std::find(all.begin(), all.end(), name);
  if (same != all.end()) return static_cast<std::size_t>(same - all.begin());
  const std::string folded = fold(name);
  const auto is_like = [&](const std::string& other) { return fold(other) == folded; };
  if (std::count_if(all.begin(), all.end(), is_like) != 1) return std::nullopt;
  return static_cast<std::size_t>(std::find_if(all.begin(), all.end(), is_like) - all.begin());
}

}  // namespace

Expected<const ReportKindRow*> named_kind(const std::string& name) {
  if (const ReportKindRow* kind = find_kind(name)) return kind;
  return failure("asked-unknown-kind", {{"kind", name}, {"nearest", nearest(name, kind_names()).value_or("none")}});
}

Expected<Selection> parse_selection(const std::vector<std::string>& words, const std::vector<ReportSpec>& reports) {
  Selection out;
  for (const std::string& word : divided(words)) {
    auto wanted = parse_one(word, reports);
    if (!wanted) return tl::unexpected<Error>(wanted.error());
    out.push_back(std::move(*wanted));
  }
  return out;
}

Expected<SchoolId> find_school(const Registry& registry, const std::string& id) {
  std::vector<std::string> ids;
  for (const School& school : registry.schools) ids.push_back(school.id);
  if (const auto found = place_of(id, ids)) return static_cast<SchoolId>(*found);
  return failure("asked-unknown-school", {{"id", id}, {"nearest", likely(id, ids)}});
}

Expected<std::size_t> find_municipality(const Registry& registry, const std::string& name) {
  if (const auto found = place_of(name, registry.municipalities)) return *found;
  return failure("asked-unknown-municipality", {{"name", name}, {"nearest", likely(name, registry.municipalities)}});
}

Expected<std::size_t> find_entity(const Registry& registry, DataTree tree, const std::string& name) {
  if (tree != DataTree::school) return find_municipality(registry, name);
  return find_school(registry, name).map([](SchoolId school) { return std::size_t{school}; });
}

}  // namespace kaskad::app
