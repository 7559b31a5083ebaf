#include "engine/frame/terms.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/intake/numbers.hpp"

namespace kaskad::frame {
namespace {

using Texts = std::vector<std::string>;

/// A part of a list and the sign that stood before it (0 at the start).
struct Part {
  char sign = 0;
  std::string text;
};

/// Cuts at the given signs where they stand outside parentheses, quotes and backticks; nothing when one stays open.
std::optional<std::vector<Part>> cut(std::string_view text, std::string_view signs) {
  std::vector<Part> parts(1);
  int depth = 0;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == '(' || c == ')') {
      depth += c == '(' ? 1 : -1;
    } else if (depth == 0 && signs.find(c) != std::string_view::npos) {
      parts.push_back({c, {}});
      continue;
    }
    if (depth < 0) return std::nullopt;
    parts.back().text += c;
  }
  if (depth != 0 || quote != 0) return std::nullopt;
  for (Part& part : parts) part.text = std::string(intake::trimmed(part.text));
  return parts;
}

bool is_number(const std::string& text) { return intake::parse_number(text).good; }

/// Variables of all terms in the order of their first mention: products name them in this order.
class VariableOrder {
 public:
  std::size_t place(const std::string& variable) {
    const auto found = std::find(seen_.begin(), seen_.end(), variable);
    if (found == seen_.end()) seen_.push_back(variable);
    return static_cast<std::size_t>(std::find(seen_.begin(), seen_.end(), variable) - seen_.begin());
  }
  Term term_of(Texts variables) {
    for (const std::string& variable : variables) place(variable);
    std::sort(variables.begin(), variables.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    variables.erase(std::unique(variables.begin(), variables.end()), variables.end());
    return {std::move(variables)};
  }

 private:
  Texts seen_;
};

/// Terms of one summand, e.g. a*b:c → a, b:c, a:b:c; nothing when a factor is empty or a number.
std::optional<std::vector<Term>> expand(const std::string& summand, VariableOrder& order) {
  std::vector<Texts> crossed;
  const auto factors = cut(summand, "*");
  if (!factors) return std::nullopt;
  for (const Part& factor : *factors) {
    Texts product;
    const auto product_parts = cut(factor.text, ":");
    for (const Part& variable : *product_parts) {
      if (variable.text.empty() || is_number(variable.text)) return std::nullopt;
      product.push_back(variable.text);
    }
    crossed.push_back(std::move(product));
  }
  constexpr std::size_t kMostCrossed = 8;
  if (crossed.size() > kMostCrossed) return std::nullopt;
  std::vector<Term> out;
  for (std::size_t chosen = 1; chosen < (std::size_t{1} << crossed.size()); ++chosen) {
    Texts variables;
    for (std::size_t i = 0; i < crossed.size(); ++i) {
      if ((chosen >> i & 1U) != 0) variables.insert(variables.end(), crossed[i].begin(), crossed[i].end());
    }
    out.push_back(order.term_of(std::move(variables)));
  }
  return out;
}

class TermReader {
 public:
  explicit TermReader(const Texts& columns) : columns_(columns) {}

  /// False when the text makes no sense.
  bool read_item(const std::string& item) {
    if (std::find(columns_.begin(), columns_.end(), item) != columns_.end()) {
      add({order_.term_of({item})});
      return true;
    }
    const auto summands = cut(item, "+-");
    if (!summands) return false;
    for (const Part& summand : *summands) {
      const bool starts_with_sign = summand.sign == 0 && summand.text.empty() && summands->size() > 1;
      if (!starts_with_sign && !read_summand(summand)) return false;
    }
    return true;
  }

  Terms finish() {
    std::stable_sort(out_.terms.begin(), out_.terms.end(),
                     [](const Term& a, const Term& b) { return a.variables.size() < b.variables.size(); });
    return std::move(out_);
  }

 private:
  bool read_summand(const Part& summand) {
    const bool away = summand.sign == '-';
    if (summand.text == "1" || summand.text == "0") {
      out_.intercept = (summand.text == "1") != away;
      return true;
    }
    const auto terms = expand(summand.text, order_);
    if (!terms) return false;
    away ? remove(*terms) : add(*terms);
    return true;
  }

  void add(const std::vector<Term>& terms) {
    for (const Term& term : terms) {
      if (std::find(out_.terms.begin(), out_.terms.end(), term) == out_.terms.end()) out_.terms.push_back(term);
    }
  }

  void remove(const std::vector<Term>& terms) {
    for (const Term& term : terms) std::erase(out_.terms, term);
  }

  const Texts& columns_;
  VariableOrder order_;
  Terms out_;
};

}  // namespace

std::vector<std::string> Terms::variables() const {
  std::vector<std::string> out;
  for (const Term& term : terms) {
    for (const std::string& variable : term.variables) {
      if (std::find(out.begin(), out.end(), variable) == out.end()) out.push_back(variable);
    }
  }
  return out;
}

Expected<Terms> parse_terms(std::string_view text, const std::vector<std::string>& columns) {
  TermReader reader(columns);
  if (intake::trimmed(text).empty()) return reader.finish();
  const auto items = cut(text, ",");
  if (!items) return failure("asked-term", {{"term", std::string(text)}});
  for (const Part& item : *items) {
    if (!reader.read_item(item.text)) return failure("asked-term", {{"term", item.text}});
  }
  return reader.finish();
}

}  // namespace kaskad::frame
