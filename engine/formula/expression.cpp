#include "engine/formula/expression.hpp"

#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace kaskad::formula {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

bool missing(double a) { return std::isnan(a); }
double truth(bool value) { return value ? 1 : 0; }
bool holds(double a) { return !missing(a) && a != 0; }
bool fails(double a) { return a == 0; }

template <class Compare>
double compared(double a, double b, Compare compare) {
  return missing(a) || missing(b) ? kMissing : truth(compare(a, b));
}

double equal(double a, double b) { return compared(a, b, std::equal_to<>()); }
double unequal(double a, double b) { return compared(a, b, std::not_equal_to<>()); }
double less(double a, double b) { return compared(a, b, std::less<>()); }
double at_most(double a, double b) { return compared(a, b, std::less_equal<>()); }
double greater(double a, double b) { return compared(a, b, std::greater<>()); }
double at_least(double a, double b) { return compared(a, b, std::greater_equal<>()); }

double both(double a, double b) {
  if (fails(a) || fails(b)) return 0;
  return missing(a) || missing(b) ? kMissing : 1;
}
double either(double a, double b) {
  if (holds(a) || holds(b)) return 1;
  return missing(a) || missing(b) ? kMissing : 0;
}
double not_so(double a) { return missing(a) ? kMissing : truth(a == 0); }

double sum(double a, double b) { return a + b; }
double difference(double a, double b) { return a - b; }
double product(double a, double b) { return a * b; }
double quotient(double a, double b) { return a / b; }
double power(double a, double b) { return std::pow(a, b); }

struct Operator {
  const char* sign;
  double (*apply)(double, double);
  mu::EOprtPrecedence strength;
};

constexpr Operator kOperators[] = {
    {"|", either, mu::prLOR},      {"||", either, mu::prLOR},      {"&", both, mu::prLAND},
    {"&&", both, mu::prLAND},      {"==", equal, mu::prCMP},       {"!=", unequal, mu::prCMP},
    {"<", less, mu::prCMP},        {"<=", at_most, mu::prCMP},     {">", greater, mu::prCMP},
    {">=", at_least, mu::prCMP},   {"+", sum, mu::prADD_SUB},      {"-", difference, mu::prADD_SUB},
    {"*", product, mu::prMUL_DIV}, {"/", quotient, mu::prMUL_DIV}, {"^", power, mu::prPOW},
};

double is_na(double a) { return truth(missing(a)); }
double identity(double a) { return a; }

struct Function {
  const char* name;
  double (*apply)(double);
};

double absolute(double a) { return std::abs(a); }
double square_root(double a) { return std::sqrt(a); }
double exponential(double a) { return std::exp(a); }
double natural_log(double a) { return std::log(a); }
double log_of_10(double a) { return std::log10(a); }
double log_of_2(double a) { return std::log2(a); }
double log_of_1_plus(double a) { return std::log1p(a); }
double rounded(double a) { return std::nearbyint(a); }
double rounded_down(double a) { return std::floor(a); }
double rounded_up(double a) { return std::ceil(a); }
double sine(double a) { return std::sin(a); }
double cosine(double a) { return std::cos(a); }
double tangent(double a) { return std::tan(a); }

constexpr Function kFunctions[] = {{"I", identity},      {"abs", absolute},       {"sqrt", square_root},
                                   {"exp", exponential}, {"log", natural_log},    {"ln", natural_log},
                                   {"log10", log_of_10}, {"log2", log_of_2},      {"log1p", log_of_1_plus},
                                   {"round", rounded},   {"floor", rounded_down}, {"ceiling", rounded_up},
                                   {"sin", sine},        {"cos", cosine},         {"tan", tangent},
                                   {"is_na", is_na}};

/// Ours instead of muParser's, for they know no missing values; ?: and parentheses stay.
mu::Parser parser_of(const std::string& text) {
  mu::Parser parser;
  parser.EnableBuiltInOprt(false);
  for (const Operator& o : kOperators)
    parser.DefineOprt(o.sign, o.apply, o.strength, o.strength == mu::prPOW ? mu::oaRIGHT : mu::oaLEFT, true);
  parser.DefineInfixOprt("!", not_so, mu::prLOGIC);
  for (const Function& f : kFunctions) parser.DefineFun(f.name, f.apply);
  parser.SetExpr(text);
  return parser;
}

}  // namespace

const std::vector<std::string>& functions() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const Function& f : kFunctions) out.emplace_back(f.name);
    return out;
  }();
  return names;
}

Expected<Expression> Expression::compile(std::string text) {
  Expression out;
  out.text_ = std::move(text);
  try {
    mu::Parser parser = parser_of(out.text_);
    for (const auto& [name, address] : parser.GetUsedVar()) out.names_.push_back(name);
    std::vector<double> values(out.names_.size(), 1);
    for (std::size_t i = 0; i < values.size(); ++i) parser.DefineVar(out.names_[i], &values[i]);
    parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    return failure("formula-syntax", {{"formula", out.text_}, {"detail", error.GetMsg()}});
  }
  return out;
}

std::vector<double> Expression::evaluate(const std::vector<const double*>& columns, std::size_t rows) const {
  mu::Parser parser = parser_of(text_);
  std::vector<double> values(columns.size());
  for (std::size_t i = 0; i < values.size(); ++i) parser.DefineVar(names_[i], &values[i]);
  std::vector<double> out;
  out.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = columns[i][row];
    out.push_back(parser.Eval());
  }
  return out;
}

}  // namespace kaskad::formula
