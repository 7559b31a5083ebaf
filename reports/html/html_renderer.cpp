#include "reports/html/html_renderer.hpp"

#include <array>

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

/// Paper and margins of the printed page.
std::string paper(const PageSetup& page) {
  return "@page { size: " + millimetres(page.width_mm) + " " + millimetres(page.height_mm) +
         "; margin: " + millimetres(page.top_mm) + " " + millimetres(page.right_mm) + " " +
         millimetres(page.bottom_mm) + " " + millimetres(page.left_mm) + "; }\n";
}

void write_head(Page& page) {
  const Document& document = page.document;
  const Open head(page, "head");
  page.raw("\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
  page.element("title", document.title);
  page.line_end();
  write_meta(page, "author", document.author);
  write_meta(page, "description", document.subject);
  write_meta(page, "dcterms.date", document.date);
  page.raw("<style>");
  page.raw(html::kStyle);
  page.raw(paper(document.page));
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
    const Open section(page, "section", {{"class", "footnotes"}, {"role", "doc-endnotes"}});
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

void write_body(Page& page) {
  const Open body(page, "body");
  page.line_end();
  page.optional_element("p", page.document.header, {{"class", "running"}});
  {
    const Open main(page, "main");
    page.line_end();
    write_title(page);
    html::write_blocks(page, page.document.blocks, 1);
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
