// Checks every name of a template against the data before anything is rendered, also in sections that will not be
// shown. Private to this room.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "reports/template/lookup.hpp"
#include "reports/template/source.hpp"

namespace kaskad::reports {

/// Walks the tags as rendering would, into every item of every list and both ways of every condition. A name is unknown
/// when no visit finds it: items of a list may differ in what they have. Partials are read on the way.
class NameChecker {
 public:
  NameChecker(TemplateSet& set, const Value& data, const NumberFormat& format, Diagnostics& out)
      : set_(set), scope_(data), format_(format), out_(out) {}

  void check(const std::vector<TagNode>& tags);
  /// Reports what no visit has found.
  void finish();

 private:
  struct Seen {
    bool visited = false, found = false, printable = false;
    std::string nearest;
  };

  void visit(const TagNode& node);
  void visit_section(const TagNode& node, const Found& found);
  void visit_partial(const Tag& tag);
  void inside(const TagNode& node, const Value* pushed);
  void note(std::size_t id, const Found& found);

  TemplateSet& set_;
  Scope scope_;
  const NumberFormat& format_;
  Diagnostics& out_;
  std::vector<std::string> partials_;  ///< Being visited, outermost first.
  std::set<std::pair<std::size_t, int>> reported_;
  std::vector<Seen> seen_;
};

}  // namespace kaskad::reports
