#include "app/estimate/restrictions.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

/// Σ factor·coefficient + constant.
struct Linear {
  std::vector<double> factors;
  double constant = 0;
};

std::string without_backticks(const std::string& text) {
  std::string out = text;
  std::erase(out, '`');
  return out;
}

class HypothesisReader {
 public:
  HypothesisReader(const std::string& text, const frame::ModelMatrix& model)
      : text_(without_backticks(text)), rest_(text_), model_(model) {}

  Expected<Restrictions> run() {
    do {
      if (!term_alone() && !equation()) return fault();
    } while (skip(','));
    if (!rest_.empty()) return fault();
    return matrix();
  }

 private:
  tl::unexpected<Error> fault() const {
    const std::string at(rest_.substr(0, rest_.find_first_of(",=")));
    return failure("asked-hypothesis", {{"hypothesis", text_},
                                        {"at", std::string(trim(at))},
                                        {"nearest", nearest(trim(at), model_.names).value_or("none")}});
  }

  bool skip(char c) {
    rest_ = trim(rest_);
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// The longest of `names` that the rest begins with.
  std::optional<std::size_t> take_name(const std::vector<std::string>& names) {
    rest_ = trim(rest_);
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (rest_.starts_with(names[i]) && (!best || names[i].size() > names[*best].size())) best = i;
    }
    if (best) rest_.remove_prefix(names[*best].size());
    return best;
  }

  std::optional<double> take_number() {
    rest_ = trim(rest_);
    double value = 0;
    const auto [end, trouble] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (trouble != std::errc()) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  bool at_end_of_equation() {
    rest_ = trim(rest_);
    return rest_.empty() || rest_.front() == ',';
  }

  /// A term of several columns by its label: all of them are zero.
  bool term_alone() {
    const std::string_view before = rest_;
    const auto term = take_name(model_.terms);
    if (!term || !at_end_of_equation()) {
      rest_ = before;
      return false;
    }
    for (std::size_t i = 0; i < model_.term_of.size(); ++i) {
      if (model_.term_of[i] != *term) continue;
      Linear equation{std::vector<double>(model_.names.size()), 0};
      equation.factors[i] = 1;
      equations_.push_back(std::move(equation));
    }
    return true;
  }

  bool equation() {
    Linear sum{std::vector<double>(model_.names.size()), 0};
    if (!side(sum, 1)) return false;
    if (skip('=')) {
      skip('=');
      if (!side(sum, -1)) return false;
    }
    equations_.push_back(std::move(sum));
    return true;
  }

  bool side(Linear& sum, double sign) {
    bool first = true;
    for (;; first = false) {
      const bool minus = skip('-');
      const bool plus = !minus && skip('+');
      if (!first && !minus && !plus) return true;
      if (!summand(sum, minus ? -sign : sign)) return false;
    }
  }

  /// name, number, number*name.
  bool summand(Linear& sum, double sign) {
    auto name = take_name(model_.names);
    std::optional<double> number;
    if (!name) {
      number = take_number();
      if (!number) return false;
      if (skip('*')) {
        name = take_name(model_.names);
        if (!name) return false;
      }
    }
    (name ? sum.factors[*name] : sum.constant) += sign * number.value_or(1);
    return true;
  }

  Restrictions matrix() const {
    Restrictions out{stats::Matrix(equations_.size(), model_.names.size()), {}};
    for (std::size_t row = 0; row < equations_.size(); ++row) {
      for (std::size_t c = 0; c < model_.names.size(); ++c) out.matrix(row, c) = equations_[row].factors[c];
      out.values.push_back(-equations_[row].constant);
    }
    return out;
  }

  std::string text_;
  std::string_view rest_;
  const frame::ModelMatrix& model_;
  std::vector<Linear> equations_;
};

}  // namespace

Expected<Restrictions> parse_restrictions(const std::string& hypothesis, const frame::ModelMatrix& model) {
  return HypothesisReader(hypothesis, model).run();
}

}  // namespace kaskad::app
