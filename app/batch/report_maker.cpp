#include "app/batch/report_maker.hpp"

#include "app/batch/fingerprint.hpp"
#include "app/diagnostics_json.hpp"
#include "engine/intake/file_hash.hpp"
#include "reports/content/report_data.hpp"
#include "reports/html/html_renderer.hpp"
#include "reports/schema/value_json.hpp"
#include "reports/template/workbook_template.hpp"
#include "reports/xlsx/xlsx_renderer.hpp"

namespace kaskad::app {
namespace {

/// Place of the document's entity among the frame's; nothing for the region.
std::optional<std::size_t> entity_of(const Frame& frame, const Piece& piece) {
  if (piece.spec->row().tree == DataTree::school) return frame.first_school() + piece.entity;
  if (piece.spec->row().tree != DataTree::municipality) return std::nullopt;
  return frame.find_entity(EntityKind::municipality, piece.entity_name);
}

/// Whom the figures of the document may belong to; empty for the region: to anyone.
std::vector<reports::Owner> owners_of(const reports::Briefing& b, const Piece& piece) {
  if (piece.spec->row().tree == DataTree::school) return reports::school_owners(b, static_cast<SchoolId>(piece.entity));
  if (piece.spec->row().tree == DataTree::municipality) return reports::municipality_owners(b, piece.entity);
  return {};
}

}  // namespace

using reports::Value;

ReportShop::ReportShop(const Project& project, const Resources& resources, const RunOptions& options_,
                       const reports::Briefing& briefing_)
    : options(options_),
      briefing(briefing_),
      library(project, resources, briefing_.language()),
      words(reports::words_of(briefing_.texts)),
      reasons(reports::reasons_of(briefing_.texts)) {}

Expected<std::string> ReportMaker::make(const Piece& piece, const Value* tree, std::set<std::string>& used) {
  const reports::Briefing& b = shop_.briefing;
  switch (piece.spec->format) {
    case FileFormat::pdf:
      return pdf(piece, *tree, used);
    case FileFormat::html:
      return html(piece, *tree, used);
    case FileFormat::xlsx:
      return workbook(piece, *tree, used);
    case FileFormat::csv:
      return reports::estimates_csv(b);
    case FileFormat::json:
      break;
  }
  if (tree != nullptr) return reports::value_json(*tree);
  return diagnostics_json(b.data, b.texts);
}

Expected<std::string> ReportMaker::contents(const Piece& piece, const Value* tree) {
  if (tree == nullptr) return std::string();
  const Value lasting = without_date(*tree);
  const bool drawn = piece.spec->format == FileFormat::pdf || piece.spec->format == FileFormat::html;
  if (!drawn) return fingerprint_of(lasting);
  std::set<std::string> used;
  auto said = document(piece, lasting, used);
  if (!said) return tl::unexpected<Error>(said.error());
  said->date.clear();
  return intake::hash_of(reports::dump(*said)) + intake::hash_of(attachment_of(piece));
}

tl::unexpected<Error> ReportMaker::defective(const Diagnostics& found, const Piece& piece) {
  defects.insert(defects.end(), found.begin(), found.end());
  const std::string file = TemplateLibrary::first_file(*piece.spec);
  return failure("template-defects", {{"file", file}}, file);
}

Expected<reports::Document> ReportMaker::document(const Piece& piece, const Value& tree, std::set<std::string>& used) {
  const ReportSpec& spec = *piece.spec;
  auto made = reports::make_document(TemplateLibrary::first_file(spec), shop_.library.files(spec, used), tree,
                                     shop_.briefing.format, shop_.words, shop_.reasons);
  if (has_errors(made.diagnostics)) return defective(made.diagnostics, piece);
  made.document.author = shop_.briefing.identity.organisation;
  made.document.date = shop_.briefing.identity.date;
  if (!piece.entity_name.empty()) made.document.entity = piece.entity_name;
  made.document.owners = owners_of(shop_.briefing, piece);
  return std::move(made.document);
}

std::string ReportMaker::attachment_of(const Piece& piece) const {
  const FileFormat format = piece.spec->format;
  const bool can = format == FileFormat::pdf || format == FileFormat::html;
  if (!can || !(piece.spec->attach || shop_.options.attach)) return {};
  const reports::Briefing& b = shop_.briefing;
  const auto entity = entity_of(b.frame(), piece);
  return entity ? reports::estimates_csv(b, *entity) : reports::estimates_csv(b);
}

Expected<reports::Document> ReportMaker::whole_document(const Piece& piece, const Value& tree,
                                                        std::set<std::string>& used) {
  auto made = document(piece, tree, used);
  if (!made) return made;
  if (std::string figures = attachment_of(piece); !figures.empty()) {
    const std::string about = shop_.briefing.texts.get("run.attachment");
    made->attachments.push_back({"estimates.csv", about, "text/csv", std::move(figures)});
  }
  return made;
}

Expected<std::string> ReportMaker::pdf(const Piece& piece, const Value& tree, std::set<std::string>& used) {
  if (!pdf_) {
    auto renderer = reports::PdfRenderer::make({{shop_.options.fonts}, {shop_.options.hyphenation}});
    if (!renderer) return tl::unexpected<Error>(renderer.error());
    pdf_.emplace(std::move(*renderer));
  }
  const auto made = whole_document(piece, tree, used);
  if (!made) return tl::unexpected<Error>(made.error());
  auto bytes = pdf_->render(*made);
  for (const Message& message : pdf_->remarks()) {
    Diagnostic remark;
    remark.severity = Severity::warning;
    remark.place.file = piece.file;
    remark.message = message;
    remarks.push_back(std::move(remark));
  }
  return bytes;
}

Expected<std::string> ReportMaker::html(const Piece& piece, const Value& tree, std::set<std::string>& used) {
  const auto made = whole_document(piece, tree, used);
  if (!made) return tl::unexpected<Error>(made.error());
  return reports::render_html(*made);
}

Expected<std::string> ReportMaker::workbook(const Piece& piece, const Value& tree, std::set<std::string>& used) {
  const ReportSpec& spec = *piece.spec;
  auto made = reports::make_workbook(TemplateLibrary::first_file(spec), shop_.library.files(spec, used), tree,
                                     shop_.briefing.format, shop_.words.missing, shop_.reasons);
  if (has_errors(made.diagnostics)) return defective(made.diagnostics, piece);
  made.workbook.author = shop_.briefing.identity.organisation;
  made.workbook.date = shop_.briefing.identity.date;
  return reports::render_xlsx(made.workbook);
}

}  // namespace kaskad::app
