// Marks that travel through Mustache and Markdown inside the text. They are Unicode noncharacters, which no text
// contains: templates and values are freed of them first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kaskad::reports {

/// ⟨open⟩number⟨close⟩ stands for an inserted value, for the data in sight at a block, or for the place of a line.
struct MarkKind {
  std::string_view open, close;
};
inline constexpr MarkKind kValueMark = {"\uFDD0", "\uFDD1"};
inline constexpr MarkKind kScopeMark = {"\uFDD2", "\uFDD3"};
inline constexpr MarkKind kFileMark = {"\uFDD4", "\uFDD5"};
inline constexpr MarkKind kLineMark = {"\uFDD6", "\uFDD7"};

std::string mark(MarkKind kind, std::size_t number);

/// The first mark of a kind in a text.
struct FoundMark {
  std::size_t begin = 0, end = 0;  ///< Bytes of the text.
  std::size_t number = 0;
};
std::optional<FoundMark> find_mark(MarkKind kind, std::string_view text);
/// Takes the first mark of a kind out of the text and returns its number.
std::optional<std::size_t> take_mark(MarkKind kind, std::string& text);

/// Without noncharacters (U+FDD0…U+FDEF) and control characters; tabs and line feeds stay.
std::string without_marks(std::string_view text);
/// For values: the same on one line.
std::string one_line(std::string_view text);

}  // namespace kaskad::reports
