#include "engine/intake/xlsx_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <exception>
#include <map>
#include <memory>
#include <orcus/orcus_xlsx.hpp>
#include <orcus/spreadsheet/import_interface.hpp>
#include <tuple>

#include "engine/intake/numbers.hpp"
#include "engine/intake/xlsx_styles.hpp"

namespace kaskad::intake {
namespace {

namespace spreadsheet = orcus::spreadsheet;
namespace iface = orcus::spreadsheet::iface;

constexpr std::uint32_t kNoString = ~std::uint32_t{0};

struct RawCell {
  std::int32_t row = 0;
  std::int32_t column = 0;
  std::uint32_t string = kNoString;  ///< Into SharedStrings; kNoString = a number.
  double number = 0;
};

class SharedStrings : public iface::import_shared_strings {
 public:
  std::size_t append(std::string_view s) override {
    strings_.emplace_back(s);
    return strings_.size() - 1;
  }
  std::size_t add(std::string_view s) override { return append(s); }
  void set_segment_font(std::size_t) override {}
  void set_segment_bold(bool) override {}
  void set_segment_italic(bool) override {}
  void set_segment_font_name(std::string_view) override {}
  void set_segment_font_size(double) override {}
  void set_segment_font_color(spreadsheet::color_elem_t, spreadsheet::color_elem_t, spreadsheet::color_elem_t,
                              spreadsheet::color_elem_t) override {}
  void append_segment(std::string_view s) override { segments_ += s; }
  std::size_t commit_segments() override {
    const std::size_t index = append(segments_);
    segments_.clear();
    return index;
  }
  std::deque<std::string>& strings() { return strings_; }

 private:
  std::deque<std::string> strings_;
  std::string segments_;
};

class Sheet;

/// Keeps the stored result of a formula, which is what the workbook shows.
class FormulaResult : public iface::import_formula {
 public:
  explicit FormulaResult(Sheet& sheet) : sheet_(sheet) {}
  void set_position(spreadsheet::row_t row, spreadsheet::col_t column) override {
    row_ = row;
    column_ = column;
  }
  void set_formula(spreadsheet::formula_grammar_t, std::string_view) override {}
  void set_shared_formula_index(std::size_t) override {}
  void set_result_string(std::string_view value) override;
  void set_result_value(double value) override;
  void set_result_bool(bool value) override { set_result_value(value ? 1 : 0); }
  void set_result_empty() override {}
  void commit() override {}

 private:
  Sheet& sheet_;
  spreadsheet::row_t row_ = 0;
  spreadsheet::col_t column_ = 0;
};

class ArrayResults : public iface::import_array_formula {
 public:
  explicit ArrayResults(Sheet& sheet) : sheet_(sheet) {}
  void set_range(const spreadsheet::range_t&) override {}
  void set_formula(spreadsheet::formula_grammar_t, std::string_view) override {}
  void set_result_string(spreadsheet::row_t row, spreadsheet::col_t column, std::string_view value) override;
  void set_result_value(spreadsheet::row_t row, spreadsheet::col_t column, double value) override;
  void set_result_bool(spreadsheet::row_t row, spreadsheet::col_t column, bool value) override {
    set_result_value(row, column, value ? 1 : 0);
  }
  void set_result_empty(spreadsheet::row_t, spreadsheet::col_t) override {}
  void commit() override {}

 private:
  Sheet& sheet_;
};

class Sheet : public iface::import_sheet {
 public:
  Sheet(SharedStrings& strings, bool wanted) : strings_(strings), wanted_(wanted), formula_(*this), array_(*this) {}

  iface::import_formula* get_formula() override { return &formula_; }
  iface::import_array_formula* get_array_formula() override { return &array_; }
  void set_auto(spreadsheet::row_t row, spreadsheet::col_t column, std::string_view s) override {
    text(row, column, s);
  }
  void set_string(spreadsheet::row_t row, spreadsheet::col_t column, spreadsheet::string_id_t index) override {
    keep({row, column, index, 0});
  }
  void set_value(spreadsheet::row_t row, spreadsheet::col_t column, double value) override {
    keep({row, column, kNoString, value});
  }
  void set_bool(spreadsheet::row_t row, spreadsheet::col_t column, bool value) override {
    set_value(row, column, value ? 1 : 0);
  }
  void set_date_time(spreadsheet::row_t row, spreadsheet::col_t column, int year, int month, int day, int, int,
                     double) override {
    text(row, column, fmt::format("{:04}-{:02}-{:02}", year, month, day));
  }
  void set_format(spreadsheet::row_t row, spreadsheet::col_t column, std::size_t format) override {
    if (wanted_ && format != 0) formats_[{row, column}] = format;
  }
  // Formats of whole ranges stand on empty cells.
  void set_format(spreadsheet::row_t, spreadsheet::col_t, spreadsheet::row_t, spreadsheet::col_t,
                  std::size_t) override {}
  void fill_down_cells(spreadsheet::row_t row, spreadsheet::col_t column, spreadsheet::row_t count) override {
    const auto source = std::find_if(cells_.rbegin(), cells_.rend(),
                                     [=](const RawCell& c) { return c.row == row && c.column == column; });
    if (source == cells_.rend()) return;
    const RawCell copied = *source;
    for (spreadsheet::row_t i = 1; i <= count; ++i) keep({row + i, column, copied.string, copied.number});
  }
  spreadsheet::range_size_t get_sheet_size() const override { return {1048576, 16384}; }

