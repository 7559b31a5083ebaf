// Mustache: template and data to lines of Markdown, each with its place in the template. Private to this room.
#pragma once

#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "reports/template/lookup.hpp"
#include "reports/template/source.hpp"

namespace kaskad::reports {

inline constexpr std::size_t kNoScope = std::numeric_limits<std::size_t>::max();

struct Line {
  std::string text;  ///< Values stand in it as marks, so that nothing in them is taken for Markdown or TOML.
  Source at;
  std::size_t scope = kNoScope;  ///< Of opening lines of blocks: place in Expansion::scopes.
};

/// Which sections an expansion shows: those that the data say, or, for a check of the template, one way through its
/// alternatives. At depth d (open sections around it) the inverted sections are shown when bit d is set, the others
/// when it is not, so that all masks together show everything that any data could.
struct Showing {
  static constexpr int kDepths = 6;  ///< Deeper ones follow depth % kDepths.
  bool by_data = true;
  unsigned inverted = 0;
  unsigned met = 0;  ///< Depths at which there were inverted sections.
};

/// A link to a heading, table or figure.
struct LinkUse {
  std::string id;
  Source at;
};

/// Everything that expansions of one document share: the values behind the marks, the data in sight at the blocks,
/// whose figures stand in its texts, and its links.
struct Expansion {
  std::vector<Inserted> values;
  std::deque<Scope> scopes;
  std::vector<TextOwner> owners;
  std::vector<LinkUse> links;
  Showing showing;

  void own(Owner owner, const std::string& file, int line) {
    if (owner != kNobody) owners.push_back({owner, file, line});
  }
};

/// The template must not be broken and its partials must have been read (names.hpp).
std::vector<Line> expand(const ParsedTemplate& parsed, TemplateSet& set, const Value& data, const Wording& wording,
                         Expansion& expansion);

/// The text with its values put in as they print.
std::string with_values(std::string_view text, const Expansion& expansion);

}  // namespace kaskad::reports
