// The rows that an analysis can use, and what it needs of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frame/frame.hpp"

namespace kaskad::frame {

enum class Need : std::uint8_t {
  any,     ///< Numbers or categories, as the file has them.
  number,  ///< Numbers; a categorical column is the error "asked-not-numeric" {column, role, value}.
  factor,  ///< Categories; numbers get a level each.
};

/// A variable that an analysis needs: `text` as make_variable takes it. `role` is what the analysis calls it
/// ("outcome", "term", "cluster" …): a word of [estimate_role] in the texts.
struct Wanted {
  std::string role;
  std::string text;
  Need need = Need::any;
};

/// Rows left out because of one variable. A row counts for the first variable in the order wanted that it lacks, so
/// that the counts add up.
struct LeftOut {
  std::string role;
  std::string column;  ///< Label of the variable.
  bool infinite = false;
  std::int64_t rows = 0;
  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

struct Sample {
  std::vector<Column> variables;          ///< As wanted, in that order, over the used rows; no value is missing.
  std::vector<std::string> roles;         ///< Of each variable.
  std::vector<std::int64_t> row_numbers;  ///< Of the used rows, in the file.
  std::vector<LeftOut> left_out;          ///< In the order of the variables.

  std::size_t rows() const { return row_numbers.size(); }
  /// The first variable of this role. Precondition: it was wanted.
  const Column& of(std::string_view role) const;
  bool has(std::string_view role) const;
};

/// Rows where no wanted variable is missing or infinite. No row at all is a sample of 0 rows, not an error.
Expected<Sample> take(const Frame& frame, const std::vector<Wanted>& wanted);

/// The frame's rows for which `chosen` is true; it has frame.rows() elements.
Frame keep_rows(const Frame& frame, const std::vector<bool>& chosen);

}  // namespace kaskad::frame
