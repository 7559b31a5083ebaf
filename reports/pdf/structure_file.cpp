#include "reports/pdf/structure_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <qpdf/QPDFObjectHandle.hh>
#include <string_view>

#include "reports/pdf/object_pack.hpp"

namespace kaskad::reports::pdf {
namespace {

/// Compressed objects, and the cross-reference stream that says where they are.
class Update {
 public:
  Update(std::string& pdf, int first) : pdf_(pdf), next_(first) {}

  int reserve() { return next_++; }
  void add(int number, std::string_view body) {
    pack_.add(number, body);
    if (pack_.full()) write_stream();
  }
  int add(std::string_view body) {
    const int number = reserve();
    add(number, body);
    return number;
  }
  void finish(const WrittenObjects& written);

 private:
  /// A row of the table (7.5.8.3): kind, place or number of the stream, generation or index in the stream.
  struct Entry {
    int number = 0;
    std::uint8_t kind = 1;
    std::uint64_t where = 0;
    std::uint16_t index = 0;
  };

  void write_stream() {
    const std::vector<int>& numbers = pack_.numbers();
    if (numbers.empty()) return;
    const int number = reserve();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      entries_.push_back({numbers[i], 2, std::uint64_t(number), std::uint16_t(i)});
    }
    write_object(number, pack_.dictionary(), pack_.data());
    pack_.clear();
  }

  void write_object(int number, std::string_view dictionary, std::string_view data) {
    entries_.push_back({number, 1, pdf_.size(), 0});
    pdf_ += fmt::format("{} 0 obj\n<< {} /Length {} >>\nstream\n", number, dictionary, data.size());
    pdf_.append(data);
    pdf_ += "\nendstream\nendobj\n";
  }

  std::string& pdf_;
  int next_;
  ObjectPack pack_;
  std::vector<Entry> entries_;
};

/// The text after the last `before` up to `after`.
std::string_view last_between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t at = text.rfind(before);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + before.size();
  return text.substr(begin, text.find(after, begin) - begin);
}

void Update::finish(const WrittenObjects& written) {
  const std::string previous(last_between(pdf_, "startxref\n", "\n"));
  const std::string id(last_between(pdf_, "/ID [", "]"));
  write_stream();
  const int number = reserve();
  const std::uint64_t start = pdf_.size();
  entries_.push_back({number, 1, start, 0});
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.number < b.number; });
  std::string rows;
  std::string index;
  for (std::size_t i = 0; i < entries_.size();) {
    std::size_t end = i + 1;
    while (end < entries_.size() && entries_[end].number == entries_[end - 1].number + 1) ++end;
    index += fmt::format("{} {} ", entries_[i].number, end - i);
    for (; i < end; ++i) put_place(rows, entries_[i].kind, entries_[i].where, entries_[i].index);
  }
  entries_.clear();
  write_object(number,
               fmt::format("/Type /XRef /W {} /Index [{}] /Size {} /Prev {} /Root {} 0 R /Info {} 0 R /ID [{}] "
                           "/Filter /FlateDecode",
                           kPlaceWidths, index, next_, previous, written.root, written.info, id),
               deflated(rows));
  pdf_ += fmt::format("startxref\n{}\n%%EOF\n", start);
}

/// Writes the elements that can be reached from the root, parents before kids.
class TreeWriter {
 public:
  TreeWriter(Update& update, const Structure& structure, const WrittenObjects& written)
      : update_(update), structure_(structure), written_(written), numbers_(structure.size(), 0) {}

  void write() {
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
  }

 private:
  void number(ElementId id) { numbers_[std::size_t(id)] = update_.reserve(); }
  int number_of(ElementId id) const { return numbers_[std::size_t(id)]; }

  template <class... Args>
  void put(fmt::format_string<Args...> pattern, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), pattern, std::forward<Args>(args)...);
  }

  void write(ElementId id) {
    const Element& element = structure_[id];
    text_.clear();
    put("<</S/{}/P {} 0 R", name_of(element), id == kRoot ? written_.structure : number_of(element.parent));
    put_attributes(id, element);
    put_kids(element);
    text_ += ">>";
    update_.add(number_of(id), text_);
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
      text_ += "/Alt" + QPDFObjectHandle::newUnicodeString(*text).unparse();
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
    if (page >= 0) put("/Pg {} 0 R", written_.pages[std::size_t(page)]);
    const bool single = element.kids.size() == 1;
    text_ += single ? "/K " : "/K[";
    for (const Kid& kid : element.kids) put_kid(kid, page);
    if (!single) text_ += "]";
  }

  void put_kid(const Kid& kid, int page) {
    const int on = kid.kind == Kid::Kind::element ? 0 : written_.pages[std::size_t(kid.page)];
    if (kid.kind == Kid::Kind::element) {
      put("{} 0 R ", number_of(kid.index));
    } else if (kid.kind == Kid::Kind::annotation) {
      put("<</Type/OBJR/Obj {} 0 R/Pg {} 0 R>>", written_.annotations[std::size_t(kid.index)], on);
    } else if (kid.page == page) {
      put("{} ", kid.index);
    } else {
      put("<</Type/MCR/Pg {} 0 R/MCID {}>>", on, kid.index);
    }
  }

  void write_root() {
    std::string parents;
    for (std::size_t p = 0; p < written_.pages.size(); ++p) {
      if (p >= structure_.contents().size()) break;
      text_ = "[";
      for (const ElementId id : structure_.contents()[p]) put("{} 0 R ", number_of(id));
      text_ += "]";
      parents += fmt::format("{} {} 0 R ", p, update_.add(text_));
    }
    for (std::size_t a = 0; a < written_.annotations.size(); ++a) {
      parents += fmt::format("{} {} 0 R ", written_.pages.size() + a, number_of(owner_of_annotation(a)));
    }
    text_.clear();
    put("<</Type/StructTreeRoot/K {} 0 R/ParentTree<</Nums[{}]>>/ParentTreeNextKey {}", number_of(kRoot), parents,
        written_.pages.size() + written_.annotations.size());
    put_notes();
    text_ += ">>";
    update_.add(written_.structure, text_);
  }

  ElementId owner_of_annotation(std::size_t annotation) {
    if (owners_.empty()) {
      owners_.resize(written_.annotations.size(), kRoot);
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

  Update& update_;
  const Structure& structure_;
  const WrittenObjects& written_;
  std::vector<int> numbers_;  // Of objects; 0: not reached.
  std::vector<ElementId> owners_;
  std::string text_;
};

}  // namespace

void append_structure(std::string& pdf, const Structure& structure, const WrittenObjects& written) {
  Update update(pdf, written.count);
  TreeWriter(update, structure, written).write();
  update.finish(written);
}

}  // namespace kaskad::reports::pdf
