#include "reports/pdf/pdf_renderer.hpp"

#include <map>

#include "reports/document/entity_check.hpp"
#include "reports/pdf/blocks.hpp"
#include "reports/pdf/copyfit.hpp"
#include "reports/pdf/dates.hpp"
#include "reports/pdf/document_file.hpp"
#include "reports/pdf/furniture.hpp"
#include "reports/pdf/remarks.hpp"

namespace kaskad::reports {

struct PdfRenderer::State {
  explicit State(PdfResources resources_)
      : resources(std::move(resources_)), hyphenator(resources.hyphenation_folders) {}

  /// The shaper of these families, made when a document first asks for them.
  Expected<pdf::Shaper*> shaper_of(const Typefaces& families) {
    auto& shaper = shapers[families];
    if (shaper) return shaper.get();
    auto fonts = pdf::FontBook::make(resources.font_folders, families);
    if (!fonts) return tl::unexpected<Error>(fonts.error());
    shaper = std::make_unique<pdf::Shaper>(std::move(*fonts));
    return shaper.get();
  }

  PdfResources resources;
  pdf::Hyphenator hyphenator;
  std::map<Typefaces, std::unique_ptr<pdf::Shaper>> shapers;
  std::vector<Message> remarks;
};

namespace {

std::vector<pdf::AnchorPlace> places_of(const std::vector<pdf::Page>& pages, const Document& document,
                                        std::size_t anchors) {
  std::vector<pdf::AnchorPlace> places(anchors);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const double left = pdf::sheet_of(document.page, pages[p].landscape).left;
    for (const pdf::PlacedSlab& placed : pages[p].slabs) {
      for (const pdf::Ink& ink : placed.slab->inks) {
        const auto* anchor = std::get_if<pdf::AnchorInk>(&ink);
        if (anchor == nullptr || places[std::size_t(anchor->anchor)].page != 0) continue;
        places[std::size_t(anchor->anchor)] = {int(p) + 1, left, placed.y + anchor->y};
      }
    }
  }
  return places;
}

std::string painted_page(pdf::Press& press, pdf::FootnoteSetter& footnotes, pdf::Furniture& furniture,
                         pdf::Canvas& canvas, const pdf::Page& page, int number,
                         const std::vector<pdf::AnchorPlace>& anchors) {
  const pdf::Sheet sheet = pdf::sheet_of(press.document.page, page.landscape);
  const pdf::References references{anchors, press.galley.links, page.footnotes};
  canvas.start_page(sheet.height);
  for (const pdf::PlacedSlab& placed : page.slabs) canvas.paint(placed.slab->inks, sheet.left, placed.y, references);
  const auto holder_of = [&](int footnote) { return canvas.holder_of(footnote); };
  const pdf::Slab notes = footnotes.set(page.footnotes, sheet.frame.note, holder_of);
  canvas.paint(notes.inks, sheet.left, sheet.bottom() - notes.height, references);
  canvas.paint(furniture.head(sheet, number), sheet.left, sheet.top, references);
  canvas.paint(furniture.foot(sheet, number), sheet.left, sheet.bottom(), references);
  return canvas.finish_page();
}

constexpr std::size_t kMostPagesSetTwice = 100;

/// A document set in type and cut into pages.
struct Setting {
  Setting(pdf::Shaper& shaper, pdf::Hyphenator& hyphenator, const Document& document,
          const pdf::Tightness& tightness = {})
      : press{shaper, hyphenator, document, NumberFormat(document.language), galley}, footnotes(press) {
    compose(press);
    pdf::tighten(galley.flow, tightness);
    pages = paginate(press, footnotes);
  }

  pdf::Galley galley;
  pdf::Press press;
  pdf::FootnoteSetter footnotes;
  std::vector<pdf::Page> pages;
};

bool has_more_than_wanted(const std::vector<pdf::Page>& pages, const PageSetup& setup) {
  return setup.most_pages > 0 && pages.size() > std::size_t(setup.most_pages);
}

bool asks_for_less_white(const std::vector<pdf::Page>& pages, const PageSetup& setup) {
  if (pages.size() > kMostPagesSetTwice) return false;
  return has_lonely_page(pages) || has_more_than_wanted(pages, setup);
}

bool is_tight_enough(const std::vector<pdf::Page>& tighter, const std::vector<pdf::Page>& usual,
                     const PageSetup& setup) {
  return tighter.size() < usual.size() && !has_more_than_wanted(tighter, setup);
}

Expected<std::string> paint(Setting& setting, std::vector<Message>& remarks) {
  auto& [galley, press, footnotes, pages] = setting;
  const auto anchors = places_of(pages, press.document, galley.anchors.size());
  pdf::EmbeddedFonts fonts;
  pdf::Canvas canvas(press.shaper, galley.structure, fonts);
  pdf::Furniture furniture(press);
  pdf::DocumentFile file;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    file.add_page(pdf::sheet_of(press.document.page, pages[p].landscape),
                  painted_page(press, footnotes, furniture, canvas, pages[p], int(p) + 1, anchors));
  }
  remarks = pdf::remarks_on(pages, galley, anchors, canvas.log().missing_letters);
  try {
    return file.finish({press.document, galley, anchors, canvas.log(), fonts});
  } catch (const std::exception& problem) {
    return failure("pdf-write", {{"reason", std::string(problem.what())}});
  }
}

}  // namespace

PdfRenderer::PdfRenderer(std::unique_ptr<State> state) : state_(std::move(state)) {}
PdfRenderer::PdfRenderer(PdfRenderer&&) noexcept = default;
PdfRenderer& PdfRenderer::operator=(PdfRenderer&&) noexcept = default;
PdfRenderer::~PdfRenderer() = default;

Expected<PdfRenderer> PdfRenderer::make(const PdfResources& resources) {
  auto state = std::make_unique<State>(resources);
  if (auto usual = state->shaper_of(Typefaces()); !usual) return tl::unexpected<Error>(usual.error());
  return PdfRenderer(std::move(state));
}

Expected<std::string> PdfRenderer::render(const Document& document) {
  if (auto checked = check_entity(document); !checked) return tl::unexpected<Error>(checked.error());
  if (!pdf::is_iso_date(document.date)) return failure("pdf-date", {{"date", document.date}});
  state_->remarks.clear();
  const auto shaper = state_->shaper_of(document.fonts);
  if (!shaper) return tl::unexpected<Error>(shaper.error());
  (*shaper)->forget_rare_words();
  Setting usual(**shaper, state_->hyphenator, document);
  if (!asks_for_less_white(usual.pages, document.page)) return paint(usual, state_->remarks);
  for (const pdf::Tightness& tightness : pdf::kTighter) {
    Setting tighter(**shaper, state_->hyphenator, document, tightness);
    if (is_tight_enough(tighter.pages, usual.pages, document.page)) return paint(tighter, state_->remarks);
  }
  return paint(usual, state_->remarks);
}

const std::vector<Message>& PdfRenderer::remarks() const { return state_->remarks; }

}  // namespace kaskad::reports
