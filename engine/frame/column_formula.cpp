#include "engine/frame/column_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <climits>
#include <map>
#include <optional>
#include <utility>

#include "engine/base/estimate.hpp"
#include "engine/base/text.hpp"
#include "engine/formula/expression.hpp"
#include "engine/frame/cells.hpp"
#include "engine/frame/tokens.hpp"

namespace kaskad::frame {
namespace {

using Tokens = std::vector<Token>;

/// A comparison with its sides exchanged: 'a' < x is x > 'a'.
std::string_view mirrored(std::string_view sign) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> pairs = {
      {{"<", ">"}, {">", "<"}, {"<=", ">="}, {">=", "<="}}};
  const auto* found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first == sign; });
  return found == pairs.end() ? sign : found->second;
}

/// Codes of a categorical column as numbers, missing ones as NaN.
std::vector<double> codes_as_numbers(const Column& column) {
  std::vector<double> out;
  out.reserve(column.codes.size());
  for (const int code : column.codes) out.push_back(code == kMissing ? kNaN : code);
  return out;
}

/// The condition on the code of a factor (variable `name`) that says what a comparison with a level's text says.
std::string code_condition(const std::string& name, std::string_view sign, const Column& column,
                           const std::string& level) {
  const auto& levels = column.levels;
  const auto below = std::lower_bound(levels.begin(), levels.end(), level) - levels.begin();
  const auto up_to = std::upper_bound(levels.begin(), levels.end(), level) - levels.begin();
  if (sign == "<") return fmt::format("({}<{})", name, below);
  if (sign == "<=") return fmt::format("({}<{})", name, up_to);
  if (sign == ">") return fmt::format("({}>={})", name, up_to);
  if (sign == ">=") return fmt::format("({}>={})", name, below);
  const long code = below == up_to ? INT_MAX : static_cast<long>(below);  // a level that no row has
  return fmt::format("({}{}{})", name, sign, code);
}

/// Writes the tokens anew for engine/formula: columns as v0, v1 …, comparisons with texts as comparisons of codes.
class Translator {
 public:
  Translator(const Frame& frame, const Tokens& tokens, std::string_view formula)
      : frame_(frame), tokens_(tokens), formula_(formula) {}

  Expected<FormulaValues> run() {
    while (at_ < tokens_.size()) {
      if (const auto step = next(); !step) return tl::unexpected<Error>(step.error());
    }
    const auto expression = formula::Expression::compile(text_);
    if (!expression) {
      return failure("asked-formula-sense", {{"formula", std::string(formula_)}});
    }
    return evaluate(*expression);
  }

 private:
  struct Operand {
    const Column* column = nullptr;
    std::size_t tokens = 1;  ///< That it takes up.
  };

  const Token* token(std::size_t i) const { return i < tokens_.size() ? &tokens_[i] : nullptr; }

  /// A column, also as factor(column).
  Expected<Operand> operand(std::size_t i) const {
    const Token* inner = token(i + 2);
    const bool call = token(i + 3) != nullptr && (tokens_[i].text == "factor" || tokens_[i].text == "as.factor") &&
                      tokens_[i + 1].is("(") && inner->kind == TokenKind::name && tokens_[i + 3].is(")");
    const auto column = find_column(frame_, call ? inner->text : tokens_[i].text);
    if (!column) return tl::unexpected<Error>(column.error());
    return Operand{*column, call ? std::size_t{4} : std::size_t{1}};
  }

  bool is_call(std::size_t i) const {
    const Token* after = token(i + 1);
    return !tokens_[i].quoted && after != nullptr && after->is("(") && tokens_[i].text != "factor" &&
           tokens_[i].text != "as.factor";
  }

  static bool is_constant(const Token* t) {
    return t != nullptr && (t->kind == TokenKind::text || t->kind == TokenKind::number);
  }

  Expected<void> next() {
    const Token& now = tokens_[at_];
    if (now.kind == TokenKind::name) return is_call(at_) ? call() : name();
    const Token* sign = token(at_ + 1);
    const Token* other = token(at_ + 2);
    const bool constant_first = is_constant(&now) && sign != nullptr && is_comparison(*sign) && other != nullptr &&
                                other->kind == TokenKind::name && !is_call(at_ + 2);
    if (constant_first) return constant_against_column(now, *sign);
    if (now.kind == TokenKind::text) return failure("asked-lone-text", {{"text", now.text}});
    text_ += now.text + " ";
    ++at_;
    return {};
  }

  Expected<void> constant_against_column(const Token& constant, const Token& sign) {
    const auto column = operand(at_ + 2);
    if (!column) return tl::unexpected<Error>(column.error());
    at_ += 2 + column->tokens;
    return compare(*column->column, mirrored(sign.text), constant);
  }

  Expected<void> call() {
    const std::string& name = tokens_[at_].text;
    const std::string known = name == "is.na" ? "is_na" : name;
    const auto& functions = formula::functions();
    if (std::find(functions.begin(), functions.end(), known) == functions.end()) {
      return failure("asked-function", {{"function", name}, {"nearest", nearest(name, functions).value_or("none")}});
    }
    text_ += known;
    ++at_;
    return {};
  }

