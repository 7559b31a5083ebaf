#include "reports/html/html_renderer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "reports/document/entity_check.hpp"
#include "reports/html/page.hpp"
#include "reports/html/style.hpp"

namespace kaskad::reports {
namespace {

using html::Open;
using html::Page;

/// RFC 4648.
std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = (group << 8) | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += at + i <= bytes.size() ? kLetters[(group >> (18 - 6 * i)) & 63U] : '=';
  }
  return out;
}

/// One line of the head without content.
void write_meta(Page& page, std::string_view name, const std::string& content) {
  if (content.empty()) return;
  page.raw("<meta name=\"" + std::string(name) + "\" content=\"" + html::escaped(content) + "\"/>\n");
}

std::string millimetres(double mm) { return rounded_text(mm, 1) + "mm"; }

/// A text of CSS: whatever could end it, or the style sheet, stands as its code point.
std::string css_text(std::string_view text) {
  constexpr std::string_view kPlain = " .,:;()/-_%+0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string out = "\"";
  for (const char c : html::valid(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || kPlain.find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else if (byte >= 0x20)
      out += fmt::format("\\{:X} ", byte);
  }
  return out + "\"";
}

/// The families of the front matter, then ours, then what a machine without them has.
std::string families(const Typefaces& fonts) {
  const Typefaces ours;
  const auto first = [](const std::string& family, const std::string& usual) {
    return family == usual ? css_text(usual) : css_text(family) + ", " + css_text(usual);
  };
  return "\n:root { --text: " + first(fonts.text, ours.text) +
         ", Georgia, \"Times New Roman\", serif; --heads: " + first(fonts.heads, ours.heads) +
         ", \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif; }";
}

/// Where the number of a page stands, by NumberPlace; the footer keeps the left of the foot.
constexpr std::array<std::string_view, 3> kNumberPlaces = {"@bottom-right", "@bottom-center", "@top-center"};

std::string sheet(const PageSetup& page, double width, double height, const std::string& name) {
  return "@page " + name + "{ size: " + millimetres(width) + " " + millimetres(height) +
         "; margin: " + millimetres(page.top_mm) + " " + millimetres(page.right_mm) + " " +
         millimetres(page.bottom_mm) + " " + millimetres(page.left_mm) + "; }\n";
}

/// Paper and margins of the printed pages, upright and broad, and what stands at their feet.
std::string paper(const Document& document) {
  const PageSetup& page = document.page;
  const std::string_view place = kNumberPlaces[static_cast<std::size_t>(page.number_place)];
  const std::string type = " font: 8.5pt var(--heads); color: #5b6670; }";
  std::string out = sheet(page, page.width_mm, page.height_mm, "");
  out += sheet(page, page.height_mm, page.width_mm, "landscape ");
  out += "@page { " + std::string(place) + " { content: counter(page);" + type;
  if (!document.footer.empty()) out += " @bottom-left { content: " + css_text(document.footer) + ";" + type;
  out += " }\n";
  if (page.number_from_second) out += "@page :first { " + std::string(place) + " { content: none; } }\n";
  return out;
}

void write_head(Page& page) {
  const Document& document = page.document;
  const Open head(page, "head");
  page.raw("\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
  page.raw("<title>" + html::escaped(document.title) + "</title>\n");
  write_meta(page, "author", document.author);
  write_meta(page, "description", document.subject);
  write_meta(page, "dcterms.date", document.date);
  page.raw("<style>");
  page.raw(families(document.fonts));
  page.raw(html::kStyle);
  page.raw(paper(document));
  page.raw("</style>\n");
}

/// A report without a title page or a masthead begins with its title.
void write_title(Page& page) {
  const Document& document = page.document;
  for (const Block& block : document.blocks) {
    if (std::holds_alternative<TitlePage>(block.is) || std::holds_alternative<Masthead>(block.is)) return;
  }
  page.title(document.title);
}

void write_footnotes(Page& page) {
  if (page.footnotes().empty()) return;
  {
    const Open section(
        page, "section",
        {{"class", "footnotes"}, {"role", "doc-endnotes"}, {"aria-label", page.document.words.footnotes}});
    page.line_end();
    for (std::size_t i = 0; i < page.footnotes().size(); ++i) {
      const std::string number = std::to_string(i + 1);
      {
        const Open note(page, "p", {{"id", "note-" + number}});
        {
          const Open sup(page, "sup");
          page.element("a", number, {{"href", "#note-" + number + "-mark"}, {"role", "doc-backlink"}});
        }
        page.text(" " + page.footnotes()[i]);
      }
      page.line_end();
    }
  }
  page.line_end();
}

void write_attachments(Page& page) {
  if (page.document.attachments.empty()) return;
  {
    const Open list(page, "ul", {{"class", "attachments"}});
    page.line_end();
    for (const Attachment& file : page.document.attachments) {
      {
        const Open item(page, "li");
        page.element("a", file.name,
                     {{"download", file.name}, {"href", "data:" + file.mime + ";base64," + base64(file.bytes)}});
        if (!file.description.empty()) page.text(" — " + file.description);
      }
      page.line_end();
    }
  }
  page.line_end();
}

/// The blocks between two page breaks, on paper of one orientation.
void write_sheet(Page& page, std::span<const Block> blocks, bool landscape) {
  const double share = landscape ? page.document.page.height_mm / page.document.page.width_mm : 1;
  {
    const Open sheet(page, "div", {{"class", landscape ? "sheet landscape" : "sheet"}});
    page.line_end();
    html::write_blocks(page, blocks, share);
  }
  page.line_end();
}

void write_sheets(Page& page) {
  std::span<const Block> rest = page.document.blocks;
  const auto is_break = [](const Block& block) { return std::holds_alternative<PageBreak>(block.is); };
  const auto next = [&] {
    return static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), is_break) - rest.begin());
  };
  html::write_blocks(page, rest.first(next()), 1);
  for (rest = rest.subspan(next()); !rest.empty(); rest = rest.subspan(next())) {
    const bool landscape = std::get<PageBreak>(rest.front().is).landscape;
    rest = rest.subspan(1);
    write_sheet(page, rest.first(next()), landscape);
  }
}

void write_body(Page& page) {
  const Open body(page, "body");
  page.line_end();
  page.element("a", page.document.words.to_text, {{"class", "skip"}, {"href", "#to-text"}});
  page.line_end();
  page.optional_element("p", page.document.header, {{"class", "running"}});
  {
    const Open main(page, "main", {{"id", "to-text"}, {"tabindex", "-1"}});
    page.line_end();
    write_title(page);
    write_sheets(page);
    write_footnotes(page);
    write_attachments(page);
  }
  page.line_end();
  page.optional_element("footer", page.document.footer, {{"class", "running"}});
  page.raw("<script>");
  page.raw(html::kScript);
  page.raw("</script>\n");
}

}  // namespace

Expected<std::string> render_html(const Document& document) {
  if (const auto checked = check_entity(document); !checked) return tl::unexpected<Error>(checked.error());
  Page page(document);
  page.raw("<!DOCTYPE html>\n");
  {
    const Open html(page, "html", {{"lang", document.language}, {"xmlns", "http://www.w3.org/1999/xhtml"}});
    page.line_end();
    write_head(page);
    page.line_end();
    write_body(page);
    page.line_end();
  }
  page.line_end();
  return page.take();
}

}  // namespace kaskad::reports
