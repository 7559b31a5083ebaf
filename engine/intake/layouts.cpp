#include "engine/intake/layouts.hpp"

#include <algorithm>
#include <vector>

#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

using Family = std::span<const Layout> (*)();
constexpr std::array<Family, 5> kFamilies = {fis_oko_layouts, pupil_export_layouts, ris_gia_layouts, olympiad_layouts,
                                             context_layouts};

}  // namespace

std::string_view LayoutRow::cell(std::size_t layout_column) const {
  const int place = places[layout_column];
  return place < 0 ? std::string_view() : trimmed((*row)[static_cast<std::size_t>(place)]);
}

std::string_view LayoutRow::first() const {
  for (std::size_t i = 0; i < row->size; ++i) {
    if (const std::string_view text = trimmed((*row)[i]); !text.empty()) return text;
  }
  return {};
}

std::span<const Layout> layouts() {
  static const std::vector<Layout> kAll = [] {
    std::vector<Layout> all;
    for (const Family family : kFamilies) {
      const std::span<const Layout> some = family();
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }();
  return kAll;
}

const Layout* find_layout(std::string_view id) {
  const std::span<const Layout> all = layouts();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Layout& layout) { return layout.id == id; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> layout_ids() {
  std::vector<std::string> ids;
  for (const Layout& layout : layouts()) ids.emplace_back(layout.id);
  return ids;
}

}  // namespace kaskad::intake

namespace kaskad {

std::vector<std::string> source_layouts() { return intake::layout_ids(); }

}  // namespace kaskad
