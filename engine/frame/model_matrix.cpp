#include "engine/frame/model_matrix.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace kaskad::frame {
namespace {

/// Some columns of a matrix, with their names.
struct Block {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;
};

Block numeric_block(const Column& variable) { return {{variable.name}, {variable.numbers}}; }

Block factor_block(const Column& factor, bool without_first) {
  Block block;
  for (std::size_t level = without_first ? 1 : 0; level < factor.levels.size(); ++level) {
    block.names.push_back(factor.name + factor.levels[level]);
    std::vector<double> column;
    column.reserve(factor.codes.size());
    for (const int code : factor.codes) column.push_back(code == static_cast<int>(level) ? 1 : 0);
    block.columns.push_back(std::move(column));
  }
  return block;
}

/// Every column of `a` times every column of `b`, those of `a` running first.
Block product(const Block& a, const Block& b) {
  Block out;
  for (std::size_t j = 0; j < b.names.size(); ++j) {
    for (std::size_t i = 0; i < a.names.size(); ++i) {
      out.names.push_back(a.names[i] + ":" + b.names[j]);
      std::vector<double> column(a.columns[i].size());
      std::transform(a.columns[i].begin(), a.columns[i].end(), b.columns[j].begin(), column.begin(),
                     std::multiplies<>());
      out.columns.push_back(std::move(column));
    }
  }
  return out;
}

class MatrixBuilder {
 public:
  MatrixBuilder(const Terms& terms, const Sample& sample, const std::string& role) : terms_(terms) {
    std::vector<std::string> texts = terms.variables();
    auto text = texts.begin();
    for (std::size_t i = 0; i < sample.variables.size(); ++i) {
      if (sample.roles[i] == role && text != texts.end()) variables_[*text++] = &sample.variables[i];
    }
  }

  std::string label_of(const Term& term) const {
    std::string label;
    for (const std::string& text : term.variables) label += (label.empty() ? "" : ":") + variables_.at(text)->name;
    return label;
  }

  Block block_of(const Term& term) const {
    Block block;
    for (const std::string& text : term.variables) {
      const Column& variable = *variables_.at(text);
      Block next = variable.categorical ? factor_block(variable, holds_without(term, text)) : numeric_block(variable);
      block = text == term.variables.front() ? std::move(next) : product(block, next);
    }
    return block;
  }

 private:
  /// Whether the model holds the term without this variable; the empty term counts as held.
  bool holds_without(Term term, const std::string& variable) const {
    if (!terms_.intercept && is_first_factor(term, variable)) return false;
    std::erase(term.variables, variable);
    return term.variables.empty() || std::find(terms_.terms.begin(), terms_.terms.end(), term) != terms_.terms.end();
  }

  /// The first factor of the first term that has one: without an intercept it takes the intercept's place.
  bool is_first_factor(const Term& term, const std::string& variable) const {
    for (const Term& one : terms_.terms) {
      for (const std::string& text : one.variables) {
        if (variables_.at(text)->categorical) return one == term && text == variable;
      }
    }
    return false;
  }

  const Terms& terms_;
  std::map<std::string, const Column*> variables_;
};

void append(ModelMatrix& matrix, Block block, std::size_t term) {
  for (std::size_t i = 0; i < block.names.size(); ++i) {
    matrix.term_of.push_back(term);
    matrix.names.push_back(std::move(block.names[i]));
    matrix.x.values.insert(matrix.x.values.end(), block.columns[i].begin(), block.columns[i].end());
  }
  matrix.x.columns = matrix.names.size();
}

}  // namespace

std::vector<Wanted> wanted_of(const Terms& terms, const std::string& role) {
  std::vector<Wanted> out;
  for (const std::string& variable : terms.variables()) out.push_back({role, variable, Need::any});
  return out;
}

ModelMatrix model_matrix(const Terms& terms, const Sample& sample, const std::string& role) {
  ModelMatrix matrix;
  matrix.x.rows = sample.rows();
  if (terms.intercept) append(matrix, {{"(Intercept)"}, {std::vector<double>(sample.rows(), 1.0)}}, terms.terms.size());
  const MatrixBuilder builder(terms, sample, role);
  for (const Term& term : terms.terms) {
    append(matrix, builder.block_of(term), matrix.terms.size());
    matrix.terms.push_back(builder.label_of(term));
  }
  return matrix;
}

}  // namespace kaskad::frame
