// The PDF renderer: a whole document in, bytes out. The same document and fonts give the same bytes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "reports/document/document.hpp"

namespace kaskad::reports {

/// Fonts and hyphenation as values: the renderer looks nowhere else, and the machine's own font settings do not matter.
struct PdfResources {
  std::vector<std::string> font_folders;  ///< Searched for PT Serif, PT Sans and the families that documents name.
  std::vector<std::string> hyphenation_folders;  ///< Searched for hyph_ru_RU.dic, hyph_en_US.dic.
};

/// Made once a thread and used for many documents: it keeps fonts and shaped words.
class PdfRenderer {
 public:
  static Expected<PdfRenderer> make(const PdfResources& resources);
  PdfRenderer(PdfRenderer&&) noexcept;
  PdfRenderer& operator=(PdfRenderer&&) noexcept;
  ~PdfRenderer();
  /// Errors: "foreign-figure" (entity_check.hpp), "pdf-date" {date}, "pdf-write" {reason}.
  Expected<std::string> render(const Document& document);
  /// What is odd in the document rendered last, as codes of diagnostics: "pdf-unknown-link" {id}: a link to a place
  /// that is not there is mere text; "pdf-duplicate-id" {id}: links lead to the first; "pdf-missing-letters" {letters,
  /// n}: boxes stand for them.
  const std::vector<Message>& remarks() const;

 private:
  struct State;
  explicit PdfRenderer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kaskad::reports
