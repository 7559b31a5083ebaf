#include "reports/pdf/surface.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/pdf/dates.hpp"

namespace kaskad::reports::pdf {
namespace {

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

cairo_status_t append_bytes(void* to, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

void set_metadata(cairo_surface_t* surface, const Document& document) {
  const std::string time = document.date + "T00:00:00Z";
  const std::array<std::pair<cairo_pdf_metadata_t, std::string>, 6> values = {
      {{CAIRO_PDF_METADATA_TITLE, document.title},
       {CAIRO_PDF_METADATA_AUTHOR, document.author},
       {CAIRO_PDF_METADATA_SUBJECT, document.subject},
       {CAIRO_PDF_METADATA_CREATOR, "Kaskad"},
       {CAIRO_PDF_METADATA_CREATE_DATE, time},
       {CAIRO_PDF_METADATA_MOD_DATE, time}}};
  for (const auto& [key, value] : values) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(surface, key, value.c_str());
  }
}

}  // namespace

struct PdfSurface::Parts {
  std::string bytes;
  std::unique_ptr<cairo_surface_t, Release> surface;
  std::unique_ptr<cairo_t, Release> cairo;
};

PdfSurface::PdfSurface(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PdfSurface::PdfSurface(PdfSurface&&) noexcept = default;
PdfSurface& PdfSurface::operator=(PdfSurface&&) noexcept = default;
PdfSurface::~PdfSurface() = default;

cairo_t* PdfSurface::cairo() const { return parts_->cairo.get(); }

Expected<PdfSurface> PdfSurface::make(const Document& document) {
  if (!is_iso_date(document.date)) return failure("pdf-date", {{"date", document.date}});
  auto parts = std::make_unique<Parts>();
  const double width = document.page.width_mm * kPointsPerMm;
  const double height = document.page.height_mm * kPointsPerMm;
  parts->surface.reset(cairo_pdf_surface_create_for_stream(append_bytes, &parts->bytes, width, height));
  cairo_pdf_surface_restrict_to_version(parts->surface.get(), CAIRO_PDF_VERSION_1_5);
  set_metadata(parts->surface.get(), document);
  parts->cairo.reset(cairo_create(parts->surface.get()));
  return PdfSurface(std::move(parts));
}

void PdfSurface::start_page(const Sheet& sheet) {
  cairo_pdf_surface_set_size(parts_->surface.get(), sheet.width, sheet.height);
}

void PdfSurface::finish_page() { cairo_show_page(parts_->cairo.get()); }

void PdfSurface::add_bookmarks(const std::vector<OutlineEntry>& outline, const std::vector<AnchorPlace>& anchors) {
  std::vector<std::pair<int, int>> parents;  // Level and cairo's number of the open branches.
  for (const OutlineEntry& entry : outline) {
    const AnchorPlace& place = anchors[std::size_t(entry.anchor)];
    if (place.page == 0) continue;
    while (!parents.empty() && parents.back().first >= entry.level) parents.pop_back();
    const int parent = parents.empty() ? CAIRO_PDF_OUTLINE_ROOT : parents.back().second;
    const std::string target = fmt::format("page={} pos=[{:.2f} {:.2f}]", place.page, place.x, place.y);
    const auto flags = entry.level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(0);
    const int id =
        cairo_pdf_surface_add_outline(parts_->surface.get(), parent, entry.title.c_str(), target.c_str(), flags);
    parents.emplace_back(entry.level, id);
  }
}

Expected<std::string> PdfSurface::finish() {
  const cairo_status_t drawn = cairo_status(parts_->cairo.get());
  cairo_surface_finish(parts_->surface.get());
  const cairo_status_t written = cairo_surface_status(parts_->surface.get());
  parts_->cairo.reset();
  parts_->surface.reset();
  const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
  if (status != CAIRO_STATUS_SUCCESS)
    return failure("pdf-write", {{"reason", std::string(cairo_status_to_string(status))}});
  return std::move(parts_->bytes);
}

}  // namespace kaskad::reports::pdf
