// The file of one document: pages, fonts, links, bookmarks, structure, metadata and attached files.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "reports/pdf/canvas.hpp"
#include "reports/pdf/object_file.hpp"

namespace kaskad::reports::pdf {

/// A document that has been painted.
struct Painted {
  const Document& document;
  const Galley& galley;
  const std::vector<AnchorPlace>& anchors;
  const PaintLog& log;
  const EmbeddedFonts& fonts;
};

/// Pages are written as they come; what they share follows at the end.
class DocumentFile {
 public:
  DocumentFile();
  void add_page(const Sheet& sheet, const std::string& operators);
  /// The file's bytes. Throws std::runtime_error when a font cannot be embedded.
  std::string finish(const Painted& painted);

 private:
  struct WrittenPage {
    int number = 0;
    int content = 0;
    double width = 0, height = 0;
  };

  std::vector<int> write_annotations(const Painted& painted);
  std::string annotation(const Painted& painted, std::size_t number) const;
  std::string target(const AnchorPlace& place) const;
  int write_pages(const Painted& painted, const std::vector<int>& annotations);
  std::string outline(const Painted& painted);
  std::string attachments(const Document& document);
  int write_attachment(const Document& document, const Attachment& attachment);
  std::string metadata(const Document& document);

  std::ostringstream bytes_;
  ObjectFile file_;
  std::vector<WrittenPage> pages_;
};

}  // namespace kaskad::reports::pdf
