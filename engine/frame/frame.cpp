#include "engine/frame/frame.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad::frame {
namespace {

std::vector<std::string> names_of(const Frame& frame) {
  std::vector<std::string> names;
  for (const Column& column : frame.columns) names.push_back(column.name);
  return names;
}

}  // namespace

Expected<const Column*> find_column(const Frame& frame, std::string_view name) {
  const Column* found = nullptr;
  for (const Column& column : frame.columns) {
    if (column.name != name) continue;
    if (found != nullptr) return failure("asked-column-twice", {{"column", std::string(name)}}, frame.file);
    found = &column;
  }
  if (found != nullptr) return found;
  return failure("asked-unknown-column",
                 {{"column", std::string(name)}, {"nearest", nearest(name, names_of(frame)).value_or("none")}},
                 frame.file);
}

bool all_missing(const Column& column) {
  const std::size_t rows = column.categorical ? column.codes.size() : column.numbers.size();
  for (std::size_t row = 0; row < rows; ++row) {
    if (!column.missing(row)) return false;
  }
  return true;
}

}  // namespace kaskad::frame