  void text(spreadsheet::row_t row, spreadsheet::col_t column, std::string_view s) {
    if (wanted_) keep({row, column, static_cast<std::uint32_t>(strings_.append(s)), 0});
  }
  bool wanted() const { return wanted_; }
  std::vector<RawCell>& cells() { return cells_; }
  std::size_t format(const RawCell& cell) const {
    const auto found = formats_.find({cell.row, cell.column});
    return found == formats_.end() ? 0 : found->second;
  }

 private:
  void keep(const RawCell& cell) {
    if (wanted_) cells_.push_back(cell);
  }

  SharedStrings& strings_;
  bool wanted_;
  FormulaResult formula_;
  ArrayResults array_;
  std::vector<RawCell> cells_;
  std::map<std::pair<spreadsheet::row_t, spreadsheet::col_t>, std::size_t> formats_;
};

void FormulaResult::set_result_string(std::string_view value) { sheet_.text(row_, column_, value); }
void FormulaResult::set_result_value(double value) { sheet_.set_value(row_, column_, value); }
void ArrayResults::set_result_string(spreadsheet::row_t row, spreadsheet::col_t column, std::string_view value) {
  sheet_.text(row, column, value);
}
void ArrayResults::set_result_value(spreadsheet::row_t row, spreadsheet::col_t column, double value) {
  sheet_.set_value(row, column, value);
}

class GlobalSettings : public iface::import_global_settings {
 public:
  void set_origin_date(int year, int, int) override { from_1904_ = year == 1904; }
  void set_default_formula_grammar(spreadsheet::formula_grammar_t grammar) override { grammar_ = grammar; }
  spreadsheet::formula_grammar_t get_default_formula_grammar() const override { return grammar_; }
  void set_character_set(orcus::character_set_t) override {}
  bool from_1904() const { return from_1904_; }

 private:
  spreadsheet::formula_grammar_t grammar_ = spreadsheet::formula_grammar_t::xlsx;
  bool from_1904_ = false;
};

class Workbook : public iface::import_factory {
 public:
  explicit Workbook(const std::string& wanted) : wanted_(wanted) {}

  iface::import_global_settings* get_global_settings() override { return &settings_; }
  iface::import_shared_strings* get_shared_strings() override { return &strings_; }
  iface::import_styles* get_styles() override { return &styles_; }
  iface::import_sheet* append_sheet(spreadsheet::sheet_t, std::string_view name) override {
    const bool wanted = wanted_.empty() ? sheets_.empty() : name == wanted_;
    names_.emplace_back(name);
    sheets_.push_back(std::make_unique<Sheet>(strings_, wanted));
    return sheets_.back().get();
  }
  iface::import_sheet* get_sheet(std::string_view name) override {
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? nullptr : sheets_[static_cast<std::size_t>(found - names_.begin())].get();
  }
  iface::import_sheet* get_sheet(spreadsheet::sheet_t index) override {
    return index >= 0 && static_cast<std::size_t>(index) < sheets_.size()
               ? sheets_[static_cast<std::size_t>(index)].get()
               : nullptr;
  }
  void finalize() override {}

  void give(SheetCells& out);

 private:
  std::string number_text(const Sheet& sheet, const RawCell& cell) const;

  std::string wanted_;
  GlobalSettings settings_;
  SharedStrings strings_;
  DateStyles styles_;
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<Sheet>> sheets_;
};

std::string Workbook::number_text(const Sheet& sheet, const RawCell& cell) const {
  constexpr double whole_below = 1e15;
  constexpr int days_from_1900_to_1904 = 1462;
  const double value = cell.number;
  if (styles_.is_date(sheet.format(cell)) && value >= 0 && value < 3e6) {
    const int day = static_cast<int>(value) + (settings_.from_1904() ? days_from_1900_to_1904 : 0);
    if (const auto date = parse_date(fmt::format("{}", day))) return *date;
  }
  if (value == std::floor(value) && std::abs(value) < whole_below)
    return fmt::format("{}", static_cast<std::int64_t>(value));
  return fmt::format("{}", value);
}

void Workbook::give(SheetCells& out) {
  out.sheets = names_;
  const auto chosen = std::find_if(sheets_.begin(), sheets_.end(), [](const auto& sheet) { return sheet->wanted(); });
  out.found = chosen != sheets_.end();
  if (!out.found) return;
  out.sheet = names_[static_cast<std::size_t>(chosen - sheets_.begin())];
  std::vector<RawCell>& cells = (*chosen)->cells();
  // Formulas come after the plain cells.
  std::stable_sort(cells.begin(), cells.end(), [](const RawCell& a, const RawCell& b) {
    return std::tie(a.row, a.column) < std::tie(b.row, b.column);
  });
  out.texts = std::move(strings_.strings());
  const std::size_t strings = out.texts.size();
  out.cells.reserve(cells.size());
  for (const RawCell& cell : cells) {
    if (cell.string == kNoString) {
      out.cells.push_back({cell.row, cell.column, out.texts.emplace_back(number_text(**chosen, cell))});
    } else if (cell.string < strings) {
      out.cells.push_back({cell.row, cell.column, out.texts[cell.string]});
    }
  }
}

}  // namespace

bool read_sheet_cells(std::string_view workbook, const std::string& wanted, SheetCells& cells) {
  // The edge to liborcus: whatever it throws at a broken workbook ends here.
  try {
    Workbook importer(wanted);
    orcus::orcus_xlsx filter(&importer);
    filter.read_stream(workbook);
    importer.give(cells);
    return !cells.sheets.empty();
  } catch (const std::exception&) {
    cells = {};
    return false;
  }
}

}  // namespace kaskad::intake
