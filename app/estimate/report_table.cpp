#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/estimate/estimate_report.hpp"
#include "app/estimate/text_grid.hpp"

namespace kaskad::app {
namespace {

std::string shown(double value) {
  if (std::isinf(value)) return value < 0 ? "−∞" : "∞";
  return std::isnan(value) ? std::string() : fmt::format("{:.6g}", value);
}

/// Smaller probabilities differ in nothing that a reader could use; JSON has them in full.
constexpr double kLeastP = 0.001;
std::string shown_p(double p) {
  if (std::isnan(p)) return {};
  return p < kLeastP ? fmt::format("<{}", kLeastP) : fmt::format("{:.4g}", p);
}

/// "p", "q_p", "p_lower": names of probabilities.
bool names_p(const std::string& name) {
  return name == "p" || name.starts_with("p_") || (name.size() > 2 && name.ends_with("_p"));
}

/// Rounding noise beside its own standard error is a zero.
double without_noise(double value, double se) {
  constexpr double kNoise = 1e-10;
  return std::abs(value) < kNoise * se ? 0.0 : value;
}

std::string reason_in_words(Undefined reason, const Texts& texts) {
  return texts.get("estimate_undefined." + std::string(undefined_name(reason)));
}

/// The value, or a dash where there is none; the reasons stand below the table.
std::string shown(const Number& number) {
  return number.reason == Undefined::none ? shown(number.value) : std::string("—");
}

/// The cell of a column, in a row whose standard error is `se` (NaN: it has none).
std::string shown(const ReportCell& cell, const std::string& column, double se, const Texts& texts) {
  if (const auto* word = std::get_if<Word>(&cell)) return texts.get("estimate_word." + word->key);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *count);
  const Number& number = std::get<Number>(cell);
  if (names_p(column) && number.reason == Undefined::none) return shown_p(number.value);
  return shown(Number{without_noise(number.value, se), number.reason});
}

double se_of(const std::vector<std::string>& columns, const std::vector<ReportCell>& cells) {
  const auto at = std::find(columns.begin(), columns.end(), "se") - columns.begin();
  const auto* number = at < std::ssize(cells) ? std::get_if<Number>(&cells[static_cast<std::size_t>(at)]) : nullptr;
  return number == nullptr ? kNaN : number->value;
}

std::string interval(const EstimateRow& row) {
  if (std::isnan(row.lo) && std::isnan(row.hi)) return {};
  return fmt::format("{} … {}", shown(without_noise(row.lo, row.se)), shown(without_noise(row.hi, row.se)));
}

std::vector<std::string> cells_of(const EstimateRow& row) {
  return {row.term,
          row.reason == Undefined::none ? shown(without_noise(row.estimate, row.se)) : "—",
          shown(row.se),
          shown(row.df),
          shown(without_noise(row.statistic, 1)),
          shown_p(row.p),
          interval(row)};
}

class TableWriter {
 public:
  TableWriter(const EstimateReport& report, const ReportContext& context, const Texts& texts)
      : report_(report), context_(context), texts_(texts) {}

  std::string write() {
    head();
    if (!report_.coefficients.empty()) coefficients();
    if (!report_.variance_components.empty()) variances();
    figures();
    for (const ReportTable& table : report_.tables) add(table);
    notes();
    return std::move(out_);
  }

 private:
  std::string word(const std::string& key, const Args& args = {}) const { return texts_.get("estimate." + key, args); }

  void line(const std::string& text) { out_ += text + "\n"; }

  void head() {
    const std::string title = texts_.get("estimate_title." + context_.command);
    line(context_.data.empty() ? title : fmt::format("{} · {}", title, context_.data));
    if (!context_.data.empty()) line(word("rows", {{"used", report_.n}, {"read", context_.rows_read}}));
    if (context_.rows_not_chosen > 0) line("  " + word("rows_not_chosen", {{"n", context_.rows_not_chosen}}));
    if (context_.rows_defective > 0) line("  " + word("rows_defective", {{"n", context_.rows_defective}}));
    for (const frame::LeftOut& out : report_.left_out) line("  " + words_of(out, texts_));
    if (report_.clusters) line(word("clusters", {{"n", *report_.clusters}}));
    for (const Setting& setting : report_.settings)
      line(fmt::format("{}: {}", texts_.get("estimate_setting." + setting.name), setting.value));
    if (report_.reason != Undefined::none) line(word("nothing", {{"reason", reason_in_words(report_.reason, texts_)}}));
  }

