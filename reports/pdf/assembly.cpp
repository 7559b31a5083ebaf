#include "reports/pdf/assembly.hpp"

#include <fmt/format.h>

#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>

#include "reports/pdf/content_marks.hpp"
#include "reports/pdf/dates.hpp"
#include "reports/pdf/font_program.hpp"
#include "reports/pdf/structure_file.hpp"
#include "reports/pdf/xmp.hpp"

namespace kaskad::reports::pdf {
namespace {

using Object = QPDFObjectHandle;

Object text_object(const std::string& text) { return Object::newUnicodeString(text); }
Object real(double value) { return Object::newReal(fmt::format("{:.2f}", value)); }

double page_height(Object page) { return page.getKey("/MediaBox").getArrayItem(3).getNumericValue(); }

class Assembler {
 public:
  Assembler(const std::string& pdf, const Painted& painted) : painted_(painted) {
    file_.setSuppressWarnings(true);
    file_.processMemoryFile("cairo", pdf.data(), pdf.size());
    pages_ = file_.getAllPages();
  }

  std::string finished() {
    for (std::size_t p = 0; p < pages_.size(); ++p) finish_page(p);
    for (std::size_t a = 0; a < painted_.log.annotations.size(); ++a) add_annotation(a);
    finish_catalogue();
    attach_files();
    strip_fonts();
    return written();
  }

