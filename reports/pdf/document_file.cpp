#include "reports/pdf/document_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <qpdf/QPDFObjectHandle.hh>

#include "reports/pdf/dates.hpp"
#include "reports/pdf/object_pack.hpp"
#include "reports/pdf/outline_file.hpp"
#include "reports/pdf/pdf_text.hpp"
#include "reports/pdf/structure_file.hpp"
#include "reports/pdf/xmp.hpp"

namespace kaskad::reports::pdf {
namespace {

std::string name_object(const std::string& name) { return QPDFObjectHandle::newName("/" + name).unparse(); }

std::string references(const std::vector<int>& numbers) {
  std::string out = "[";
  for (const int number : numbers) out += " " + reference(number);
  return out + " ]";
}

std::string info_of(const Document& document) {
  const std::string time = pdf_time(document.date);
  std::string out = fmt::format("<< /Creator (Kaskad) /CreationDate ({}) /ModDate ({})", time, time);
  for (const auto& [key, text] : {std::pair("Title", document.title), std::pair("Author", document.author),
                                  std::pair("Subject", document.subject)}) {
    if (!text.empty()) out += fmt::format(" /{} {}", key, text_string(text));
  }
  return out + " >>";
}

}  // namespace

DocumentFile::DocumentFile() : file_(bytes_) {}

void DocumentFile::add_page(const Sheet& sheet, const std::string& operators) {
  const int content = file_.reserve();
  file_.write_stream(content, "/Filter /FlateDecode", deflated(operators));
  pages_.push_back({file_.reserve(), content, sheet.width, sheet.height});
}

std::string DocumentFile::target(const AnchorPlace& place) const {
  const WrittenPage& page = pages_[std::size_t(place.page) - 1];
  return fmt::format("[{} /XYZ {:.2f} {:.2f} 0]", reference(page.number), place.x, page.height - place.y);
}

std::string DocumentFile::annotation(const Painted& painted, std::size_t number) const {
  const Annotation& from = painted.log.annotations[number];
  const Link& link = painted.galley.links[std::size_t(from.link)];
  const auto told = painted.log.link_texts.find(from.element);
  const std::string leads = link.anchor >= 0 ? "/Dest " + target(painted.anchors[std::size_t(link.anchor)])
                                             : fmt::format("/A << /Type /Action /S /URI /URI {} >>",
                                                           QPDFObjectHandle::newString(link.url).unparse());
  const Place& p = from.place;
  return fmt::format(
      "<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 /Rect [{:.2f} {:.2f} {:.2f} {:.2f}] /StructParent {} "
      "/Contents {} {} >>",
      p.left, p.bottom, p.right, p.top, pages_.size() + number,
      text_string(told != painted.log.link_texts.end() ? told->second : link.url), leads);
}

std::vector<int> DocumentFile::write_annotations(const Painted& painted) {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < painted.log.annotations.size(); ++i)
    numbers.push_back(file_.write(annotation(painted, i)));
  return numbers;
}

/// Returns the number of the tree of pages.
int DocumentFile::write_pages(const Painted& painted, const std::vector<int>& annotations) {
  const int resources = file_.write(fmt::format("<< /Font {} >>", painted.fonts.write(file_)));
  std::vector<std::vector<int>> on_page(pages_.size());
  for (std::size_t i = 0; i < annotations.size(); ++i)
    on_page[std::size_t(painted.log.annotations[i].page)].push_back(annotations[i]);
  const int tree = file_.reserve();
  std::vector<int> kids;
  for (std::size_t p = 0; p < pages_.size(); ++p) {
    const WrittenPage& page = pages_[p];
    kids.push_back(page.number);
    file_.write(page.number,
                fmt::format("<< /Type /Page /Parent {} /MediaBox [0 0 {:.2f} {:.2f}] /Resources {} /Contents {} "
                            "/StructParents {} /Tabs /S{} >>",
                            reference(tree), page.width, page.height, reference(resources), reference(page.content), p,
                            on_page[p].empty() ? "" : " /Annots " + references(on_page[p])));
  }
  file_.write(tree, fmt::format("<< /Type /Pages /Count {} /Kids {} >>", kids.size(), references(kids)));
  return tree;
}

std::string DocumentFile::outline(const Painted& painted) {
  std::vector<Bookmark> bookmarks;
  for (const OutlineEntry& entry : painted.galley.outline) {
    const AnchorPlace& place = painted.anchors[std::size_t(entry.anchor)];
    if (place.page > 0) bookmarks.push_back({entry.level, entry.title, target(place)});
  }
  if (bookmarks.empty()) return {};
  return fmt::format(" /Outlines {} /PageMode /UseOutlines", reference(write_outline(file_, bookmarks)));
}

int DocumentFile::write_attachment(const Document& document, const Attachment& attachment) {
  const std::string time = pdf_time(document.date);
  const int stream = file_.reserve();
  file_.write_stream(stream,
                     fmt::format("/Type /EmbeddedFile /Subtype {} /Params << /Size {} /CreationDate ({}) /ModDate ({}) "
                                 ">> /Filter /FlateDecode",
                                 name_object(attachment.mime), attachment.bytes.size(), time, time),
                     deflated(attachment.bytes));
  const std::string name = text_string(attachment.name);
  return file_.write(
      fmt::format("<< /Type /Filespec /F {} /UF {} /Desc {} /AFRelationship /Data /EF << /F {} /UF {} >> >>", name,
                  name, text_string(attachment.description), reference(stream), reference(stream)));
}

/// The data behind the document (7.11.4), with the relationship of PDF/A-3 (ISO 19005-3, annex E).
std::string DocumentFile::attachments(const Document& document) {
  std::vector<std::pair<std::string, int>> files;  // Names in the order that the tree of names wants.
  for (const Attachment& attachment : document.attachments)
    files.emplace_back(attachment.name, write_attachment(document, attachment));
  if (files.empty()) return {};
  std::vector<int> numbers;
  for (const auto& file : files) numbers.push_back(file.second);
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
    return QPDFObjectHandle::newUnicodeString(a.first).getStringValue() <
           QPDFObjectHandle::newUnicodeString(b.first).getStringValue();
  });
  std::string names;
  for (const auto& [name, number] : files) names += text_string(name) + " " + reference(number) + " ";
  return fmt::format(" /AF {} /Names << /EmbeddedFiles << /Names [ {}] >> >>", references(numbers), names);
}

std::string DocumentFile::metadata(const Document& document) {
  const int number = file_.reserve();
  file_.write_stream(number, "/Type /Metadata /Subtype /XML", xmp_of(document));
  return reference(number);
}

std::string DocumentFile::finish(const Painted& painted) {
  const Document& document = painted.document;
  const std::vector<int> annotations = write_annotations(painted);
  const int pages = write_pages(painted, annotations);
  TaggedObjects tagged{{}, annotations};
  for (const WrittenPage& page : pages_) tagged.pages.push_back(page.number);
  const int structure = write_structure(file_, painted.galley.structure, tagged);
  const int root = file_.write(
      fmt::format("<< /Type /Catalog /Pages {} /StructTreeRoot {} /MarkInfo << /Marked true >> /ViewerPreferences << "
                  "/DisplayDocTitle true >> /Lang {} /Metadata {}{}{} >>",
                  reference(pages), reference(structure), QPDFObjectHandle::newString(document.language).unparse(),
                  metadata(document), outline(painted), attachments(document)));
  file_.finish(root, file_.write(info_of(document)));
  return std::move(bytes_).str();
}

}  // namespace kaskad::reports::pdf
