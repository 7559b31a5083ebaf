#include "reports/pdf/content_marks.hpp"

#include <fmt/format.h>

#include <cassert>
#include <iterator>

namespace kaskad::reports::pdf {
namespace {

constexpr std::string_view kMark = "/P << /MCID ";

std::string mark_of(ElementId piece, const Structure& structure, int& number) {
  if (piece == kArtifact) return "/Artifact BMC";
  return fmt::format("/{} <</MCID {}>> BDC", role_name(structure[piece].role), number++);
}

/// Beginning of a line that is a mark, or the end.
std::size_t next_mark(std::string_view operators, std::size_t from) {
  for (std::size_t at = operators.find(kMark, from);; at = operators.find(kMark, at + 1)) {
    if (at == std::string_view::npos) return operators.size();
    if (at == 0 || operators[at - 1] == '\n') return at;
  }
}

}  // namespace

std::string with_marks(std::string_view operators, const std::vector<ElementId>& pieces, const Structure& structure) {
  std::string out;
  out.reserve(operators.size());
  int number = 0;
  std::size_t from = 0;
  std::size_t piece = 0;
  for (std::size_t at = next_mark(operators, 0); at < operators.size(); at = next_mark(operators, from)) {
    assert(piece < pieces.size());
    out += operators.substr(from, at - from);
    out += mark_of(pieces[piece++], structure, number);
    from = operators.find('\n', at);
  }
  assert(piece == pieces.size());
  out += operators.substr(from);
  return out;
}

}  // namespace kaskad::reports::pdf
