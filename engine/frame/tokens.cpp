#include "engine/frame/tokens.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/intake/numbers.hpp"

namespace kaskad::frame {
namespace {

constexpr std::array<std::string_view, 6> kComparisons = {"==", "!=", "<=", ">=", "<", ">"};
/// Longer signs first.
constexpr std::array<std::string_view, 20> kSigns = {"==", "!=", "<=", ">=", "&&", "||", "<", ">", "&", "|",
                                                     "!",  "+",  "-",  "*",  "/",  "^",  "(", ")", "?", ":"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// ASCII letters, and every byte of a letter beyond ASCII.
bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}
bool goes_on(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_'; }

std::size_t length_of_name(std::string_view text) {
  const auto* end = std::find_if_not(text.begin(), text.end(), goes_on);
  return static_cast<std::size_t>(end - text.begin());
}

std::size_t length_of_number(std::string_view text) {
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<std::size_t>(result.ptr - text.data());
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view formula) : formula_(formula), rest_(formula) {}

  Expected<std::vector<Token>> run() {
    for (rest_ = intake::trimmed(rest_); !rest_.empty(); rest_ = intake::trimmed(rest_)) {
      if (!take()) return failure("asked-formula", {{"formula", std::string(formula_)}, {"at", std::string(rest_)}});
    }
    return std::move(out_);
  }

 private:
  bool take() {
    const char c = rest_.front();
    if (c == '\'' || c == '"' || c == '`') return take_quoted(c);
    if (is_digit(c) || (c == '.' && rest_.size() > 1 && is_digit(rest_[1])))
      return add(TokenKind::number, length_of_number(rest_));
    if (is_letter(c) || c == '.' || c == '_') return add(TokenKind::name, length_of_name(rest_));
    const auto* sign =
        std::find_if(kSigns.begin(), kSigns.end(), [this](std::string_view s) { return rest_.starts_with(s); });
    return sign != kSigns.end() && add(TokenKind::sign, sign->size());
  }

  bool take_quoted(char quote) {
    const std::size_t end = rest_.find(quote, 1);
    if (end == std::string_view::npos) return false;
    const bool name = quote == '`';
    out_.push_back({name ? TokenKind::name : TokenKind::text, std::string(rest_.substr(1, end - 1)), name});
    rest_.remove_prefix(end + 1);
    return true;
  }

  bool add(TokenKind kind, std::size_t length) {
    out_.push_back({kind, std::string(rest_.substr(0, length)), false});
    rest_.remove_prefix(length);
    return length > 0;
  }

  std::string_view formula_, rest_;
  std::vector<Token> out_;
};

}  // namespace

Expected<std::vector<Token>> tokens_of(std::string_view formula) { return Tokenizer(formula).run(); }

bool is_comparison(const Token& token) {
  return token.kind == TokenKind::sign &&
         std::find(kComparisons.begin(), kComparisons.end(), token.text) != kComparisons.end();
}

bool is_logical(const Token& token) {
  return is_comparison(token) || token.is("&") || token.is("&&") || token.is("|") || token.is("||") || token.is("!");
}

}  // namespace kaskad::frame
