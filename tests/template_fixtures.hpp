// The data of fixtures/template/report.md.
#pragma once

#include <utility>
#include <vector>

#include "reports/values/value.hpp"

namespace kaskad::reports::test {

inline Quantity share(double value, double lo, double hi, std::int64_t n) {
  Quantity q{exactly(value, n), Unit::percent};
  q.estimate.lo = lo;
  q.estimate.hi = hi;
  return q;
}

inline const Quantity kPass = share(31.55, 29.6, 33.55, 2136);
inline const Quantity kMissing{undefined(Undefined::too_few, 3), Unit::percent};

inline Value point(const char* label, const Quantity& q) { return Object{{"label", label}, {"value", q}}; }

inline Value own_chart(bool missing) {
  if (missing) return Object{{"missing", "в школе нет 11 класса"}};
  return Object{{"bars", List{Object{{"label", "Сдали"}, {"role", "school"}, {"value", kPass}}}}};
}

inline Value school(const char* name, const char* kind, bool missing) {
  return Object{{"name", name},
                {"kind", kind},
                {"pass", missing ? kMissing : kPass},
                {"places", 16526},
                {"partner", missing ? Value(Object{{"name", "Лицей 2"}}) : Value()},
                {"years", List{kPass, kMissing, kPass}},
                {"own", own_chart(missing)}};
}

inline Value dynamics() {
  return Object{{"series", List{Object{{"label", "Фокус"},
                                       {"role", "focus"},
                                       {"points", List{point("2019", kPass), point("2020", kMissing)}}}}},
                {"bands", List{Object{{"label", "вход"}, {"first", 0}, {"last", 1}}}}};
}

inline Value data() {
  return Object{{"region", "Иркутская область"},
                {"year", 2026},
                {"date", "2026-11-21"},
                {"empty", ""},
                {"tricky", "*Школа* | \"№ 1\" {{x}} [a](b)\n```"},
                {"marked", "**важно**"},
                {"pass", kPass},
                {"missing", kMissing},
                {"school", Object{{"id", "school-11"}, {"name", "Школа 11"}, {"place", "село Мама"}}},
                {"schools", List{school("Школа 1", "Город", false), school("Школа 2", "Село", true)}},
                {"total", Object{{"name", "Всего"}, {"pass", kPass}}},
                {"cards", List{Object{{"label", "Сдали"}, {"value", kPass}, {"note", "выше региона"}}}},
                {"dynamics", dynamics()},
                {"nothing", List{}}};
}

inline const std::vector<std::pair<Undefined, std::string>> kReasons = {
    {Undefined::too_few, "слишком мало участников"}};

}  // namespace kaskad::reports::test
