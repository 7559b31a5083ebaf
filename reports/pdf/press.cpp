#include "reports/pdf/press.hpp"

#include <algorithm>

namespace kaskad::reports::pdf {
namespace {

template <class T>
int index_in(std::vector<T>& list, const T& item) {
  const auto found = std::find(list.begin(), list.end(), item);
  if (found != list.end()) return int(found - list.begin());
  list.push_back(item);
  return int(list.size()) - 1;
}

}  // namespace

int Press::link(const std::string& target) {
  if (target.substr(0, 1) == "#") return link_to(anchor(target.substr(1)));
  return index_in(galley.links, Link{target, -1});
}

int Press::link_to(int anchor) { return index_in(galley.links, Link{{}, anchor}); }

int Press::anchor(const std::string& id) {
  if (!id.empty()) return index_in(galley.anchors, id);
  galley.anchors.emplace_back();
  return int(galley.anchors.size()) - 1;
}

int Press::footnote(const std::string& text) { return index_in(galley.footnotes, text); }

}  // namespace kaskad::reports::pdf
