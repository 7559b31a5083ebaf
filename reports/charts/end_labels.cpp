#include "reports/charts/end_labels.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "reports/charts/labels.hpp"

namespace kaskad::reports {
namespace {

constexpr double kLeader = 12;  // Room between the lines' ends and the labels.
constexpr double kValueGap = 4;
constexpr double kFarSide = 36;  // A line that ends this much before the labels gets a leader …
constexpr double kFarDown = 3;   // … and so does a label shifted this much.
constexpr std::size_t kNameLines = 4;
constexpr double kLeastRoom = 30;
constexpr double kPadding = 2;  // Between labels, in all.

double name_height(std::size_t lines) {
  return static_cast<double>(std::max<std::size_t>(lines, 1)) * line_height(kLabelFont) + kPadding;
}

/// The first line of a label stands at the height of the line's end.
std::vector<Wanted> wanted_of(const EndLabels& labels, double bottom) {
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < labels.labels.size(); ++i) {
    const double size = name_height(labels.names[i].size());
    const double first = labels.labels[i].anchored ? labels.labels[i].anchor.y : bottom;
    wanted.push_back({first + (size - name_height(1)) / 2, size});
  }
  return wanted;
}

double widest_word(const Canvas& canvas, const std::string& name) {
  double widest = 0;
  for (std::size_t from = 0; from < name.size();) {
    const std::size_t end = std::min(name.find(' ', from), name.size());
    widest = std::max(widest, canvas.width_of(name.substr(from, end - from), kLabelFont));
    from = end + 1;
  }
  return widest;
}

/// Room for names: `room`, or, where a word would be cut, the width of the widest word; where that makes a name too
/// high, up to half of the picture.
double name_room(const Canvas& canvas, const std::vector<EndLabel>& labels, double room, double before) {
  const double least = std::max(room, kLeastRoom);
  const double most = std::max(canvas.width() / 2 - before, least);
  double words = least;
  for (const EndLabel& label : labels) words = std::max(words, std::ceil(widest_word(canvas, label.name)));
  for (const double tried : {least, std::min(words, most)}) {
    const auto whole = [&](const EndLabel& label) {
      const Wrapped name = wrap(label.name, kLabelFont, tried, canvas.measure());
      return name.whole && name.lines.size() <= kNameLines;
    };
    if (std::all_of(labels.begin(), labels.end(), whole)) return tried;
  }
  return most;
}

void draw_leader(Canvas& canvas, const EndLabel& label, double left, double y) {
  const double from = label.anchor.x + 4, to = left - 2;
  if (!label.anchored || !label.leader || to <= from) return;
  if (std::abs(y - label.anchor.y) <= kFarDown && to - from <= kFarSide) return;
  canvas.line({from, label.anchor.y}, {to, y}, 0.5, mix(label.color, kWhite, 0.4));
}

}  // namespace

EndLabels lay_out_end_labels(const Canvas& canvas, std::vector<EndLabel> labels, double most) {
  EndLabels laid;
  laid.labels = std::move(labels);
  for (const EndLabel& label : laid.labels)
    laid.value_width = std::max(laid.value_width, canvas.width_of(label.value, kLabelBoldFont));
  const double before_names = kLeader + (laid.value_width > 0 ? laid.value_width + kValueGap : 0);
  const double room = name_room(canvas, laid.labels, most - before_names, before_names);
  for (const EndLabel& label : laid.labels) {
    laid.names.push_back(wrap(label.name, kLabelFont, room, canvas.measure(), kNameLines).lines);
    laid.width = std::max(laid.width, before_names + canvas.widest(laid.names.back(), kLabelFont));
    laid.height += name_height(laid.names.back().size());
  }
  return laid;
}

void draw_end_labels(Canvas& canvas, const EndLabels& labels, double left, double top, double bottom) {
  const std::vector<double> centers = pushed_apart(wanted_of(labels, bottom), top, bottom);
  const double text_left = left + kLeader;
  const double name_left = text_left + (labels.value_width > 0 ? labels.value_width + kValueGap : 0);
  for (std::size_t i = 0; i < labels.labels.size(); ++i) {
    const EndLabel& label = labels.labels[i];
    const double first = centers[i] - (name_height(labels.names[i].size()) - kPadding) / 2;
    const Color color = label.anchored ? readable(label.color) : kGreyText;
    draw_leader(canvas, label, label.value.empty() ? name_left : text_left, first + line_height(kLabelFont) / 2);
    canvas.text({name_left - (labels.value_width > 0 ? kValueGap : 0), baseline_below(first, kLabelBoldFont)},
                label.value, in_color(kLabelBoldFont, color), HAlign::right);
    canvas.lines(name_left, first, labels.names[i], in_color(kLabelFont, color));
  }
}

}  // namespace kaskad::reports
