#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "reports/xlsx/sheet_layout.hpp"
#include "reports/xlsx/xlsx_renderer.hpp"

namespace kaskad::reports {
namespace {

constexpr std::size_t kNameUnits = 31;

std::string without_forbidden(std::string name) {
  for (char& c : name) {
    const bool control = static_cast<unsigned char>(c) < 0x20;
    if (control || std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = control ? ' ' : '-';
  }
  return name;
}

std::string without_outer_apostrophes(std::string_view name) {
  while (!name.empty() && (name.front() == '\'' || name.front() == ' ')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == '\'' || name.back() == ' ')) name.remove_suffix(1);
  return std::string(name);
}

/// The longest beginning of whole characters that fits.
std::string cut(std::string_view name, std::size_t units) {
  std::size_t end = 0;
  for (std::size_t next = 0; next < name.size(); end = next) {
    do ++next;
    while (next < name.size() && is_utf8_continuation(name[next]));
    if (utf16_length(name.substr(0, next)) > units) break;
  }
  return without_outer_apostrophes(name.substr(0, end));
}

std::string legal(const std::string& name) {
  return cut(without_outer_apostrophes(without_forbidden(name)), kNameUnits);
}

/// "Физика", "Физика (2)", …: the first that nobody has.
std::string free_name(const std::string& base, std::set<std::string>& taken) {
  std::string candidate = base;
  for (int n = 2; !taken.insert(fold(candidate)).second; ++n) {
    const std::string suffix = " (" + std::to_string(n) + ")";
    candidate = cut(base, kNameUnits - suffix.size()) + suffix;
  }
  return candidate;
}

}  // namespace

bool is_utf8_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t utf16_length(std::string_view utf8) {
  std::size_t units = 0;
  for (const char c : utf8) {
    if (!is_utf8_continuation(c)) units += static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1;
  }
  return units;
}

std::vector<std::string> sheet_names(const Workbook& workbook) {
  std::vector<std::string> names;
  std::set<std::string> taken = {"history"};
  for (const Sheet& sheet : workbook.sheets) {
    const std::string name = legal(sheet.name);
    names.push_back(free_name(name.empty() ? std::to_string(names.size() + 1) : name, taken));
  }
  return names;
}

}  // namespace kaskad::reports
