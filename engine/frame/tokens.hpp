// The words of a formula over columns: names (with dots, in any script, or in backticks), numbers, texts, signs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace kaskad::frame {

enum class TokenKind : std::uint8_t {
  name,    ///< A column or a function.
  number,  ///< 12, 1.5, 1e-3.
  text,    ///< 'x' or "x", without the quotes.
  sign,    ///< == != < <= > >= & && | || ! + - * / ^ ( ) ? :
};

struct Token {
  TokenKind kind = TokenKind::sign;
  std::string text;
  bool quoted = false;  ///< Of a name: it stood in backticks.

  bool is(std::string_view sign) const { return kind == TokenKind::sign && text == sign; }
};

/// Fails with "asked-formula" {formula, at} at a quote that does not close or a character that has no meaning; `at` is
/// the rest from there.
Expected<std::vector<Token>> tokens_of(std::string_view formula);

bool is_comparison(const Token& token);
/// A comparison, `&`, `|` or `!`.
bool is_logical(const Token& token);

}  // namespace kaskad::frame
