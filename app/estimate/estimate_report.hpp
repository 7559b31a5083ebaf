// What every method of `kaskad estimate` answers with, and the forms in which it is shown: JSON (docs/estimate.md has
// its schema), a readable table, tidy CSV.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/base/message.hpp"
#include "engine/base/texts.hpp"
#include "engine/frame/sample.hpp"

namespace kaskad::app {

/// A coefficient or a named figure with its uncertainty. A field that a method does not give is NaN and becomes null;
/// `estimate` is NaN exactly when `reason` is not none.
struct EstimateRow {
  std::string term;  ///< As the reader sees it: a term of the model, "A − B", "g" …
  double estimate = kNaN;
  double se = kNaN;
  double df = kNaN;         ///< Infinite (a normal interval) becomes null.
  double statistic = kNaN;  ///< t, z or F, as the method's settings say.
  double p = kNaN;
  double lo = kNaN;
  double hi = kNaN;
  Undefined reason = Undefined::none;
  Undefined error_reason = Undefined::none;  ///< Why an estimate has no standard error.
};

/// From an engine's estimate; `statistic` is value/se unless given.
EstimateRow row_of(std::string term, const Estimate& estimate);

/// A coefficient or a figure that is infinite, because the numbers of the data are too large for doubles, becomes
/// undefined (inaccurate). Infinite ends of intervals are answers.
struct EstimateReport;
void withhold_overflow(EstimateReport& report);

struct VarianceRow {
  std::string group;
  std::string term;
  double sd = kNaN;
  std::vector<double> corr;  ///< With the terms of the group before it.
};

/// A single number: R², F, a variance share. `name` is snake_case: the key in JSON, and its words are the text
/// [estimate_figure] name.
struct Figure {
  std::string name;
  double value = kNaN;
  Undefined reason = Undefined::none;
};

/// A number in a table, or the reason why there is none.
struct Number {
  double value = kNaN;
  Undefined reason = Undefined::none;
};
/// A word of the interface: JSON has the key (snake_case), a table the text [estimate_word] key.
struct Word {
  std::string key;
};
/// A text stands as it is in the data (a level, a school); a whole number is a count.
using ReportCell = std::variant<std::string, Word, std::int64_t, Number>;

/// `name` and the names of columns are snake_case; words: [estimate_table] name, [estimate_column] column.
struct ReportTable {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::vector<ReportCell>> rows;
};

/// How the estimates were made: {"vcov", "CR2"}. Words: [estimate_setting] name; the value is printed as it is.
struct Setting {
  std::string name;
  std::string value;
};

struct EstimateReport {
  std::int64_t n = 0;                    ///< Rows behind the estimates.
  std::optional<std::int64_t> clusters;  ///< Where standard errors are clustered.
  std::vector<Setting> settings;
  std::vector<EstimateRow> coefficients;
  std::vector<VarianceRow> variance_components;
  std::optional<double> log_likelihood;
  std::optional<double> deviance;
  std::vector<Figure> figures;
  std::vector<ReportTable> tables;
  std::vector<Message> notes;            ///< Codes of [diagnostic.<code>].
  std::vector<frame::LeftOut> left_out;  ///< Of the sample.
  Undefined reason = Undefined::none;    ///< Why nothing could be estimated; then there is a note, too.
};

/// What the common part knows of the data.
struct ReportContext {
  std::string command;  ///< "anova".
  std::string data;     ///< The file as it was named; empty for a method that reads none.
  std::string where;    ///< The condition of --where; empty = all rows.
  double level = 0.95;
  std::int64_t rows_read = 0;
  std::int64_t rows_defective = 0;
  std::int64_t rows_not_chosen = 0;  ///< By --where.
};

/// One object; numbers in the shortest form that reads back as the same double, undefined ones null.
std::string report_json(const EstimateReport& report, const ReportContext& context, const Texts& texts);
std::string report_table(const EstimateReport& report, const ReportContext& context, const Texts& texts);
/// One row a coefficient: term,estimate,se,df,statistic,p,lo,hi,undefined.
std::string report_csv(const EstimateReport& report);

/// A note or an error's text with its arguments in the language.
std::string words_of(const Message& message, const Texts& texts);
/// "outcome “y” is missing: 4 rows".
std::string words_of(const frame::LeftOut& left_out, const Texts& texts);

}  // namespace kaskad::app
