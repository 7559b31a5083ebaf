#include "reports/pdf/ink.hpp"

#include "reports/pdf/cases.hpp"

namespace kaskad::reports::pdf {
namespace {

// Letters reach at most this far from a baseline at the sizes of running text.
constexpr double kAbove = 9;
constexpr double kBelow = 3.5;

Extent around_baseline(double y) { return {y - kAbove, y + kBelow}; }

}  // namespace

Extent extent(const Ink& ink) {
  return std::visit(Cases{[](const TextInk& i) { return around_baseline(i.y); },
                          [](const RuleInk& i) {
                            return Extent{i.y0, i.y1};
                          },
                          [](const FillInk& i) {
                            return Extent{i.y, double(i.y) + i.height};
                          },
                          [](const PictureInk& i) {
                            return Extent{i.y, i.y + i.picture->height * i.scale};
                          },
                          [](const LinkInk& i) {
                            return Extent{i.y, double(i.y) + i.height};
                          },
                          [](const AnchorInk& i) {
                            return Extent{i.y, i.y};
                          },
                          [](const FootnoteInk& i) { return around_baseline(i.y); },
                          [](const PageNumberInk& i) { return around_baseline(i.y); }},
                    ink);
}

void shift(Ink& ink, double dx, double dy) {
  const auto x = float(dx);
  const auto y = float(dy);
  std::visit(
      Cases{[&](RuleInk& i) { i.x0 += x, i.x1 += x, i.y0 += y, i.y1 += y; }, [&](AnchorInk& i) { i.y += y; },
            [&](PageNumberInk& i) { i.leader_from += x, i.x += x, i.y += y; }, [&](auto& i) { i.x += x, i.y += y; }},
      ink);
}

void append(Inks& to, Inks from, double dx, double dy) {
  to.reserve(to.size() + from.size());
  for (Ink& ink : from) {
    shift(ink, dx, dy);
    to.push_back(std::move(ink));
  }
}

void make_artifacts(Inks& inks) {
  for (Ink& ink : inks) {
    std::visit(Cases{[](RuleInk&) {}, [](FillInk&) {}, [](AnchorInk&) {}, [](auto& i) { i.element = kArtifact; }}, ink);
  }
}

}  // namespace kaskad::reports::pdf
