// Fonts from given folders only. The machine's own font settings are not read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "reports/document/document.hpp"
#include "reports/pdf/foreign.hpp"

namespace kaskad::reports::pdf {

/// The two families of the reports, found by name in the folders; other fonts there serve letters that both lack.
class FontBook {
 public:
  /// Error "fonts-missing" {family, folders} when a family is not there.
  static Expected<FontBook> make(const std::vector<std::string>& folders, const Typefaces& families);
  FontBook(FontBook&&) noexcept;
  FontBook& operator=(FontBook&&) noexcept;
  ~FontBook();

  /// Sizes are points and one user unit is one point; metrics are not rounded to pixels.
  PangoContext* context() const;
  const std::string& family(Family family) const;

 private:
  struct Parts;
  explicit FontBook(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace kaskad::reports::pdf
