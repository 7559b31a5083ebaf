#include "reports/pdf/catalogue.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace kaskad::reports::pdf {
namespace {

/// The text between the last `before` and the next `after`.
std::optional<std::string_view> last_between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t at = text.rfind(before);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = at + before.size();
  const std::size_t end = text.find(after, begin);
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(begin, end - begin);
}

}  // namespace

std::string with_language(std::string pdf, const std::string& language) {
  const auto trailer = last_between(pdf, "trailer\n<<", ">>");
  const auto start = last_between(pdf, "startxref\n", "\n");
  if (!trailer || !start) return pdf;
  const auto root = last_between(*trailer, "/Root ", " 0 R");
  if (!root) return pdf;
  const std::string head = fmt::format("\n{} 0 obj\n<<", *root);
  const auto catalogue = last_between(pdf, head, "\n>>\nendobj");
  if (!catalogue) return pdf;
  const std::size_t object = pdf.size();
  std::string update =
      fmt::format("{} 0 obj\n<<{}\n   /Lang ({})\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
                  *root, *catalogue, language);
  const std::size_t table = object + update.size();
  update += fmt::format("xref\n{} 1\n{:010} 00000 n \ntrailer\n<<{}   /Prev {}\n>>\nstartxref\n{}\n%%EOF\n", *root,
                        object, *trailer, *start, table);
  return pdf + update;
}

}  // namespace kaskad::reports::pdf
