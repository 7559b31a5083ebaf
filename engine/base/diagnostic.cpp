#include "engine/base/diagnostic.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace kaskad {

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort_by_place(Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> order;
  for (const Diagnostic& d : diagnostics) order.emplace(d.place.file, order.size());
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    const auto key = [&](const Diagnostic& d) {
      return std::tuple(order.at(d.place.file), std::cref(d.place.sheet), d.place.row, d.place.column);
    };
    return key(a) < key(b);
  });
}

}  // namespace kaskad
