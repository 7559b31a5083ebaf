// ECMA-376, part 1, chapter 18: the few parts of SpreadsheetML that hold cells.
#include "engine/intake/xlsx_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <map>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "engine/intake/numbers.hpp"
#include "engine/intake/xml_package.hpp"

namespace kaskad::intake {
namespace {

/// The size of a sheet.
constexpr std::int32_t kRows = 1048576;
constexpr std::int32_t kColumns = 16384;

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = !text.empty() && end == text.data() + text.size();
  return trouble == std::errc() && whole ? std::optional(number) : std::nullopt;
}

/// Relationships of a part: id to target, and the target of the main document.
class Relations : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& a) override {
    if (element != "Relationship") return;
    targets[std::string(attribute_of(a, "Id"))] = attribute_of(a, "Target");
    const std::string_view type = attribute_of(a, "Type");
    kinds[std::string(type.substr(type.rfind('/') + 1))] = attribute_of(a, "Target");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::map<std::string, std::string> targets;
  std::map<std::string, std::string> kinds;  ///< By the last word of the type: "worksheet", "sharedStrings", "styles".
};

class WorkbookPart : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& a) override {
    if (element == "workbookPr") {
      const std::string_view value = attribute_of(a, "date1904");
      from_1904 = value == "1" || value == "true";
    }
    if (element != "sheet") return;
    names.emplace_back(attribute_of(a, "name"));
    relations.emplace_back(attribute_of(a, "id"));
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<std::string> names;
  std::vector<std::string> relations;  ///< Beside `names`.
  bool from_1904 = false;
};

/// Shared strings, their runs of formatted text joined, without phonetic hints.
class SharedStrings : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes&) override {
    if (element == "si") strings.emplace_back();
    if (element == "rPh") in_hint_ = true;
    if (element == "t") in_text_ = true;
  }
  void end(std::string_view element) override {
    if (element == "rPh") in_hint_ = false;
    if (element == "t") in_text_ = false;
  }
  void text(std::string_view text) override {
    if (in_text_ && !in_hint_ && !strings.empty()) strings.back() += text;
  }

  std::deque<std::string> strings;

 private:
  bool in_text_ = false;
  bool in_hint_ = false;
};

/// Which cell formats show dates.
class Styles : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& a) override {
    if (element == "numFmt") {
      codes_[number_in<std::size_t>(attribute_of(a, "numFmtId")).value_or(0)] = attribute_of(a, "formatCode");
    } else if (element == "cellXfs") {
      in_formats_ = true;
    } else if (element == "xf" && in_formats_) {
      const std::size_t id = number_in<std::size_t>(attribute_of(a, "numFmtId")).value_or(0);
      const auto code = codes_.find(id);
      dates_.push_back(is_date_format(id, code == codes_.end() ? std::string_view() : code->second));
    }
  }
  void end(std::string_view element) override {
    if (element == "cellXfs") in_formats_ = false;
  }
  void text(std::string_view) override {}
  bool is_date(std::size_t format) const { return format < dates_.size() && dates_[format]; }

 private:
  std::map<std::size_t, std::string> codes_;
  std::vector<bool> dates_;
  bool in_formats_ = false;
};

struct Address {
  std::int32_t row = 0;
  std::int32_t column = 0;
};

/// "B7", counted from 0.
Address address_of(std::string_view text) {
  Address address;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z' && address.column <= kColumns) address.column = address.column * 26 + (c - 'A' + 1);
    if (c >= '0' && c <= '9' && address.row <= kRows) address.row = address.row * 10 + (c - '0');
  }
  return {address.row - 1, address.column - 1};
}

class SheetPart : public XmlHandler {
 public:
  SheetPart(const Styles& styles, bool from_1904, SheetCells& out)
      : styles_(styles), from_1904_(from_1904), strings_(out.texts.size()), out_(out) {}

  void start(std::string_view element, const XmlAttributes& a) override {
    if (element == "row") {
      row_ = number_in<std::int32_t>(attribute_of(a, "r")).value_or(row_ + 2) - 1;
      column_ = -1;
    } else if (element == "c") {
      start_cell(a);
    } else if (element == "f") {
      is_formula_ = true;
    } else if (element == "v" || element == "t") {
      in_value_ = true;
    } else if (element == "rPh") {
      in_hint_ = true;
    }
  }
  void end(std::string_view element) override {
    if (element == "c") keep();
    if (element == "v" || element == "t") in_value_ = false;
    if (element == "rPh") in_hint_ = false;
  }
  void text(std::string_view text) override {
    if (in_value_ && !in_hint_) value_ += text;
  }

 private:
  void start_cell(const XmlAttributes& a) {
    // Row and column may be left out: the cell then follows the one before.
    const std::string_view reference = attribute_of(a, "r");
    const Address address = reference.empty() ? Address{row_, column_ + 1} : address_of(reference);
    row_ = address.row;
    column_ = address.column;
    type_ = attribute_of(a, "t");
    format_ = number_in<std::size_t>(attribute_of(a, "s")).value_or(0);
    value_.clear();
    is_formula_ = false;
  }

