// Fonts from given folders only. The machine's own font settings are not read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "reports/charts/picture.hpp"
#include "reports/pdf/foreign.hpp"

namespace kaskad::reports::pdf {

/// The two families of the reports, found by name in the folders; other fonts there serve letters that both lack.
class FontBook {
 public:
  /// Error "fonts-missing" {family, folders} when PT Serif or PT Sans is not there.
  static Expected<FontBook> make(const std::vector<std::string>& folders);
  FontBook(FontBook&&) noexcept;
  FontBook& operator=(FontBook&&) noexcept;
  ~FontBook();

  /// Sizes are points and one user unit is one point; metrics are not rounded to pixels.
  PangoContext* context() const;

 private:
  struct Parts;
  explicit FontBook(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Name of the family as the font files have it.
const char* family_name(Family family);

}  // namespace kaskad::reports::pdf
