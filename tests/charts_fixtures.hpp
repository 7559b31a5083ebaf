// Charts for tests, and a measure of text that needs no font.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reports/charts/chart.hpp"
#include "reports/charts/typeset.hpp"

namespace kaskad::reports::test {

/// Half the type size a letter, a little more in bold: near to PT Sans.
inline double measure(std::string_view text, const Font& font) {
  double letters = 0;
  for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return letters * font.size * (font.bold ? 0.56 : 0.52);
}

inline const std::string kMissing = "нет данных";

inline Quantity quantity(double value, double half, std::int64_t n, Unit unit = Unit::percent) {
  Quantity q{exactly(value, n), unit, 1, false};
  q.estimate.lo = value - half;
  q.estimate.hi = value + half;
  return q;
}
inline Quantity plain(double value, Unit unit = Unit::percent) { return {exactly(value, 0), unit, 1, false}; }
inline Quantity none() { return {undefined(Undefined::too_few, 3), Unit::percent, 1, false}; }
inline Quantity difference(double value, double lo, double hi) {
  Quantity q{exactly(value, 80), Unit::percent_points, 1, true};
  q.estimate.lo = lo;
  q.estimate.hi = hi;
  return q;
}

template <typename ShapeKind>
std::vector<ShapeKind> all(const Picture& picture) {
  std::vector<ShapeKind> found;
  for (const Shape& shape : picture.shapes)
    if (const auto* s = std::get_if<ShapeKind>(&shape)) found.push_back(*s);
  return found;
}

inline Picture drawn(const Chart& chart, double width = 460) {
  return draw(chart, width, NumberFormat("ru"), measure, kMissing);
}

/// Marks that carry a value: without the white ground of rings.
inline std::vector<MarkShape> value_marks(const Picture& picture) {
  std::vector<MarkShape> marks;
  for (const MarkShape& mark : all<MarkShape>(picture))
    if (!(mark.color == kWhite)) marks.push_back(mark);
  return marks;
}

/// Shares with a certificate of the study in fixtures/bagrut, 1999–2002.
inline Dynamics certificates() {
  Dynamics d;
  d.series = {{"Фокус-группа",
               SeriesRole::focus,
               {{"1999", quantity(23.9, 1.8, 2131)},
                {"2000", quantity(24.8, 1.9, 2025)},
                {"2001", quantity(26.6, 2.0, 1945)},
                {"2002", quantity(29.4, 1.9, 2192)}}},
              {"Контрольная группа",
               SeriesRole::control,
               {{"1999", quantity(25.7, 1.8, 2207)},
                {"2000", quantity(20.0, 1.7, 2014)},
                {"2001", quantity(21.9, 1.9, 1876)},
                {"2002", quantity(31.6, 2.0, 2136)}}}};
  d.bands = {{"Входной мониторинг", 0, 1}, {"Промежуточный", 2, 2}, {"Итоговый мониторинг", 3, 3}};
  return d;
}

}  // namespace kaskad::reports::test
