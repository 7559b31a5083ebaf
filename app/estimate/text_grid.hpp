// Columns of text for a terminal, aligned by letters (not by bytes).
#pragma once

#include <string>
#include <vector>

namespace kaskad::app {

/// Letters of a UTF-8 text, as wide as a terminal shows them.
std::size_t letters(const std::string& text);

/// Lines of cells under `heads`, two blanks between columns; the first column stands left, the others right. Columns
/// whose cells are all empty are left out. Each line ends in '\n'; no blanks at its end.
std::string text_grid(const std::vector<std::string>& heads, const std::vector<std::vector<std::string>>& rows);

}  // namespace kaskad::app
