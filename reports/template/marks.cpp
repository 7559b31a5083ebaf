#include "reports/template/marks.hpp"

#include <charconv>

namespace kaskad::reports {
namespace {

/// U+FDD0…U+FDEF are EF B7 90 … EF B7 AF.
bool is_noncharacter(std::string_view rest) {
  return rest.size() >= 3 && rest[0] == '\xEF' && rest[1] == '\xB7' && rest[2] >= '\x90' && rest[2] <= '\xAF';
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }

}  // namespace

std::string mark(MarkKind kind, std::size_t number) {
  return std::string(kind.open) + std::to_string(number) + std::string(kind.close);
}

std::optional<FoundMark> find_mark(MarkKind kind, std::string_view text) {
  FoundMark found;
  found.begin = text.find(kind.open);
  if (found.begin == std::string_view::npos) return std::nullopt;
  const std::size_t digits = found.begin + kind.open.size();
  const std::size_t close = text.find(kind.close, digits);
  if (close == std::string_view::npos) return std::nullopt;
  std::from_chars(text.data() + digits, text.data() + close, found.number);
  found.end = close + kind.close.size();
  return found;
}

std::optional<std::size_t> take_mark(MarkKind kind, std::string& text) {
  const auto found = find_mark(kind, text);
  if (!found) return std::nullopt;
  text.erase(found->begin, found->end - found->begin);
  return found->number;
}

std::string without_marks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_noncharacter(text.substr(i))) {
      out += "\uFFFD";
      i += 2;
    } else if (!is_control(text[i])) {
      out += text[i];
    }
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out = without_marks(text);
  for (char& c : out) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return out;
}

}  // namespace kaskad::reports
