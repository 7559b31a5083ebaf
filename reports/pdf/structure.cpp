#include "reports/pdf/structure.hpp"

#include <algorithm>
#include <array>

namespace kaskad::reports::pdf {
namespace {

constexpr std::size_t kHeadings = 6;

constexpr std::array kNames = {"Document", "H1",      "H2",     "H3",   "H4",    "H5",    "H6",        "P",
                               "Div",      "L",       "LI",     "Lbl",  "LBody", "Table", "TR",        "TH",
                               "TD",       "Caption", "Figure", "Note", "TOC",   "TOCI",  "Reference", "Link"};
static_assert(kNames.size() == std::size_t(Role::link) + 1);

/// Stand among their parents' kids in the order in which they were set, whether they hold anything or not.
bool listed_at_once(Role role) {
  constexpr std::array kRoles = {Role::row, Role::head_cell, Role::cell, Role::label, Role::caption};
  return std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end();
}

}  // namespace

const char* role_name(Role role) { return kNames.at(std::size_t(role)); }

Structure::Structure() {
  elements_.emplace_back();
  elements_.back().listed = true;
}

ElementId Structure::add(Role role, ElementId parent) {
  const auto id = ElementId(elements_.size());
  elements_.emplace_back();
  elements_.back().role = role;
  elements_.back().parent = parent;
  if (listed_at_once(role)) list(id);
  return id;
}

ElementId Structure::add_heading(int level, ElementId parent) {
  while (!heading_levels_.empty() && heading_levels_.back() >= level) heading_levels_.pop_back();
  heading_levels_.push_back(level);
  const std::size_t depth = std::min(heading_levels_.size(), kHeadings);
  return add(Role(std::size_t(Role::h1) + depth - 1), parent);
}

void Structure::list(ElementId id) {
  Element& element = elements_[std::size_t(id)];
  if (element.listed) return;
  element.listed = true;
  elements_[std::size_t(element.parent)].kids.push_back({Kid::Kind::element, 0, id});
}

int Structure::add_content(ElementId id, int page) {
  for (ElementId at = id; at != kRoot; at = elements_[std::size_t(at)].parent) list(at);
  if (contents_.size() <= std::size_t(page)) contents_.resize(std::size_t(page) + 1);
  auto& contents = contents_[std::size_t(page)];
  const auto number = std::int32_t(contents.size());
  contents.push_back(id);
  elements_[std::size_t(id)].kids.push_back({Kid::Kind::content, page, number});
  return number;
}

void Structure::add_annotation(ElementId id, int page, int annotation) {
  elements_[std::size_t(id)].kids.push_back({Kid::Kind::annotation, page, annotation});
}

const std::string* Structure::alternative(ElementId id) const {
  const auto found = alternatives_.find(id);
  return found == alternatives_.end() ? nullptr : &found->second;
}

const Place* Structure::place(ElementId id) const {
  const auto found = places_.find(id);
  return found == places_.end() ? nullptr : &found->second;
}

}  // namespace kaskad::reports::pdf
