#include "reports/template/front_matter.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"

namespace kaskad::reports {
namespace {

/// Margins in mm: left, right, top, bottom.
struct PagePreset {
  std::string_view name;
  std::array<double, 4> margins;
  NumberPlace number;
  double type_pt, leading_pt, indent_mm;
};
/// ГОСТ 7.32-2017, 6.1.1 and 6.3.1 (number in the middle of the foot); ГОСТ Р 7.0.97 (2016 and 2025) (least margins;
/// number in the middle of the head, from the second page on).
/// Both: type of 12 points or more, lines of 1.5 (7.0.97: 1 to 1.5) intervals of 1.15 sizes, first lines 12.5 mm in.
constexpr std::array<PagePreset, 3> kPresets = {
    {{"default", {25, 20, 20, 22}, NumberPlace::bottom_right, 11, 14.2, 0},
     {"gost-7.32", {30, 15, 20, 20}, NumberPlace::bottom_center, 12, 20.7, 12.5},
     {"gost-r-7.0.97", {20, 10, 20, 20}, NumberPlace::top_center, 12, 16.6, 12.5}}};
constexpr double kWidestMargin = 80;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool is_border(std::string_view line) { return trim(line) == "+++"; }

void set_margins(PageSetup& page, const std::array<double, 4>& mm) {
  page.left_mm = mm[0];
  page.right_mm = mm[1];
  page.top_mm = mm[2];
  page.bottom_mm = mm[3];
}

void read_page(ConfigReader& reader, PageSetup& page) {
  std::vector<std::string_view> names;
  for (const PagePreset& preset : kPresets) names.push_back(preset.name);
  const PagePreset& preset = kPresets[reader.choice("page", names, 0)];
  set_margins(page, preset.margins);
  page.number_place = preset.number;
  page.type_pt = preset.type_pt;
  page.leading_pt = preset.leading_pt;
  page.indent_mm = preset.indent_mm;
  const std::vector<double> own = reader.numbers("margins_mm");
  if (!reader.has("margins_mm")) return;
  const bool good =
      own.size() == 4 && std::all_of(own.begin(), own.end(), [](double mm) { return mm >= 0 && mm <= kWidestMargin; });
  if (good)
    set_margins(page, {own[0], own[1], own[2], own[3]});
  else
    reader.report("margins_mm", "template-margins");
}

/// The words of a report are those of the run; a template that says its language must be of that one.
void check_language(ConfigReader& reader, const std::string& of_run) {
  const std::string own = reader.text("language", of_run);
  if (own != of_run) reader.report("language", "template-language", {{"language", own}, {"run", of_run}});
}

bool read_settings(ConfigReader& reader, const Workshop& shop, Document& document) {
  const auto plain = [&](std::string_view key) { return shop.plain(reader.text(key)); };
  document.title = plain("title");
  document.subject = plain("subtitle");
  document.author = plain("author");
  document.date = plain("date");
  document.entity = plain("entity");
  document.fonts.text = reader.text("font_text", document.fonts.text);
  document.fonts.heads = reader.text("font_heads", document.fonts.heads);
  document.header = plain("header");
  document.footer = plain("footer");
  document.page.most_pages = static_cast<int>(reader.integer("most_pages", 0));
  reader.text("report");  // For whoever checks the template without data.
  check_language(reader, document.language);
  read_page(reader, document.page);
  return reader.boolean("numbered", false);
}

}  // namespace

TemplateParts cut_front_matter(std::string_view text) {
  TemplateParts parts;
  parts.body = text;
  if (!is_border(take_line(text))) return parts;
  const char* begin = text.data();
  for (int line = 2; !text.empty(); ++line) {
    const char* end = text.data();
    if (!is_border(take_line(text))) continue;
    parts.front = {begin, static_cast<std::size_t>(end - begin)};
    parts.body = text;
    parts.body_line = line + 1;
    return parts;
  }
  parts.closed = false;
  return parts;
}

bool read_front_matter(const std::vector<Line>& lines, const std::string& file, const Workshop& shop,
                       Document& document) {
  std::string toml;
  for (const Line& line : lines) toml += line.text + "\n";
  ParsedConfig parsed = parse_config(toml, file);
  Diagnostics found = std::move(parsed.diagnostics);
  bool numbered = false;
  if (found.empty()) {
    ConfigReader reader(parsed.root, file, "", found);
    numbered = read_settings(reader, shop, document);
    reader.finish();
  }
  move_to_template(found, lines, lines.empty() ? Source{} : lines.front().at, shop.set, shop.out);
  return numbered;
}

}  // namespace kaskad::reports
