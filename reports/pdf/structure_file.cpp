#include "reports/pdf/structure_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "reports/pdf/pdf_text.hpp"

namespace kaskad::reports::pdf {
namespace {

/// Writes the elements that can be reached from the root, parents before kids.
class TreeWriter {
 public:
  TreeWriter(ObjectFile& file, const Structure& structure, const TaggedObjects& objects)
      : file_(file), structure_(structure), objects_(objects), root_(file.reserve()), numbers_(structure.size(), 0) {}

  int write() {
    number(kRoot);
    std::vector<ElementId> order = {kRoot};
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const Kid& kid : structure_[order[i]].kids) {
        if (kid.kind != Kid::Kind::element) continue;
        number(kid.index);
        order.push_back(kid.index);
      }
    }
    for (const ElementId id : order) write(id);
    write_root();
    return root_;
  }

 private:
  void number(ElementId id) { numbers_[std::size_t(id)] = file_.reserve(); }
  int number_of(ElementId id) const { return numbers_[std::size_t(id)]; }

  template <class... Args>
  void put(fmt::format_string<Args...> pattern, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), pattern, std::forward<Args>(args)...);
  }

  void write(ElementId id) {
    const Element& element = structure_[id];
    text_.clear();
    put("<</S/{}/P {} 0 R", name_of(element), id == kRoot ? root_ : number_of(element.parent));
    put_attributes(id, element);
    put_kids(element);
    text_ += ">>";
    file_.write(number_of(id), text_);
  }

  /// A link that leads nowhere is mere text.
  static const char* name_of(const Element& element) {
    const auto is_annotation = [](const Kid& kid) { return kid.kind == Kid::Kind::annotation; };
    const bool dead =
        element.role == Role::link && std::none_of(element.kids.begin(), element.kids.end(), is_annotation);
    return dead ? "Span" : role_name(element.role);
  }

  void put_attributes(ElementId id, const Element& element) {
    if (const std::string* text = structure_.alternative(id)) {
      text_ += "/Alt" + text_string(*text);
    }
    if (const Place* p = structure_.place(id)) {
      put("/A<</O/Layout/Placement/Block/BBox[{:.2f} {:.2f} {:.2f} {:.2f}]>>", p->left, p->bottom, p->right, p->top);
    }
    if (element.role == Role::note) put("/ID(note-{:08})", id);
    if (element.role == Role::list) put("/A<</O/List/ListNumbering/{}>>", element.ordered ? "Decimal" : "Disc");
    if (element.role == Role::head_cell || element.role == Role::cell) put_cell(element);
  }

  void put_cell(const Element& cell) {
    if (cell.scope == Scope::none && cell.columns == 1 && cell.rows == 1) return;
    text_ += "/A<</O/Table";
    if (cell.scope != Scope::none) put("/Scope/{}", cell.scope == Scope::column ? "Column" : "Row");
    if (cell.columns > 1) put("/ColSpan {}", cell.columns);
    if (cell.rows > 1) put("/RowSpan {}", cell.rows);
    text_ += ">>";
  }

  /// The page of most content stands once, in the element itself.
  void put_kids(const Element& element) {
    if (element.kids.empty()) return;
    int page = -1;
    for (const Kid& kid : element.kids) {
      if (page < 0 && kid.kind != Kid::Kind::element) page = kid.page;
    }
    if (page >= 0) put("/Pg {} 0 R", objects_.pages[std::size_t(page)]);
    const bool single = element.kids.size() == 1;
    text_ += single ? "/K " : "/K[";
    for (const Kid& kid : element.kids) put_kid(kid, page);
    if (!single) text_ += "]";
  }

  void put_kid(const Kid& kid, int page) {
    const int on = kid.kind == Kid::Kind::element ? 0 : objects_.pages[std::size_t(kid.page)];
    if (kid.kind == Kid::Kind::element) {
      put("{} 0 R ", number_of(kid.index));
    } else if (kid.kind == Kid::Kind::annotation) {
      put("<</Type/OBJR/Obj {} 0 R/Pg {} 0 R>>", objects_.annotations[std::size_t(kid.index)], on);
    } else if (kid.page == page) {
      put("{} ", kid.index);
    } else {
      put("<</Type/MCR/Pg {} 0 R/MCID {}>>", on, kid.index);
    }
  }

  void write_root() {
    std::string parents;
    for (std::size_t p = 0; p < objects_.pages.size(); ++p) {
      if (p >= structure_.contents().size()) break;
      text_ = "[";
      for (const ElementId id : structure_.contents()[p]) put("{} 0 R ", number_of(id));
      text_ += "]";
      parents += fmt::format("{} {} 0 R ", p, file_.write(text_));
    }
    for (std::size_t a = 0; a < objects_.annotations.size(); ++a) {
      parents += fmt::format("{} {} 0 R ", objects_.pages.size() + a, number_of(owner_of_annotation(a)));
    }
    text_.clear();
    put("<</Type/StructTreeRoot/K {} 0 R/ParentTree<</Nums[{}]>>/ParentTreeNextKey {}", number_of(kRoot), parents,
        objects_.pages.size() + objects_.annotations.size());
    put_notes();
    text_ += ">>";
    file_.write(root_, text_);
  }

  ElementId owner_of_annotation(std::size_t annotation) {
    if (owners_.empty()) {
      owners_.resize(objects_.annotations.size(), kRoot);
      for (ElementId id = 0; id < ElementId(structure_.size()); ++id) {
        for (const Kid& kid : structure_[id].kids) {
          if (kid.kind == Kid::Kind::annotation) owners_[std::size_t(kid.index)] = id;
        }
      }
    }
    return owners_[annotation];
  }

  /// Elements by their /ID.
  void put_notes() {
    std::string names;
    for (ElementId id = 0; id < ElementId(structure_.size()); ++id) {
      if (structure_[id].role != Role::note || number_of(id) == 0) continue;
      names += fmt::format("(note-{:08}){} 0 R ", id, number_of(id));
    }
    if (!names.empty()) put("/IDTree<</Names[{}]>>", names);
  }

  ObjectFile& file_;
  const Structure& structure_;
  const TaggedObjects& objects_;
  int root_;
  std::vector<int> numbers_;  // Of objects; 0: not reached.
  std::vector<ElementId> owners_;
  std::string text_;
};

}  // namespace

int write_structure(ObjectFile& file, const Structure& structure, const TaggedObjects& objects) {
  return TreeWriter(file, structure, objects).write();
}

}  // namespace kaskad::reports::pdf
