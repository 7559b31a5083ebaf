// A PDF file in memory, with metadata, bookmarks and nothing that depends on the clock.
#pragma once

#include <memory>
#include <string>

#include "engine/base/error.hpp"
#include "reports/pdf/canvas.hpp"
#include "reports/pdf/foreign.hpp"

namespace kaskad::reports::pdf {

class PdfSurface {
 public:
  /// Error "pdf-date" {date} when the document's date is not YYYY-MM-DD.
  static Expected<PdfSurface> make(const Document& document);
  PdfSurface(PdfSurface&&) noexcept;
  PdfSurface& operator=(PdfSurface&&) noexcept;
  ~PdfSurface();

  cairo_t* cairo() const;
  void start_page(const Sheet& sheet);
  void finish_page();
  void add_bookmarks(const std::vector<OutlineEntry>& outline, const std::vector<AnchorPlace>& anchors);
  /// The file's bytes; error "pdf-write" {reason} when cairo could not make them.
  Expected<std::string> finish();

 private:
  struct Parts;
  explicit PdfSurface(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace kaskad::reports::pdf
