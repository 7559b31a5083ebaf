// Many PDF files as one for the printer: all documents one after the other, one of them in memory at a time.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace kaskad::reports {

/// A document of the merged file, made by PdfRenderer.
struct MergePart {
  std::string title;  ///< Of its bookmark; its own bookmarks stand below.
  std::string path;
};

struct MergeOptions {
  std::string title, author, language = "ru";
  std::string date;                ///< ISO; the PDF's creation date (at 00:00 UTC).
  bool start_on_odd_page = false;  ///< For printing on both sides: a blank page is added where it is needed.
};

/// Writes the parts to `to`, by way of a file beside it. Page numbers of the window restart with each document. The
/// same parts and options give the same bytes. The structure trees of the parts become one: a document whose kids are
/// theirs.
/// Errors: "pdf-merge-nothing"; "pdf-merge-part" {path, reason}: a part is no PDF file, or has no structure tree;
/// "pdf-merge-write" {path, reason}; "pdf-date" {date}.
Expected<void> merge_pdfs(const std::vector<MergePart>& parts, const std::string& to, const MergeOptions& options);

}  // namespace kaskad::reports
