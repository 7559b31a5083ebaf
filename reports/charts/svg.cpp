#include "reports/charts/svg.hpp"

#include <array>
#include <cmath>
#include <string_view>
#include <variant>

#include <fmt/format.h>

namespace kaskad::reports {
namespace {

constexpr std::array<std::string_view, 3> kAnchors = {"start", "middle", "end"};  // In the order of HAlign.
constexpr double kRingWidth = 0.22;  // Of the diameter, as the other shares of marks below: equal to those in print.
constexpr double kSquareSide = 0.9;
constexpr double kDiamondHalf = 0.62;

/// At most two decimals, no trailing zeros, never "-0".
std::string number(double value) {
  std::string text = fmt::format("{:.2f}", std::round(value * 100) / 100 + 0.0);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string hex(Color c) { return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b); }

std::string_view entity_of(char c) {
  constexpr std::array<std::pair<char, std::string_view>, 4> kEntities = {
      {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}}};
  for (const auto& [plain, entity] : kEntities)
    if (plain == c) return entity;
  return {};
}

/// U+FFFE and U+FFFF, in UTF-8.
bool is_noncharacter(std::string_view rest) {
  return rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF");
}

/// Control characters are no characters of XML, except blanks.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\t' || c == '\r') {
      out += ' ';
    } else if (const std::string_view entity = entity_of(c); !entity.empty()) {
      out += entity;
    } else if (is_noncharacter(text.substr(i))) {
      i += 2;
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
  return out;
}

std::string points_of(const std::vector<Point>& points) {
  std::string text;
  for (const Point& p : points) text += (text.empty() ? "" : " ") + number(p.x) + "," + number(p.y);
  return text;
}

std::string stroke(double width, Color color, bool dashed) {
  return fmt::format(R"(stroke="{}" stroke-width="{}"{})", hex(color), number(width),
                     dashed ? R"( stroke-dasharray="3 2")" : "");
}

class Writer {
 public:
  Writer(std::string& out, const MeasureText& measure) : out_(out), measure_(measure) {}

  void operator()(const TextShape& s) {
    out_ += fmt::format(R"(<text x="{}" y="{}" font-size="{}" fill="{}")", number(s.at.x), number(s.at.y),
                        number(s.font.size), hex(s.font.color));
    if (s.align != HAlign::left)
      out_ += fmt::format(R"( text-anchor="{}")", kAnchors.at(static_cast<std::size_t>(s.align)));
    if (s.font.family == Family::serif) out_ += R"( font-family="PT Serif, serif")";
    if (s.font.bold) out_ += R"( font-weight="bold")";
    if (s.font.italic) out_ += R"( font-style="italic")";
    if (measure_)
      out_ += fmt::format(R"( textLength="{}" lengthAdjust="spacingAndGlyphs")", number(measure_(s.text, s.font)));
    out_ += ">" + escaped(s.text) + "</text>\n";
  }
  void operator()(const LineShape& s) {
    out_ += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" {}/>)", number(s.from.x), number(s.from.y),
                        number(s.to.x), number(s.to.y), stroke(s.width, s.color, s.dashed));
    out_ += '\n';
  }
  void operator()(const RectShape& s) { rect(s.at, s.width, s.height, s.fill); }
  void operator()(const PathShape& s) {
    if (s.points.empty()) return;
    if (s.closed)
      polygon(s.points, s.color);
    else
      out_ += fmt::format(R"(<polyline points="{}" fill="none" stroke-linejoin="round" {}/>)", points_of(s.points),
                          stroke(s.width, s.color, s.dashed)) +
              "\n";
  }
  void operator()(const MarkShape& s) { (this->*kMarks.at(static_cast<std::size_t>(s.mark)))(s); }

 private:
  void rect(Point at, double width, double height, Color fill) {
    out_ += fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>)", number(at.x), number(at.y),
                        number(width), number(height), hex(fill)) +
            "\n";
  }
  void polygon(const std::vector<Point>& points, Color fill) {
    out_ += fmt::format(R"(<polygon points="{}" fill="{}"/>)", points_of(points), hex(fill)) + "\n";
  }
  void disc(const MarkShape& s) {
    out_ += fmt::format(R"(<circle cx="{}" cy="{}" r="{}" fill="{}"/>)", number(s.at.x), number(s.at.y),
                        number(s.size / 2), hex(s.color)) +
            "\n";
  }
  void ring(const MarkShape& s) {
    const double width = s.size * kRingWidth;
    out_ += fmt::format(R"(<circle cx="{}" cy="{}" r="{}" fill="#ffffff" {}/>)", number(s.at.x), number(s.at.y),
                        number((s.size - width) / 2), stroke(width, s.color, false)) +
            "\n";
  }
  void square(const MarkShape& s) {
    const double side = s.size * kSquareSide;
    rect({s.at.x - side / 2, s.at.y - side / 2}, side, side, s.color);
  }
  void diamond(const MarkShape& s) {
    const double half = s.size * kDiamondHalf;
    polygon({{s.at.x, s.at.y - half}, {s.at.x + half, s.at.y}, {s.at.x, s.at.y + half}, {s.at.x - half, s.at.y}},
            s.color);
  }

  /// In the order of Mark.
  static constexpr std::array<void (Writer::*)(const MarkShape&), 4> kMarks = {&Writer::disc, &Writer::ring,
                                                                               &Writer::square, &Writer::diamond};
  std::string& out_;
  const MeasureText& measure_;
};

/// A child element for screen readers; nothing for an empty text.
std::string spoken(std::string_view element, std::string_view text, const std::string& id) {
  if (text.empty()) return {};
  const std::string named = id.empty() ? "" : fmt::format(R"( id="{}-{}")", escaped(id), element);
  return fmt::format("<{}{}>{}</{}>\n", element, named, escaped(text), element);
}

std::string labelled_by(const SvgWords& words) {
  if (words.id.empty() || (words.title.empty() && words.description.empty())) return {};
  std::string ids;
  if (!words.title.empty()) ids = escaped(words.id) + "-title";
  if (!words.description.empty()) ids += (ids.empty() ? "" : " ") + escaped(words.id) + "-desc";
  return fmt::format(R"( aria-labelledby="{}")", ids);
}

std::string opening(const Picture& picture, const SvgWords& words) {
  const std::string width = number(picture.width), height = number(picture.height);
  const std::string language = words.language.empty() ? "" : fmt::format(R"( xml:lang="{}")", escaped(words.language));
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="{}pt" viewBox="0 0 {} {}" role="img"{}{})"
      R"( font-family="PT Sans, sans-serif">)",
      width, height, width, height, language, labelled_by(words));
}

}  // namespace

std::string svg(const Picture& picture, const SvgWords& words) {
  std::string out = opening(picture, words) + "\n";
  out += spoken("title", words.title, words.id) + spoken("desc", words.description, words.id);
  Writer writer(out, words.measure);
  for (const Shape& shape : picture.shapes) std::visit(writer, shape);
  return out + "</svg>\n";
}

}  // namespace kaskad::reports
