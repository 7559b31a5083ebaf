#include "tests/pdf_structure.hpp"

#include <array>
#include <map>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFNameTreeObjectHelper.hh>
#include <qpdf/QPDFNumberTreeObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <sstream>

#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

using Object = QPDFObjectHandle;

/// Operators of a page: which marks there are, and what paints without one.
class PageReader : public Object::ParserCallbacks {
 public:
  PageReader(int page, FoundStructure& found) : page_(page), found_(found) {}

  void handleObject(Object object, size_t /*offset*/, size_t /*length*/) override {
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    handle(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {
    if (depth_ != 0) found_.unmarked.push_back("page " + std::to_string(page_ + 1) + ": a mark stays open");
  }

 private:
  void handle(const std::string& name) {
    if (name == "BDC" || name == "BMC") ++depth_;
    if (name == "EMC") --depth_;
    if (name == "BDC" && operands_.back().isDictionary() && operands_.back().hasKey("/MCID")) {
      found_.marked.emplace(page_, operands_.back().getKey("/MCID").getIntValueAsInt());
    }
    static const std::set<std::string> paints = {"Tj", "TJ", "'",  "\"", "S",  "s",  "f",  "F",
                                                 "f*", "B",  "B*", "b",  "b*", "sh", "Do", "EI"};
    if (depth_ == 0 && paints.count(name) != 0) {
      found_.unmarked.push_back("page " + std::to_string(page_ + 1) + ": " + name);
    }
  }

  int page_;
  FoundStructure& found_;
  std::vector<Object> operands_;
  int depth_ = 0;
};

std::string text_in(Object dictionary, const std::string& key) {
  Object value = dictionary.getKey(key);
  return value.isString() ? value.getUTF8Value() : value.isName() ? value.getName().substr(1) : "";
}
int number_in(Object dictionary, const std::string& key) {
  Object value = dictionary.getKey(key);
  return value.isInteger() ? value.getIntValueAsInt() : 1;
}

class TreeReader {
 public:
  TreeReader(QPDF& file, FoundStructure& found)
      : found_(found), parents_(file.getRoot().getKey("/StructTreeRoot").getKey("/ParentTree"), file) {
    const auto pages = file.getAllPages();
    for (std::size_t p = 0; p < pages.size(); ++p) pages_[pages[p].getObjGen()] = int(p);
    Object root = file.getRoot().getKey("/StructTreeRoot");
    found.document = read(root.getKey("/K"));
    for (Object page : pages) find_stray_links(page);
  }

 private:
  FoundElement read(Object from) {
    FoundElement element;
    element.role = text_in(from, "/S");
    element.alternative = text_in(from, "/Alt");
    element.id = text_in(from, "/ID");
    if (Object a = from.getKey("/A"); a.isDictionary()) {
      element.scope = text_in(a, "/Scope");
      element.columns = number_in(a, "/ColSpan");
      element.rows = number_in(a, "/RowSpan");
    }
    Object kids = from.getKey("/K");
    if (!kids.isArray()) kids = Object::newArray(std::vector<Object>{kids});
    for (int i = 0; i < kids.getArrayNItems(); ++i) read_kid(from, kids.getArrayItem(i), element);
    return element;
  }

  void read_kid(Object from, Object kid, FoundElement& element) {
    if (kid.isInteger()) {
      add_content(from, from.getKey("/Pg"), kid.getIntValueAsInt(), element);
    } else if (kid.isDictionary() && text_in(kid, "/Type") == "MCR") {
      add_content(from, kid.getKey("/Pg"), kid.getKey("/MCID").getIntValueAsInt(), element);
    } else if (kid.isDictionary() && text_in(kid, "/Type") == "OBJR") {
      add_annotation(from, kid.getKey("/Obj"), element);
    } else if (kid.isDictionary()) {
      if (!kid.getKey("/P").isSameObjectAs(from)) found_.odd_parents.emplace_back("element " + text_in(kid, "/S"));
      element.kids.push_back(read(kid));
    }
  }

  void add_content(Object from, Object page, int number, FoundElement& element) {
    element.contents.emplace_back(pages_.at(page.getObjGen()), number);
    Object owners;
    const bool found = parents_.findObject(page.getKey("/StructParents").getIntValue(), owners);
    if (!found || !owners.getArrayItem(number).isSameObjectAs(from)) {
      found_.odd_parents.push_back("content " + std::to_string(number) + " of " + element.role);
    }
  }

  void add_annotation(Object from, Object annotation, FoundElement& element) {
    element.annotations.push_back(text_in(annotation, "/Contents"));
    held_.insert(annotation.getObjGen());
    Object owner;
    if (!parents_.findObject(annotation.getKey("/StructParent").getIntValue(), owner) || !owner.isSameObjectAs(from)) {
      found_.odd_parents.emplace_back("annotation of " + element.role);
    }
  }

  void find_stray_links(Object page) {
    Object all = page.getKey("/Annots");
    for (int i = 0; all.isArray() && i < all.getArrayNItems(); ++i) {
      if (held_.count(all.getArrayItem(i).getObjGen()) == 0)
        found_.stray_links.push_back(all.getArrayItem(i).unparse());
    }
  }

  FoundStructure& found_;
  QPDFNumberTreeObjectHelper parents_;
  std::map<QPDFObjGen, int> pages_;
  std::set<QPDFObjGen> held_;
};

void open(QPDF& file, const std::string& pdf) { file.processMemoryFile("test", pdf.data(), pdf.size()); }

void collect(const FoundElement& element, std::vector<const FoundElement*>& all) {
  all.push_back(&element);
  for (const FoundElement& kid : element.kids) collect(kid, all);
}

}  // namespace

FoundStructure structure_of(const std::string& pdf) {
  FoundStructure found;
  QPDF file;
  open(file, pdf);
  const auto pages = file.getAllPages();
  for (std::size_t p = 0; p < pages.size(); ++p) {
    PageReader reader(int(p), found);
    Object page = pages[p];
    page.parsePageContents(&reader);
  }
  TreeReader(file, found);
  return found;
}

std::vector<const FoundElement*> all_elements(const FoundElement& root) {
  std::vector<const FoundElement*> all;
  collect(root, all);
  return all;
}

std::vector<const FoundElement*> elements_of(const FoundElement& root, const std::string& role) {
  std::vector<const FoundElement*> found;
  for (const FoundElement* element : all_elements(root)) {
    if (element->role == role) found.push_back(element);
  }
  return found;
}

std::vector<std::string> ids_of_tree(const std::string& pdf) {
  QPDF file;
  open(file, pdf);
  std::vector<std::string> ids;
  for (const auto& [id, element] :
       QPDFNameTreeObjectHelper(file.getRoot().getKey("/StructTreeRoot").getKey("/IDTree"), file))
    ids.push_back(id);
  return ids;
}

std::string without_structure(const std::string& pdf) {
  QPDF file;
  open(file, pdf);
  file.getRoot().removeKey("/StructTreeRoot");
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string catalogue_entry(const std::string& pdf, const std::string& key) {
  QPDF file;
  open(file, pdf);
  return file.getRoot().getKey(key).unparseResolved();
}

std::string metadata_of(const std::string& pdf) {
  QPDF file;
  open(file, pdf);
  const auto data = file.getRoot().getKey("/Metadata").getStreamData();
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

std::string structure_dump(const std::string& pdf) {
  std::istringstream lines(output_of("pdfinfo -struct-text {} 2>/dev/null", pdf));
  std::string dump;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t text = std::min(line.find_first_not_of(' '), line.size());
    const std::string start = line.substr(text, 7);
    if (start == "/BBox [" || start == "/Placem" || start == "Object ") continue;
    dump += line + "\n";
  }
  dump += "\nAlternative texts\n";
  const FoundStructure found = structure_of(pdf);
  for (const FoundElement* figure : elements_of(found.document, "Figure")) {
    dump += "  " + figure->alternative + "\n";
  }
  return dump;
}

}  // namespace kaskad::reports