  Expected<void> name() {
    if (const std::string& word = tokens_[at_].text; word == "TRUE" || word == "FALSE") {
      if (!find_column(frame_, word)) {
        text_ += word == "TRUE" ? "1 " : "0 ";
        ++at_;
        return {};
      }
    }
    const auto found = operand(at_);
    if (!found) return tl::unexpected<Error>(found.error());
    const bool asked_missing = at_ >= 2 && tokens_[at_ - 1].is("(") && tokens_[at_ - 2].text == "is.na";
    at_ += found->tokens;
    const Token* sign = token(at_);
    const Token* other = token(at_ + 1);
    if (sign != nullptr && is_comparison(*sign) && is_constant(other)) {
      at_ += 2;
      return compare(*found->column, sign->text, *other);
    }
    if (found->column->categorical && !asked_missing)
      return failure("asked-category-as-number", {{"column", found->column->name}}, frame_.file);
    text_ += variable(*found->column) + " ";
    return {};
  }

  Expected<void> compare(const Column& column, std::string_view sign, const Token& constant) {
    if (column.categorical) {
      if (std::find(column.levels.begin(), column.levels.end(), constant.text) == column.levels.end())
        note_level(column, constant.text);
      text_ += code_condition(variable(column), sign, column, constant.text) + " ";
      return {};
    }
    const CellNumber number = read_number(constant.text);
    if (!number.good)
      return failure("asked-text-of-numbers", {{"column", column.name}, {"value", constant.text}}, frame_.file);
    const std::string& text = constant.kind == TokenKind::number ? constant.text : fmt::format("{}", number.value);
    text_ += fmt::format("{}{}{} ", variable(column), sign, text);
    return {};
  }

  void note_level(const Column& column, const std::string& level) {
    notes_.push_back(
        {"no-such-level",
         {{"level", level}, {"column", column.name}, {"nearest", nearest(level, column.levels).value_or("none")}}});
  }

  std::string variable(const Column& column) {
    const auto found = std::find(columns_.begin(), columns_.end(), &column);
    const auto index = found - columns_.begin();
    if (found == columns_.end()) columns_.push_back(&column);
    return fmt::format("v{}", index);
  }

  FormulaValues evaluate(const formula::Expression& expression) const {
    FormulaValues out;
    std::vector<std::vector<double>> codes;
    codes.reserve(columns_.size());
    std::vector<const double*> used;
    for (const std::string& name : expression.names()) {
      const Column& column = *columns_[static_cast<std::size_t>(std::stoi(name.substr(1)))];
      used.push_back(column.categorical ? codes.emplace_back(codes_as_numbers(column)).data() : column.numbers.data());
    }
    out.values = expression.evaluate(used, frame_.rows());
    out.notes = notes_;
    return out;
  }

  const Frame& frame_;
  const Tokens& tokens_;
  std::string_view formula_;
  std::size_t at_ = 0;
  std::string text_;
  std::vector<const Column*> columns_;
  std::vector<Message> notes_;
};

/// True when the outermost operator is a comparison or a logical one.
bool asks(const Tokens& tokens) {
  int depth = 0, outermost = INT_MAX;
  bool logical = false;
  for (const Token& t : tokens) {
    if (t.is("(")) ++depth;
    if (t.is(")")) --depth;
    const bool operation = t.kind == TokenKind::sign && !t.is("(") && !t.is(")");
    const bool test = t.kind == TokenKind::name && t.text == "is.na";
    if ((!operation && !test) || depth > outermost) continue;
    logical = depth == outermost ? logical || test || is_logical(t) : test || is_logical(t);
    outermost = depth;
  }
  return logical;
}

/// A sign stands for an operation with two sides when something that has a value stands before it.
bool is_binary(const Tokens& tokens, std::size_t i) {
  if (i == 0 || tokens[i].kind != TokenKind::sign || tokens[i].is("!")) return false;
  const Token& before = tokens[i - 1];
  return before.kind != TokenKind::sign || before.is(")");
}

std::string label_of(const Tokens& tokens) {
  std::string out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    const bool tight = t.is("^") || t.is(":") || t.is("(") || t.is(")") || !is_binary(tokens, i);
    if (t.kind == TokenKind::text) {
      out += "\"" + t.text + "\"";
    } else {
      out += tight ? t.text : " " + t.text + " ";
    }
  }
  return out;
}

}  // namespace

Expected<FormulaValues> evaluate_formula(const Frame& frame, std::string_view formula) {
  const auto tokens = tokens_of(formula);
  if (!tokens) return tl::unexpected<Error>(tokens.error());
  auto values = Translator(frame, *tokens, formula).run();
  if (!values) return values;
  values->logical = asks(*tokens);
  values->label = label_of(*tokens);
  return values;
}

Expected<std::vector<bool>> rows_where(const Frame& frame, std::string_view condition, std::vector<Message>& notes) {
  const auto answer = evaluate_formula(frame, condition);
  if (!answer) return tl::unexpected<Error>(answer.error());
  notes.insert(notes.end(), answer->notes.begin(), answer->notes.end());
  std::vector<bool> chosen;
  for (const double value : answer->values) chosen.push_back(value == value && value != 0);
  return chosen;
}

}  // namespace kaskad::frame
