#include "engine/base/text.hpp"
#include "reports/template/builder.hpp"

namespace kaskad::reports {
namespace {

/// Three or more ` or ~ after at most three spaces, as in Markdown.
struct FenceMark {
  char sign = 0;
  std::size_t length = 0;  ///< 0: not a fence.
  std::string_view rest;
};

FenceMark fence_mark(std::string_view line) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (indent == line.npos || indent > 3 || (line[indent] != '`' && line[indent] != '~')) return {};
  line.remove_prefix(indent);
  const std::size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  const std::string_view rest = trim(line.substr(length));
  const bool code_span = line[0] == '`' && rest.find('`') != rest.npos;
  return length < 3 || code_span ? FenceMark{} : FenceMark{line[0], length, rest};
}

bool closes(const FenceMark& opening, std::string_view line) {
  const FenceMark mark = fence_mark(line);
  return mark.sign == opening.sign && mark.length >= opening.length && mark.rest.empty();
}

Fence opened(const Line& line, const FenceMark& mark) {
  const std::size_t space = std::min(mark.rest.find(' '), mark.rest.size());
  return {std::string(mark.rest.substr(0, space)), std::string(trim(mark.rest.substr(space))), line.at, line.scope, {}};
}

}  // namespace

std::vector<Segment> segments_of(const std::vector<Line>& lines, TemplateSet& set, Diagnostics& out) {
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const FenceMark mark = fence_mark(lines[i].text);
    if (mark.length == 0) {
      if (segments.empty() || segments.back().index() != 0) segments.emplace_back(std::vector<Line>{});
      std::get<0>(segments.back()).push_back(lines[i]);
      continue;
    }
    Fence fence = opened(lines[i], mark);
    for (++i; i < lines.size() && !closes(mark, lines[i].text); ++i) fence.body.push_back(lines[i]);
    if (i == lines.size()) report(out, set, fence.at, "template-block-open", {{"name", fence.name}});
    segments.emplace_back(std::move(fence));
  }
  return segments;
}

}  // namespace kaskad::reports
