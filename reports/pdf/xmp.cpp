#include "reports/pdf/xmp.hpp"

#include <fmt/format.h>

namespace kaskad::reports::pdf {
namespace {

/// Letters that XML keeps for itself; control letters, which it has none of, are left out.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

std::string alternatives(const char* name, const std::string& text) {
  if (text.empty()) return {};
  return fmt::format("<dc:{0}><rdf:Alt><rdf:li xml:lang=\"x-default\">{1}</rdf:li></rdf:Alt></dc:{0}>\n", name,
                     escaped(text));
}

std::string listed(const char* name, const char* kind, const std::string& text) {
  if (text.empty()) return {};
  return fmt::format("<dc:{0}><rdf:{1}><rdf:li>{2}</rdf:li></rdf:{1}></dc:{0}>\n", name, kind, escaped(text));
}

}  // namespace

std::string xmp_of(const Document& document) {
  const std::string time = document.date + "T00:00:00Z";
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
         "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
         "<pdfuaid:part>1</pdfuaid:part>\n" +
         alternatives("title", document.title) + listed("creator", "Seq", document.author) +
         alternatives("description", document.subject) + listed("language", "Bag", document.language) +
         fmt::format("<xmp:CreateDate>{0}</xmp:CreateDate>\n<xmp:ModifyDate>{0}</xmp:ModifyDate>\n", time) +
         "<xmp:CreatorTool>Kaskad</xmp:CreatorTool>\n"
         "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

}  // namespace kaskad::reports::pdf
