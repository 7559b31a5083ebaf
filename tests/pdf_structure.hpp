// The structure of a PDF file as QPDF reads it, which shares no code with what wrote it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kaskad::reports {

struct FoundElement {
  std::string role;
  std::string alternative, id, scope;
  int columns = 1, rows = 1;
  std::vector<FoundElement> kids;
  std::vector<std::pair<int, int>> contents;  ///< Page from 0 and number.
  std::vector<std::string> annotations;       ///< /Contents of each.
};

struct FoundStructure {
  FoundElement document;
  std::set<std::pair<int, int>> marked;  ///< Page and number of the marked content in the pages.
  std::vector<std::string> unmarked;     ///< Operators that paint outside any mark: "page 1: Tj".
  std::vector<std::string> odd_parents;  ///< Content whose entry in the parent tree is not the element that holds it.
  std::vector<std::string> stray_links;  ///< Annotations that no element holds.
};

FoundStructure structure_of(const std::string& pdf);

/// All elements, parents before kids, in reading order.
std::vector<const FoundElement*> all_elements(const FoundElement& root);
std::vector<const FoundElement*> elements_of(const FoundElement& root, const std::string& role);

/// Names of elements in the order of the tree of names.
std::vector<std::string> ids_of_tree(const std::string& pdf);
/// The same pages with no structure tree.
std::string without_structure(const std::string& pdf);

/// Value of a key of the catalogue as QPDF writes it.
std::string catalogue_entry(const std::string& pdf, const std::string& key);
std::string metadata_of(const std::string& pdf);
/// What poppler's pdfinfo tells of the structure, with texts, without places on the page; then the alternative texts.
std::string structure_dump(const std::string& pdf);

}  // namespace kaskad::reports
