#include "app/estimate/text_grid.hpp"

#include <algorithm>

namespace kaskad::app {
namespace {

std::string padded(const std::string& text, std::size_t width, bool left) {
  const std::string blanks(width - std::min(width, letters(text)), ' ');
  return left ? text + blanks : blanks + text;
}

void trim_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not a byte that continues a letter
  }));
}

std::string text_grid(const std::vector<std::string>& heads, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(heads.size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], letters(row[i]));
  }
  std::vector<std::vector<std::string>> lines = {heads};
  lines.insert(lines.end(), rows.begin(), rows.end());
  std::string out;
  for (const auto& cells : lines) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (widths[i] == 0) continue;
      line += (line.empty() ? "" : "  ") + padded(cells[i], std::max(widths[i], letters(heads[i])), i == 0);
    }
    trim_end(line);
    out += line + "\n";
  }
  return out;
}

}  // namespace kaskad::app
