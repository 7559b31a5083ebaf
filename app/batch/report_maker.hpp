// One document from its data: template, renderer, bytes.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "app/batch/plan.hpp"
#include "app/batch/template_library.hpp"
#include "app/commands.hpp"
#include "reports/content/briefing.hpp"
#include "reports/pdf/pdf_renderer.hpp"
#include "reports/values/value.hpp"

namespace kaskad::app {

/// What all documents of a run share.
struct ReportShop {
  ReportShop(const Project& project, const Resources& resources, const RunOptions& options_,
             const reports::Briefing& briefing_);

  const RunOptions& options;
  const reports::Briefing& briefing;
  TemplateLibrary library;
  reports::Words words;
  std::vector<std::pair<Undefined, std::string>> reasons;
};

/// Of one thread: keeps a renderer with its fonts and shaped words from one document to the next.
class ReportMaker {
 public:
  explicit ReportMaker(const ReportShop& shop) : shop_(shop) {}

  /// The file's bytes. Names of the template files go to `used`. `tree` is null for listings. Errors: those of the
  /// renderers; "template-defects" {file}, and the defects are in `defects`.
  Expected<std::string> make(const Piece& piece, const reports::Value* tree, std::set<std::string>& used);

  /// Hash of what a reader can find in the file: of a document all that it says and shows, in its printed digits; of
  /// other files all that they hold. The date of issue and the version mark are left out: they change with every run.
  /// Empty for listings, which are as quickly made as compared. Errors: "template-defects".
  Expected<std::string> contents(const Piece& piece, const reports::Value* tree);

  /// What goes into a file beside its pages: the figures behind it, as CSV; empty when they are not asked
  /// for.
  std::string attachment_of(const Piece& piece) const;

  Diagnostics defects;
  Diagnostics remarks;  ///< What a reader may find odd in the documents made so far: warnings.

 private:
  Expected<reports::Document> document(const Piece& piece, const reports::Value& tree, std::set<std::string>& used);
  /// With its attachments.
  Expected<reports::Document> whole_document(const Piece& piece, const reports::Value& tree,
                                             std::set<std::string>& used);
  Expected<std::string> pdf(const Piece& piece, const reports::Value& tree, std::set<std::string>& used);
  Expected<std::string> html(const Piece& piece, const reports::Value& tree, std::set<std::string>& used);
  Expected<std::string> workbook(const Piece& piece, const reports::Value& tree, std::set<std::string>& used);
  tl::unexpected<Error> defective(const Diagnostics& found, const Piece& piece);

  const ReportShop& shop_;
  std::optional<reports::PdfRenderer> pdf_;
};

}  // namespace kaskad::app