  void coefficients() {
    std::vector<std::vector<std::string>> rows;
    for (const EstimateRow& row : report_.coefficients) rows.push_back(cells_of(row));
    const std::string level = fmt::format("{:.6g}", 100 * context_.level);
    out_ += "\n" + text_grid({word("term"), word("estimate"), word("se"), word("df"), word("statistic"), word("p"),
                              word("interval", {{"level", level}})},
                             rows);
    for (const EstimateRow& row : report_.coefficients) {
      lacks(row.term, row.reason);
      if (row.reason == Undefined::none) lacks(row.term + " (" + word("se") + ")", row.error_reason);
    }
    explain();
  }

  void variances() {
    std::vector<std::vector<std::string>> rows;
    for (const VarianceRow& row : report_.variance_components) {
      std::string corr;
      for (const double r : row.corr) corr += (corr.empty() ? "" : " ") + shown(r);
      rows.push_back({row.group, row.term, shown(row.sd), corr});
    }
    out_ += "\n" + text_grid({word("group"), word("term"), word("sd"), word("corr")}, rows);
  }

  void figures() {
    std::vector<std::vector<std::string>> rows;
    const auto add_optional = [&](const char* key, const std::optional<double>& value) {
      if (value) rows.push_back({word(key), shown(*value)});
    };
    add_optional("log_likelihood", report_.log_likelihood);
    add_optional("deviance", report_.deviance);
    for (const Figure& figure : report_.figures)
      rows.push_back({texts_.get("estimate_figure." + figure.name),
                      shown(Number{figure.value, figure.reason}, figure.name, kNaN, texts_)});
    if (rows.empty()) return;
    out_ += "\n" + text_grid({"", ""}, rows).substr(1);
    for (const Figure& figure : report_.figures) lacks(texts_.get("estimate_figure." + figure.name), figure.reason);
    explain();
  }

  void add(const ReportTable& table) {
    std::vector<std::string> heads;
    for (const std::string& column : table.columns) heads.push_back(texts_.get("estimate_column." + column));
    std::vector<std::vector<std::string>> rows;
    for (const auto& cells : table.rows) {
      std::vector<std::string>& row = rows.emplace_back();
      const double se = se_of(table.columns, cells);
      for (std::size_t i = 0; i < cells.size(); ++i) row.push_back(shown(cells[i], table.columns[i], se, texts_));
    }
    out_ += "\n" + texts_.get("estimate_table." + table.name) + "\n" + text_grid(heads, rows);
    for (const auto& cells : table.rows) {
      for (const ReportCell& cell : cells) {
        if (const auto* number = std::get_if<Number>(&cell))
          lacks(shown(cells.front(), {}, kNaN, texts_), number->reason);
      }
    }
    explain();
  }

  /// Notes for a later `explain`.
  void lacks(const std::string& what, Undefined reason) {
    if (reason == Undefined::none) return;
    std::vector<std::string>& items = lacking_[reason];
    if (items.empty() || items.back() != what) items.push_back(what);
  }

  /// Why there are dashes in the block above: for which items, if they are few, else once for all.
  void explain() {
    constexpr std::size_t kNamed = 6;
    for (const auto& [reason, items] : lacking_) {
      std::string who;
      for (const std::string& item : items) who += (who.empty() ? "" : ", ") + item;
      const bool all_alike = lacking_.size() == 1 && items.size() > kNamed;
      line(fmt::format("  {}: {}", all_alike ? "—" : who, reason_in_words(reason, texts_)));
    }
    lacking_.clear();
  }

  void notes() {
    if (!report_.notes.empty()) line("\n" + word("notes"));
    for (const Message& note : report_.notes) line("  " + words_of(note, texts_));
  }

  const EstimateReport& report_;
  const ReportContext& context_;
  const Texts& texts_;
  std::string out_;
  std::map<Undefined, std::vector<std::string>> lacking_;  ///< What the block being written has no value for.
};

}  // namespace

std::string report_table(const EstimateReport& report, const ReportContext& context, const Texts& texts) {
  return TableWriter(report, context, texts).write();
}

}  // namespace kaskad::app
