#include "reports/pdf/figure.hpp"

#include <algorithm>

#include "reports/document/typography.hpp"
#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kCaptionWhite = 5;

std::vector<Line> caption_lines(Press& press, const Figure& figure, int number, double width) {
  if (number == 0) return {};
  const Tagged in(press, Role::caption);
  const std::string text =
      filled(press.document.words.figure, {{"n", std::to_string(number)}, {"caption", figure.caption}});
  return set_lines(press, text, small_style(), width);
}

}  // namespace

MeasureText measure_text(Press& press) {
  return [&press](std::string_view text, const Font& font) { return press.shape(font, text).width; };
}

double picture_height(const Slab& figure) {
  const auto& ink = std::get<PictureInk>(figure.inks.front());
  return ink.picture->height * ink.scale;
}

void move_caption(Slab& figure, double dy) {
  for (std::size_t i = 1; i < figure.inks.size(); ++i) {
    if (!std::holds_alternative<AnchorInk>(figure.inks[i])) shift(figure.inks[i], 0, dy);
  }
  figure.height += dy;
}

Slab set_figure(Press& press, const Figure& figure, int number, const Frame& frame) {
  const Tagged in(press, Role::figure);
  press.galley.structure.set_alternative(press.element,
                                         alternative_text(figure.chart, press.format, press.document.words.missing));
  const Redraw drawn = [&press, &figure](double width) {
    return std::make_shared<const Picture>(
        draw(figure.chart, width, press.format, measure_text(press), press.document.words.missing));
  };
  const auto picture = drawn(frame.full);
  Slab caption = stacked(caption_lines(press, figure, number, frame.note), small_style().leading);
  const double below = caption.height > 0 ? caption.height + kCaptionWhite : 0;
  const double room = std::max(1.0, frame.height - below);
  const double scale = picture->height > room ? room / picture->height : 1;
  Slab slab;
  slab.before = kGrid;
  slab.redraw = drawn;
  slab.height = picture->height * scale + below;
  slab.inks.emplace_back(PictureInk{picture, 0, 0, float(scale), press.element});
  append(slab.inks, std::move(caption.inks), 0, slab.height - caption.height);
  if (!figure.id.empty()) slab.inks.emplace_back(AnchorInk{press.anchor(figure.id), 0});
  return slab;
}

}  // namespace kaskad::reports::pdf
