#include "reports/pdf/remarks.hpp"

#include <set>

namespace kaskad::reports::pdf {
namespace {

constexpr std::size_t kMostLetters = 20;

void add_unknown_links(const Galley& galley, const std::vector<AnchorPlace>& anchors, std::vector<Message>& remarks) {
  for (const Link& link : galley.links) {
    if (link.anchor < 0 || anchors[std::size_t(link.anchor)].page != 0) continue;
    const std::string& id = galley.anchors[std::size_t(link.anchor)];
    if (!id.empty()) remarks.push_back({"pdf-unknown-link", {{"id", id}}});
  }
}

void add_duplicates(const std::vector<Page>& pages, const Galley& galley, std::vector<Message>& remarks) {
  std::vector<int> counts(galley.anchors.size());
  for (const Page& page : pages) {
    for (const PlacedSlab& placed : page.slabs) {
      for (const Ink& ink : placed.slab->inks) {
        const auto* anchor = std::get_if<AnchorInk>(&ink);
        if (anchor == nullptr || ++counts[std::size_t(anchor->anchor)] != 2) continue;
        remarks.push_back({"pdf-duplicate-id", {{"id", galley.anchors[std::size_t(anchor->anchor)]}}});
      }
    }
  }
}

std::vector<std::string> letters_of(const std::string& utf8) {
  std::vector<std::string> letters;
  for (const char c : utf8) {
    const bool starts = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (starts || letters.empty()) letters.emplace_back();
    letters.back() += c;
  }
  return letters;
}

void add_missing_letters(const std::string& missing, std::vector<Message>& remarks) {
  if (missing.empty()) return;
  const auto all = letters_of(missing);
  const std::set<std::string> distinct(all.begin(), all.end());
  std::string shown;
  std::size_t count = 0;
  for (const std::string& letter : distinct) {
    if (count++ == kMostLetters) break;
    shown += (shown.empty() ? "" : " ") + letter;
  }
  if (distinct.size() > kMostLetters) shown += " …";
  remarks.push_back({"pdf-missing-letters", {{"letters", shown}, {"n", std::int64_t(all.size())}}});
}

}  // namespace

std::vector<Message> remarks_on(const std::vector<Page>& pages, const Galley& galley,
                                const std::vector<AnchorPlace>& anchors, const std::string& missing_letters) {
  std::vector<Message> remarks;
  add_unknown_links(galley, anchors, remarks);
  add_duplicates(pages, galley, remarks);
  add_missing_letters(missing_letters, remarks);
  return remarks;
}

}  // namespace kaskad::reports::pdf
