#include "reports/template/builder.hpp"

namespace kaskad::reports {
namespace {

/// The reader of settings speaks of the project file; a template's settings are listed elsewhere.
std::string code_in_template(const std::string& code) {
  return code == "setting-unknown" ? "template-setting-unknown" : code;
}

}  // namespace

void move_to_template(Diagnostics& found, const std::vector<Line>& lines, Source whole, const TemplateSet& set,
                      Diagnostics& out) {
  for (Diagnostic& d : found) {
    const bool inside = d.place.row >= 1 && d.place.row <= static_cast<std::int64_t>(lines.size());
    const Source at = inside ? lines[static_cast<std::size_t>(d.place.row - 1)].at : whole;
    d.place.file = set.file_name(at.file);
    d.place.row = at.line;
    if (!inside) d.place.column = 0;
    d.message.code = code_in_template(d.message.code);
    out.push_back(std::move(d));
  }
}

}  // namespace kaskad::reports
