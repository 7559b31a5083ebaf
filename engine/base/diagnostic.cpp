#include "engine/base/diagnostic.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace kaskad {

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort_by_place(Diagnostics& diagnostics, const std::vector<std::string>& files) {
  std::map<std::string, std::size_t> order;
  for (const std::string& file : files) order.emplace(file, order.size());
  for (const Diagnostic& d : diagnostics) order.emplace(d.place.file, order.size());
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    const std::size_t file_a = order.at(a.place.file), file_b = order.at(b.place.file);
    return std::tie(file_a, a.place.sheet, a.place.row, a.place.column) <
           std::tie(file_b, b.place.sheet, b.place.row, b.place.column);
  });
}

}  // namespace kaskad
