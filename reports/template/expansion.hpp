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

/// Everything that expansions of one document share: the values behind the marks and the data in sight at the blocks.
struct Expansion {
  std::vector<Inserted> values;
  std::deque<Scope> scopes;
};

/// The template must not be broken and its partials must have been read (names.hpp).
std::vector<Line> expand(const ParsedTemplate& parsed, TemplateSet& set, const Value& data, const Wording& wording,
                         Expansion& expansion);

/// The text with its values put in as they print.
std::string with_values(std::string_view text, const Expansion& expansion);

}  // namespace kaskad::reports
