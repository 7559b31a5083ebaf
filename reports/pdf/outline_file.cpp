#include "reports/pdf/outline_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/pdf/pdf_text.hpp"

namespace kaskad::reports::pdf {
namespace {

/// A bookmark, or the root that holds the outermost ones.
struct Branch {
  int number = 0;
  std::size_t parent = 0;
  std::vector<std::size_t> kids;
  int shown = 0;  ///< Bookmarks below it that are seen when it is open.
};

/// The root first; then in the order of the bookmarks.
std::vector<Branch> branches_of(ObjectFile& file, const std::vector<Bookmark>& bookmarks) {
  std::vector<Branch> all(1);
  all[0].number = file.reserve();
  std::vector<std::pair<int, std::size_t>> open = {{-1, 0}};  // Level and place of a branch and those that hold it.
  for (const Bookmark& bookmark : bookmarks) {
    while (open.size() > 1 && open.back().first >= bookmark.level) open.pop_back();
    const std::size_t parent = open.back().second;
    all[parent].kids.push_back(all.size());
    open.emplace_back(bookmark.level, all.size());
    all.push_back({file.reserve(), parent, {}, 0});
  }
  return all;
}

bool is_open(const Bookmark& bookmark) { return bookmark.level == 1; }

/// From the innermost outwards.
void count_shown(std::vector<Branch>& all, const std::vector<Bookmark>& bookmarks) {
  for (std::size_t i = all.size(); i-- > 0;) {
    Branch& branch = all[i];
    branch.shown = int(branch.kids.size());
    for (const std::size_t kid : branch.kids) branch.shown += is_open(bookmarks[kid - 1]) ? all[kid].shown : 0;
  }
}

std::string kids_of(const std::vector<Branch>& all, const Branch& branch) {
  if (branch.kids.empty()) return {};
  return fmt::format(" /First {} /Last {}", reference(all[branch.kids.front()].number),
                     reference(all[branch.kids.back()].number));
}

std::string entry(const std::vector<Branch>& all, std::size_t at, const Bookmark& bookmark) {
  const Branch& own = all[at];
  const std::vector<std::size_t>& row = all[own.parent].kids;
  const auto place = std::find(row.begin(), row.end(), at);
  std::string out = fmt::format("<< /Title {} /Parent {} /Dest {}{}", text_string(bookmark.title),
                                reference(all[own.parent].number), bookmark.target, kids_of(all, own));
  if (place != row.begin()) out += " /Prev " + reference(all[*(place - 1)].number);
  if (place + 1 != row.end()) out += " /Next " + reference(all[*(place + 1)].number);
  if (own.shown > 0) out += fmt::format(" /Count {}", is_open(bookmark) ? own.shown : -own.shown);
  return out + " >>";
}

}  // namespace

int write_outline(ObjectFile& file, const std::vector<Bookmark>& bookmarks) {
  std::vector<Branch> all = branches_of(file, bookmarks);
  count_shown(all, bookmarks);
  for (std::size_t i = 1; i < all.size(); ++i) file.write(all[i].number, entry(all, i, bookmarks[i - 1]));
  file.write(all[0].number, fmt::format("<< /Type /Outlines{} /Count {} >>", kids_of(all, all[0]), all[0].shown));
  return all[0].number;
}

}  // namespace kaskad::reports::pdf
