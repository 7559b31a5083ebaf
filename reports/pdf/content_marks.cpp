#include "reports/pdf/content_marks.hpp"

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>

namespace kaskad::reports::pdf {
namespace {

constexpr std::string_view kBorder = "1 2 3 4 re f\n";  // kBorderMark as cairo writes it.

/// Beginning of a border that stands at the beginning of a line or after a colour; or the end.
std::size_t next_border(std::string_view operators, std::size_t from) {
  for (std::size_t at = operators.find(kBorder, from);; at = operators.find(kBorder, at + 1)) {
    if (at == std::string_view::npos) return operators.size();
    if (at == 0 || operators[at - 1] == '\n' || operators[at - 1] == ' ') return at;
  }
}

class Marker {
 public:
  Marker(const std::vector<ElementId>& pieces, const Structure& structure) : pieces_(pieces), structure_(structure) {}

  std::string marked(std::string_view operators) {
    out_.reserve(operators.size() + operators.size() / 8);
    std::size_t from = 0;
    for (std::size_t at = next_border(operators, 0); at < operators.size(); at = next_border(operators, from)) {
      out_ += operators.substr(from, at - from);
      put_border();
      from = at + kBorder.size();
    }
    if (borders_ != (pieces_.empty() ? 0 : pieces_.size() + 1)) throw std::runtime_error("marks of a page");
    out_ += operators.substr(from);
    return std::move(out_);
  }

 private:
  void put_border() {
    if (borders_ > 0) out_ += "EMC\n";
    if (borders_ < pieces_.size()) put_begin(pieces_[borders_]);
    ++borders_;
  }

  void put_begin(ElementId piece) {
    if (piece == kArtifact) {
      out_ += "/Artifact BMC\n";
    } else {
      fmt::format_to(std::back_inserter(out_), "/{} <</MCID {}>> BDC\n", role_name(structure_[piece].role), number_++);
    }
  }

  const std::vector<ElementId>& pieces_;
  const Structure& structure_;
  std::string out_;
  std::size_t borders_ = 0;
  int number_ = 0;
};

}  // namespace

std::string with_marks(std::string_view operators, const std::vector<ElementId>& pieces, const Structure& structure) {
  return Marker(pieces, structure).marked(operators);
}

}  // namespace kaskad::reports::pdf