  void keep() {
    const bool in_sheet = row_ >= 0 && row_ < kRows && column_ >= 0 && column_ < kColumns;
    if (in_sheet && value_.empty() && is_formula_ && type_ != "str" && out_.uncomputed++ == 0) {
      out_.first_uncomputed = {row_, column_, {}};
    }
    if (!in_sheet || value_.empty()) return;
    if (type_ == "s") {
      const auto index = number_in<std::size_t>(value_);
      if (!index || *index >= strings_) throw std::runtime_error("a shared string that is not there");
      out_.cells.push_back({row_, column_, out_.texts[*index]});
      return;
    }
    const bool is_text = type_ == "str" || type_ == "inlineStr" || type_ == "b" || type_ == "e" || type_ == "d";
    out_.cells.push_back({row_, column_, out_.texts.emplace_back(is_text ? value_ : number_text())});
  }

  std::string number_text() const {
    constexpr double whole_below = 1e15;
    constexpr double last_day = 2958466;  // of the year 9999
    constexpr int days_from_1900_to_1904 = 1462;
    const std::optional<double> number = number_in<double>(value_);
    if (!number) return value_;
    const double value = *number;
    if (styles_.is_date(format_) && value >= 0 && value < last_day) {
      const int day = static_cast<int>(value) + (from_1904_ ? days_from_1900_to_1904 : 0);
      if (const auto date = parse_date(fmt::format("{}", day))) return *date;
    }
    if (value == std::floor(value) && std::abs(value) < whole_below) {
      return fmt::format("{}", static_cast<std::int64_t>(value));
    }
    return fmt::format("{}", value);
  }

  const Styles& styles_;
  bool from_1904_;
  std::size_t strings_;  ///< Shared ones; they stand first in the texts.
  SheetCells& out_;
  std::int32_t row_ = -1;
  std::int32_t column_ = -1;
  std::string type_;
  std::size_t format_ = 0;
  std::string value_;
  bool in_value_ = false;
  bool in_hint_ = false;
  bool is_formula_ = false;
};

/// The name of a part seen from another part's folder.
std::string part_beside(const std::string& base, const std::string& target) {
  if (!target.empty() && target.front() == '/') return target.substr(1);
  std::string folder = base.substr(0, base.rfind('/') + 1);
  std::string_view rest = target;
  while (rest.substr(0, 3) == "../") {
    rest.remove_prefix(3);
    folder = folder.substr(0, folder.rfind('/', folder.size() < 2 ? 0 : folder.size() - 2) + 1);
  }
  return folder + std::string(rest);
}

std::string relations_of(const std::string& part) {
  const std::size_t slash = part.rfind('/') + 1;
  return part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
}

void read_workbook(std::string_view bytes, const std::string& wanted, SheetCells& out) {
  const ZipArchive archive(bytes);
  Relations package;
  parse_xml(archive.read("_rels/.rels"), package);
  const std::string workbook_part = part_beside("", package.kinds["officeDocument"]);
  WorkbookPart workbook;
  parse_xml(archive.read(workbook_part), workbook);
  Relations relations;
  parse_xml(archive.read(relations_of(workbook_part)), relations);
  out.sheets = workbook.names;
  const auto chosen =
      wanted.empty() ? workbook.names.begin() : std::find(workbook.names.begin(), workbook.names.end(), wanted);
  out.found = chosen != workbook.names.end();
  if (!out.found) return;
  out.sheet = *chosen;

  SharedStrings strings;
  const auto strings_part = relations.kinds.find("sharedStrings");
  if (strings_part != relations.kinds.end()) {
    parse_xml(archive.read(part_beside(workbook_part, strings_part->second)), strings);
  }
  Styles styles;
  const auto styles_part = relations.kinds.find("styles");
  if (styles_part != relations.kinds.end()) {
    parse_xml(archive.read(part_beside(workbook_part, styles_part->second)), styles);
  }
  out.texts = std::move(strings.strings);
  SheetPart sheet(styles, workbook.from_1904, out);
  const std::string& target =
      relations.targets[workbook.relations[static_cast<std::size_t>(chosen - workbook.names.begin())]];
  parse_xml(archive.read(part_beside(workbook_part, target)), sheet);
  std::stable_sort(out.cells.begin(), out.cells.end(), [](const SheetCell& a, const SheetCell& b) {
    return std::tie(a.row, a.column) < std::tie(b.row, b.column);
  });
}

}  // namespace

bool read_sheet_cells(std::string_view workbook, const std::string& wanted, SheetCells& cells) {
  // The edge to liborcus: whatever it throws at a broken workbook ends here.
  try {
    read_workbook(workbook, wanted, cells);
    return !cells.sheets.empty();
  } catch (const std::exception&) {
    cells = {};
    return false;
  }
}

}  // namespace kaskad::intake