 private:
  void finish_page(std::size_t p) {
    Object page = pages_[p];
    Object contents = page.getKey("/Contents");
    const auto data = contents.getStreamData();
    const std::string_view operators(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
    contents.replaceStreamData(with_marks(operators, painted_.log.pieces[p], painted_.galley.structure),
                               Object::newNull(), Object::newNull());
    page.removeKey("/Group");  // No page has anything transparent.
    page.replaceKey("/StructParents", Object::newInteger(std::int64_t(p)));
    page.replaceKey("/Tabs", Object::newName("/S"));
  }

  Object target_of(const Link& link) {
    const AnchorPlace& place = painted_.anchors[std::size_t(link.anchor)];
    Object page = pages_[std::size_t(place.page) - 1];
    return Object::newArray(std::vector<Object>{page, Object::newName("/XYZ"), real(place.x),
                                                real(page_height(page) - place.y), Object::newInteger(0)});
  }

  void add_annotation(std::size_t number) {
    const Annotation& from = painted_.log.annotations[number];
    const Link& link = painted_.galley.links[std::size_t(from.link)];
    Object page = pages_[std::size_t(from.page)];
    Object annotation = Object::parse("<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 >>");
    const Place& p = from.place;
    annotation.replaceKey(
        "/Rect", Object::newArray(std::vector<Object>{real(p.left), real(p.bottom), real(p.right), real(p.top)}));
    annotation.replaceKey("/StructParent", Object::newInteger(std::int64_t(pages_.size() + number)));
    const auto told = painted_.log.link_texts.find(from.element);
    annotation.replaceKey("/Contents", text_object(told != painted_.log.link_texts.end() ? told->second : link.url));
    if (link.anchor >= 0) {
      annotation.replaceKey("/Dest", target_of(link));
    } else {
      Object action = Object::parse("<< /Type /Action /S /URI >>");
      action.replaceKey("/URI", Object::newString(link.url));
      annotation.replaceKey("/A", action);
    }
    if (!page.hasKey("/Annots")) page.replaceKey("/Annots", Object::newArray());
    annotations_.push_back(file_.makeIndirectObject(annotation));
    page.getKey("/Annots").appendItem(annotations_.back());
  }

  void finish_catalogue() {
    Object root = file_.getRoot();
    structure_ = file_.makeIndirectObject(Object::parse("<< /Type /StructTreeRoot >>"));
    root.replaceKey("/StructTreeRoot", structure_);
    root.replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
    root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
    root.replaceKey("/Lang", Object::newString(painted_.document.language));
    Object metadata = Object::newStream(&file_, xmp_of(painted_.document));
    metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    root.replaceKey("/Metadata", metadata);
  }

  /// The data behind the document (ISO 32000-1, 7.11.4), with the relationship of PDF/A-3 (ISO 19005-3, annex E).
  void attach_files() {
    Object related = Object::newArray();
    for (const Attachment& attachment : painted_.document.attachments) {
      auto stream = QPDFEFStreamObjectHelper::createEFStream(file_, attachment.bytes);
      stream.setSubtype(attachment.mime);
      stream.setCreationDate(pdf_time(painted_.document.date));
      stream.setModDate(pdf_time(painted_.document.date));
      auto specification = QPDFFileSpecObjectHelper::createFileSpec(file_, attachment.name, stream);
      specification.setDescription(attachment.description);
      specification.getObjectHandle().replaceKey("/AFRelationship", Object::newName("/Data"));
      QPDFEmbeddedFileDocumentHelper(file_).replaceEmbeddedFile(attachment.name, specification);
      related.appendItem(specification.getObjectHandle());
    }
    if (related.getArrayNItems() > 0) file_.getRoot().replaceKey("/AF", related);
  }

  void strip_fonts() {
    std::set<QPDFObjGen> done;
    for (Object& page : pages_) {
      Object fonts = page.getKey("/Resources").getKey("/Font");
      if (!fonts.isDictionary()) continue;
      for (const std::string& name : fonts.getKeys()) {
        if (done.insert(fonts.getKey(name).getObjGen()).second) strip(fonts.getKey(name));
      }
    }
  }

  void strip(Object font) {
    if (font.hasKey("/DescendantFonts")) font = font.getKey("/DescendantFonts").getArrayItem(0);
    Object program = font.getKey("/FontDescriptor").getKeyIfDict("/FontFile2");
    if (!program.isStream()) return;
    const auto data = program.getStreamData();
    std::string bare =
        without_hints(std::string_view(reinterpret_cast<const char*>(data->getBuffer()), data->getSize()));
    program.getDict().replaceKey("/Length1", Object::newInteger(std::int64_t(bare.size())));
    program.replaceStreamData(std::move(bare), Object::newNull(), Object::newNull());
  }

  std::string written() {
    QPDFWriter writer(file_);
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setMinimumPDFVersion("1.7");
    writer.setDeterministicID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    std::string pdf(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    append_structure(pdf, painted_.galley.structure, numbers(writer, pdf));
    return pdf;
  }

  WrittenObjects numbers(QPDFWriter& writer, const std::string& pdf) {
    const auto number = [&](Object object) { return writer.getRenumberedObjGen(object.getObjGen()).getObj(); };
    WrittenObjects out;
    out.root = number(file_.getRoot());
    out.info = number(file_.getTrailer().getKey("/Info"));
    out.structure = number(structure_);
    // The last object is the cross-reference stream.
    out.count = std::stoi(pdf.substr(std::stoul(pdf.substr(pdf.rfind("startxref\n") + 10)))) + 1;
    for (const Object& page : pages_) out.pages.push_back(number(page));
    for (const Object& annotation : annotations_) out.annotations.push_back(number(annotation));
    return out;
  }

  const Painted& painted_;
  QPDF file_;
  std::vector<Object> pages_;
  std::vector<Object> annotations_;
  Object structure_;
};

}  // namespace

namespace {

/// A tenth larger than at QPDF's usual level, in two thirds of the time.
void set_compression() {
  static const bool is_set = [] {
    Pl_Flate::setCompressionLevel(3);
    return true;
  }();
  static_cast<void>(is_set);
}

}  // namespace

Expected<std::string> assembled(const std::string& pdf, const Painted& painted) {
  set_compression();
  try {
    return Assembler(pdf, painted).finished();
  } catch (const std::exception& problem) {
    return failure("pdf-write", {{"reason", std::string(problem.what())}});
  }
}

}  // namespace kaskad::reports::pdf
